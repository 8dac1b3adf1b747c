import { Button } from "@mantine/core";
import { IconRefresh, IconWebhook } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session.ts";
import type { DeliveriesSearch } from "../../lib/settingsSearch.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { MoreRow } from "../../ui/MoreRow.tsx";
import { NotAllowed } from "../../ui/NotAllowed.tsx";
import { Page } from "../../ui/Page.tsx";
import { Section } from "../../ui/Section.tsx";
import { LineSkeletons } from "../../ui/Skeletons.tsx";
import { DeliveryDrawer } from "./DeliveryDrawer.tsx";
import { DeliveryTable } from "./DeliveryTable.tsx";
import classes from "./deliveries.module.css";
import { Filters } from "./Filters.tsx";
import { deliveriesQuery } from "./queries.ts";
import { ReplayRange } from "./ReplayRange.tsx";

/** Every webhook call by Meta as it came, for the day somebody asks where a message is. */
export function DeliveriesScreen() {
  const { t } = useTranslation("deliveries");
  const { may } = useMe();
  return may("deliveries:read") ? (
    <Deliveries />
  ) : (
    <Page title={t("title")}>
      <Section>
        <NotAllowed />
      </Section>
    </Page>
  );
}

function Deliveries() {
  const { t } = useTranslation("deliveries");
  const { may } = useMe();
  const search = useSearch({ from: "/app/settings/deliveries" });
  const navigate = useNavigate({ from: "/settings/deliveries" });
  const query = useInfiniteQuery(deliveriesQuery(search));
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  const retentionDays = query.data?.pages[0]?.retentionDays ?? null;
  const filtered = [search.state, search.span, search.channel, search.contact].some((each) => each !== undefined);
  const change = (wish: Partial<DeliveriesSearch>) =>
    void navigate({ to: ".", search: (before) => ({ ...before, ...wish }), replace: !("open" in wish) });

  return (
    <Page
      wide
      title={t("title")}
      text={
        retentionDays === null
          ? t("text")
          : t("common:sentences", { first: t("text"), second: t("retention", { count: retentionDays }) })
      }
      actions={
        <>
          {may("deliveries:write") && rows.length > 0 && retentionDays !== null ? (
            <ReplayRange search={search} retentionDays={retentionDays} />
          ) : null}
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} stroke={1.7} />}
            loading={query.isRefetching && !query.isFetchingNextPage}
            onClick={() => void query.refetch()}
          >
            {t("refresh")}
          </Button>
        </>
      }
    >
      <Filters search={search} onChange={change} />
      <Section flush>
        {query.isPending ? (
          <div className={classes.pending}>
            <LineSkeletons count={8} />
          </div>
        ) : query.isError && rows.length === 0 ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <EmptyState
            icon={<IconWebhook size={26} stroke={1.5} />}
            title={t(filtered ? "empty.filtered" : "empty.title")}
            text={t(filtered ? "empty.filteredText" : "empty.text")}
            testId="deliveries-empty"
          >
            {filtered ? (
              <Button
                variant="default"
                onClick={() =>
                  change({
                    state: undefined,
                    span: undefined,
                    from: undefined,
                    to: undefined,
                    channel: undefined,
                    contact: undefined,
                  })
                }
              >
                {t("empty.clear")}
              </Button>
            ) : null}
          </EmptyState>
        ) : (
          <>
            <DeliveryTable rows={rows} open={search.open} />
            <MoreRow query={query} label={t("more")} end={t("end", { count: rows.length })} testId="deliveries-more" />
          </>
        )}
      </Section>
      <DeliveryDrawer id={search.open ?? null} onClose={() => change({ open: undefined })} />
    </Page>
  );
}
