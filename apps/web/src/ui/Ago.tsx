import { useTranslation } from "react-i18next";
import { useNow } from "../lib/clock.ts";
import { fullTime, relative } from "../lib/time.ts";

/** “3 minutes ago”, kept up to date; the full date and time are in the tooltip. */
export function Ago({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const now = useNow(15_000);
  // Something the server has just done may lie ahead of this clock by a moment.
  const present = Math.max(now, Math.min(Date.parse(at), now + 60_000));
  return (
    <time dateTime={at} title={fullTime(at, i18n.language)}>
      {relative(at, present, i18n.language)}
    </time>
  );
}
