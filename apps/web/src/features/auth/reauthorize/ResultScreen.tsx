import { Button, Loader } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../../lib/api.ts";
import { ReauthorizationProblem } from "../../../ui/ReauthorizationProblem.tsx";
import { AuthCard } from "../AuthCard.tsx";
import classes from "../auth.module.css";
import { FormError } from "../FormError.tsx";
import { LinkEnd } from "./LinkEnd.tsx";
import { cameBy, forgetLink, resultQuery, useStart } from "./queries.ts";
import own from "./reauthorize.module.css";

/** Back from Meta's dialog by a link: thanks, or what is missing and the way to try again. */
export function ResultScreen() {
  const { t, i18n } = useTranslation("reauthorize");
  const { state } = useParams({ from: "/reauthorize/result/$state" });
  const result = useQuery(resultQuery(state, i18n.language));
  const start = useStart();
  const done = result.data?.outcome === "done";
  useEffect(() => {
    if (done) forgetLink();
  }, [done]);

  if (result.isError) {
    const gone = result.error instanceof ApiProblem && [404, 422].includes(result.error.status);
    return (
      <AuthCard
        title={t(gone ? "result.goneTitle" : "link.failedTitle")}
        text={gone ? t("result.goneText") : undefined}
      >
        {gone ? null : (
          <div className={classes.form}>
            <FormError error={result.error} />
            <Button variant="default" onClick={() => void result.refetch()}>
              {t("common:tryAgain")}
            </Button>
          </div>
        )}
      </AuthCard>
    );
  }
  const page = result.data?.page.name ?? "";
  if (!result.data || result.data.outcome === "pending")
    return (
      <AuthCard title={t("result.pendingTitle")} text={page ? t("result.pendingText", { page }) : undefined}>
        <Loader mt="lg" size="sm" type="dots" />
      </AuthCard>
    );
  if (done)
    return (
      <AuthCard title={t("result.doneTitle", { page })} text={t("result.doneText")}>
        <div className={own.body} data-testid="reauthorize-result" data-outcome="done">
          <p className={own.thanks}>
            <IconCircleCheck size={18} stroke={1.8} aria-hidden /> {page}
          </p>
          <p className={classes.hint}>{t("result.takeBack")}</p>
        </div>
      </AuthCard>
    );
  const { linkEnd, problem } = result.data;
  if (linkEnd && problem?.code === "reauthorization_link_closed") return <LinkEnd end={linkEnd} />;
  const token = cameBy();
  return (
    <AuthCard title={t("result.refusedTitle", { page })} text={t("result.unchanged")}>
      <div
        className={own.body}
        data-testid="reauthorize-result"
        data-outcome="refused"
        data-code={problem?.code}
        role="alert"
      >
        <section className={own.why} data-tone="bad">
          <ReauthorizationProblem result={result.data} />
        </section>
        <FormError error={start.error} />
        {linkEnd ? (
          <p className={classes.hint}>{t(`link.end.${linkEnd}.text`)}</p>
        ) : token ? (
          <Button loading={start.isPending} onClick={() => start.mutate(token)} data-testid="reauthorize-again">
            {t("result.again")}
          </Button>
        ) : (
          <p className={classes.hint}>{t("result.openAgain")}</p>
        )}
      </div>
    </AuthCard>
  );
}
