import type { Incident } from "@firstline/contracts";
import { IconCircleCheck } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { openIncidentsQuery } from "../../lib/incidents.ts";
import { useMe } from "../../lib/session.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { MoreRow } from "../../ui/MoreRow.tsx";
import { Page } from "../../ui/Page.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { Section } from "../../ui/Section.tsx";
import { LineSkeletons, RowSkeletons } from "../../ui/Skeletons.tsx";
import { IncidentRow } from "./IncidentRow.tsx";
import classes from "./incidents.module.css";
import { pastIncidentsQuery, useAcknowledge } from "./queries.ts";

/** What is wrong with the channels now, and what was before. */
export function IncidentsScreen() {
  const { t } = useTranslation("incidents");
  const { may } = useMe();
  const open = useQuery(openIncidentsQuery);
  const acknowledge = useAcknowledge();
  const rows = open.data?.data ?? [];
  const row = (incident: Incident) => (
    <IncidentRow
      key={incident.id}
      incident={incident}
      onAcknowledge={may("channels:write") ? () => acknowledge.mutate(incident) : null}
      acknowledging={acknowledge.isPending && acknowledge.variables.id === incident.id}
    />
  );
  return (
    <Page title={t("title")} text={t("text")}>
      <ProblemNotice error={acknowledge.error} />
      <Section flush testId="open-incidents">
        {open.isPending ? (
          <RowSkeletons count={3} />
        ) : open.isError && rows.length === 0 ? (
          <ErrorState error={open.error} onRetry={() => void open.refetch()} />
        ) : rows.length === 0 ? (
          <EmptyState
            icon={<IconCircleCheck size={26} stroke={1.5} />}
            title={t("empty.title")}
            text={t("empty.text")}
            testId="no-incidents"
          />
        ) : (
          <ul className={classes.list}>{rows.map(row)}</ul>
        )}
      </Section>
      <Past row={row} />
    </Page>
  );
}

function Past({ row }: { row: (incident: Incident) => React.ReactNode }) {
  const { t } = useTranslation("incidents");
  const query = useInfiniteQuery(pastIncidentsQuery);
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Section title={t("past")} flush testId="past-incidents">
      {query.isPending ? (
        <LineSkeletons count={3} />
      ) : query.isError && rows.length === 0 ? (
        <ErrorState compact error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <p className={classes.none}>{t("none")}</p>
      ) : (
        <ul className={classes.list}>{rows.map(row)}</ul>
      )}
      <MoreRow query={query} label={t("more")} />
    </Section>
  );
}
