/** When Meta's record is asked about a reply whose outcome is unknown: ms after its call began. */
export const OUTCOME_LOOKS_MS: readonly number[] = [60_000, 5 * 60_000];
/** A record that could not be read is asked again after this long, */
const READ_AGAIN_MS = 15 * 60_000;
/** and for so long after the call. */
const READ_UNTIL_MS = 60 * 60_000;

/**
 * What a look has shown. `early`: it is not there, but so soon after the call that means nothing. `absent`: it is not there.
 * `unclear`: the record cannot tell, for it holds two that may be it, or does not tell everything. `unreadable`: it was refused.
 */
export type LookResult = "early" | "absent" | "unclear" | "unreadable";

/** When to look again by itself, ms; null: no more, somebody has to decide. `looks` as {@link OUTCOME_LOOKS_MS}. */
export function nextLookAt(
  calledAt: number,
  now: number,
  result: LookResult,
  looks: readonly number[] = OUTCOME_LOOKS_MS,
): number | null {
  const planned = looks.find((ms) => calledAt + ms > now);
  if (planned !== undefined) return calledAt + planned;
  const again = now + READ_AGAIN_MS;
  return result === "unreadable" && again <= calledAt + READ_UNTIL_MS ? again : null;
}

/**
 * Whether a person may have it sent again: once Meta's record does not have it, or, where that cannot be told, once nobody will
 * look any more. The Send API knows no idempotency key, so a repeat before that may be a second message.
 */
export function mayRepeat(looked: { result: LookResult } | null, nextAt: number | null): boolean {
  if (looked === null) return false;
  return looked.result === "absent" || (looked.result !== "early" && nextAt === null);
}
