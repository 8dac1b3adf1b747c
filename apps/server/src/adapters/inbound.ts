/**
 * What one of Meta's products tells us, in one union for both. An adapter ({@link "./channel.ts"}) reads it out of Meta's JSON; what
 * cannot be read is an event too, so that nothing is lost.
 */

export type Platform = "messenger" | "instagram";

/** Ids are opaque strings given by Meta, at most 512 characters. Their format is stored, so it is never parsed. */
export type PageScopedId = string;

/** Which delivered thing an attachment is. `url` is http(s) and expires within hours: copy it at once. */
export interface InboundAttachment {
  kind: "image" | "audio" | "video" | "file" | "sticker" | "template" | "share" | "fallback" | "unsupported";
  url: string | null;
  title: string | null;
  /** Public address of what was shared (a post, a reel, a web page), where it is not the file itself. */
  link: string | null;
  /** What Meta called it, kept for the record; `story_reply` is the story a message answers, `malformed` no object at all. */
  type: string;
}

export interface Referral {
  source: string | null;
  type: string | null;
  ref: string | null;
  adId: string | null;
  adTitle: string | null;
  /** A product of the Page's shop the customer asked from. */
  productId: string | null;
  isGuest: boolean;
}

interface EventBase {
  platform: Platform;
  /** Page id or Instagram account id: the channel. */
  accountId: string;
  /** The customer. */
  contactId: PageScopedId;
  /**
   * Meta's time of the event in ms, else the time of its entry; null where Meta gave neither or an impossible one
   * (before 2004, after 2100): the time of arrival is used then.
   */
  at: number | null;
  /** It came in `standby`: another app holds the thread. */
  standby: boolean;
}

/**
 * One line of structured content. `label` is the question of a lead ad, the name of an ordered or shared product, the key of
 * a form's field (`country`, `phone`, `name`), the kind of a score (`csat`, `nps`, `ces`; null: the free text after it), or
 * `status`, `start`, `end`, `timezone` of an appointment. `time` values are ISO 8601.
 */
export interface Detail {
  label: string | null;
  value: string;
  kind: "text" | "time";
}

/** A message of the customer, or (echo) one sent from the Page's side by anyone. */
export interface MessageEvent extends EventBase {
  type: "message";
  direction: "inbound" | "outbound";
  /** Meta's id. Where Meta sent none it is derived from the content and begins with `derived:`; Meta does not know that one. */
  mid: string;
  kind:
    | "text"
    | "image"
    | "audio"
    | "video"
    | "file"
    | "sticker"
    | "template"
    | "postback"
    | "share"
    | "story"
    | "appointment"
    | "lead"
    | "order"
    | "form"
    | "feedback"
    | "unsupported"
    | "deleted";
  text: string | null;
  /** Content with a structure: answers of a lead ad or form, lines of an order, an appointment. Empty for most. */
  details: Detail[];
  attachments: InboundAttachment[];
  replyTo: string | null;
  /** Payload of a quick reply or postback; `LEAD_COMPLETE` or `LEAD_INCOMPLETE` of a lead. */
  payload: string | null;
  referral: Referral | null;
  /** Echoes: the sending app, as a string whatever Meta sent. */
  appId: string | null;
  /** Echoes: `metadata` as given by the sender; ours is our message id. */
  metadata: string | null;
  aiGenerated: boolean;
  /** Less than the whole arrived: no text, no attachment, or a part we cannot read. */
  incomplete: boolean;
  /** The customer did something that opens the reply window (facts: meta-sending §2.1). */
  opensWindow: boolean;
  /** `user_ref` of the checkbox plugin through which this person came (`prior_message`): joins it to the contact. */
  priorRef: string | null;
}

export interface DeliveredEvent extends EventBase {
  type: "delivered" | "read";
  /** Everything sent up to this Meta time (ms) is delivered or read; null where only mids are given (Instagram). */
  watermark: number | null;
  mids: string[];
}

export interface ReactionEvent extends EventBase {
  type: "reaction";
  mid: string;
  /** null: taken back. */
  emoji: string | null;
  by: "customer" | "page";
  opensWindow: boolean;
}

