import type { Detail, InboundAttachment, InboundEvent, MessageEvent, Referral } from "../../../adapters/channel.ts";
import type { ControlNote, NewLine } from "../../conversations/index.ts";
import type { TemplateStatus } from "../../templates/index.ts";
import type { Counted, Intake } from "./intake.ts";

/** What Meta told in one go, read. `events` are in the order of the body. */
export interface ReceivedDelivery {
  /** The delivery it came in; null for what was read back from the Conversations API. */
  deliveryId: number | null;
  /** When it arrived here, ms. */
  receivedAt: number;
  events: InboundEvent[];
  /** webhook: Meta delivered it. recovered: Meta never did, or not yet, and it was read from the Conversations API. */
  origin: "webhook" | "recovered";
  /** A delivery worked off again: it changes what is stored if it says more, and is not counted a second time. */
  replayed: boolean;
}

/** Whom a delivery concerns: all of it sorted, so that the same delivery always gives the same. */
export interface DeliveryConcerns {
  workspaces: string[];
  channels: string[];
  /** Ids of customers, at most 50. */
  contacts: string[];
}

export interface Route {
  workspaceId: string;
  channelId: string;
}

export interface FoldedThread extends Route {
  contactId: string;
  /** A message of it is in the batch: contact and conversation are made if they do not exist. */
  hasMessage: boolean;
  newestAt: number;
  inboundAt: number | null;
  qualifyingAt: number | null;
  /** The newest customer event that came to us as the holder of the thread. */
  primaryAt: number | null;
  deliveredAt: number | null;
  readAt: number | null;
  isGuest: boolean;
  guestEndedAt: number | null;
  referral: (Referral & { at: number }) | null;
  /** Its labels in Meta's inbox changed. */
  relabelled: boolean;
}

export interface FoldedMessage extends Route {
  threadKey: string;
  mid: string;
  direction: "inbound" | "outbound";
  kind: MessageEvent["kind"];
  text: string | null;
  details: Detail[];
  payload: string | null;
  sourceKind: string;
  appId: string | null;
  sourceName: string | null;
  /** Our own message id, come back in an echo. */
  ownId: string | null;
  sentAt: number;
  deliveryId: number | null;
  arrivedAt: number;
  recovered: boolean;
  incomplete: boolean;
  standby: boolean;
  replyTo: string | null;
  attachments: InboundAttachment[];
  counted: Counted | null;
}

export interface FoldedEffect extends Route {
  threadKey: string | null;
  mid: string;
  kind: "reaction" | "edit" | "unsend" | "seen";
  actor: string;
  at: number;
  edition: number;
  value: string | null;
  counted: Counted | null;
}

/** What is known of a comment under a post. */
export interface FoldedComment extends Route {
  commentId: string;
  postId: string | null;
  parentId: string | null;
  authorId: string | null;
  authorName: string | null;
  byPage: boolean;
  at: number;
  text: string | null;
  changedAt: number;
  /** 0: as it was written; 1: changed since. */
  edition: number;
  removedAt: number | null;
  deliveryId: number | null;
  counted: Counted | null;
}

/** Meta's word on a utility template. */
export type FoldedTemplate = TemplateStatus;

/** Somebody known by a reference of the checkbox plugin: opted in (`at`, `ref`), or came in person (`contactId`). */
export interface FoldedUserRef extends Route {
  userRef: string;
  ref: string | null;
  at: number | null;
  contactId: string | null;
}

/** A batch with every fact in it once: what the statements write. */
export interface Folded {
  threads: Map<string, FoldedThread>;
  messages: Map<string, FoldedMessage>;
  effects: Map<string, FoldedEffect>;
  /** What tells who holds a thread. `counted`: events of control themselves, not what is concluded from standby. */
  control: Map<string, ControlNote & { counted: Counted | null }>;
  lines: Map<string, NewLine & { counted: Counted | null }>;
  comments: Map<string, FoldedComment>;
  templates: Map<string, FoldedTemplate>;
  userRefs: Map<string, FoldedUserRef>;
  intake: Intake;
  lastEventAt: Map<string, Route & { at: number }>;
  /** By number of the delivery. */
  concerns: Map<number, DeliveryConcerns>;
}

/** PostgreSQL's text takes no NUL and no half of a surrogate pair; Meta's JSON may hold both. */
export const clean = <T extends string | null>(v: T): T =>
  v === null ? v : (v.toWellFormed().replaceAll("\0", "\uFFFD") as T);

export const later = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.max(a, b));
export const earlier = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b));

/** One fixed order of texts, the same as `collate "C"` of the database: ties broken by it never depend on what came first. */
export const compareText = (a: string | null, b: string | null) =>
  Buffer.compare(Buffer.from(a ?? ""), Buffer.from(b ?? ""));
export const greaterText = (a: string | null, b: string | null) => (compareText(a, b) >= 0 ? a : b);

export const threadKey = (route: Route, contactId: string) => `${route.channelId}|${contactId}`;
