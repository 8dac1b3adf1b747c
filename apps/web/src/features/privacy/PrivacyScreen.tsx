import type { DeletionRequest } from "@firstline/contracts";
import { IconShieldCheck } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { MoreRow } from "../../ui/MoreRow.tsx";
import { NotAllowed } from "../../ui/NotAllowed.tsx";
import { Page } from "../../ui/Page.tsx";
import { Section } from "../../ui/Section.tsx";
import { RowSkeletons } from "../../ui/Skeletons.tsx";
import { EndRequestDialog } from "./EndRequestDialog.tsx";
import { Erasures } from "./Erasures.tsx";
import classes from "./privacy.module.css";
import { deletionRequestsQuery } from "./queries.ts";
import { RequestRow } from "./RequestRow.tsx";
import { Retention } from "./Retention.tsx";

/** How long messages are kept, what people asked to have deleted, and what was deleted. */
export function PrivacyScreen() {
  const { t } = useTranslation("privacy");
  const { may } = useMe();
  if (!may("privacy:write")) return <NotAllowed />;
  return (
    <Page title={t("title")} text={t("text")}>
      <Retention />
      <Requests />
      <Erasures />
    </Page>
  );
}

function Requests() {
  const { t } = useTranslation("privacy");
  const query = useInfiniteQuery(deletionRequestsQuery);
  const [ending, setEnding] = useState<DeletionRequest | null>(null);
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Section title={t("requests.title")} text={t("requests.text")} flush testId="deletion-requests">
      {query.isPending ? (
        <RowSkeletons count={2} />
      ) : query.isError && rows.length === 0 ? (
        <ErrorState compact error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={<IconShieldCheck size={26} stroke={1.5} />}
          title={t("requests.empty.title")}
          text={t("requests.empty.text")}
          testId="no-deletion-requests"
        />
      ) : (
        <ul className={classes.list}>
          {rows.map((request) => (
            <RequestRow key={request.id} request={request} onEnd={() => setEnding(request)} />
          ))}
        </ul>
      )}
      <MoreRow query={query} label={t("requests.more")} />
      {ending ? <EndRequestDialog request={ending} onClose={() => setEnding(null)} /> : null}
    </Section>
  );
}
