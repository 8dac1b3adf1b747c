import type { Bilingual } from "./words.ts";

export const EVIDENCE_TEXTS = {
  message: {
    title: { en: "The customer's message arrived and is shown", zhTW: "客戶的訊息已收到並顯示" },
    detail: { en: "{quote} Arrived {arrived}.", zhTW: "{quote}（{arrived} 收到）" },
  },
  late: {
    title: { en: "The customer's message arrived late", zhTW: "客戶的訊息延遲送達" },
    detail: {
      en: "{quote} Meta delivered it only at {arrived}.",
      zhTW: "{quote}（Meta 直到 {arrived} 才送達）",
    },
  },
  placeholder: {
    title: { en: "The customer's message arrived without its content", zhTW: "收到客戶的訊息，但沒有內容" },
    detail: {
      en: "{quote} Meta hands this kind of content to no app; the conversation shows a placeholder. Arrived {arrived}.",
      zhTW: "{quote} Meta 不提供這類內容給任何應用程式，對話中以佔位方式顯示（{arrived} 收到）",
    },
  },
  deleted: {
    title: { en: "The customer wrote and took the message back", zhTW: "客戶傳送後又收回了訊息" },
    detail: { en: "The conversation shows a trace of it.", zhTW: "對話中保留已收回的紀錄。" },
  },
  standby: {
    title: { en: "The customer's message arrived beside another app", zhTW: "客戶的訊息以旁聽方式送達" },
    detail: {
      en: "{quote} It is shown, but another app held the conversation then. Arrived {arrived}.",
      zhTW: "{quote} 訊息有顯示，但當時由其他應用程式持有對話（{arrived} 收到）",
    },
  },
  recovered: {
    title: { en: "The customer's message was read from Meta's record", zhTW: "客戶的訊息從 Meta 的紀錄補回" },
    detail: {
      en: "{quote} Meta did not deliver it. Read back at {arrived}; it stands in the conversation now.",
      zhTW: "{quote} Meta 當時未送達，於 {arrived} 補回，現已顯示在對話中",
    },
  },
  recovered_answer: {
    title: { en: "An answer was read from Meta's record", zhTW: "粉絲專頁的回覆從 Meta 的紀錄補回" },
    detail: { en: "{quote} Read back at {arrived}.", zhTW: "{quote}（於 {arrived} 補回）" },
  },
  answer: {
    title: { en: "An answer of the Page", zhTW: "粉絲專頁的回覆" },
    detail: { en: "{quote}", zhTW: "{quote}" },
  },
  delivery: {
    title: { en: "A delivery about this customer", zhTW: "與此客戶有關的一次傳送" },
    detail: {
      en: "No. {id}: {events} events, no new message among them (receipts, reactions and the like, or a repeat).",
      zhTW: "編號 {id}：{events} 個事件，沒有新訊息（已讀、心情等，或重複傳送）",
    },
  },
  delivery_waits: {
    title: { en: "A delivery that waits to be worked off", zhTW: "等待處理的一次傳送" },
    detail: { en: "No. {id}.", zhTW: "編號 {id}" },
  },
  delivery_unread: {
    title: { en: "A delivery that was not wholly understood", zhTW: "有內容無法解讀的一次傳送" },
    detail: {
      en: "No. {id}: {unreadable} of its events are kept, but not understood.",
      zhTW: "編號 {id}：其中 {unreadable} 個事件已保存，但無法解讀",
    },
  },
  delivery_failed: {
    title: { en: "A delivery that could not be processed", zhTW: "處理失敗的一次傳送" },
    detail: { en: "No. {id}: {error}", zhTW: "編號 {id}：{error}" },
  },
  held: {
    title: { en: "{name} held the conversation", zhTW: "對話由 {name} 持有" },
    detail: null,
  },
  held_unknown: {
    title: { en: "Another app held the conversation", zhTW: "對話由其他應用程式持有" },
    detail: { en: "Meta does not say which.", zhTW: "Meta 未說明是哪一個。" },
  },
  returned: {
    title: { en: "The conversation came back to this inbox", zhTW: "對話回到本系統" },
    detail: null,
  },
  comparison: {
    title: { en: "Compared with Meta's own record", zhTW: "與 Meta 的紀錄比對" },
    detail: {
      en: "Messages of this customer examined: {examined}; missing and taken in now: {recovered}.",
      zhTW: "檢查此客戶的 {examined} 則訊息，其中 {recovered} 則缺漏並已補回。",
    },
  },
  comparison_empty: {
    title: { en: "Compared with Meta's own record", zhTW: "與 Meta 的紀錄比對" },
    detail: {
      en: "Meta's record has no message of this customer since the beginning of the traced time.",
      zhTW: "自查詢的起始時間以來，Meta 的紀錄中沒有此客戶的訊息。",
    },
  },
  comparison_failed: {
    title: { en: "Meta's own record could not be read", zhTW: "無法讀取 Meta 的紀錄" },
    detail: { en: "{reason}", zhTW: "{reason}" },
  },
  comparison_running: {
    title: { en: "Meta's own record is still being read", zhTW: "仍在讀取 Meta 的紀錄" },
    detail: {
      en: "Meta makes us wait. What is missing is taken in by itself; trace again in some minutes.",
      zhTW: "Meta 要求稍候。缺漏的訊息會自動補回，請數分鐘後再追蹤一次。",
    },
  },
  notice: { title: { en: "{what}", zhTW: "{what}" }, detail: null },
  notice_text: { title: { en: "{what}", zhTW: "{what}" }, detail: { en: "{text}", zhTW: "{text}" } },
} as const satisfies Record<string, { title: Bilingual; detail: Bilingual | null }>;

