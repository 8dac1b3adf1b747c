import { Button, Loader } from "@mantine/core";
import { IconBrandFacebook } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../../lib/api.ts";
import { dateTime } from "../../../lib/time.ts";
import { AuthCard } from "../AuthCard.tsx";
import classes from "../auth.module.css";
import { FormError } from "../FormError.tsx";
import { LinkEnd } from "./LinkEnd.tsx";
import { linkQuery, useStart } from "./queries.ts";
import own from "./reauthorize.module.css";

/** Where a link for another administrator of a Page leads: which Page, why, and the way to Meta's dialog. */
export function LinkScreen() {
  const { t, i18n } = useTranslation("reauthorize");
  const { token } = useParams({ from: "/reauthorize/$token" });
  const link = useQuery(linkQuery(token, i18n.language));
  const start = useStart();

  if (link.isPending)
    return (
      <AuthCard title={t("link.opening")}>
        <Loader mt="lg" size="sm" type="dots" />
      </AuthCard>
    );
  if (link.isError) {
    const end = link.error instanceof ApiProblem ? link.error.problem.why : undefined;
    if (end === "used" || end === "expired" || end === "revoked") return <LinkEnd end={end} />;
    const unknown = link.error instanceof ApiProblem && [404, 422].includes(link.error.status);
    return (
      <AuthCard
        title={t(unknown ? "link.goneTitle" : "link.failedTitle")}
        text={unknown ? t("link.goneText") : undefined}
      >
        {unknown ? null : (
          <div className={classes.form}>
            <FormError error={link.error} />
            <Button variant="default" onClick={() => void link.refetch()}>
              {t("common:tryAgain")}
            </Button>
          </div>
        )}
      </AuthCard>
    );
  }
  const { page, reason, since, expiresAt } = link.data;
  const name = { page: page.name };
  return (
    <AuthCard title={t(reason ? "link.title" : "link.titleWorks", name)} text={t(`common:platform.${page.platform}`)}>
      <div className={own.body} data-testid="reauthorize-link">
        <section className={own.why} data-tone={reason ? "bad" : "good"}>
          {reason ? (
            <>
              <b>{reason.title}</b>
              <p>{reason.explain}</p>
              <p className={own.since}>{t("link.since", { time: dateTime(since, i18n.language) })}</p>
            </>
          ) : (
            <p>{t("link.works")}</p>
          )}
        </section>
        <section>
          <h2>{t("link.what")}</h2>
          <ol className={own.steps}>
            {(["login", "tick", "back"] as const).map((step) => (
              <li key={step}>{t(`link.steps.${step}`, name)}</li>
            ))}
          </ol>
        </section>
        <FormError error={start.error} />
        <Button
          leftSection={<IconBrandFacebook size={17} stroke={1.7} aria-hidden />}
          loading={start.isPending}
          onClick={() => start.mutate(token)}
          data-testid="reauthorize-start"
        >
          {t("link.start")}
        </Button>
        <p className={classes.hint}>{t("link.promise")}</p>
        <p className={classes.hint}>{t("link.until", { time: dateTime(expiresAt, i18n.language) })}</p>
      </div>
    </AuthCard>
  );
}
