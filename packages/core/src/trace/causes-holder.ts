import { type Cause, recordIsComplete, UNREAD, unread } from "./cause.ts";
import { wasHeld } from "./verdict.ts";

/** Who else has the conversation (Conversation Routing, 2025-09-24; Instagram, 2025-10-23; lead ads, 2026-05-05). */
export const HOLDER_CAUSES: readonly Cause[] = [
  {
    code: "other_app_holds",
    owner: "administrator",
    title: { en: "Another app holds the conversation", zhTW: "對話由其他應用程式持有" },
    judge: (f) => {
      const named = f.control.findLast((c) => !c.ours && c.name !== null)?.name;
      if (wasHeld(f) || f.messages.some((m) => m.standby))
        return { status: "found", is: named ? "held_by" : "held", values: { name: named ?? "" } };
      const routing = f.channel?.routing;
      if (!routing || routing.otherApps === null) return unread;
      if (routing.otherApps.length === 0 && routing.enabled !== true) return { status: "ruled_out", is: "alone" };
      const values = { list: routing.otherApps.join(", ") || "Meta" };
      return { status: "possible", is: routing.enabled ? "routed" : "others", values };
    },
    evidence: {
      held_by: { en: "{name} held it in the traced time.", zhTW: "查詢期間由 {name} 持有。" },
      held: {
        en: "It was held in the traced time; Meta does not say by which app.",
        zhTW: "查詢期間由其他應用程式持有，Meta 未說明是哪一個。",
      },
      alone: {
        en: "No other app is on the Page, no routing is on, and nothing tells of another holder.",
        zhTW: "粉絲專頁沒有其他應用程式、未啟用路由，也沒有其他持有者的跡象。",
      },
      routed: {
        en: "Conversation Routing is on. Other apps on the Page: {list}. Nothing of this conversation tells who held it.",
        zhTW: "已啟用對話路由。粉絲專頁上的其他應用程式：{list}。此對話沒有持有者的紀錄。",
      },
      others: { en: "Other apps on the Page: {list}.", zhTW: "粉絲專頁上的其他應用程式：{list}。" },
      unread: UNREAD,
    },
    fix: {
      en: "Take the conversation over, or choose this app as the default: at Facebook, as the Page, Page settings, Conversation Routing (formerly Handover Protocol, Messenger Receiver).",
      zhTW: "請接手對話，或將本系統設為預設應用程式：以粉絲專頁身分到 Facebook 的「粉絲專頁設定 → Conversation Routing（對話路由）」（舊稱 Handover Protocol、Messenger 接收者）。",
    },
  },
  {
    code: "lead_ad_flow",
    owner: "customer",
    platform: "messenger",
    title: { en: "The automatic questions of a lead ad were running", zhTW: "名單型廣告的自動問答進行中" },
    judge: (f) => {
      if (
        f.control.some((c) => c.leadAd) ||
        f.messages.some((m) => m.kind === "lead") ||
        f.refusals.includes("automated_flow_running")
      )
        return { status: "found", is: "ran" };
      if (f.messages.some((m) => m.recovered)) return { status: "possible", is: "recovered" };
      if (recordIsComplete(f)) return { status: "ruled_out", is: "record" };
      return { status: f.person.fromAd ? "possible" : "unknown", is: f.person.fromAd ? "ad" : "silent" };
    },
    evidence: {
      ran: {
        en: "A lead ad's questions ran in this conversation. While they do, Meta sends no webhook.",
        zhTW: "此對話曾進行名單型廣告問答，期間 Meta 不會傳送 Webhook。",
      },
      recovered: {
        en: "What had to be read back may be answers to an ad's questions: while those run, Meta sends no webhook.",
        zhTW: "補回的內容可能是回答廣告問題，問答進行期間 Meta 不會傳送 Webhook。",
      },
      record: {
        en: "Meta's record shows the questions of a lead ad too; it holds nothing of this customer that is not here.",
        zhTW: "Meta 的紀錄也會包含廣告問答，而其中沒有此客戶的其他訊息。",
      },
      ad: { en: "The customer came through an ad.", zhTW: "客戶經由廣告而來。" },
      silent: {
        en: "Nothing tells of one, but a running one is silent.",
        zhTW: "沒有跡象，但進行中的問答不會發出任何事件。",
      },
    },
    fix: {
      en: "Wait until the questions are over; what was said is read back then. The ad's option “Allow connected app to interrupt” lets this inbox see it at once.",
      zhTW: "請等問答結束，內容會自動補回。若在廣告開啟「Allow connected app to interrupt（允許已連結的應用程式中斷）」，即可即時看到。",
    },
  },
];
