import type { Conversation } from "@firstline/contracts";
import { Button, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArrowLeft, IconCheck, IconRotate } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { useConversationCommands } from "../../lib/commands.ts";
import { controlsFor, INBOX_APP, routingQuery, useControl } from "../../lib/control.ts";
import { useConversationActions } from "../../lib/conversations.ts";
import { useKeys } from "../../lib/keyboard.ts";
import { heldNow } from "../../lib/replyNow.ts";
import { useChannels, useMe, useMembers } from "../../lib/session.ts";
import { nearTime } from "../../lib/time.ts";
import { useHolderName } from "../../ui/holderName.ts";
import { useProblemText } from "../../ui/problemText.ts";
import { Tag } from "../../ui/Tag.tsx";
import { AssignMenu } from "./AssignMenu.tsx";
import { MoreMenu } from "./MoreMenu.tsx";
import classes from "./ThreadHeader.module.css";

interface Props {
  conversation: Conversation;
  contactOpen: boolean;
  onContact: () => void;
}

/**
 * Who this is, who is on it, who holds it at Meta, and what can be done with the conversation. `A` takes it, `E` resolves, `U`
 * leaves it unread; `T` takes it over from another app, `G` gives it back.
 */
export function ThreadHeader({ conversation, contactOpen, onContact }: Props) {
  const { t, i18n } = useTranslation("thread");
  const { byId } = useChannels();
  const members = useMembers();
  const { may, memberId } = useMe();
  const navigate = useNavigate();
  const words = useProblemText();
  const { update, unseen } = useConversationActions(conversation.id);
  const channel = byId(conversation.channelId);
  const assignee = members.byId(conversation.assigneeId);
  const resolved = conversation.status === "resolved";
  const writable = may("conversations:write");

  const tell = {
    onError: (error: unknown) =>
      void notifications.show({ color: "red", title: words(error).title, message: words(error).fix }),
  };
  const assign = (id: string | null) => writable && update.mutate({ assigneeId: id }, tell);
  const take = () => memberId && assign(conversation.assigneeId === memberId ? null : memberId);
  const finish = () => writable && update.mutate({ status: resolved ? "open" : "resolved" }, tell);
  const leaveUnread = () => {
    unseen.mutate(undefined, tell);
    void navigate({ to: "/inbox", search: ({ pane: _, ...rest }) => rest });
  };

  const now = useNow(1_000);
  const holderName = useHolderName();
  const held = heldNow(conversation, now);
  const control = useControl(conversation);
  const { data: routing } = useQuery({ ...routingQuery(conversation.channelId), enabled: held !== null });
  const controls = () => (writable ? controlsFor(held, routing?.mode) : []);
  useKeys({
    a: take,
    e: finish,
    u: leaveUnread,
    c: onContact,
    t: () => controls().includes("take") && control.act({ action: "take" }),
    g: () => controls().includes("release") && control.act({ action: "release" }),
  });
  useConversationCommands({
    assignMe: take,
    finish,
    markUnread: leaveUnread,
    contact: onContact,
    controls,
    control: (action) =>
      control.act(action === "pass" ? { action, appId: INBOX_APP[channel?.platform ?? "messenger"] } : { action }),
  });

  return (
    <header className={classes.header}>
      <Link
        to="/inbox"
        search={({ pane: _, ...rest }) => rest}
        className={classes.back}
        aria-label={t("backToList")}
        data-testid="back-to-list"
      >
        <IconArrowLeft size={20} stroke={1.7} />
      </Link>
      <div className={classes.who}>
        <h2>
          <button type="button" className={classes.name} onClick={onContact} aria-expanded={contactOpen}>
            {conversation.contact.name}
          </button>
          {resolved ? <Tag tone="good">{t("resolvedTag")}</Tag> : null}
          {held ? (
            <span className={classes.held} data-testid="held-tag">
              <Tag tone="warn" title={t("heldSince", { since: nearTime(held.since, now, i18n.language) })}>
                {t("heldBy", { name: holderName(held) })}
              </Tag>
            </span>
          ) : null}
        </h2>
        <p>
          {channel
            ? t("onChannel", { channel: channel.name, platform: t(`common:platform.${channel.platform}`) })
            : null}
          <span className={classes.assignee}>
            {" · "}
            {assignee
              ? assignee.id === memberId
                ? t("assignedYou")
                : t("assignedTo", { name: assignee.name })
              : t("assignedNobody")}
          </span>
        </p>
      </div>
      {writable ? (
        <>
          {memberId && conversation.assigneeId !== memberId ? (
            <Tooltip label={<Hint text={t("assignMe")} keys="A" />}>
              <Button variant="default" className={classes.wide} onClick={take} data-testid="assign-me">
                {t("assignMe")}
              </Button>
            </Tooltip>
          ) : null}
          <AssignMenu conversation={conversation} onAssign={assign} />
          <Tooltip label={<Hint text={resolved ? t("reopen") : t("resolve")} keys="E" />}>
            <Button
              variant={resolved ? "default" : "filled"}
              className={classes.resolve}
              aria-label={resolved ? t("reopen") : t("resolve")}
              leftSection={resolved ? <IconRotate size={16} stroke={1.8} /> : <IconCheck size={16} stroke={2} />}
              onClick={finish}
              data-testid={resolved ? "reopen" : "resolve"}
            >
              {resolved ? t("reopen") : t("resolve")}
            </Button>
          </Tooltip>
        </>
      ) : null}
      <MoreMenu
        conversation={conversation}
        contactOpen={contactOpen}
        onContact={onContact}
        onUnread={leaveUnread}
        control={control}
      />
    </header>
  );
}

function Hint({ text, keys }: { text: string; keys: string }) {
  return (
    <span className={classes.hint}>
      {text} <kbd className={classes.kbd}>{keys}</kbd>
    </span>
  );
}