export type EvidenceCase = keyof typeof EVIDENCE_TEXTS;

/** What Meta tells beside messages; a kind that is not here is shown by its name. */
export const NOTICE_NAMES: Readonly<Record<string, Bilingual>> = {
  optin: { en: "The customer opted in", zhTW: "客戶同意接收訊息" },
  account_linked: { en: "The customer linked an account", zhTW: "客戶連結了帳號" },
  account_unlinked: { en: "The customer unlinked an account", zhTW: "客戶解除了帳號連結" },
  label_added: { en: "A label was added at Meta", zhTW: "在 Meta 加上標籤" },
  label_removed: { en: "A label was removed at Meta", zhTW: "在 Meta 移除標籤" },
  response_feedback: { en: "The customer rated an answer", zhTW: "客戶評價了回覆" },
  lead_form_submitted: { en: "The customer submitted a form", zhTW: "客戶送出了表單" },
  control_requested: { en: "An app asked for the conversation", zhTW: "有應用程式要求接手對話" },
  guest_ended: { en: "The guest ended the chat", zhTW: "訪客結束了對話" },
  comment: { en: "The customer commented on a post", zhTW: "客戶在貼文下留言" },
  policy_warning: { en: "Meta warned the Page", zhTW: "Meta 對粉絲專頁發出警告" },
  policy_block: { en: "Meta blocked the Page from sending", zhTW: "Meta 禁止粉絲專頁傳送訊息" },
  policy_unblock: { en: "Meta lifted a block of the Page", zhTW: "Meta 解除了粉絲專頁的限制" },
  integrity: { en: "Meta told something about the Page's standing", zhTW: "Meta 通知粉絲專頁的狀態" },
};

/** A message without words, by what it is; a kind that is not here is shown by its name. */
export const KIND_NAMES: Readonly<Record<string, Bilingual>> = {
  image: { en: "photo", zhTW: "照片" },
  audio: { en: "voice message", zhTW: "語音訊息" },
  video: { en: "video", zhTW: "影片" },
  file: { en: "file", zhTW: "檔案" },
  sticker: { en: "sticker", zhTW: "貼圖" },
  template: { en: "template", zhTW: "範本訊息" },
  postback: { en: "tap on a button", zhTW: "點擊按鈕" },
  referral: { en: "visit through a link", zhTW: "透過連結進入" },
  share: { en: "shared post", zhTW: "分享的貼文" },
  story: { en: "story", zhTW: "限時動態" },
  reaction: { en: "reaction", zhTW: "表情回應" },
  deleted: { en: "unsent message", zhTW: "已收回的訊息" },
  unsupported: { en: "message of an unknown kind", zhTW: "無法辨識的訊息" },
  appointment: { en: "appointment", zhTW: "預約" },
  lead: { en: "answered lead ad", zhTW: "已回答的名單型廣告" },
  order: { en: "order", zhTW: "訂單" },
  form: { en: "form", zhTW: "表單" },
  feedback: { en: "feedback", zhTW: "意見回饋" },
};
