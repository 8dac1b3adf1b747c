import type { Conversation } from "@firstline/contracts";
import { Button, Menu, TextInput } from "@mantine/core";
import { IconCheck, IconChevronDown, IconUserOff, IconUserShare } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useMembers } from "../../lib/session.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import classes from "./ThreadHeader.module.css";

/** Who of the team is on it; chooses another, or nobody. */
export function AssignMenu({
  conversation,
  onAssign,
}: {
  conversation: Conversation;
  onAssign: (id: string | null) => void;
}) {
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
