import type { Channel } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannels, useMe } from "../../lib/session.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Page } from "../../ui/Page.tsx";
import ui from "../../ui/page.module.css";
import { Section } from "../../ui/Section.tsx";
import { LineSkeletons, RowSkeletons } from "../../ui/Skeletons.tsx";
import { Authorizers } from "./Authorizers.tsx";
import { DisconnectDialog } from "./DisconnectDialog.tsx";
import { HealthChecks } from "./HealthChecks.tsx";
import { HealthVerdict } from "./HealthVerdict.tsx";
import { HistorySection } from "./HistorySection.tsx";
import classes from "./health.module.css";
import { useHealthQuery } from "./queries.ts";
import { Outcome } from "./reauthorize/Outcome.tsx";
import { useRenew } from "./reauthorize/queries.ts";
import { SendLink } from "./reauthorize/SendLink.tsx";
import { ReceivingSection } from "./receiving/ReceivingSection.tsx";
import { RoutingSection } from "./routing/RoutingSection.tsx";
import { SelfTestSection } from "./self-test/SelfTestSection.tsx";
import { TimelineSection } from "./timeline/TimelineSection.tsx";

/** Everything known about how one channel is: verdict, checks, who gave access. */
export function ChannelHealthScreen() {
  const { t } = useTranslation("channels");
  const { channelId } = useParams({ from: "/app/settings/channels/$channelId" });
  const { byId, isPending, isError, error, refetch } = useChannels();
  const channel = byId(channelId);
  const back = { to: "/settings/channels" as const, label: t("title") };
  if (channel) return <Health key={channel.id} channel={channel} back={back} />;
  return (
    <Page title={t("health.title")} back={back}>
      <Section>
        {isPending ? (
          <LineSkeletons count={5} />
        ) : isError ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <EmptyState
            icon={<IconPlugConnectedX size={26} stroke={1.5} />}
            title={t("missing.title")}
            text={t("missing.text")}
          >
            <Button component={Link} to="/settings/channels" variant="default">
              {t("missing.back")}
            </Button>
          </EmptyState>
        )}
      </Section>
    </Page>
  );
}

function Health({ channel, back }: { channel: Channel; back: { to: "/settings/channels"; label: string } }) {
  const { t } = useTranslation("channels");
  const { may } = useMe();
  const health = useQuery(useHealthQuery(channel.id));
  const authorize = useRenew();
  const [sending, setSending] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const writable = may("channels:write");
  const onRenew = writable ? () => authorize.mutate(channel) : null;
  const connected = channel.state !== "disconnected";

  return (
    <Page
      back={back}
      title={
        <span className={classes.name}>
          <Avatar name={channel.name} seed={channel.id} pictureUrl={channel.pictureUrl} platform={channel.platform} />
          {channel.name}
        </span>
      }
      text={
        <>
          {t(`common:platform.${channel.platform}`)} <code className={classes.id}>{channel.externalId}</code>
        </>
      }
      actions={
        <Button component={Link} to={`/inbox?channel=${channel.id}`} variant="default">
          {t("conversations")}
        </Button>
      }
    >
      <Outcome channel={channel} onAgain={onRenew} again={authorize.isPending} />
      <HealthVerdict
        channel={channel}
        health={health}
        authorize={authorize}
        onRenew={onRenew}
        onSend={writable && connected ? () => setSending(true) : null}
      />
      {channel.historyDeletion ? <HistorySection channel={channel} writable={writable} /> : null}
      {connected ? <SelfTestSection channelId={channel.id} mayAsk={writable} /> : null}
      {health.isPending ? (
        <Section flush>
          <RowSkeletons count={6} />
        </Section>
      ) : health.isError && !health.data ? (
        <Section>
          <ErrorState error={health.error} onRetry={() => void health.refetch()} />
        </Section>
      ) : health.data && connected ? (
        <HealthChecks
          checks={health.data.checks}
          channelId={channel.id}
          onRenew={onRenew}
          renewing={authorize.isPending}
        />
      ) : null}
      <TimelineSection channelId={channel.id} />
      <ReceivingSection channel={channel} mayCompare={writable} />
      {connected ? <RoutingSection channel={channel} /> : null}
      {connected ? <Authorizers channel={channel} onAdd={onRenew} adding={authorize.isPending} /> : null}
      {writable && connected ? (
        <Section
          title={t("disconnect.section")}
          text={t("disconnect.sectionText")}
          actions={
            <Button
              variant="default"
              className={ui.dangerQuiet}
              onClick={() => setLeaving(true)}
              data-testid="disconnect"
            >
              {t("disconnect.action")}
            </Button>
          }
        />
      ) : null}
      {connected || channel.historyDeletion ? null : <HistorySection channel={channel} writable={writable} />}
      {sending ? <SendLink channel={channel} onClose={() => setSending(false)} /> : null}
      <DisconnectDialog channel={channel} opened={leaving} onClose={() => setLeaving(false)} />
    </Page>
  );
}
