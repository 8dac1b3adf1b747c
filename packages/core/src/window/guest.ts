import { DAY_MS } from "../ways/index.ts";
import type { ReplyFacts } from "./reply-facts.ts";

/** A guest's chat lasts 24 hours from its start, if the guest does not end it before (Chat Plugin guest mode, to 2024-05-09). */
const GUEST_CHAT_MS = DAY_MS;

/** When a guest's chat is over at the latest (ms). */
export const guestChatEnd = (since: number): number => since + GUEST_CHAT_MS;

/** The same of one conversation; null: no guest, or its beginning is not known. */
export function guestEnd({ isGuest, guestSince, lastQualifyingAt }: ReplyFacts): number | null {
  const since = guestSince ?? lastQualifyingAt;
  return isGuest && since !== null ? guestChatEnd(since) : null;
}

export function hasGuestEnded(facts: ReplyFacts, now: number): boolean {
  const end = guestEnd(facts);
  return (facts.guestEndedAt !== null && facts.guestEndedAt <= now) || (end !== null && end <= now);
}
