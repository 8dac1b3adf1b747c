import { RETIRED } from "./retired.ts";
import { BOTH, CUSTOMER_ACTION, DAY_MS, EVERYONE, MESSAGES, type Platform, type Way } from "./way.ts";

/** How long an ad may keep the window open, from the first message after the click; its conditions are not published. */
export const AD_WINDOW_MS = 7 * DAY_MS;

export const WAYS = {
  reply: {
    platforms: BOTH,
    messagingType: "RESPONSE",
    tag: null,
    opens: "customer_action",
    opensOn: CUSTOMER_ACTION,
    lastsMs: DAY_MS,
    needs: null,
    authors: EVERYONE,
    content: MESSAGES,
    allowed: {
      en: "Anything that keeps to Meta's policies, promotion too; any number of messages.",
      zhTW: "符合 Meta 政策的任何內容（含促銷），則數不限。",
    },
    forbidden: { en: "Content that breaks Meta's policies.", zhTW: "違反 Meta 政策的內容。" },
    validFrom: null,
    validUntil: null,
    offered: true,
    replacement: null,
    // The policy page of 2026-09-28 says that a thread begun by an ad may stay open up to 7 days; its conditions are unknown.
    source: "Send messages (2026-05-05); policy page (2026-09-28)",
    checked: "2026-11-22",
  },
  human_agent: {
    platforms: BOTH,
    messagingType: "MESSAGE_TAG",
    tag: "HUMAN_AGENT",
    opens: "customer_action",
    opensOn: CUSTOMER_ACTION,
    lastsMs: 7 * DAY_MS,
    needs: "human_agent_approval",
    authors: ["person"],
    content: { ...MESSAGES, promotion: false },
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
    offered: true,
    replacement: null,
    source: "Send API reference (v25.0); Send messages (2026-05-05); features reference, Human Agent",
    checked: "2026-11-22",
  },
  utility_template: {
    platforms: ["messenger"],
    messagingType: "UTILITY",
    tag: null,
    opens: "known_customer",
    opensOn: {
      en: "Nothing: it may be sent to any customer of the Page, at any time.",
      zhTW: "不需客戶動作：可隨時傳給此粉絲專頁的任何客戶。",
    },
    lastsMs: null,
    needs: "utility_permission",
    authors: EVERYONE,
    content: { kinds: ["template"], promotion: false, most: null },
    allowed: {
      en: "A template Meta has approved: orders, appointments, accounts.",
      zhTW: "Meta 已核准的範本：訂單、預約、帳號相關通知。",
    },
    forbidden: {
      en: "Promotion; #, %, $ and emoji in a value; asking for card or identity numbers.",
      zhTW: "促銷；欄位值中的 #、%、$ 與表情符號；要求提供卡號或身分證號。",
    },
    validFrom: null,
    validUntil: null,
    offered: true,
    replacement: null,
    source: "Utility messages (2026-03-13); no time limit and no charge documented",
    checked: "2026-11-22",
  },
  private_reply: {
    platforms: BOTH,
    messagingType: "RESPONSE",
    tag: null,
    opens: "comment",
    opensOn: {
      en: "Somebody comments on a post, or writes one on the Page. It does not open the reply window.",
      zhTW: "有人在貼文下留言，或在粉絲專頁上發文。這不會開啟可回覆時間。",
    },
    lastsMs: 7 * DAY_MS,
    needs: null,
    authors: EVERYONE,
    content: { ...MESSAGES, most: 1 },
    allowed: {
      en: "One message for each comment; no other until the person writes back.",
      zhTW: "每則留言可私訊一次；對方回訊前不可再傳。",
    },
    forbidden: {
      en: "A second message, also when a colleague answered at Facebook; after the end of a live broadcast on Instagram.",
      zhTW: "第二則訊息（同事已在 Facebook 上回覆時亦同）；Instagram 直播結束之後。",
    },
    validFrom: null,
    validUntil: null,
    offered: true,
    replacement: null,
    source: "Send messages (2026-05-05); Instagram private replies (2026-07-02)",
    checked: "2026-11-22",
  },
  sender_action: {
    platforms: BOTH,
    messagingType: null,
    tag: null,
    opens: "customer_action",
    opensOn: CUSTOMER_ACTION,
    // Whether Meta takes them later is not documented; they are not worth a refusal.
    lastsMs: DAY_MS,
    needs: null,
    authors: EVERYONE,
    content: { kinds: ["action"], promotion: false, most: null },
    allowed: { en: "Typing, seen, a reaction.", zhTW: "輸入中、已讀、表情回應。" },
    forbidden: { en: "A message in the same request.", zhTW: "與訊息放在同一個請求中。" },
    validFrom: null,
    validUntil: null,
    validFromOn: { instagram: "2025-09-23" },
    offered: true,
    replacement: null,
    source: "Sender actions (2026-01-21); Messenger changelog, 2025-09-23",
    checked: "2026-11-22",
  },
  ...RETIRED,
} as const satisfies Record<string, Way>;

export type WayName = keyof typeof WAYS;
export const WAY_NAMES = Object.keys(WAYS) as WayName[];

/** Whether Meta takes this way at `now` (ms). A way ends at the beginning of its last date, UTC. */
export function isWayValid(way: Way, now: number, platform?: Platform): boolean {
  return !isBefore(way, now, platform) && !isRetired(way, now);
}

export function isRetired(way: Way, now: number): boolean {
  return way.validUntil !== null && now >= Date.parse(way.validUntil);
}

function isBefore(way: Way, now: number, platform?: Platform): boolean {
  const from = (platform && way.validFromOn?.[platform]) ?? way.validFrom;
  return from !== null && now < Date.parse(from);
}

/** The way a request names: ours (`account_update`) or Meta's tag (`ACCOUNT_UPDATE`). null: none of the table. */
export function wayNamed(name: string): WayName | null {
  const ours = name.toLowerCase();
  return WAY_NAMES.find((one) => one === ours) ?? null;
}
