import type { Contact } from "@firstline/contracts";
import { IconBan, IconHourglass, IconUserQuestion } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { dateTime, fullTime, nearTime, relative, timeLeft } from "../../lib/time.ts";
import { useFaultWords } from "../../ui/faultWords.ts";
import classes from "./contact.module.css";

/** What stands in the way with this person, each in plain words: cannot receive, a guest's chat that ends, no name. */
export function Notices({ contact }: { contact: Contact }) {
  const { t, i18n } = useTranslation("contact");
  const now = useNow(60_000);
  const words = useFaultWords();
  const { cannotReceiveSince: since } = contact;
  return (
    <>
      {since ? (
        <p className={classes.alert} data-tone="bad" data-testid="cannot-receive">
          <IconBan size={16} stroke={1.8} aria-hidden />
          <span title={fullTime(since, i18n.language)}>
            <b>{words("contact_cannot_receive").title}</b>{" "}
            {t("cannotReceive", { since: relative(since, now, i18n.language) })}
          </span>
        </p>
      ) : null}
      {contact.guest ? <Guest guest={contact.guest} /> : null}
      <NameNote contact={contact} />
    </>
  );
}

/** A visitor without an account: how long an answer is possible at the latest, or since when it is not. */
function Guest({ guest }: { guest: NonNullable<Contact["guest"]> }) {
  const { t, i18n } = useTranslation("contact");
  const now = useNow(1_000);
  const locale = i18n.language;
  const left = Date.parse(guest.endsAt) - now;
  const over = guest.endedAt !== null || left <= 0;
  const end = guest.endedAt ?? guest.endsAt;
  return (
    <p className={classes.alert} data-tone={over ? "plain" : "warn"} data-testid="guest" data-over={over || undefined}>
      <IconHourglass size={16} stroke={1.8} aria-hidden />
      <span>
        <b title={fullTime(end, locale)}>
          {guest.endedAt
            ? t("guest.ended", { time: nearTime(guest.endedAt, now, locale) })
            : over
              ? t("guest.over", { time: dateTime(guest.endsAt, locale) })
              : t("guest.left", { left: timeLeft(left, locale), time: nearTime(guest.endsAt, now, locale) })}
        </b>{" "}
        {t("guest.explain")}
      </span>
    </p>
  );
}

/** Why the name is missing, or where the one that is shown comes from. */
function NameNote({ contact }: { contact: Contact }) {
  const { t } = useTranslation("contact");
  const { nameReason: reason, metaName, nameSource } = contact;
  const borrowed = metaName !== null && nameSource === "participants";
  // Why a guest has no name is said above.
  const why = contact.guest ? null : reason;
  if (!why && !borrowed) return null;
  return (
    <p
      className={classes.alert}
      data-tone={borrowed ? "plain" : "warn"}
      data-testid="name-reason"
      data-reason={reason ?? undefined}
      data-source={nameSource ?? undefined}
    >
      <IconUserQuestion size={16} stroke={1.8} aria-hidden />
      <span>
        {why ? `${t(`nameReason.${why}`)} ` : null}
        {borrowed ? t("nameFromParticipants") : null}
      </span>
    </p>
  );
}
