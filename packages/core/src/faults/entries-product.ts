import { faults } from "./fault.ts";

const OWN = "Rule of the product.";

/** Refusals by our own API, used as its problem codes. */
export const PRODUCT_FAULTS = faults({
  message_empty: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    source: "100/2018034 (seen in public code) and rule of the product.",
    en: {
      title: "The message is empty",
      explain: "There is neither text nor a file in it.",
      fix: "Write something or attach a file.",
    },
    zhTW: { title: "訊息沒有內容", explain: "訊息中沒有文字也沒有檔案。", fix: "請輸入文字或附加檔案。" },
  },
  message_too_long: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    row: "I1",
    source:
      "2,000 characters on Messenger (Send API reference, v25.0); 1,000 bytes on Instagram (Instagram send-message page, 2026-06-24).",
    en: {
      title: "The message is too long",
      explain: "Messenger takes 2,000 characters; Instagram takes 1,000 bytes, which is about 330 Chinese characters.",
      fix: "Shorten it or send it in several parts.",
    },
    zhTW: {
      title: "訊息太長",
      explain: "Messenger 每則上限為 2,000 個字元；Instagram 上限為 1,000 位元組，約 330 個中文字。",
      fix: "請縮短內容，或分成多則傳送。",
    },
  },
  not_found: {
    level: "message",
    owner: "nobody",
    retry: "never",
    certain: true,
    source: OWN,
    en: {
      title: "Not found",
      explain: "It does not exist, was removed, or belongs to another workspace.",
      fix: "Go back and reload the list.",
    },
    zhTW: { title: "找不到資料", explain: "資料不存在、已被移除，或屬於其他工作區。", fix: "請返回並重新載入列表。" },
  },
  not_signed_in: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    source: OWN,
    en: {
      title: "You are not signed in",
      explain: "The session has ended, or the request carries no valid API key.",
      fix: "Sign in again, or send a valid key in the Authorization header.",
    },
    zhTW: {
      title: "尚未登入",
      explain: "登入狀態已失效，或請求未附上有效的 API 金鑰。",
      fix: "請重新登入，或在 Authorization 標頭附上有效的金鑰。",
    },
  },
  not_allowed: {
    level: "message",
    owner: "administrator",
    retry: "never",
    certain: true,
    source: OWN,
    en: {
      title: "You may not do this",
      explain: "Your role in this workspace does not include this action.",
      fix: "Ask an administrator to do it or to change your role.",
    },
    zhTW: {
      title: "沒有權限",
      explain: "你在此工作區的角色無法執行這個動作。",
      fix: "請管理員代為執行，或調整你的角色。",
    },
  },
  invalid_request: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    source: OWN,
    en: {
      title: "The request is not valid",
      explain: "Something is missing or has the wrong form. The list of errors names each field.",
      fix: "Correct the named fields and try again.",
    },
    zhTW: {
      title: "請求內容有誤",
      explain: "有欄位缺漏或格式不正確，錯誤清單會列出各個欄位。",
      fix: "請修正列出的欄位後再試一次。",
    },
  },
  conflict: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    source: OWN,
    en: {
      title: "Someone else was faster",
      explain: "It changed between the time you saw it and the time you acted.",
      fix: "Look at the present state and decide again.",
    },
    zhTW: { title: "資料已被變更", explain: "在你操作之前，這筆資料已經有了變動。", fix: "請查看最新狀態後再操作。" },
  },
  rate_limited: {
    level: "message",
    owner: "agent",
    retry: "after_wait",
    certain: true,
    source: OWN,
    en: {
      title: "Too many requests",
      explain: "This key or session asks faster than the server allows.",
      fix: "Wait as long as the Retry-After header says, then go on more slowly.",
    },
    zhTW: {
      title: "請求過於頻繁",
      explain: "此金鑰或登入階段的請求速度超過伺服器允許的上限。",
      fix: "請依 Retry-After 標頭所示時間稍候，再放慢速度繼續。",
    },
  },
  token_missing_permission: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "S5",
    source: "debug_token: scopes and granular_scopes (Graph API reference, v25.0).",
    en: {
      title: "The access lacks a permission",
      explain:
        "The person who connected the Page did not grant everything needed to read and send its messages. The missing permissions are named.",
      fix: "Connect again and leave every permission switched on, for this Page too.",
    },
    zhTW: {
      title: "授權缺少必要權限",
      explain: "當初授權時未開啟收發訊息所需的全部權限，缺少的權限已列出。",
      fix: "請重新授權，並保留所有權限為開啟，且務必勾選此粉絲專頁。",
    },
  },
  page_mismatch: {
    level: "channel",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "S5",
    source: "Rule of the product: an authorisation renews the channel of its own Page only.",
    en: {
      title: "The access is for another Page",
      explain: "The token or the login belongs to a different Page than the one to be connected.",
      fix: "Choose the right Page in the dialog, or use the token of this Page.",
    },
    zhTW: {
      title: "授權對象不是這個粉絲專頁",
      explain: "所使用的權杖或登入屬於另一個粉絲專頁。",
      fix: "請在授權畫面選擇正確的粉絲專頁，或改用此粉絲專頁的權杖。",
    },
  },
  webhook_signature_invalid: {
    level: "channel",
    owner: "operator",
    retry: "never",
    certain: true,
    row: "R5",
    source: "X-Hub-Signature-256 over the exact bytes with the app secret (Graph API webhooks, getting started).",
    en: {
      title: "The webhook's signature is wrong",
      explain: "The call does not come from Meta, the app secret differs, or a proxy changed the body on its way.",
      fix: "Compare META_APP_SECRET with the App Dashboard and let proxies pass the body unchanged.",
    },
    zhTW: {
      title: "Webhook 簽章不符",
      explain: "這個請求並非來自 Meta、應用程式密鑰不一致，或內容在途中被代理伺服器改動。",
      fix: "請核對 META_APP_SECRET 與應用程式主控板上的密鑰，並確認代理伺服器原樣轉送內容。",
    },
  },
  body_too_large: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    source: OWN,
    en: {
      title: "The request is too large",
      explain: "Its body exceeds what this address accepts.",
      fix: "Send less at once, or a smaller file.",
    },
    zhTW: {
      title: "請求內容過大",
      explain: "內容超過此位址可接受的大小。",
      fix: "請減少單次傳送的內容，或改用較小的檔案。",
    },
  },
  replay_too_large: {
    level: "message",
    owner: "operator",
    retry: "never",
    certain: true,
    row: "R5",
    source: "Rule of the product: what is replayed goes before what arrives meanwhile, so it may take seconds only.",
    en: {
      title: "Too many deliveries to replay at once",
      explain: "The range holds more than 10,000 deliveries. None of them was replayed.",
      fix: "Choose a shorter time, one channel or one customer, and replay part after part.",
    },
    zhTW: {
      title: "一次要重新處理的 Webhook 紀錄太多",
      explain: "所選範圍超過 10,000 筆 Webhook 紀錄，系統未重新處理任何一筆。",
      fix: "請縮短時間範圍，或指定單一管道或客戶，分批重新處理。",
    },
  },
  storage_unavailable: {
    level: "channel",
    owner: "operator",
    retry: "backoff",
    certain: true,
    source: "Rule of the product: nothing is acknowledged before it is stored.",
    en: {
      title: "The server cannot store anything now",
      explain:
        "The database or the disk does not answer. Nothing was accepted, so nothing is lost; Meta repeats its webhooks by itself.",
      fix: "Try again in a moment. The operator finds the cause in the server's log.",
    },
    zhTW: {
      title: "伺服器暫時無法儲存資料",
      explain: "資料庫或磁碟沒有回應。這次的內容並未被接受，因此不會遺失；Meta 會自動重送 Webhook。",
      fix: "請稍後再試。維運人員可在伺服器紀錄中找到原因。",
    },
  },
  unexpected: {
    level: "message",
    owner: "operator",
    retry: "never",
    certain: false,
    source: "Rule of the product: a fault of this server.",
    en: {
      title: "Something went wrong on the server",
      explain: "This is a fault of this installation, not of what you did.",
      fix: "Try again. If it stays, give the operator the time and the request id.",
    },
    zhTW: {
      title: "伺服器發生錯誤",
      explain: "這是系統本身的問題，並非你的操作造成。",
      fix: "請再試一次。若持續發生，請將時間與請求編號提供給維運人員。",
    },
  },
});
