import type { Role } from "@firstline/contracts";
import { ActionIcon, Menu, NativeSelect } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDots, IconUserCheck, IconUserOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Body } from "../../lib/contracts.ts";
import { dateOnly } from "../../lib/time.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { DeactivateDialog } from "./DeactivateDialog.tsx";
import { useUpdateMember } from "./queries.ts";
import { roles } from "./roles.ts";
import classes from "./team.module.css";

interface Props {
  member: Body<"Member">;
  isMe: boolean;
  /** Without another one the workspace could not be run any more: neither role nor access can be taken away. */
  isLastAdministrator: boolean;
  writable: boolean;
}

export function MemberRow({ member, isMe, isLastAdministrator, writable }: Props) {
  const { t, i18n } = useTranslation("team");
  const update = useUpdateMember();
  const [asked, setAsked] = useState<{ role: Role } | "deactivate" | null>(null);
  const gone = member.deactivatedAt !== null;

  const change = (wish: { role?: Role; deactivated?: boolean }, done: string) =>
    update.mutate(
      { id: member.id, ...wish },
      {
        onSuccess: () => {
          setAsked(null);
          notifications.show({ message: done });
        },
      },
    );
  const setRole = (role: Role) => {
    update.reset();
    // Whoever takes the own rights away cannot give them back.
    if (isMe) setAsked({ role });
    else change({ role }, t("role.changed", { name: member.name, role: t(`common:role.${role}`) }));
  };

  return (
    <li
      className={classes.row}
      data-gone={gone || undefined}
      data-testid="member-row"
      data-member-id={member.id}
      data-role={member.role}
    >
      <Avatar name={member.name} seed={member.id} size={36} />
      <div className={classes.who}>
        <div className={classes.name}>
          <b>{member.name}</b>
          {isMe ? <Tag tone="accent">{t("common:you")}</Tag> : null}
          {gone ? <Tag>{t("members.deactivated")}</Tag> : null}
        </div>
        <div className={classes.sub}>
          {member.email}
          <span>
            {member.deactivatedAt
              ? t("members.goneSince", { date: dateOnly(member.deactivatedAt, i18n.language) })
              : t("members.since", { date: dateOnly(member.createdAt, i18n.language) })}
          </span>
        </div>
      </div>
      {writable && !gone && !isLastAdministrator ? (
        <NativeSelect
          className={classes.role}
          size="xs"
          aria-label={t("role.label", { name: member.name })}
          value={update.isPending && update.variables.role ? update.variables.role : member.role}
          disabled={update.isPending}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
          data={roles.map((role) => ({ value: role, label: t(`settings:roleOption.${role}`) }))}
          data-testid="member-role"
        />
      ) : (
        <span className={classes.roleName}>{t(`settings:roleOption.${member.role}`)}</span>
      )}
      {writable && !isMe && !isLastAdministrator ? (
        <Menu position="bottom-end" width={210}>
          <Menu.Target>
            <ActionIcon size={32} aria-label={t("members.more", { name: member.name })} data-testid="member-menu">
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {gone ? (
              <Menu.Item
                leftSection={<IconUserCheck size={16} stroke={1.6} />}
                onClick={() => change({ deactivated: false }, t("reactivate.done", { name: member.name }))}
                data-testid="member-reactivate"
              >
                {t("reactivate.action")}
              </Menu.Item>
            ) : (
              <Menu.Item
                leftSection={<IconUserOff size={16} stroke={1.6} />}
                onClick={() => {
                  update.reset();
                  setAsked("deactivate");
                }}
                data-testid="member-deactivate"
              >
                {t("deactivate.action")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <span className={classes.noMenu} />
      )}
      {isLastAdministrator && writable ? <p className={classes.rowNote}>{t("role.last")}</p> : null}
      {update.error && !asked ? (
        <div className={classes.rowProblem}>
          <ProblemNotice error={update.error} />
        </div>
      ) : null}
      <DeactivateDialog member={member} opened={asked === "deactivate"} onClose={() => setAsked(null)} />
      <ConfirmDialog
        opened={asked !== null && asked !== "deactivate"}
        onClose={() => setAsked(null)}
        danger
        title={t("role.ownTitle")}
        confirm={t("role.ownConfirm")}
        pending={update.isPending}
        error={update.error}
        onConfirm={() => {
          if (asked && asked !== "deactivate") change(asked, t("role.ownDone"));
        }}
      >
        {t("role.ownText", { role: asked && asked !== "deactivate" ? t(`common:role.${asked.role}`) : "" })}
      </ConfirmDialog>
    </li>
  );
}
