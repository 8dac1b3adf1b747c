import type { Conversation } from "@firstline/contracts";
import { ActionIcon, Button, Menu, TextInput, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import {
  IconArrowLeft,
  IconCheck,
  IconChevronDown,
  IconDotsVertical,
  IconMailOpened,
  IconRotate,
  IconUser,
  IconUserOff,
  IconUserShare,
} from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConversationCommands } from "../../lib/commands.ts";
import { useConversationActions } from "../../lib/conversations.ts";
import { useKeys } from "../../lib/keyboard.ts";
import { useChannels, useMe, useMembers } from "../../lib/session.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { useProblemText } from "../../ui/problemText.ts";
import { Tag } from "../../ui/Tag.tsx";
import classes from "./ThreadHeader.module.css";

interface Props {
  conversation: Conversation;
  contactOpen: boolean;
  onContact: () => void;
}

/** Who this is, who is on it, and what can be done with the conversation. `A` takes it, `E` resolves, `U` leaves it unread. */
export function ThreadHeader({ conversation, contactOpen, onContact }: Props) {
  const { t } = useTranslation("thread");
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
  useKeys({ a: take, e: finish, u: leaveUnread, c: onContact });
  useConversationCommands({ assignMe: take, finish, markUnread: leaveUnread, contact: onContact });

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
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon size={34} aria-label={t("more")} data-testid="thread-more">
            <IconDotsVertical size={18} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconMailOpened size={16} stroke={1.6} />}
            rightSection={<kbd className={classes.kbd}>U</kbd>}
            onClick={leaveUnread}
            data-testid="mark-unread"
          >
            {t("markUnread")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconUser size={16} stroke={1.6} />}
            rightSection={<kbd className={classes.kbd}>C</kbd>}
            onClick={onContact}
            data-testid="toggle-contact"
          >
            {contactOpen ? t("hideContact") : t("showContact")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
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

function AssignMenu({ conversation, onAssign }: { conversation: Conversation; onAssign: (id: string | null) => void }) {
  const { t } = useTranslation("thread");
  const { members, byId } = useMembers();
  const { memberId } = useMe();
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const active = members.filter((member) => member.deactivatedAt === null);
  const found = active.filter((member) =>
    `${member.name} ${member.email}`.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()),
  );
  const assignee = byId(conversation.assigneeId);
  return (
    <Menu
      position="bottom-end"
      width={250}
      onOpen={() => setTimeout(() => input.current?.focus(), 0)}
      onClose={() => setText("")}
    >
      <Menu.Target>
        <Button
          variant="default"
          className={classes.assign}
          rightSection={<IconChevronDown size={14} stroke={1.8} />}
          aria-label={assignee ? t("assignMenu", { name: assignee.name }) : t("assign")}
          data-testid="assign-menu"
        >
          {assignee ? (
            <Avatar name={assignee.name} seed={assignee.id} size={20} />
          ) : (
            <IconUserShare size={17} stroke={1.7} />
          )}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {active.length > 7 ? (
          <TextInput
            ref={input}
            size="xs"
            m={4}
            placeholder={t("findMember")}
            aria-label={t("findMember")}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        ) : null}
        <div className={classes.members}>
          {found.map((member) => (
            <Menu.Item
              key={member.id}
              leftSection={<Avatar name={member.name} seed={member.id} size={22} />}
              rightSection={member.id === conversation.assigneeId ? <IconCheck size={15} /> : null}
              onClick={() => onAssign(member.id)}
              data-testid="assign-member"
              data-member-id={member.id}
            >
              {member.id === memberId ? t("memberYou", { name: member.name }) : member.name}
            </Menu.Item>
          ))}
        </div>
        {conversation.assigneeId ? (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconUserOff size={17} stroke={1.6} />}
              onClick={() => onAssign(null)}
              data-testid="unassign"
            >
              {t("unassign")}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
