import { type Bilingual, type CheckText, UNKNOWN } from "./check-text.ts";

const CHOOSE_DEFAULT: Bilingual = {
  en: "At Facebook, as the Page: Page settings, Conversation Routing (formerly Handover Protocol, Messenger Receiver): choose this app as the default.",
  zhTW: "請以粉絲專頁身分到 Facebook 的「粉絲專頁設定 → Conversation Routing（對話路由，舊稱 Handover Protocol、Messenger 接收者）」將本系統設為預設應用程式。",
};
const NOT_SURVEYED: Bilingual = { en: "The Page has not been looked at yet.", zhTW: "尚未讀取粉絲專頁的設定。" };

/** Words of the checks of who else is on the Page and who answers first. */
export const ROUTING_TEXTS = {
  other_apps: {
    group: "routing",
    owner: "administrator",
    title: { en: "Other apps on the Page", zhTW: "粉絲專頁上的其他應用程式" },
    evidence: {
      none: { en: "None.", zhTW: "沒有。" },
      routed: {
        en: "{list}. Conversation Routing decides which of them a customer talks to.",
        zhTW: "{list}。由 Conversation Routing（對話路由）決定客戶與哪一個對話。",
      },
      unrouted: {
        en: "{list}. Without a default app each of them gets every message and may answer the same customer.",
        zhTW: "{list}。未設定預設應用程式時，每個應用程式都會收到所有訊息，可能同時回覆同一位客戶。",
      },
      unknown: UNKNOWN,
      never: NOT_SURVEYED,
    },
    fix: {
      unrouted: {
        en: "Remove the apps you no longer use in Meta Business Suite: All Tools, Business Apps. If several must stay, choose this app as the default one at Facebook, as the Page: Page settings, Conversation Routing (formerly Handover Protocol, Messenger Receiver).",
        zhTW: "請到 Meta Business Suite 的「所有工具 → Business Apps（商家應用程式）」移除不再使用的應用程式。若需保留多個，請以粉絲專頁身分到 Facebook 的「粉絲專頁設定 → Conversation Routing（對話路由，舊稱 Handover Protocol、Messenger 接收者）」將本系統設為預設應用程式。",
      },
    },
  },
  default_app: {
    group: "routing",
    owner: "administrator",
    title: { en: "Who answers first", zhTW: "由誰先回覆" },
    evidence: {
      all: {
        en: "No default app is set (Conversation Routing is off): every connected app gets every message and may answer.",
        zhTW: "未設定預設應用程式（Conversation Routing 未啟用）：所有已連結的應用程式都會收到訊息並可回覆。",
      },
      ours: { en: "This app is the default app.", zhTW: "本系統是預設應用程式。" },
      other: {
        en: "Another app is the default one ({name}): new conversations go there, and a reply from here needs control first.",
        zhTW: "預設應用程式是其他應用程式（{name}）：新對話會先交給它，從這裡回覆前必須先接手。",
      },
      untold: {
        en: "Conversation Routing is on. Meta does not tell which app is the default one.",
        zhTW: "已啟用 Conversation Routing（對話路由），但 Meta 不會告知預設應用程式是哪一個。",
      },
      unknown: UNKNOWN,
      never: NOT_SURVEYED,
    },
    fix: {
      other: CHOOSE_DEFAULT,
      untold: {
        en: "Look at Facebook, as the Page: Page settings, Conversation Routing (formerly Handover Protocol, Messenger Receiver). It should name this app.",
        zhTW: "請以粉絲專頁身分到 Facebook 的「粉絲專頁設定 → Conversation Routing（對話路由，舊稱 Handover Protocol、Messenger 接收者）」確認是否為本系統。",
      },
    },
  },
  takeover: {
    group: "routing",
    owner: "administrator",
    title: { en: "Taking conversations over", zhTW: "接手對話" },
    evidence: {
      off: {
        en: "Conversation Routing is off: no app can take a conversation from another. Nothing is held by others now.",
        zhTW: "未啟用 Conversation Routing（對話路由）：應用程式無法互相接手。目前沒有對話由他方處理。",
      },
      stuck: {
        en: "{count} conversations are held by others, and none can be taken over from here because Conversation Routing is off.",
        zhTW: "有 {count} 個對話由他方處理，因未啟用 Conversation Routing（對話路由），無法從這裡接手。",
      },
      ok: { en: "It worked on {time}.", zhTW: "{time} 曾成功接手。" },
      refused: {
        en: "Meta refused it on {time}: usually “Take control of conversations” is off for this app.",
        zhTW: "Meta 於 {time} 拒絕接手：通常是對本系統關閉了「Take control of conversations（控制對話）」。",
      },
      untried: {
        en: "Not tried yet; Meta tells only by refusing.",
        zhTW: "尚未嘗試；Meta 只會以拒絕的方式告知是否允許。",
      },
      unknown: UNKNOWN,
      never: NOT_SURVEYED,
    },
    fix: {
      stuck: {
        en: "Take them over in Meta Business Suite. To do it from here, choose this app as the default one at Facebook, as the Page: Page settings, Conversation Routing (formerly Handover Protocol, Messenger Receiver).",
        zhTW: "請到 Meta Business Suite 接手。若希望從這裡接手，請以粉絲專頁身分到 Facebook 的「粉絲專頁設定 → Conversation Routing（對話路由，舊稱 Handover Protocol、Messenger 接收者）」將本系統設為預設應用程式。",
      },
      refused: {
        en: "At Facebook, as the Page: Page settings, Page Setup, Advanced Messaging (formerly Handover Protocol): find this app and switch “Take control of conversations” on.",
        zhTW: "請以粉絲專頁身分到 Facebook 的「粉絲專頁設定 → 粉絲專頁設定項目（Page Setup）→ Advanced Messaging（進階訊息，舊稱 Handover Protocol）」，開啟本系統的「Take control of conversations（控制對話）」。",
      },
    },
  },
} as const satisfies Record<string, CheckText>;