export interface EditEvent extends EventBase {
  type: "edit";
  mid: string;
  text: string | null;
  edition: number;
}

export interface UnsendEvent extends EventBase {
  type: "unsend";
  mid: string;
}

/** An m.me / ig.me / ad referral into an existing thread: opens the window, is no message. */
export interface ReferralEvent extends EventBase {
  type: "referral";
  referral: Referral;
  opensWindow: boolean;
}

/**
 * Who holds the thread changed, or another app asks for it. Ids as strings; null: nobody (idle), or not told. Meta tells a
 * `pass` to the new holder, a `take` to the app that lost it, a `request` to the holder (Conversation Routing, 2025-09-24).
 */
export interface ControlEvent extends EventBase {
  type: "control";
  action: "pass" | "take" | "request";
  previousAppId: string | null;
  newAppId: string | null;
  metadata: string | null;
}

/** Something Meta tells about a person or the Page that is no message: a quiet line in the thread, or on the channel. */
export interface NoticeEvent {
  type: "notice";
  platform: Platform;
  accountId: string;
  /** null: it concerns the Page, or a person known by `data.userRef` alone. */
  contactId: PageScopedId | null;
  at: number | null;
  standby: boolean;
  kind:
    | "optin"
    | "account_linked"
    | "account_unlinked"
    | "label_added"
    | "label_removed"
    | "response_feedback"
    | "guest_ended"
    | "policy_warning"
    | "policy_block"
    | "policy_unblock"
    | "integrity"
    | "lead_form_submitted";
  /** The one thing to show: a label's name, a reason, a ref. */
  text: string | null;
  /**
   * optin: `ref`, `userRef` always, and what Meta gave of `type`, `source`, `payload`, `topic`, `status`, `timezone`,
   * `frequency`, `token`, `tokenStatus`, `expiresAt`, `messageRequest`. label_*: `label`, `labelId`. response_feedback: `mid`.
   * lead_form_submitted: `formId`. integrity: `field` and every member Meta sent, structures as JSON.
   */
  data: Record<string, string | null>;
}

/** A comment under a post of the Page or account: written, changed or removed. */
export interface CommentEvent {
  type: "comment";
  platform: Platform;
  accountId: string;
  /** Who wrote it: an id of the person for this Page or account, where Meta tells it. */
  contactId: PageScopedId | null;
  at: number | null;
  standby: boolean;
  verb: "add" | "edit" | "remove";
  commentId: string;
  postId: string | null;
  parentId: string | null;
  authorName: string | null;
  byPage: boolean;
  text: string | null;
}

/** Meta's word on a utility template of the Page (`message_template_status_update`). */
export interface TemplateEvent {
  type: "template";
  platform: Platform;
  accountId: string;
  contactId: null;
  at: number | null;
  standby: boolean;
  /** Meta's id of it, as a string. */
  templateId: string | null;
  name: string | null;
  language: string | null;
  /** Meta's word in capitals, whatever it is: APPROVED, REJECTED, PAUSED, DISABLED, PENDING … */
  status: string;
  reason: string | null;
}

/** Anything else: kept, shown to operators, never dropped. `contactId` may be unknown. */
export interface OtherEvent {
  type: "other";
  platform: Platform | null;
  accountId: string | null;
  contactId: PageScopedId | null;
  at: number | null;
  standby: boolean;
  /** Meta's name of the field or of the event's member; `object/name` for another object than ours, `malformed`, `empty`. */
  name: string;
  /** true: a known kind without effect on a thread. false: not known, or known but unreadable; an operator should look. */
  understood: boolean;
}

export type InboundEvent =
  | MessageEvent
  | DeliveredEvent
  | ReactionEvent
  | EditEvent
  | UnsendEvent
  | ReferralEvent
  | ControlEvent
  | NoticeEvent
  | CommentEvent
  | TemplateEvent
  | OtherEvent;

/** Result of reading one raw delivery. Never throws: a body that is no JSON gives `parsed: false`. */
export interface NormalizedDelivery {
  parsed: boolean;
  problem: string | null;
  events: InboundEvent[];
}
