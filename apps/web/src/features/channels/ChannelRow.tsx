import type { Channel } from "@firstline/contracts";
import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots, IconInbox, IconPlugConnectedX, IconSend, IconStethoscope } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session.ts";
import { dateOnly, dateTime } from "../../lib/time.ts";
import { Ago } from "../../ui/Ago.tsx";
import { Avatar } from "../../ui/Avatar.tsx";
import { useFaultWords } from "../../ui/faultWords.ts";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import classes from "./channels.module.css";
import { DisconnectDialog } from "./DisconnectDialog.tsx";
import { useRenew } from "./reauthorize/queries.ts";
import { SendLink } from "./reauthorize/SendLink.tsx";
import { StateMark } from "./StateMark.tsx";
import { isIll, toneOf } from "./state.ts";

/** One channel: how it is, since when, what is the matter and who can put it right. */
export function ChannelRow({ channel }: { channel: Channel }) {
  const { t, i18n } = useTranslation("channels");
  const { may } = useMe();
  const words = useFaultWords();
  const navigate = useNavigate();
  const authorize = useRenew();
  const [sending, setSending] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const ill = isIll(channel);
  const off = channel.state === "disconnected";
  const reason = ill && channel.stateReason ? channel.stateReason : null;
  const told = reason ? words(reason.code, reason) : null;
  const writable = may("channels:write");
  const renew = writable && (channel.state === "needs_reauthorization" || off);

  return (
    <li className={classes.row} data-testid="channel-row" data-channel-id={channel.id} data-state={channel.state}>
      <Avatar name={channel.name} seed={channel.id} pictureUrl={channel.pictureUrl} platform={channel.platform} />
      <div className={classes.rowWords}>
        <div className={classes.rowTitle}>
          <Link
            to="/settings/channels/$channelId"
            params={{ channelId: channel.id }}
            className={classes.rowLink}
            data-testid="channel-link"
          >
            {channel.name}
          </Link>
          <span className={classes.kind}>{t(`common:platform.${channel.platform}`)}</span>
        </div>
        <div className={classes.stateLine} data-tone={toneOf(channel.state)}>
          <StateMark tone={toneOf(channel.state)} size={15} />
          <b>{t(`common:channelState.${channel.state}`)}</b>
          <span>
            {t("since", { time: dateTime(channel.stateSince, i18n.language) })}
            {off ? null : (
              <>
                {" · "}
                {channel.lastEventAt ? t("lastEvent") : t("noEvent")}
                {channel.lastEventAt ? <Ago at={channel.lastEventAt} /> : null}
              </>
            )}
          </span>
        </div>
        {reason && told ? (
          <div className={classes.reason}>
            <b>{told.title}</b>
            <p>{told.fix || told.explain}</p>
            {renew ? null : <p className={classes.owner}>{t(`common:owner.${reason.owner}`)}</p>}
          </div>
        ) : null}
        {channel.historyDeletion ? (
          <div className={classes.reason}>
            <b>{t("history.due", { date: dateOnly(channel.historyDeletion.at, i18n.language) })}</b>
          </div>
        ) : null}
        <ProblemNotice error={authorize.error} title={t("connect.failed")} />
      </div>
      <div className={classes.rowActions}>
        {renew ? (
          <Button
            size="xs"
            variant={off ? "default" : "filled"}
            loading={authorize.isPending}
            onClick={() => authorize.mutate(channel)}
            data-testid="reauthorize"
          >
            {t(off ? "connectAgain" : "reauthorize")}
          </Button>
        ) : null}
        <Menu position="bottom-end" width={230}>
          <Menu.Target>
            <ActionIcon size={32} aria-label={t("more", { name: channel.name })} data-testid="channel-menu">
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconStethoscope size={16} stroke={1.6} />}
              onClick={() => void navigate({ to: "/settings/channels/$channelId", params: { channelId: channel.id } })}
            >
              {t("health.open")}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconInbox size={16} stroke={1.6} />}
              onClick={() => void navigate({ to: "/inbox", search: { channel: channel.id } })}
            >
              {t("conversations")}
            </Menu.Item>
            {writable && !off ? (
              <Menu.Item
                leftSection={<IconSend size={16} stroke={1.6} />}
                onClick={() => setSending(true)}
                data-testid="send-link-open"
              >
                {t("reauthorize:send.action")}
              </Menu.Item>
            ) : null}
            {writable && !off ? (
              <Menu.Item
                className={classes.dangerItem}
                leftSection={<IconPlugConnectedX size={16} stroke={1.6} />}
                onClick={() => setLeaving(true)}
                data-testid="disconnect"
              >
                {t("disconnect.action")}
              </Menu.Item>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      </div>
      {sending ? <SendLink channel={channel} onClose={() => setSending(false)} /> : null}
      <DisconnectDialog channel={channel} opened={leaving} onClose={() => setLeaving(false)} />
    </li>
  );
}
