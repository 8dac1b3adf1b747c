import { faults } from "./fault.ts";

const ERR = "Messenger Platform error codes (2026-06-25)";
const CR = "Messenger Platform conversation routing (2025-09-24)";
const IGCR = "Instagram conversation routing (2026-06-30)";
const FIELD = "production logs of a shared inbox (2026-08)";

/**
 * Who holds a conversation, and what Meta answers when control is asked for. The clicks are today's (Conversation Routing,
 * since 2025-09-24); the old words stand beside them because Pages, help pages and people still use them.
 */
export const CONTROL_FAULTS = faults({
  held_by_other_app: {
    level: "thread",
    owner: "administrator",
    retry: "after_control",
    certain: true,
    row: "R2",
    source: `10/2018300 (Messenger), 100/2534037 (Instagram), 100 “calling app is not the thread owner”: ${ERR}.`,
    en: {
      title: "Another app holds this conversation",
      explain:
        "Another app, the Page inbox or Meta's own assistant is answering this customer. While it holds the conversation, Meta refuses messages from anyone else.",
      fix: "Take the conversation over here, then send again. If Meta refuses that, take it over in Meta Business Suite, or make this app the default one at Facebook, as the Page: Page settings, Conversation Routing (formerly Handover Protocol, Messenger Receiver).",
    },
    zhTW: {
      title: "此對話由其他應用程式處理中",
      explain:
        "目前由其他應用程式、粉絲專頁收件匣或 Meta 的 AI 助理回覆這位客戶。在它交還之前，Meta 會拒絕其他來源的訊息。",
      fix: "請先在此接手對話再重新傳送。若 Meta 不允許，請到 Meta Business Suite 接手，或以粉絲專頁身分到 Facebook 的「粉絲專頁設定 → Conversation Routing（對話路由，舊稱 Handover Protocol、Messenger 接收者）」將本系統設為預設應用程式。",
    },
  },
  held_by_page_inbox: {
    level: "thread",
    owner: "agent",
    retry: "after_control",
    certain: true,
    row: "R2",
    source: `The inbox takes control when a person answers there or moves the chat to Main: ${CR}.`,
    en: {
      title: "A colleague is answering in Meta Business Suite",
      explain:
        "Somebody answered this customer in the Page inbox or moved the chat to Main there, so the inbox holds the conversation. It ends 24 hours after the customer's last message, or when the chat is moved to Done.",
      fix: "Take the conversation over here, or ask the colleague to move the chat to Done in Meta Business Suite.",
    },
    zhTW: {
      title: "同事正在 Meta Business Suite 回覆",
      explain:
        "有人在粉絲專頁收件匣回覆了這位客戶，或把對話移到「主要」，因此目前由收件匣掌控此對話。客戶最後一則訊息滿 24 小時，或對話移到「完成」後就會結束。",
      fix: "請在此接手對話，或請同事到 Meta Business Suite 將對話移到「完成」。",
    },
  },
  held_by_meta_ai: {
    level: "thread",
    owner: "administrator",
    retry: "after_control",
    certain: true,
    row: "R2",
    source: `Echoes with ai_generated and metadata “axon”, sends refused with 10/2018300, take refused with 27, requests never answered: ${FIELD}.`,
    en: {
      title: "Meta's AI is answering this customer",
      explain:
        "The AI agent of this Page (Meta AI, Business AI) holds the conversation. While it does, Meta refuses our messages, and it does not answer requests for control.",
      fix: "Open the chat in Meta Business Suite and write there or press “Take over”. To keep it from answering, switch the AI agent off in Meta Business Suite.",
    },
    zhTW: {
      title: "Meta 的 AI 正在回覆這位客戶",
      explain:
        "此粉絲專頁的 AI 客服（Meta AI、Business AI）正掌控對話。這段期間 Meta 會拒絕我們的訊息，AI 也不會回應接手的請求。",
      fix: "請到 Meta Business Suite 開啟這個對話，直接回覆或按「接手」。若不希望 AI 自動回覆，請在 Meta Business Suite 關閉 AI 客服。",
    },
  },
  held_by_lead_ad_flow: {
    level: "thread",
    owner: "customer",
    retry: "after_wait",
    certain: true,
    row: "R2",
    source: "Messenger Lead Generation Ads (2026-05-05): app 413038776280800 holds the thread until the questions end.",
    en: {
      title: "An ad is asking this customer its questions",
      explain:
        "The customer is answering the automatic questions of a lead ad. Until they finish, only Messenger may write, and Meta usually does not tell us what is said. The answers arrive at the end.",
      fix: "Wait until the customer has finished. To be able to step in, switch on “Allow connected app to interrupt” in the ad's chat settings.",
    },
    zhTW: {
      title: "廣告正在向客戶提問",
      explain:
        "客戶正在回答名單型廣告的自動問題，完成前只有 Messenger 可以傳訊息，過程中的內容 Meta 通常不會通知我們，結束時才會收到答案。",
      fix: "請等客戶完成問答。若想隨時插話，請在廣告的對話設定中開啟「Allow connected app to interrupt（允許已連結的應用程式中斷）」。",
    },
  },
  automated_flow_running: {
    level: "thread",
    owner: "customer",
    retry: "after_wait",
    certain: true,
    row: "R2",
    source: `2018321: ${ERR}.`,
    en: {
      title: "Messenger's own questions are running",
      explain:
        "The customer is answering the automatic questions of an ad. Until they finish, only Messenger may write. The reply is tried again after some minutes.",
      fix: "Wait until the customer has finished the questions.",
    },
    zhTW: {
      title: "Messenger 的自動問答進行中",
      explain: "客戶正在回答廣告的自動問題，完成前只有 Messenger 可以傳訊息。系統會在幾分鐘後再試。",
      fix: "請等客戶完成問答。",
    },
  },
  control_request_unanswered: {
    level: "thread",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "R2",
    source: `A request answers {"success":true} at once, which is no grant: ${CR}. The inbox and Meta's AI never answer: ${FIELD}.`,
    en: {
      title: "The request for control was not answered",
      explain:
        "We asked the app that holds this conversation to hand it over. Meta accepted the request some minutes ago, but the other side has not answered. The Page inbox and Meta's AI never do.",
      fix: "Open the chat in Meta Business Suite and take it over there. To be able to take over from here, choose this app at Facebook, as the Page: Page settings, Conversation Routing (formerly Handover Protocol, Messenger Receiver).",
    },
    zhTW: {
      title: "接手請求沒有得到回應",
      explain:
        "我們已請掌控此對話的應用程式交還。Meta 在幾分鐘前已接受請求，但對方尚未回應；粉絲專頁收件匣與 Meta 的 AI 從不回應這類請求。",
      fix: "請到 Meta Business Suite 開啟對話並在那裡接手。若希望能從這裡接手，請以粉絲專頁身分到 Facebook 的「粉絲專頁設定 → Conversation Routing（對話路由，舊稱 Handover Protocol、Messenger 接收者）」選擇本系統。",
    },
  },
  routing_off: {
    level: "channel",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "R4",
    source: `27 “Take thread control is not supported when Conversation Routing is not enabled”: ${FIELD}.`,
    en: {
      title: "Conversations cannot be taken over on this Page",
      explain: "Conversation Routing is off, so Meta lets no app take a conversation from another.",
      fix: "At Facebook, as the Page: Page settings, Conversation Routing (formerly Handover Protocol, Messenger Receiver): choose this app as the default. Or take this conversation over in Meta Business Suite.",
    },
    zhTW: {
      title: "此粉絲專頁無法接手對話",
      explain: "尚未啟用 Conversation Routing（對話路由），Meta 不允許應用程式互相接手對話。",
      fix: "請以粉絲專頁身分到 Facebook 的「粉絲專頁設定 → Conversation Routing（對話路由，舊稱 Handover Protocol、Messenger 接收者）」選擇本系統為預設應用程式，或在 Meta Business Suite 接手此對話。",
    },
  },
  takeover_not_allowed: {
    level: "channel",
    owner: "administrator",
    retry: "never",
    certain: false,
    row: "R4",
    source: `take_thread_control is for apps whose take-over switch is on: ${CR}, ${IGCR}; Meta documents no number for the refusal.`,
    en: {
      title: "This app may not take conversations over",
      explain:
        "Meta refused. Usually the Page's switch “Take control of conversations” is off for this app, so it only gets a conversation that is handed to it.",
      fix: "At Facebook, as the Page: Page settings, Page Setup, Advanced Messaging (formerly Handover Protocol): find this app and switch “Take control of conversations” on. Or take this conversation over in Meta Business Suite.",
    },
    zhTW: {
      title: "本系統不被允許接手對話",
      explain:
        "Meta 拒絕了接手。通常是粉絲專頁對本系統關閉了「Take control of conversations（控制對話）」，因此只能等對方交還。",
      fix: "請以粉絲專頁身分到 Facebook 的「粉絲專頁設定 → 粉絲專頁設定項目（Page Setup）→ Advanced Messaging（進階訊息，舊稱 Handover Protocol）」，開啟本系統的「Take control of conversations（控制對話）」，或在 Meta Business Suite 接手此對話。",
    },
  },
  control_request_unavailable: {
    level: "channel",
    owner: "administrator",
    retry: "never",
    certain: false,
    row: "R4",
    source: `request_thread_control: “only supported in default” (${CR}), not available (${IGCR}).`,
    en: {
      title: "Control cannot be asked for on this Page",
      explain:
        "Meta refused the request. Where Conversation Routing is on, conversations are taken over, not asked for.",
      fix: "Take the conversation over instead.",
    },
    zhTW: {
      title: "此粉絲專頁無法提出接手請求",
      explain: "Meta 拒絕了請求。已啟用 Conversation Routing（對話路由）時，應直接接手，而不是提出請求。",
      fix: "請改用「接手」。",
    },
  },
  control_not_owner: {
    level: "thread",
    owner: "agent",
    retry: "never",
    certain: true,
    row: "R4",
    source: `100 “calling app is not the thread owner”, “only the current thread owner can release”: ${FIELD}; 100/2534037: ${ERR}.`,
    en: {
      title: "Only who holds a conversation can hand it on",
      explain: "At Meta somebody else holds this conversation now, so this app can neither pass it on nor release it.",
      fix: "Nothing to do if the other side should go on answering. Otherwise take the conversation over first.",
    },
    zhTW: {
      title: "只有掌控對話的一方才能轉交",
      explain: "在 Meta 端，目前由其他一方掌控此對話，因此本系統無法轉交或釋出。",
      fix: "若由對方繼續回覆，則不需處理；否則請先接手對話。",
    },
  },
  control_no_default_app: {
    level: "thread",
    owner: "administrator",
    retry: "never",
    certain: false,
    row: "R4",
    source: `pass_thread_control without a target goes to the default app, where there is one: ${CR}.`,
    en: {
      title: "There is no default app to hand the conversation to",
      explain:
        "Without the name of an app Meta passes a conversation to the Page's default app, and this Page has none.",
      fix: "Choose the app to hand it to. Or set a default app at Facebook, as the Page: Page settings, Conversation Routing (formerly Handover Protocol, Messenger Receiver).",
    },
    zhTW: {
      title: "沒有可接收對話的預設應用程式",
      explain: "未指定應用程式時，Meta 會把對話交給粉絲專頁的預設應用程式，但此粉絲專頁尚未設定。",
      fix: "請選擇要轉交的應用程式，或以粉絲專頁身分到 Facebook 的「粉絲專頁設定 → Conversation Routing（對話路由，舊稱 Handover Protocol、Messenger 接收者）」設定預設應用程式。",
    },
  },
  routing_refused: {
    level: "thread",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "R4",
    source: `2018171, 2018234, 100/2018164: ${ERR}; ${CR}.`,
    en: {
      title: "Meta refused to hand the conversation over",
      explain: "The app named is not connected to this Page, or this app has no part in the Page's routing.",
      fix: "Connect the app in Meta Business Suite: All Tools, Business Apps. Then check the default app at Facebook: Page settings, Conversation Routing (formerly Handover Protocol, Messenger Receiver).",
    },
    zhTW: {
      title: "Meta 拒絕轉交此對話",
      explain: "指定的應用程式未連結此粉絲專頁，或本系統不在此粉絲專頁的路由設定中。",
      fix: "請到 Meta Business Suite 的「所有工具 → Business Apps（商家應用程式）」連結該應用程式，再到 Facebook 的「粉絲專頁設定 → Conversation Routing（對話路由，舊稱 Handover Protocol、Messenger 接收者）」確認預設應用程式。",
    },
  },
});
