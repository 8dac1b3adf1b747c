import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useMembers } from "../../lib/session.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Page } from "../../ui/Page.tsx";
import { Section } from "../../ui/Section.tsx";
import { RowSkeletons } from "../../ui/Skeletons.tsx";
import { Invitations } from "./Invitations.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import { MemberRow } from "./MemberRow.tsx";
import { RoleTable } from "./RoleTable.tsx";
import classes from "./team.module.css";

/** Members, open invitations and what the roles mean. */
export function TeamScreen() {
  const { t } = useTranslation("team");
  const { may, memberId } = useMe();
  const { members, isPending, isError, error, refetch } = useMembers();
  const [inviting, setInviting] = useState(false);
  const writable = may("team:write");
  const active = members.filter((member) => member.deactivatedAt === null);
  const administrators = active.filter((member) => member.role === "administrator").length;
  const sorted = [...members].sort(
    (a, b) => Number(a.deactivatedAt !== null) - Number(b.deactivatedAt !== null) || a.name.localeCompare(b.name),
  );
  return (
    <Page
      title={t("title")}
      text={t(writable ? "text" : "readOnly")}
      actions={
        writable ? (
          <Button
            leftSection={<IconUserPlus size={17} stroke={1.7} />}
            onClick={() => setInviting(true)}
            data-testid="invite-open"
          >
            {t("invite.open")}
          </Button>
        ) : null
      }
    >
      <Section flush title={t("members.title", { count: active.length })}>
        {isPending ? (
          <RowSkeletons count={4} />
        ) : isError ? (
          <ErrorState compact error={error} onRetry={() => void refetch()} />
        ) : members.length === 0 ? (
          <p className={classes.none}>{t("members.none")}</p>
        ) : (
          <ul className={classes.rows}>
            {sorted.map((member) => (
              <MemberRow
                key={member.id}
                member={member}
                isMe={member.id === memberId}
                isLastAdministrator={
                  administrators === 1 && member.role === "administrator" && member.deactivatedAt === null
                }
                writable={writable}
              />
            ))}
          </ul>
        )}
      </Section>
      {writable ? <Invitations /> : null}
      <RoleTable />
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </Page>
  );
}
