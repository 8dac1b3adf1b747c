/** Who a message is from, as far as Meta's rules care. `api`: a call with a key that stands for no member. */
export type Author = "person" | "automation" | "api";
export type Platform = "messenger" | "instagram";

interface Bilingual {
  en: string;
  zhTW: string;
}

/** One of Meta's ways to send, with the time it is or was valid. Policy changes are changes of this table. */
export interface Way {
  platforms: readonly Platform[];
  messagingType: "RESPONSE" | "MESSAGE_TAG" | "UTILITY";
  tag: string | null;
  opensOn: Bilingual;
  /** How long after the opening action it may be used, in ms; null: no time limit, or a retired way. */
  lastsMs: number | null;
  /** What the app needs from Meta beside the ordinary messaging permission. */
  needs: "human_agent_approval" | null;
  authors: readonly Author[];
  allowed: Bilingual;
  forbidden: Bilingual;
  /** ISO dates; null: since or until no known date. From `validUntil` on, Meta refuses it. */
  validFrom: string | null;
  validUntil: string | null;
  replacement: Bilingual | null;
  source: string;
  /** When the source was last read. */
  checked: string;
}

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const EVERYONE: readonly Author[] = ["person", "automation", "api"];
const BOTH: readonly Platform[] = ["messenger", "instagram"];
const CHANGELOG = "Messenger Platform changelog, 2026-04-27; Send API reference (v25.0)";
const CUSTOMER_ACTION: Bilingual = {
  en: "The customer writes, taps a button, reacts, or comes back through a chat link.",
  zhTW: "客戶傳訊息、點按鈕、按表情回應，或透過聊天連結返回。",
};
const RETIRED_REPLACEMENT: Bilingual = {
  en: "An ordinary reply inside 24 hours; for notices after it, utility templates (Messenger).",
  zhTW: "24 小時內改用一般回覆；逾時通知改用公用訊息範本（僅 Messenger）。",
};

const retiredTag = (tag: string, allowed: Bilingual, forbidden: Bilingual): Way => ({
  platforms: ["messenger"],
  messagingType: "MESSAGE_TAG",
  tag,
  opensOn: CUSTOMER_ACTION,
  lastsMs: null,
  needs: null,
  authors: EVERYONE,
  allowed,
  forbidden,
  validFrom: "2020-03-04",
  validUntil: "2026-04-27",
  replacement: RETIRED_REPLACEMENT,
  source: CHANGELOG,
  checked: "2026-11-22",
});

export const WAYS = {
  reply: {
    platforms: BOTH,
    messagingType: "RESPONSE",
    tag: null,
    opensOn: CUSTOMER_ACTION,
    lastsMs: DAY_MS,
    needs: null,
    authors: EVERYONE,
    allowed: {
      en: "Anything that keeps to Meta's policies, promotion too; any number of messages.",
      zhTW: "符合 Meta 政策的任何內容（含促銷），則數不限。",
    },
    forbidden: { en: "Content that breaks Meta's policies.", zhTW: "違反 Meta 政策的內容。" },
    validFrom: null,
    validUntil: null,
    replacement: null,
    // The policy page of 2026-09-28 says that a thread begun by an ad may stay open up to 7 days; its conditions are unknown.
    source: "Send messages (2026-05-05); policy page (2026-09-28)",
    checked: "2026-11-22",
  },
  human_agent: {
    platforms: BOTH,
    messagingType: "MESSAGE_TAG",
    tag: "HUMAN_AGENT",
    opensOn: CUSTOMER_ACTION,
    lastsMs: 7 * DAY_MS,
    needs: "human_agent_approval",
    authors: ["person"],
    allowed: {
      en: "A person's own answer to a question that could not be settled within 24 hours.",
      zhTW: "由真人針對 24 小時內未能解決的問題所做的回覆。",
    },
    forbidden: {
      en: "Automatic messages, promotion, surveys, anything unrelated to the customer's question.",
      zhTW: "自動訊息、促銷、問卷，以及與客戶提問無關的內容。",
    },
    validFrom: null,
    validUntil: null,
    replacement: null,
    source: "Send API reference (v25.0); Send messages (2026-05-05); features reference, Human Agent",
    checked: "2026-11-22",
  },
  confirmed_event_update: retiredTag(
    "CONFIRMED_EVENT_UPDATE",
    {
      en: "Was: reminders and changes of an event or booking the person signed up for.",
      zhTW: "過去可用於：客戶已報名的活動或預約之提醒與異動。",
    },
    { en: "Promotion, past events, unrelated surveys.", zhTW: "促銷、已結束的活動、無關的問卷。" },
  ),
  post_purchase_update: retiredTag(
    "POST_PURCHASE_UPDATE",
    {
      en: "Was: receipts, shipment, an order that needs action.",
      zhTW: "過去可用於：收據、出貨狀態、需要處理的訂單。",
    },
    { en: "Promotion, cross-selling, surveys.", zhTW: "促銷、交叉銷售、問卷。" },
  ),
  account_update: retiredTag(
    "ACCOUNT_UPDATE",
    { en: "Was: the state of an application, warnings of fraud.", zhTW: "過去可用於：申請進度、詐騙警示。" },
    { en: "Recurring notices such as bills and statements, promotion.", zhTW: "帳單、對帳單等定期通知與促銷。" },
  ),
  one_more_message: {
    platforms: ["messenger"],
    messagingType: "RESPONSE",
    tag: null,
    opensOn: CUSTOMER_ACTION,
    lastsMs: null,
    needs: null,
    authors: EVERYONE,
    allowed: {
      en: "Was: one further message after the 24 hours (“24+1”).",
      zhTW: "過去可用於：24 小時後再傳一則訊息（「24+1」）。",
    },
    forbidden: { en: "More than one.", zhTW: "超過一則。" },
    validFrom: null,
    validUntil: "2020-03-04",
    replacement: { en: "Wait for the customer's next message.", zhTW: "等客戶再次傳訊息。" },
    source: "Messenger changelog archive: announced 2019-08-29, removed 2020-03-04",
    checked: "2026-11-22",
  },
} as const satisfies Record<string, Way>;

export type WayName = keyof typeof WAYS;

/** Whether Meta takes this way at `now` (ms). A way ends at the beginning of its last date, UTC. */
export function isWayValid(way: Way, now: number): boolean {
  const from = way.validFrom === null ? Number.NEGATIVE_INFINITY : Date.parse(way.validFrom);
  const until = way.validUntil === null ? Number.POSITIVE_INFINITY : Date.parse(way.validUntil);
  return now >= from && now < until;
}
