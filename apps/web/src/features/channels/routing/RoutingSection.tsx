import type { Channel, ChannelRouting } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { IconApps, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Ago } from "../../../ui/Ago.tsx";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { ProblemNotice } from "../../../ui/ProblemNotice.tsx";
import { Section } from "../../../ui/Section.tsx";
import { LineSkeletons } from "../../../ui/Skeletons.tsx";
import { Tag } from "../../../ui/Tag.tsx";
import { Clicks } from "./Clicks.tsx";
import { useRoutingQuery, useSurvey } from "./queries.ts";
import classes from "./routing.module.css";

/** Who else is on the Page, who answers first, and which clicks at Meta change it (R4). */
export function RoutingSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("channels");
  const query = useQuery(useRoutingQuery(channel.id));
  const survey = useSurvey(channel.id);
  const routing = query.data;
  return (
    <div id="routing" className={classes.anchor}>
      <Section
        title={t("routing.title")}
        text={
          routing?.surveyedAt ? (
            <>
              {t("routing.surveyed")} <Ago at={routing.surveyedAt} />
            </>
          ) : (
            t("routing.text")
          )
        }
        testId="routing"
        actions={
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} stroke={1.7} />}
            loading={survey.isPending}
            onClick={() => survey.mutate()}
            data-testid="routing-refresh"
          >
            {t("routing.refresh")}
          </Button>
        }
      >
        <div className={classes.body}>
          <ProblemNotice error={survey.error} title={t("routing.failed")} />
          {routing ? (
            <>
              <Mode routing={routing} />
              <Apps routing={routing} />
              <Clicks clicks={routing.clicks} />
            </>
          ) : query.isError ? (
            <ErrorState compact error={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <LineSkeletons count={4} />
          )}
        </div>
      </Section>
    </div>
  );
}

function Mode({ routing }: { routing: ChannelRouting }) {
  const { t } = useTranslation("channels");
  const { mode, defaultApp } = routing;
  const first =
    mode !== "routing"
      ? null
      : defaultApp === null
        ? t("routing.first.unknown")
        : defaultApp.ours
          ? t("routing.first.ours")
          : defaultApp.name === null && defaultApp.appId === null
            ? t("routing.first.another")
            : t("routing.first.other", { name: defaultApp.name ?? defaultApp.appId });
  return (
    <div className={classes.mode} data-mode={mode} data-testid="routing-mode">
      <b>{t(`routing.mode.${mode}`)}</b>
      <p>{first ?? t(`routing.modeText.${mode === "routing" ? "unknown" : mode}`)}</p>
    </div>
  );
}

function Apps({ routing }: { routing: ChannelRouting }) {
  const { t } = useTranslation("channels");
  const others = routing.apps.filter((app) => !app.ours);
  return (
    <div>
      <h3 className={classes.heading}>{t("routing.apps")}</h3>
      {routing.surveyedAt !== null && others.length === 0 ? <p className={classes.soft}>{t("routing.alone")}</p> : null}
      {routing.apps.length > 0 ? (
        <ul className={classes.apps}>
          {routing.apps.map((app) => (
            <li key={app.appId} data-testid="routing-app" data-app={app.appId} data-ours={app.ours || undefined}>
              <IconApps size={18} stroke={1.6} aria-hidden />
              <div className={classes.appWords}>
                <div className={classes.appName}>
                  <b>{app.name ?? t("routing.nameless")}</b>
                  {app.ours ? <Tag tone="accent">{t("routing.ours")}</Tag> : null}
                  {routing.defaultApp && routing.defaultApp.appId === app.appId ? (
                    <Tag>{t("routing.default")}</Tag>
                  ) : null}
                  <code>{app.appId}</code>
                </div>
                {app.fields.length > 0 ? (
                  <details className={classes.fields}>
                    <summary>{t("routing.fields", { count: app.fields.length })}</summary>
                    <code>{app.fields.join(", ")}</code>
                  </details>
                ) : (
                  <p className={classes.soft}>{t("routing.noFields")}</p>
                )}
              </div>
            </li>
          ))}
        </ul>
      ) : routing.surveyedAt === null ? (
        <p className={classes.soft}>{t("routing.notYet")}</p>
      ) : null}
    </div>
  );
}
