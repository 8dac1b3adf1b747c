import { faults } from "./fault.ts";

const ERR = "Messenger Platform error codes (2026-06-25)";
const SUB = "Page subscribed_apps (Graph API reference, v25.0)";

/** The app or its configuration at Meta is the cause: the operator mends it once for every Page. */
export const APP_FAULTS = faults({
  app_not_approved: {
    level: "channel",
    owner: "operator",
    retry: "never",
    certain: true,
    row: "S12",
    source: `200 “not admins, developers or testers”, 200/2018028, 1/99: ${ERR}.`,
    en: {
      title: "Meta has not opened the app to the public",
      explain:
        "The app is in development or has only Standard Access, so it may write only to people with a role on the app. Business verification may be missing too.",
      fix: "The operator switches the app to Live and asks Meta for Advanced Access to the messaging permissions (App Dashboard, App Review).",
    },
    zhTW: {
      title: "應用程式尚未對外開放",
      explain: "應用程式仍在開發模式或只有標準存取權限，只能傳訊息給在應用程式中具有角色的人；也可能尚未完成商家驗證。",
      fix: "請維運人員將應用程式切換為上線，並在「應用程式審查」申請訊息權限的進階存取。",
    },
  },
  permission_refused: {
    level: "channel",
    owner: "operator",
    retry: "never",
    certain: false,
    row: "S12",
    source: `10 and 200 without a known subcode: ${ERR}; Graph API error handling.`,
    en: {
      title: "Meta says a permission is missing",
      explain:
        "Usually a permission of the app or of the person who connected the Page was not granted or was removed. Meta's own words are shown under details.",
      fix: "Run the checks of this channel. If a permission is missing, connect the Page again; otherwise the operator checks the app's access level.",
    },
    zhTW: {
      title: "Meta 表示缺少權限",
      explain: "通常是應用程式或授權者的某項權限未授予或已被移除。Meta 的原始訊息列在詳細資料中。",
      fix: "請先執行此管道的健康檢查。若缺少權限請重新授權，否則請維運人員確認應用程式的存取等級。",
    },
  },
  capability_missing: {
    level: "channel",
    owner: "operator",
    retry: "never",
    certain: false,
    row: "I1",
    source: "3: Graph API error handling; seen on Instagram in production on 2026-09-28.",
    en: {
      title: "The app may not make this call",
      explain:
        "The app lacks a capability. On Instagram it is usually a missing permission, or “Allow access to messages” is off.",
      fix: "Check the Instagram switch and the permissions under channel health; the operator checks the app's products at Meta.",
    },
    zhTW: {
      title: "應用程式沒有這項功能的使用權",
      explain: "應用程式缺少對應的功能。在 Instagram 上通常是缺少權限，或未開啟「允許存取訊息」。",
      fix: "請在管道健康檢查中確認 Instagram 開關與權限；並請維運人員檢查應用程式在 Meta 的產品設定。",
    },
  },
  app_secret_proof_missing: {
    level: "channel",
    owner: "operator",
    retry: "never",
    certain: true,
    source: "100 “require an appsecret_proof argument” (seen live); Graph API securing requests.",
    en: {
      title: "Meta wants proof of the app secret",
      explain: "The app is set to “Require App Secret”, and the call carried no proof.",
      fix: "The operator sets META_APP_SECRET and restarts the server.",
    },
    zhTW: {
      title: "Meta 要求附上應用程式密鑰證明",
      explain: "應用程式已設定「要求應用程式密鑰」，但呼叫未附上證明。",
      fix: "請維運人員設定 META_APP_SECRET 並重新啟動伺服器。",
    },
  },
  app_secret_proof_invalid: {
    level: "channel",
    owner: "operator",
    retry: "never",
    certain: true,
    source: "100 “Invalid appsecret_proof”, 104: Graph API securing requests.",
    en: {
      title: "The app secret does not match",
      explain: "The proof of the app secret is wrong: the secret was changed at Meta, or belongs to another app.",
      fix: "The operator copies the secret from the App Dashboard into META_APP_SECRET and restarts the server.",
    },
    zhTW: {
      title: "應用程式密鑰不一致",
      explain: "密鑰證明不正確：密鑰可能已在 Meta 端更換，或屬於其他應用程式。",
      fix: "請維運人員將應用程式主控板上的密鑰更新到 META_APP_SECRET，並重新啟動伺服器。",
    },
  },
  subscription_fields_missing: {
    level: "channel",
    owner: "operator",
    retry: "never",
    certain: true,
    row: "R4",
    source: `100 “The parameter subscribed_fields is required”: ${SUB}.`,
    en: {
      title: "The Page was subscribed without fields",
      explain: "Meta must be told which events of the Page to deliver, and the list was missing.",
      fix: "Subscribe the Page again from channel health. If it stays, the operator reports it as a fault of the server.",
    },
    zhTW: {
      title: "訂閱粉絲專頁時缺少欄位",
      explain: "訂閱時必須告訴 Meta 要傳送哪些事件，但清單缺漏。",
      fix: "請在管道健康檢查中重新訂閱。若持續發生，請維運人員回報系統問題。",
    },
  },
  subscription_permission_missing: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "R4",
    source: `200 “To subscribe to the … field, one of these permissions is needed”: ${SUB}.`,
    en: {
      title: "Messages of this Page cannot be subscribed",
      explain: "The access lacks a permission that Meta asks for before it delivers the Page's events.",
      fix: "Connect the Page again under Channels and leave every permission switched on.",
    },
    zhTW: {
      title: "無法訂閱此粉絲專頁的訊息",
      explain: "授權缺少 Meta 在傳送粉絲專頁事件前所要求的權限。",
      fix: "請到「管道」頁面重新授權，並保留所有權限為開啟。",
    },
  },
  page_kind_unsupported: {
    level: "channel",
    owner: "operator",
    retry: "never",
    certain: true,
    source: "200/2069030 (seen in public code).",
    en: {
      title: "Not available for this kind of Page",
      explain: "Meta does not offer this call for Pages of the new Pages experience.",
      fix: "Nothing to do for the Page; the operator updates the server.",
    },
    zhTW: {
      title: "此類粉絲專頁不支援這項操作",
      explain: "Meta 未對新版粉絲專頁提供這項呼叫。",
      fix: "粉絲專頁不需調整，請維運人員更新系統。",
    },
  },
  privacy_terms_not_accepted: {
    level: "channel",
    owner: "administrator",
    retry: "never",
    certain: true,
    source: `2/2018344: ${ERR}; full body seen on 2026-10-02.`,
    en: {
      title: "Meta's privacy terms are not accepted",
      explain:
        "Meta's inbox labels work only after an administrator of the Page has accepted additional terms. Messages are not affected.",
      fix: "An administrator opens Meta Business Suite and accepts the terms there.",
    },
    zhTW: {
      title: "尚未接受 Meta 的隱私條款",
      explain: "需由粉絲專頁管理員接受額外條款後，才能使用 Meta 的收件匣標籤。訊息收發不受影響。",
      fix: "請管理員到 Meta Business Suite 接受條款。",
    },
  },
  phone_sending_unavailable: {
    level: "message",
    owner: "operator",
    retry: "never",
    certain: true,
    source: `200/2018027, 200/2018021: ${ERR}.`,
    en: {
      title: "Sending to phone numbers is not available",
      explain: "The app may not address customers by phone number.",
      fix: "Answer in the customer's own conversation.",
    },
    zhTW: {
      title: "無法以電話號碼傳送",
      explain: "應用程式沒有以電話號碼聯絡客戶的權限。",
      fix: "請在客戶的對話中回覆。",
    },
  },
  news_not_approved: {
    level: "message",
    owner: "operator",
    retry: "never",
    certain: true,
    row: "O4",
    source: `10/2018065: ${ERR}.`,
    en: {
      title: "News messages are not approved",
      explain: "The message was marked as news, which Meta allows only for registered news publishers.",
      fix: "Send it as an ordinary reply while the reply window is open.",
    },
    zhTW: {
      title: "未獲准傳送新聞訊息",
      explain: "訊息被標記為新聞，Meta 只允許已登錄的新聞媒體使用。",
      fix: "請在可回覆時間內以一般回覆傳送。",
    },
  },
});
