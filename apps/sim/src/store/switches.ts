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
  /** Field that tells the review of a utility template: Meta's pages name both. */
  templateField: "message_template_status_update" | "messenger_template_status_update";
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
    templateField: "message_template_status_update",
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

/** What goes wrong with one call. Without `accepted` nothing came of the call; with it, it was carried out all the same. */
export interface CallFault {
  /** A Graph error to answer with; its text, type, status and the like are Meta's unless given… */
  code?: number;
  subcode?: number;
  message?: string;
  type?: string;
  /** null leaves it out of the body. */
  isTransient?: boolean | null;
  userTitle?: string;
  userMessage?: string;
  status?: number;
  /** Minutes told in the usage headers of a limit. */
  regainMinutes?: number;
  /** Seconds in `Retry-After`. */
  retryAfter?: number;
  /** …or a broken connection (`during`: the message was accepted and half of the answer arrived), or no answer… */
  cut?: "before" | "during" | "after";
  hang?: "before" | "after";
  /** …or a body that is not JSON, none at all, or JSON that stops in the middle. */
  html?: string;
  empty?: boolean;
  truncated?: boolean;
  accepted?: boolean;
  /** Milliseconds before the call is looked at, and before it is answered. */
  slowBeforeMs?: number;
  slowAfterMs?: number;
  times?: number;
  recipientId?: string;
  pageId?: string;
  /** Only calls whose path contains this. */
  path?: string;
}

/** A limit that is reached until a time: calls it concerns are refused with its code. */
export interface CallLimit {
  code: 4 | 17 | 32 | 613 | 80001 | 80002 | 80006;
  pageId?: string;
  /** ms. */
  until: number;
}

/** Switches about sending. */
export interface SendSwitches {
  /** Which day's rules hold (ISO date); null: today's. It moves what is allowed, no clock. */
  policyDate: string | null;
  /** Sends a second each Page may make: texts and the like, audio and video. null: any number. */
  sendRate: { text: number | null; media: number | null } | null;
  callLimit: CallLimit | null;
  /** How long an attachment's address may take; null: 10 s, a video 75 s. */
  fetchTimeoutMs: number | null;
  /** After how many ms a utility template is judged: 0 in the answer itself, null when a person does. */
  templateReviewMs: number | null;
  /** `development`: only people with a role on the app can be written to. */
  appMode: "live" | "development";
  /** The window of conversations that began with an ad lasts seven days, on every Page. */
  adWindow: boolean;
}

export const SENDING_TODAY: SendSwitches = {
  policyDate: null,
  sendRate: null,
  callLimit: null,
  fetchTimeoutMs: null,
  templateReviewMs: 0,
  appMode: "live",
  adWindow: false,
};

/** How the deauthorise and data-deletion callbacks are written. */
export interface CallbackSwitches {
  /** `forged`: a key no app has; `other_app`: another app's; `decoded`: over the JSON instead of its encoded form. */
  signature: "good" | "forged" | "other_app" | "decoded";
  /** What the payload says; the signature is HMAC-SHA256 whatever it says. */
  algorithm: string;
  userIdAs: "string" | "number";
  /** base64url with `=` at the end. */
  padded: boolean;
  /** How long ago the payload says it was issued. */
  issuedAgoSeconds: number;
}

export const CALLBACKS_TODAY: CallbackSwitches = {
  signature: "good",
  algorithm: "HMAC-SHA256",
  userIdAs: "string",
  padded: false,
  issuedAgoSeconds: 0,
};

export interface Faults extends ContentSwitches, SendSwitches {
  callbacks: CallbackSwitches;
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
