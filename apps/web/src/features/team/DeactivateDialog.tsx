import type { Channel, DependentChannel } from "@firstline/contracts";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../lib/api.ts";
import type { Body } from "../../lib/contracts.ts";
import { useChannels } from "../../lib/session.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { useUpdateMember } from "./queries.ts";
import classes from "./team.module.css";

interface Authorised {
  id: string;
  name: string;
  /** Whose access at Facebook it is. */
  whose: string[];
  /** Who takes over; null: nobody. */
  next: string | null;
}

/** What the member's leaving does to channels: which live on what they gave, and where somebody else takes over. */
function authorisedBy(channels: readonly Channel[], memberId: string, nameless: string): Authorised[] {
  return channels.flatMap((channel) => {
    if (channel.state === "disconnected") return [];
    const living = channel.authorizers.filter((each) => each.state === "live");
    const own = living.filter((each) => each.connectedBy?.id === memberId && each.kind !== "system_user");
    if (own.length === 0) return [];
    const next = living.find((each) => !own.includes(each));
    const whose = own.map((each) => each.name ?? nameless);
    return [{ id: channel.id, name: channel.name, whose, next: next ? (next.name ?? nameless) : null }];
  });
}

/** Asks before a member is deactivated, and says by name what lives on the access they gave. */
export function DeactivateDialog(props: { member: Body<"Member">; opened: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation("team");
  const { member, opened, onClose } = props;
  const { channels } = useChannels();
  const update = useUpdateMember();
  const nameless = t("deactivate.nameless");
  const shown = authorisedBy(channels, member.id, nameless);
  // What the server knows and this page did not when it asked.
  const { error } = update;
  const refused = error instanceof ApiProblem && error.code === "member_authorises_channels" ? error : null;
  const told = refused ? ((refused.problem as { channels?: DependentChannel[] }).channels ?? []) : [];
  const breaks = [
    ...shown.filter((each) => each.next === null),
    ...told
      .filter((each) => !shown.some(({ id }) => id === each.id))
      .map((each) => ({ id: each.id, name: each.name, whose: each.authorizers.map((a) => a ?? nameless), next: null })),
  ];
  const goesOn = shown.filter((each) => each.next !== null && !breaks.some(({ id }) => id === each.id));
  const list = (names: string[]) => new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(names);
  return (
    <ConfirmDialog
      opened={opened}
      onClose={() => {
        update.reset();
        onClose();
      }}
      danger
      title={t("deactivate.title", { name: member.name })}
      confirm={t(breaks.length > 0 ? "deactivate.anyway" : "deactivate.confirm")}
      pending={update.isPending}
      error={refused ? null : error}
      onConfirm={() =>
        update.mutate(
          { id: member.id, deactivated: true, ...(breaks.length > 0 ? { confirmed: true } : {}) },
          {
            onSuccess: () => {
              onClose();
              notifications.show({ message: t("deactivate.done", { name: member.name }) });
            },
          },
        )
      }
    >
      <p>{t("deactivate.text")}</p>
      {breaks.length > 0 ? (
        <div className={classes.breaks} data-testid="member-breaks">
          <b>{t("deactivate.breaks", { count: breaks.length })}</b>
          <ul>
            {breaks.map((each) => (
              <li key={each.id}>{t("deactivate.lives", { channel: each.name, name: list(each.whose) })}</li>
            ))}
          </ul>
          <p>{t("deactivate.breaksText")}</p>
        </div>
      ) : null}
      {goesOn.length > 0 ? (
        <ul className={classes.goesOn}>
          {goesOn.map((each) => (
            <li key={each.id}>{t("deactivate.goesOn", { channel: each.name, name: each.next })}</li>
          ))}
        </ul>
      ) : null}
    </ConfirmDialog>
  );
}
