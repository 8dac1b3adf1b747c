import { faults } from "./fault.ts";

const ERR = "Messenger Platform error codes (2026-06-25)";
const RATE = "Messenger Platform rate limiting (2026-03-23)";
const GRATE = "developers.facebook.com/docs/graph-api/overview/rate-limiting (v18-era copy)";
const GERR = "developers.facebook.com/docs/graph-api/guides/error-handling (read 2026-11)";

/** Restrictions and speed limits: the channel works, but Meta slows or stops it. */
export const CHANNEL_FAULTS = faults({
  page_reported: {
    level: "channel",
    owner: "administrator",
    retry: "after_restriction",
    certain: false,
    row: "S11",
    source: `2022: ${ERR}; a vendor's error table.`,
    en: {
      title: "Meta has stopped this Page from sending",
      explain:
        "Someone reported the Page, or Meta blocks this action for it. It usually lasts up to 24 hours; Meta gives neither reason nor end.",
      fix: "Pause automatic messages and wait a day. Look at Page Quality at Facebook if it does not end.",
    },
    zhTW: {
      title: "Meta 已暫停此粉絲專頁傳送訊息",
      explain: "粉絲專頁遭到檢舉，或 Meta 暫時禁止此動作。通常最長 24 小時，Meta 不會說明原因與結束時間。",
      fix: "請暫停自動訊息並等候一天。若仍未解除，請查看 Facebook 的「粉絲專頁品質」。",
    },
  },
  policy_block: {
    level: "channel",
    owner: "administrator",
    retry: "after_restriction",
    certain: true,
    row: "S11",
    source: `368: ${GERR}.`,
    en: {
      title: "Blocked for breaking Meta's rules",
      explain: "Meta has temporarily blocked this Page or app because it sees a breach of its policies.",
      fix: "Stop automatic messages, wait some hours, and read the notice in Support Home or Page Quality at Facebook.",
    },
    zhTW: {
      title: "因違反 Meta 政策而遭封鎖",
      explain: "Meta 認為有違反政策的情形，暫時封鎖了此粉絲專頁或應用程式。",
      fix: "請停止自動訊息並等候數小時，同時到 Facebook 的「支援首頁」或「粉絲專頁品質」查看通知。",
    },
  },
  instagram_blocked: {
    level: "channel",
    owner: "administrator",
    retry: "after_restriction",
    certain: true,
    row: "S11",
    source: `100/2534029: ${ERR}.`,
    en: {
      title: "Meta blocks this business from Instagram messages",
      explain: "Meta does not let this business use Instagram messaging through connected tools.",
      fix: "An administrator looks at the account's status at Meta (Business Support Home) and asks for a review.",
    },
    zhTW: {
      title: "Meta 禁止此商家使用 Instagram 訊息",
      explain: "Meta 不允許此商家透過串接工具使用 Instagram 訊息功能。",
      fix: "請管理員到 Meta 的企業支援首頁查看帳號狀態並申請複審。",
    },
  },
  instagram_not_eligible: {
    level: "channel",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "I1",
    source: `36103: ${ERR}.`,
    en: {
      title: "This Instagram account cannot be connected yet",
      explain: "Meta has not opened messaging through connected tools for this account.",
      fix: "Check that it is a professional account linked to a Page, and try again later.",
    },
    zhTW: {
      title: "此 Instagram 帳號尚無法串接",
      explain: "Meta 尚未替此帳號開放透過串接工具收發訊息。",
      fix: "請確認已轉為專業帳號並連結粉絲專頁，稍後再試。",
    },
  },
  page_send_rate: {
    level: "channel",
    owner: "nobody",
    retry: "after_wait",
    certain: true,
    row: "S11",
    source: `613, 613/2534040, 32, 80001, 80002, 80006: ${RATE}; ${GRATE}.`,
    en: {
      title: "This Page is sending too fast",
      explain:
        "Meta limits how many messages a Page may send in a given time. The message waits and is sent more slowly.",
      fix: "Nothing to do. If it happens often, send fewer automatic messages at once.",
    },
    zhTW: {
      title: "此粉絲專頁傳送過快",
      explain: "Meta 限制粉絲專頁在一定時間內可傳送的訊息數。訊息會排隊，並以較慢的速度送出。",
      fix: "不需處理。若經常發生，請減少同時發送的自動訊息。",
    },
  },
  app_rate: {
    level: "channel",
    owner: "operator",
    retry: "after_wait",
    certain: true,
    row: "S11",
    source: `4, 341: ${GRATE}; ${GERR}.`,
    en: {
      title: "The app has reached Meta's limit",
      explain:
        "All Pages of this app together have made too many calls. The message waits until Meta accepts calls again.",
      fix: "Nothing to do at first. If it stays, the operator looks at App Dashboard, Rate limits.",
    },
    zhTW: {
      title: "應用程式已達 Meta 的呼叫上限",
      explain: "此應用程式底下所有粉絲專頁的呼叫總量過多，訊息會等到 Meta 恢復受理後再送出。",
      fix: "通常不需處理。若持續發生，請維運人員到應用程式主控板查看速率限制。",
    },
  },
  user_rate: {
    level: "channel",
    owner: "operator",
    retry: "after_wait",
    certain: true,
    row: "S11",
    source: `17, 17/2446079: ${GERR}.`,
    en: {
      title: "The authorising person's limit is reached",
      explain:
        "Meta counts calls for the person who connected the Page, and that count is used up for now. The message waits.",
      fix: "Nothing to do at first. If it stays, connect the Page with a system user instead of a person.",
    },
    zhTW: {
      title: "授權者的呼叫額度已用完",
      explain: "Meta 依授權者計算呼叫次數，目前額度已滿，訊息會先排隊。",
      fix: "通常不需處理。若持續發生，請改用系統用戶（System User）授權。",
    },
  },
  phone_send_rate: {
    level: "channel",
    owner: "nobody",
    retry: "after_wait",
    certain: true,
    source: "4/2018022 (older Messenger error page, undated).",
    en: {
      title: "Too many messages to phone numbers",
      explain: "Meta limits messages addressed to phone numbers. The message waits.",
      fix: "Nothing to do.",
    },
    zhTW: {
      title: "以電話號碼傳送的訊息過多",
      explain: "Meta 限制以電話號碼傳送的訊息數量，訊息會先排隊。",
      fix: "不需處理。",
    },
  },
});
