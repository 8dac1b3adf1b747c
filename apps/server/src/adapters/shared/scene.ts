import { isRecord, readId, readName, readTime, type WireRecord } from "@firstline/meta-wire";
import type { OtherEvent, Platform } from "../channel.ts";

/** What an element is read against: facts of its entry and of the place it stood in. */
export interface Scene {
  platform: Platform;
  /** Id of the entry; null where Meta gave none, then the receiving side of the event is the account. */
  accountId: string | null;
  /** Time of the entry in ms. */
  entryAt: number | null;
  standby: boolean;
}

export type Parties =
  | { ok: true; accountId: string; contactId: string; outbound: boolean }
  /** self: the account on both sides. nobody: no customer is named. */
  | { ok: false; reason: "self" | "nobody" };

/**
 * Who is the account and who the customer. The entry names the account; in an echo Meta swaps sender and recipient
 * (Messenger Platform, message_echoes, read 2026-11). An event sent by the account is outbound even where `is_echo` is
 * missing, and an echo whose recipient is the account is taken as running the other way. The account is never a customer.
 */
export function readParties(event: WireRecord, scene: Scene, echo: boolean): Parties {
  const sender = partyId(event.sender);
  const recipient = partyId(event.recipient);
  const accountId = scene.accountId ?? (echo ? sender : recipient);
  if (accountId === null) return { ok: false, reason: "nobody" };
  const outbound = echo || sender === accountId;
  const contactId = outbound && recipient !== accountId ? recipient : sender;
  if (contactId === null) return { ok: false, reason: "nobody" };
  return contactId === accountId ? { ok: false, reason: "self" } : { ok: true, accountId, contactId, outbound };
}

/** Time of the event, else of its entry, which is the same at every redelivery of the same body. */
export function readEventTime(event: WireRecord, scene: Scene): number | null {
  return readTime(event.timestamp) ?? scene.entryAt;
}

/** An event without effect on a thread. `understood: false` asks an operator to look. */
export function otherEvent(event: WireRecord | null, scene: Scene, name: string, understood: boolean): OtherEvent {
  return {
    type: "other",
    platform: scene.platform,
    accountId: scene.accountId,
    contactId: event === null ? null : otherSide(event, scene),
    at: event === null ? scene.entryAt : readEventTime(event, scene),
    standby: scene.standby,
    name: readName(name) ?? "unnamed",
    understood,
  };
}

/** Why an event of a known kind has no customer: tests to oneself and plugin users without an id are known, the rest is not. */
export function unplacedEvent(event: WireRecord, scene: Scene, name: string, reason: "self" | "nobody"): OtherEvent {
  return otherEvent(event, scene, name, reason === "self" || hasUserRef(event.sender) || hasUserRef(event.recipient));
}

function otherSide(event: WireRecord, scene: Scene): string | null {
  if (scene.accountId === null) return null;
  const sender = partyId(event.sender);
  const contact = sender === scene.accountId ? partyId(event.recipient) : sender;
  return contact === scene.accountId ? null : contact;
}

/** Id of a sender or recipient. */
export function partyId(party: unknown): string | null {
  return isRecord(party) ? readId(party.id) : null;
}

function hasUserRef(party: unknown): boolean {
  return isRecord(party) && party.user_ref !== undefined;
}
