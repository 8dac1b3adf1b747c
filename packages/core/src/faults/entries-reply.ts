import { faults } from "./fault.ts";

const SEND = "developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages (2026-05-05)";
const ERR = "developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes (2026-06-25)";

/** Reasons why a reply is not possible now: the codes `decideReply` answers with. */
export const REPLY_FAULTS = faults({
  window_closed: {
    level: "thread",
    owner: "customer",
    retry: "never",
    certain: true,
    row: "S1",
    source: `10/2018278 (Messenger), 10/2534022 (Instagram): ${ERR}. 24 hours: ${SEND}. The extra message after 24 hours ended on 2020-03-04 (Messenger changelog archive).`,
    en: {
      title: "The reply window is closed",
      explain:
        "Meta lets a business answer within 24 hours of the customer's last message, button tap, reaction or visit through a chat link. That time is over. There is no “one more message” after it: Meta removed that rule on 4 March 2020.",
      fix: "Wait for the customer: their next message opens the window again at once. If it is urgent, reach them by another channel.",
    },
    zhTW: {
      title: "已超過可回覆時間",
      explain:
        "Meta 只允許商家在客戶最後一次傳訊息、點按鈕、按表情回應或透過聊天連結進入後的 24 小時內回覆，現在已經超過。過去「24 小時後還能再傳一則」的規則已在 2020 年 3 月 4 日取消。",
      fix: "等客戶再次傳訊息，收到後會立即恢復可回覆。若事情緊急，請改用其他管道聯絡客戶。",
    },
  },
  human_agent_not_approved: {
    level: "message",
    owner: "operator",
    retry: "never",
    certain: true,
    row: "S2",
    source:
      "100/2018276, seen in four production systems between 2026-07-04 and 2026-10-06. Feature “Human Agent”: developers.facebook.com/docs/features-reference.",
    en: {
      title: "Replies after 24 hours are not approved",
      explain:
        "Between 24 hours and 7 days after the customer's last message, a person may still answer if Meta has approved the app's “Human Agent” feature. This app has no such approval.",
      fix: "The owner of the app can ask for it at Meta: App Dashboard, App Review, Permissions and Features, Human Agent. After approval set META_HUMAN_AGENT_APPROVED to true.",
    },
    zhTW: {
      title: "尚未取得 24 小時後回覆的核准",
      explain:
        "客戶最後一則訊息後的 24 小時到 7 天之間，若應用程式的「Human Agent（真人客服）」功能已獲 Meta 核准，仍可由真人回覆。目前這個應用程式尚未取得核准。",
      fix: "請應用程式負責人到 Meta 應用程式主控板的「應用程式審查 → 權限與功能 → Human Agent」提出申請。核准後將 META_HUMAN_AGENT_APPROVED 設為 true。",
    },
  },
  human_agent_not_for_automation: {
    level: "message",
    owner: "nobody",
    retry: "never",
    certain: true,
    row: "S2",
    source: `HUMAN_AGENT is for answers written by a person: ${SEND} and developers.facebook.com/docs/features-reference.`,
    en: {
      title: "Only a person may answer now",
      explain:
        "After 24 hours Meta accepts only answers written by a person. Automations and messages sent through the API without a team member are not allowed, and breaking this rule can cost the approval.",
      fix: "Let a team member answer from the inbox.",
    },
    zhTW: {
      title: "目前只能由真人回覆",
      explain:
        "超過 24 小時後，Meta 只接受真人撰寫的回覆。自動化流程或未由成員透過 API 傳送的訊息都不允許，違規可能會失去核准資格。",
      fix: "請由團隊成員在收件匣中親自回覆。",
    },
  },
  channel_needs_reauthorization: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "S3",
    source: `190 with any subcode: ${ERR}; developers.facebook.com/docs/graph-api/guides/error-handling.`,
    en: {
      title: "The Page must be connected again",
      explain:
        "Meta no longer accepts our access to this Page, for example because the person who connected it changed their password. Messages may still arrive, but nothing can be sent.",
      fix: "Any administrator of the Page can connect it again under Channels. Replies written meanwhile wait and are sent afterwards if the reply window is still open.",
    },
    zhTW: {
      title: "粉絲專頁需要重新授權",
      explain: "Meta 已不再接受我們對此粉絲專頁的存取權，例如當初授權的人變更了密碼。訊息可能仍會收到，但無法傳出。",
      fix: "請任一位粉絲專頁管理員到「管道」頁面重新授權。這段期間寫好的回覆會先保留，重新授權後若仍在可回覆時間內就會送出。",
    },
  },
  channel_restricted: {
    level: "channel",
    owner: "administrator",
    retry: "after_restriction",
    certain: true,
    row: "S11",
    source: `10/1893063, added 2026-06-25: ${ERR}.`,
    en: {
      title: "Meta has restricted this Page",
      explain:
        "Meta temporarily stops this Page from sending. Usual causes are promotion outside the 24 hours, many customers reporting or blocking the Page, and sending too fast. Meta does not always say when it ends. Replies written meanwhile wait; one is tried now and then, and the rest follow when it goes through.",
      fix: "Stop automatic messages. An administrator sees the reason under Page Quality or Support Home at Facebook and can ask for a review there.",
    },
    zhTW: {
      title: "Meta 已限制此粉絲專頁",
      explain:
        "Meta 暫時禁止此粉絲專頁傳送訊息。常見原因是在 24 小時外傳送促銷內容、被許多客戶檢舉或封鎖，或傳送過於頻繁。Meta 不一定會說明何時解除。這段期間寫好的回覆會先保留，系統會偶爾試傳一則，成功後再依序送出其餘訊息。",
      fix: "請先停止自動訊息。管理員可到 Facebook 的「粉絲專頁品質」或「支援首頁」查看原因並申請複審。",
    },
  },
  channel_disconnected: {
    level: "channel",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "O5",
    source: "Rule of the product: a disconnected channel keeps its history and sends nothing.",
    en: {
      title: "This channel is disconnected",
      explain:
        "The Page or account was disconnected here or removed at Facebook. Its conversations stay readable, but nothing comes in or goes out.",
      fix: "An administrator can connect it again under Channels. The history continues where it stopped.",
    },
    zhTW: {
      title: "此管道已中斷連結",
      explain: "這個粉絲專頁或帳號已在此處中斷連結，或在 Facebook 端被移除。對話紀錄仍可查看，但無法收發訊息。",
      fix: "請管理員到「管道」頁面重新連結，先前的對話紀錄會接續保留。",
    },
  },
  contact_cannot_receive: {
    level: "contact",
    owner: "nobody",
    retry: "never",
    certain: false,
    row: "S6",
    source: `551, 551/1545041, 200/1545041, 10/2018108: ${ERR}.`,
    en: {
      title: "This customer cannot receive messages",
      explain:
        "The customer has blocked the Page, or their account is deactivated or deleted. Meta does not say which. The Page itself is fine.",
      fix: "Nothing can be done from here. As soon as the customer writes again, this mark disappears by itself.",
    },
    zhTW: {
      title: "此客戶目前無法接收訊息",
      explain: "客戶可能封鎖了粉絲專頁，或其帳號已停用或刪除，Meta 不會說明是哪一種。粉絲專頁本身沒有問題。",
      fix: "目前無法由這裡處理。只要客戶再次傳訊息，這個標記就會自動消失。",
    },
  },
  guest_chat_ended: {
    level: "thread",
    owner: "nobody",
    retry: "never",
    certain: true,
    row: "O2",
    source: "Chat Plugin guest mode, removed by Meta on 2024-05-09 (Messenger Platform, Chat Plugin page).",
    en: {
      title: "The guest's chat has ended",
      explain:
        "This visitor wrote as a guest, without a Facebook account. Such a chat ends when the visitor closes it or after 24 hours, and cannot be continued. Meta removed guest chats on 9 May 2024.",
      fix: "No reply is possible. If the visitor left an e-mail address or phone number, use that.",
    },
    zhTW: {
      title: "訪客對話已結束",
      explain:
        "此訪客以訪客模式（未登入 Facebook）傳訊息。這類對話在訪客結束或滿 24 小時後就會關閉，無法再繼續。Meta 已於 2024 年 5 月 9 日停用訪客模式。",
      fix: "無法再回覆。若訪客有留下電子郵件或電話，請改用該方式聯絡。",
    },
  },
});
