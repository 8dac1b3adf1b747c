import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Page } from "../../ui/Page.tsx";
import { Section } from "../../ui/Section.tsx";
import { LineSkeletons } from "../../ui/Skeletons.tsx";
import { Devices } from "./Devices.tsx";
import { Mine } from "./Mine.tsx";
import { myAlertsQuery, webhookQuery } from "./queries.ts";
import { Webhook } from "./Webhook.tsx";

/** Who is told what is wrong, and how: one's own choices, and for administrators the workspace's webhook. */
export function AlertsScreen() {
  const { t } = useTranslation("alerts");
  const { may } = useMe();
  const mine = useQuery(myAlertsQuery);
  return (
    <Page title={t("title")} text={t("text")}>
      {mine.data ? (
        <>
          <Mine alerts={mine.data} />
          <Devices alerts={mine.data} />
        </>
      ) : (
        <Section>
          {mine.isError ? (
            <ErrorState error={mine.error} onRetry={() => void mine.refetch()} />
          ) : (
            <LineSkeletons count={4} />
          )}
        </Section>
      )}
      {may("team:write") ? <WorkspaceWebhook /> : null}
    </Page>
  );
}

function WorkspaceWebhook() {
  const { t } = useTranslation("alerts");
  const query = useQuery(webhookQuery);
  if (query.data) return <Webhook webhook={query.data} />;
  return (
    <Section title={t("webhook.title")} text={t("webhook.text")}>
      {query.isError ? (
        <ErrorState compact error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <LineSkeletons count={2} />
      )}
    </Section>
  );
}
