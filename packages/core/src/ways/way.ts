/** Who a message is from, as far as Meta's rules care. `api`: a call with a key that stands for no member. */
export type Author = "person" | "automation" | "api";
export type Platform = "messenger" | "instagram";

export interface Bilingual {
  en: string;
  zhTW: string;
}

/**
 * What a way begins with.
 * - `customer_action`: the customer's last message, button, reaction or chat link; a comment is none.
 * - `comment`: a comment or a visitor's post, each by itself.
 * - `known_customer`: nothing; it is enough that Meta knows the customer for this Page.
 */
export type Opener = "customer_action" | "comment" | "known_customer";

export interface WayContent {
  kinds: readonly ("text" | "attachment" | "template" | "action")[];
  promotion: boolean;
  /** How many messages each opening action allows; null: any number. */
  most: number | null;
}

/** One of Meta's ways to send, with the time it is or was valid. Policy changes are changes of this table. */
export interface Way {
  platforms: readonly Platform[];
  /** null: the request names none. */
  messagingType: "RESPONSE" | "MESSAGE_TAG" | "UTILITY" | null;
  tag: string | null;
  opens: Opener;
  opensOn: Bilingual;
  /** How long after the opening action it may be used, in ms; null: no time limit, or a retired way. */
  lastsMs: number | null;
  /** What the app needs from Meta beside the ordinary messaging permission. */
  needs: "human_agent_approval" | "utility_permission" | null;
  authors: readonly Author[];
  content: WayContent;
  allowed: Bilingual;
  forbidden: Bilingual;
  /** ISO dates; null: since or until no known date. From `validUntil` on, Meta refuses it. */
  validFrom: string | null;
  validUntil: string | null;
  /** Where a product got it at another date than `validFrom`. */
  validFromOn?: Partial<Record<Platform, string>>;
  /** Whether this product sends this way. */
  offered: boolean;
  replacement: Bilingual | null;
  source: string;
  /** When the source was last read. */
  checked: string;
}

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export const EVERYONE: readonly Author[] = ["person", "automation", "api"];
export const BOTH: readonly Platform[] = ["messenger", "instagram"];
export const MESSAGES: WayContent = { kinds: ["text", "attachment"], promotion: true, most: null };
export const CUSTOMER_ACTION: Bilingual = {
  en: "The customer writes, taps a button, reacts, or comes back through a chat link.",
  zhTW: "客戶傳訊息、點按鈕、按表情回應，或透過聊天連結返回。",
};
