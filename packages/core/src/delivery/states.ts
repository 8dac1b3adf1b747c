/** States of a message. inbound: `received`. Outbound: the rest. The list equals the one in the API contracts. */
export type MessageState =
  | "received"
  | "queued"
  | "held"
  | "sending"
  | "uncertain"
  | "sent"
  | "delivered"
  | "read"
  | "failed"
  | "cancelled";

/**
 * Strength of the evidence behind a state. Proof that the customer has it beats every belief that it failed: an echo after
 * a time-out turns `failed` or `uncertain` into `sent`, never the other way round.
 */
const STRENGTH: Readonly<Record<MessageState, number>> = {
  received: 0,
  queued: 1,
  held: 2,
  sending: 3,
  uncertain: 4,
  cancelled: 5,
  failed: 6,
  sent: 7,
  delivered: 8,
  read: 9,
};

/**
 * Joins what is known with what is learnt (response, echo, receipt), in any order, any number of times: commutative,
 * associative, idempotent. Only for evidence: the sender's own step back to `queued` for another attempt, or out of
 * `held`, is a decision and does not pass through here.
 */
export function mergeState(current: MessageState, next: MessageState): MessageState {
  return STRENGTH[next] > STRENGTH[current] ? next : current;
}

/** The customer has it, as far as Meta says. */
export function hasArrived(state: MessageState): boolean {
  return state === "sent" || state === "delivered" || state === "read";
}
