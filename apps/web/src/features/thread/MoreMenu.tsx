import type { Conversation } from "@firstline/contracts";
import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowForwardUp,
  IconDotsVertical,
  IconHandGrab,
  IconHandOff,
  IconInbox,
  IconMailOpened,
  IconMessage2Question,
  IconUser,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { type Control, controlsFor, INBOX_APP, routingQuery } from "../../lib/control.ts";
import { heldNow } from "../../lib/replyNow.ts";
import { useChannels, useMe } from "../../lib/session.ts";
import classes from "./ThreadHeader.module.css";

const icon = { size: 16, stroke: 1.6 };

interface Props {
  conversation: Conversation;
  contactOpen: boolean;
  onContact: () => void;
  onUnread: () => void;
  control: Control;
}

/** What is done more rarely: leave it unread, show the contact, and change who holds the conversation at Meta. */
export function MoreMenu({ conversation, contactOpen, onContact, onUnread, control }: Props) {
  const { t } = useTranslation("thread");
  const { may } = useMe();
  const [opened, setOpened] = useState(false);
  return (
    <Menu position="bottom-end" width={250} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <ActionIcon size={34} aria-label={t("more")} data-testid="thread-more">
          <IconDotsVertical size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconMailOpened {...icon} />}
          rightSection={<kbd className={classes.kbd}>U</kbd>}
          onClick={onUnread}
          data-testid="mark-unread"
        >
          {t("markUnread")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUser {...icon} />}
          rightSection={<kbd className={classes.kbd}>C</kbd>}
          onClick={onContact}
          data-testid="toggle-contact"
        >
          {contactOpen ? t("hideContact") : t("showContact")}
        </Menu.Item>
        {may("conversations:write") ? (
          <ControlItems conversation={conversation} control={control} opened={opened} />
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

function ControlItems(props: { conversation: Conversation; control: Control; opened: boolean }) {
  const { t } = useTranslation("thread");
  const { conversation, control } = props;
  const { byId } = useChannels();
  const held = heldNow(conversation, useNow(1_000));
  const { data: routing } = useQuery({ ...routingQuery(conversation.channelId), enabled: props.opened });
  const offered = controlsFor(held, routing?.mode);
  const platform = byId(conversation.channelId)?.platform ?? "messenger";
  const others = routing?.apps.filter((app) => !app.ours && app.appId !== INBOX_APP[platform]) ?? [];
  if (offered.length === 0) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t("control.label")}</Menu.Label>
      {offered.includes("take") ? (
        <Menu.Item
          leftSection={<IconHandGrab {...icon} />}
          rightSection={<kbd className={classes.kbd}>T</kbd>}
          onClick={() => control.act({ action: "take" })}
          data-testid="control-take-item"
        >
          {t("control.take")}
        </Menu.Item>
      ) : null}
      {offered.includes("request") ? (
        <Menu.Item
          leftSection={<IconMessage2Question {...icon} />}
          onClick={() => control.act({ action: "request" })}
          data-testid="control-request-item"
        >
          {t("control.request")}
        </Menu.Item>
      ) : null}
      {offered.includes("pass") ? (
        <>
          <Menu.Item
            leftSection={<IconInbox {...icon} />}
            onClick={() => control.act({ action: "pass", appId: INBOX_APP[platform] })}
            data-testid="control-pass-inbox"
          >
            {t(`control.passInbox.${platform}`)}
          </Menu.Item>
          {others.map((app) => (
            <Menu.Item
              key={app.appId}
              leftSection={<IconArrowForwardUp {...icon} />}
              onClick={() => control.act({ action: "pass", appId: app.appId })}
              data-testid="control-pass-app"
              data-app-id={app.appId}
            >
              {t("control.passTo", { name: app.name ?? t("common:app", { id: app.appId }) })}
            </Menu.Item>
          ))}
        </>
      ) : null}
      {offered.includes("release") ? (
        <Menu.Item
          leftSection={<IconHandOff {...icon} />}
          rightSection={<kbd className={classes.kbd}>G</kbd>}
          onClick={() => control.act({ action: "release" })}
          data-testid="control-release"
        >
          {t("control.release")}
        </Menu.Item>
      ) : null}
    </>
  );
}
