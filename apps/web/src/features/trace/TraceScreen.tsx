import { Button } from "@mantine/core";
import { IconMessageQuestion } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../lib/session.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Page } from "../../ui/Page.tsx";
import { Section } from "../../ui/Section.tsx";
import { LineSkeletons } from "../../ui/Skeletons.tsx";
import { traceQuery } from "./queries.ts";
import { Reasons } from "./Reasons.tsx";
import { wishOf } from "./range.ts";
import { Timeline } from "./Timeline.tsx";
import { TraceForm } from "./TraceForm.tsx";
import classes from "./trace.module.css";
import { Verdict } from "./Verdict.tsx";

/** “The customer says they wrote”: whose message, about when, and what became of it (R6). */
export function TraceScreen() {
  const { t, i18n } = useTranslation("trace");
  const search = useSearch({ from: "/app/tools/trace" });
  const navigate = useNavigate({ from: "/trace" });
  const channels = useChannels();
  const wish = wishOf(search);
  const query = useQuery(traceQuery(wish, i18n.language));
  return (
    <Page title={t("title")} text={t("text")}>
      <Section>
        {channels.isPending ? (
          <LineSkeletons count={3} />
        ) : channels.isError ? (
          <ErrorState compact error={channels.error} onRetry={() => void channels.refetch()} />
        ) : channels.channels.length === 0 ? (
          <EmptyState title={t("noChannel.title")} text={t("noChannel.text")}>
            <Button component={Link} to="/settings/channels" variant="default">
              {t("noChannel.action")}
            </Button>
          </EmptyState>
        ) : (
          <TraceForm
            // Reached by a link to another message, the form starts with what that link says.
            key={`${search.channelId} ${search.contactExternalId} ${search.at} ${search.around}`}
            channels={channels.channels}
            search={search}
            name={query.data?.contact?.name ?? null}
            busy={query.isFetching}
            onTrace={(next) => {
              if (wish && JSON.stringify(wish) === JSON.stringify(next)) void query.refetch();
              else void navigate({ to: ".", search: next });
            }}
          />
        )}
      </Section>
      <div aria-live="polite" aria-busy={query.isFetching} className={classes.result}>
        {!wish ? (
          channels.channels.length > 0 ? (
            <EmptyState
              icon={<IconMessageQuestion size={26} stroke={1.5} />}
              title={t("start.title")}
              text={t("start.text")}
            />
          ) : null
        ) : query.isFetching ? (
          <Section>
            <p className={classes.looking}>{t("looking")}</p>
            <LineSkeletons count={5} />
          </Section>
        ) : query.data ? (
          <>
            <Verdict trace={query.data} contactExternalId={wish.contactExternalId} />
            <Timeline trace={query.data} />
            <Reasons reasons={query.data.reasons} />
          </>
        ) : query.isError ? (
          <Section>
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          </Section>
        ) : null}
      </div>
    </Page>
  );
}
