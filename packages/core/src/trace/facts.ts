import type { FaultCode } from "../faults/index.ts";
import type { ChannelFacts } from "../health/index.ts";
import type { Platform } from "../ways/index.ts";

/** A message of the conversation in the traced time, by Meta's time. Times are ms. */
export interface TracedMessage {
  id: string;
  conversationId: string;
  deliveryId: string | null;
  direction: "inbound" | "outbound";
  kind: string;
  text: string | null;
  sentAt: number;
  arrivedAt: number;
  standby: boolean;
  /** Meta has not delivered it; it was read from its record. */
  recovered: boolean;
  /** Less than the whole came: a part is missing, or Meta does not hand this kind out. */
  incomplete: boolean;
  deleted: boolean;
}

/** A webhook call of the traced time that names the customer. */
export interface TracedDelivery {
  id: string;
  receivedAt: number;
  state: "pending" | "done" | "failed";
  error: string | null;
  /** Events found in it, and those of this customer that could not be understood. */
  events: number;
  unreadable: number;
}

/** Something that told who holds the conversation. */
export interface TracedControl {
  at: number;
  kind: "standby" | "echo" | "refused" | "owner" | "take" | "pass" | "released";
  /** We held it, or nobody did. */
  ours: boolean;
  leadAd: boolean;
  /** Proper name or id of the app; null where Meta does not say which. */
  name: string | null;
  until: number | null;
}

/** A quiet line of the conversation, or a notice of Meta about the Page. */
export interface TracedLine {
  at: number;
  kind: string;
  text: string | null;
}

/** What asking Meta for its own record of this customer gave. */
export interface TracedComparison {
  state: "done" | "running" | "failed";
  at: number;
  examined: number;
  recovered: number;
  /** Meta named a conversation with this customer. */
  found: boolean;
  fault: FaultCode | null;
}

export interface TraceFacts {
  platform: Platform;
  /** The traced time, by Meta's clock; `to` is not part of it. */
  from: number;
  to: number;
  now: number;
  person: {
    /** The id is one of our connected Pages or accounts. */
    isPage: boolean;
    /** Something of this person has been received at some time. */
    known: boolean;
    /** Came through an ad. */
    fromAd: boolean;
    cannotReceiveSince: number | null;
    /** A reply reached this person at this time, the last one. */
    reachedAt: number | null;
  };
  messages: readonly TracedMessage[];
  deliveries: readonly TracedDelivery[];
  control: readonly TracedControl[];
  lines: readonly TracedLine[];
  /** null: Meta's record was not asked. */
  comparison: TracedComparison | null;
  /** Faults in Meta's answers about this customer, or about reading this channel, in the traced time or now. */
  refusals: readonly FaultCode[];
  traffic: {
    /** The longest time without any delivery of the whole installation. */
    pause: { from: number; ms: number } | null;
    /** Of the whole channel in the traced hours. */
    received: number;
    duplicate: number;
    recovered: number;
    /** Deliveries of the channel, or of nobody known, that failed or were not understood. */
    strays: number;
    /** Deliveries that still wait to be worked off. */
    waiting: number;
    /** Different people who wrote in the 30 days before now. */
    people: number;
    /** Times at which a failure to receive was noticed, around the traced time. */
    outages: readonly number[];
    /** Raw deliveries before this are removed already. */
    keptSince: number;
  };
  /** Read now; null where the verdict needs no reasons. */
  channel: ChannelFacts | null;
  page: { published: boolean | null; instagramLinked: boolean | null } | null;
}

export type TraceVerdict = "shown" | "unreadable" | "held_elsewhere" | "recovered" | "not_found";
export type TraceStatus = "ruled_out" | "possible" | "found" | "unknown";
export type TraceOwner = "agent" | "administrator" | "operator" | "customer" | "meta" | "nobody";

/** One line of the timeline, in the words of a language. */
export interface TraceEvidence {
  at: number;
  kind:
    | "message"
    | "delivery"
    | "delivery_failed"
    | "standby"
    | "held"
    | "returned"
    | "recovered"
    | "comparison"
    | "notice";
  title: string;
  detail: string | null;
  messageId: string | null;
  conversationId: string | null;
  deliveryId: string | null;
}

/** One known reason for a missing message, with the check that was made. */
export interface TraceReason {
  code: string;
  status: TraceStatus;
  title: string;
  evidence: string;
  fix: string;
  owner: TraceOwner;
}

export interface TraceResult {
  verdict: TraceVerdict;
  title: string;
  explain: string;
  fix: string | null;
  evidence: TraceEvidence[];
  reasons: TraceReason[];
}
