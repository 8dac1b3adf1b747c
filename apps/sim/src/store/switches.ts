/** The fault switches: what goes wrong on purpose, and which of Meta's formats are sent. Plain JSON. */

/** Which of Meta's formats are sent: formats that changed over time, or that live bodies and pages show differently. */
export interface Versions {
  /** Until 2026-08-30 a sticker came as `image`, for some weeks as both, since then as `sticker` alone. */
  sticker: "image" | "both" | "sticker";
  /** An Instagram post shared: `share`, both beside each other since 2025-11-03, or `ig_post`. null: as it was written. */
  share: "share" | "both" | "ig_post" | null;
  /** `reply_to.is_self_reply`, since 2025-10-06. */
  replyToFlag: boolean;
  /** Name of a comment's id in Instagram's `comments`. */
  commentId: "id" | "comment_id";
  timestampUnit: "ms" | "s";
  /** Ids of sender, recipient and entry. */
  idsAs: "string" | "number";
}

/** Switches about what an event carries. */
export interface ContentSwitches {
  /** Dotted names of members taken out of every event, e.g. `message.text`, `sender`. */
  stripFields: string[] | null;
  versions: Versions;
  /** A Page that writes to another Page causes an event there. */
  pageToPageEvents: boolean;
  /** false: answers written in Instagram's own apps are not told (as from 2025-07-25 for some). */
  igEchoes: boolean;
}

export const TODAY: ContentSwitches = {
  stripFields: null,
  versions: {
    sticker: "sticker",
    share: null,
    replyToFlag: true,
    commentId: "id",
    timestampUnit: "ms",
    idsAs: "string",
  },
  pageToPageEvents: false,
  igEchoes: true,
};

export interface Selector {
  count?: number;
  rate?: number;
  fields?: string[];
  /** What the event is about: `text`, `image`, `sticker`, `echo`, `postback`… */
  kinds?: string[];
  pageId?: string;
  customerId?: string;
}

export interface CallFault {
  /** A Graph error to answer with… */
  code?: number;
  subcode?: number;
  message?: string;
  isTransient?: boolean;
  status?: number;
  /** …or a broken connection, or no answer, before or after the message was accepted… */
  cut?: "before" | "after";
  hang?: "before" | "after";
  /** …or a body that is not JSON. */
  html?: string;
  times?: number;
  recipientId?: string;
  pageId?: string;
  /** Only calls whose path contains this. */
  path?: string;
}

export interface Faults extends ContentSwitches {
  lose: Selector | null;
  duplicate: Selector | null;
  /** Messages that arrive with their `mid` alone. */
  sendEmpty: Selector | null;
  delayMs: number;
  reorder: boolean;
  batch: number;
  echoOvertakes: boolean;
  nextSend: CallFault[];
  nextGraph: CallFault[];
  slowMs: number;
  humanAgentApproved: boolean;
  requireProof: boolean;
  /** How many times faster Meta's retry clock runs (3600: an hour of failing takes a second). */
  retryClock: number;
  /** Customers' phones are switched on, so that deliveries are reported at once. */
  phonesOnline: boolean;
  /** Messenger: how many of the newest messages the Conversations API tells in detail (null: all). Instagram: always 20. */
  conversationDepth: number | null;
  /** Calls per second, Page and platform the Conversations API takes (null: any number). */
  conversationRate: number | null;
}
