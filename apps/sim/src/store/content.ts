import type { UtilityTemplate } from "./templates.ts";
import type { Message } from "./types.ts";

/** Members of a message beyond text and attachments (meta-receiving §2.1, §2.21). All optional: older state files have none. */
export interface MessageContent {
  /** Unsent: gone from the thread; Graph answers 9000001 for it. */
  removed?: boolean;
  /** Meta cannot show it to apps: only `mid` and `is_unsupported` are told. */
  unsupported?: boolean;
  /** Only `mid` is told (call cards and the like); Graph has nothing more to say. */
  empty?: boolean;
  /** Reply to one of the account's stories (Instagram). */
  storyReply?: { url: string; id: string };
  /** Ad, link or shop product the message came from. */
  referral?: Record<string, unknown>;
  commands?: { name: string }[];
  /** Joins a checkbox plugin's `user_ref` to the person who now writes. */
  priorMessage?: { source: string; identifier: string };
  /** The comment or post this message answers privately. */
  privateReplyTo?: { id: string; text: string };
  /** The utility template it was made from. */
  utility?: { name: string; language: string };
  /** A line of Meta's own (system notice): `source=PARTICIPANTS` leaves it out. */
  notice?: boolean;
}

/** A comment under a post of the Page or of its Instagram account. */
export interface Comment {
  id: string;
  platform: "messenger" | "instagram";
  postId: string;
  parentId: string | null;
  from: { id: string; name: string };
  text: string;
  at: number;
  removed: boolean;
  /** Written by a visitor on the Page, instead of under a post: `recipient.post_id`. */
  visitorPost?: boolean;
  /** Under a broadcast; answered privately only while it lasts. */
  live?: boolean;
  liveEnded?: boolean;
  /** When and by which app the one private reply was sent. */
  repliedAt?: number;
  repliedBy?: string;
  /** The person's id for messages, once known. */
  customerId?: string;
}

/** Someone who ticked the checkbox plugin: without an id until they write. */
export interface Checkbox {
  userRef: string;
  ref: string | null;
  name: string;
  at: number;
  /** Known once the person wrote. */
  customerId: string | null;
  /** What was sent to the `user_ref` before that. */
  waiting: Message[];
}

/** Members of a Page. Missing means: none, and everything allowed. */
export interface PageContent {
  comments?: Comment[];
  checkboxes?: Checkbox[];
  /** false: the app may not see profiles (Business Asset User Profile Access). */
  profileAccess?: boolean;
  /** false: "Allow access to messages" is off in the Instagram app (Connected Tools). */
  instagramAccess?: boolean;
  /** The window of conversations that began with an ad lasts seven days. */
  adWindow?: boolean;
  /** false: Instagram does not take several images in one message yet. */
  severalImages?: boolean;
  /** How a restricted Page is refused; 1893063 when missing. */
  restrictedAs?: 368 | 2022;
  templates?: UtilityTemplate[];
}

/** Members of a customer. */
export interface CustomerContent {
  /** The conversation lies in the Requests folder: idle for 30 days it is not returned by the Conversations API. */
  inRequests?: boolean;
  /** A guest who pressed End Chat. */
  chatEnded?: boolean;
  /** The ad someone came by, told again with their next message. */
  adReferral?: Record<string, unknown>;
  /** How Meta refuses messages to someone who blocked the Page; 551 when missing. */
  blockedAs?: BlockedAs;
  /** Has a role on the app: can be written to while it is in development. */
  tester?: boolean;
}

/** 551, the same with code 200, plain code 2, or 10/2018108 (meta-sending §2.7, §3.3). */
export type BlockedAs = "551" | "200" | "2" | "2018108";

/** Members of a conversation. */
export interface ThreadContent {
  /** When the person first wrote after clicking an ad. */
  adMessageAt?: number;
}
