import { Button } from "@mantine/core";
import { IconMailForward } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { relative } from "../../lib/time.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Section } from "../../ui/Section.tsx";
import { RowSkeletons } from "../../ui/Skeletons.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { type Invitation, invitationsQuery, useRevoke } from "./queries.ts";
import classes from "./team.module.css";

/** Invitations nobody has taken up yet. */
export function Invitations() {
  const { t } = useTranslation("team");
  const query = useQuery(invitationsQuery);
  const open = (query.data?.data ?? []).filter((invitation) => invitation.acceptedAt === null);
  return (
    <Section flush title={t("invitations.title")} text={open.length > 0 ? t("invitations.text") : undefined}>
      {query.isPending ? (
        <RowSkeletons count={2} />
      ) : query.isError ? (
        <ErrorState compact error={query.error} onRetry={() => void query.refetch()} />
      ) : open.length === 0 ? (
        <p className={classes.none}>
          {t("common:sentences", { first: t("invitations.none"), second: t("invitations.noneText") })}
        </p>
      ) : (
        <ul className={classes.rows}>
          {open.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t, i18n } = useTranslation("team");
  const now = useNow(60_000);
  const revoke = useRevoke();
  const [asking, setAsking] = useState(false);
  const over = Date.parse(invitation.expiresAt) <= now;
  return (
    <li className={classes.row} data-testid="invitation-row" data-email={invitation.email}>
      <span className={classes.letter} aria-hidden>
        <IconMailForward size={18} stroke={1.6} />
      </span>
      <div className={classes.who}>
        <div className={classes.name}>
          <b>{invitation.email}</b>
          {over ? <Tag tone="warn">{t("invitations.over")}</Tag> : null}
        </div>
        <div className={classes.sub}>
          {t(over ? "invitations.expired" : "invitations.expires", {
            time: relative(invitation.expiresAt, now, i18n.language),
          })}
        </div>
      </div>
      <span className={classes.roleName}>{t(`settings:roleOption.${invitation.role}`)}</span>
      <Button size="xs" variant="default" onClick={() => setAsking(true)} data-testid="invite-revoke">
        {t("invitations.revoke")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        danger
        title={t("invitations.revokeTitle", { email: invitation.email })}
        confirm={t("invitations.revoke")}
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate(invitation.id, { onSuccess: () => setAsking(false) })}
      >
        {t("invitations.revokeText")}
      </ConfirmDialog>
    </li>
  );
}
