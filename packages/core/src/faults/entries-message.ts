import { faults } from "./fault.ts";

const ERR = "Messenger Platform error codes (2026-06-25)";

/** Faults of one message that are neither of its files nor of its thread. */
export const MESSAGE_FAULTS = faults({
  outcome_unknown: {
    level: "message",
    owner: "nobody",
    retry: "unknown_outcome",
    certain: true,
    row: "S10",
    source: `Rule of the product: the Send API has no idempotency key. Also 1/1357046 (“invalid JSON reply”, although sent): ${ERR}.`,
    en: {
      title: "It is not known whether this was sent",
      explain:
        "The connection broke after the message had left, so the customer may have it. It is not sent again by itself, so that nobody gets it twice. Meta's report of it settles it; if none comes, it is looked up in Meta's own record after a minute and after five.",
      fix: "Wait a few minutes, or look it up now. Where Meta's record does not have it, you decide: send it again, or mark it as arrived if you know that it did.",
    },
    zhTW: {
      title: "無法確認訊息是否已送出",
      explain:
        "訊息送出後連線中斷，客戶可能已經收到。為避免重複傳送，系統不會自動重傳。收到 Meta 的回報後即可確認；若沒有回報，系統會在一分鐘及五分鐘後查詢 Meta 自己的紀錄。",
      fix: "請等候幾分鐘，或立即查詢。若 Meta 的紀錄中沒有這則訊息，由你決定：重新傳送，或在確定客戶已收到時標示為已送達。",
    },
  },
  outcome_pending: {
    level: "message",
    owner: "nobody",
    retry: "never",
    certain: true,
    row: "S10",
    source: "Rule of the product: what Meta may have taken is sent again only once its record has been looked at.",
    en: {
      title: "Still finding out whether this was sent",
      explain:
        "The customer may have this message already. Until Meta's record has been looked at, sending it again could send it twice.",
      fix: "Wait until it has been looked up, or look it up now. If you know that the customer has it, mark it as arrived.",
    },
    zhTW: {
      title: "仍在確認這則訊息是否已送出",
      explain: "客戶可能已經收到這則訊息。在查詢 Meta 的紀錄之前重新傳送，可能會讓客戶收到兩次。",
      fix: "請等候查詢結果，或立即查詢。若你確定客戶已收到，請標示為已送達。",
    },
  },
  record_inconclusive: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    row: "S10",
    source:
      "Conversations API (read 2026-11): it holds neither our id nor the sending app, and tells only the 20 newest messages of a thread.",
    en: {
      title: "Meta's record cannot tell",
      explain:
        "Meta's record of this conversation holds several messages that may be this one, or does not tell everything of that time. It names neither the sending app nor our id.",
      fix: "Look at the conversation in Meta Business Suite. Then mark the message as arrived, or send it again.",
    },
    zhTW: {
      title: "Meta 的紀錄無法確認",
      explain:
        "Meta 的對話紀錄中有多則訊息都可能是這一則，或未提供該時段的完整內容；紀錄中沒有傳送的應用程式，也沒有本系統的訊息代碼。",
      fix: "請到 Meta Business Suite 查看這段對話，再將訊息標示為已送達，或重新傳送。",
    },
  },
  meta_unreachable: {
    level: "message",
    owner: "operator",
    retry: "backoff",
    certain: true,
    row: "S9",
    source: "Rule of the product: the connection could not be made, so nothing left this server.",
    en: {
      title: "Meta could not be reached",
      explain: "No connection to Meta came about, so nothing was sent. It is tried again a few times.",
      fix: "If it stays, send again later. The operator checks the server's network and metastatus.com.",
    },
    zhTW: {
      title: "無法連線到 Meta",
      explain: "未能與 Meta 建立連線，訊息沒有送出，系統會再試幾次。",
      fix: "若持續發生請稍後重傳，並請維運人員檢查伺服器網路與 metastatus.com。",
    },
  },
  meta_internal_error: {
    level: "message",
    owner: "meta",
    retry: "backoff",
    certain: true,
    row: "S9",
    source: "-1 “Unexpected internal error” (vendor table; production log with a resend that succeeded after 25 s).",
    en: {
      title: "A fault inside Meta",
      explain:
        "Meta reported an internal error. It is tried again with growing waits; most of these pass within a minute.",
      fix: "If it still fails, press “send again”.",
    },
    zhTW: {
      title: "Meta 內部發生錯誤",
      explain: "Meta 回報內部錯誤，系統會逐步拉長間隔重試，多半在一分鐘內恢復。",
      fix: "若仍失敗，請按「重新傳送」。",
    },
  },
  meta_unavailable: {
    level: "message",
    owner: "meta",
    retry: "backoff",
    certain: false,
    row: "S9",
    source: `1, 2, 1200, 1200/2018024: ${ERR}; Graph API error handling. 2 can also mean that the person blocked the Page.`,
    en: {
      title: "Meta is not available at the moment",
      explain:
        "Usually a short outage at Meta; it is tried again. If only this one customer is concerned, they may have blocked the Page.",
      fix: "If it still fails, send again later. metastatus.com shows larger outages.",
    },
    zhTW: {
      title: "Meta 暫時無法使用",
      explain: "通常是 Meta 短暫異常，系統會再試。若只有這位客戶發生，可能是對方封鎖了粉絲專頁。",
      fix: "若仍失敗請稍後重傳；大規模異常可查看 metastatus.com。",
    },
  },
  meta_refused: {
    level: "message",
    owner: "operator",
    retry: "never",
    certain: false,
    row: "S12",
    source: "A temporary-looking code with is_transient:false (full body of 2/2018344 seen on 2026-10-02).",
    en: {
      title: "Meta refused this for good",
      explain:
        "Meta says that trying again will not help, without a reason we know. Its own words are shown under details.",
      fix: "Give the operator the code and the trace id from the details.",
    },
    zhTW: {
      title: "Meta 已明確拒絕",
      explain: "Meta 表示重試也不會成功，但原因不在已知範圍內。原始訊息列在詳細資料中。",
      fix: "請將詳細資料中的代碼與追蹤編號提供給維運人員。",
    },
  },
  request_rejected: {
    level: "message",
    owner: "operator",
    retry: "never",
    certain: false,
    row: "S12",
    source: `100 without a known subcode, 100/2018014, 100/2534015, 100/2018320, 100/2018328, 10303: ${ERR}.`,
    en: {
      title: "Meta did not accept the message as it is",
      explain: "Something about the message is not as Meta wants it. Its own words are shown under details.",
      fix: "Change the message and send again. If plain text is refused too, give the operator the details.",
    },
    zhTW: {
      title: "Meta 不接受這則訊息的內容或格式",
      explain: "訊息中有不符合 Meta 要求的部分，原始訊息列在詳細資料中。",
      fix: "請調整後再傳送。若連純文字也被拒絕，請將詳細資料提供給維運人員。",
    },
  },
  meta_object_not_found: {
    level: "message",
    owner: "operator",
    retry: "never",
    certain: false,
    row: "S12",
    source: `100/33: ${ERR}.`,
    en: {
      title: "Meta does not find what was asked for",
      explain: "The object does not exist, was deleted, or our access does not reach it.",
      fix: "Check the channel's permissions under channel health.",
    },
    zhTW: {
      title: "Meta 找不到指定的項目",
      explain: "項目不存在、已刪除，或我們的授權無法存取。",
      fix: "請在管道健康檢查中確認權限。",
    },
  },
  tag_retired: {
    level: "message",
    owner: "operator",
    retry: "never",
    certain: true,
    row: "O4",
    source: "100/1893061: Messenger Platform changelog (2026-04-27); seen live in chatwoot #14669.",
    en: {
      title: "This kind of message no longer exists",
      explain:
        "The tags for event, purchase and account updates ended on 27 April 2026. Meta refuses them even inside the 24 hours.",
      fix: "Send it as an ordinary reply inside the reply window. For notices after it, Meta offers utility templates.",
    },
    zhTW: {
      title: "此訊息類型已停用",
      explain: "活動、購買與帳號更新等標籤已於 2026 年 4 月 27 日停用，即使在 24 小時內也會被 Meta 拒絕。",
      fix: "請在可回覆時間內以一般回覆傳送；逾時的通知可改用 Meta 的公用訊息範本（utility templates）。",
    },
  },
  way_not_available: {
    level: "message",
    owner: "operator",
    retry: "never",
    certain: true,
    row: "O4",
    source: "Rule of the product: only ways that exist for the channel and that this server sends are offered.",
    en: {
      title: "This way of sending is not available here",
      explain: "Either Meta has no such way for this kind of channel, or this server does not send it.",
      fix: "Leave the way out: the right one is chosen by itself.",
    },
    zhTW: {
      title: "此處無法使用這種傳送方式",
      explain: "Meta 未替這類管道提供這種方式，或此系統未支援。",
      fix: "請不要指定傳送方式，系統會自動選擇合適的方式。",
    },
  },
  template_parameter_invalid: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    row: "O4",
    source: "100/1893043 (seen in public code, 2026); utility messages page (2026-03-13).",
    en: {
      title: "A value contains characters Meta forbids",
      explain: "Values in a template may not contain #, %, $ or emoji.",
      fix: "Remove these characters and send again.",
    },
    zhTW: {
      title: "欄位含有 Meta 不允許的字元",
      explain: "範本的欄位值不可包含 #、%、$ 或表情符號。",
      fix: "請移除這些字元後再傳送。",
    },
  },
  template_not_found: {
    level: "message",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "O4",
    source: "100 “Template cannot be found” (seen in public code, 2026).",
    en: {
      title: "The template does not exist",
      explain: "Meta has no template of this name and language for this Page.",
      fix: "Choose another template or create it again.",
    },
    zhTW: {
      title: "找不到範本",
      explain: "此粉絲專頁在 Meta 沒有這個名稱與語言的範本。",
      fix: "請選擇其他範本或重新建立。",
    },
  },
  reply_target_gone: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    row: "S12",
    source: `9000001: ${ERR}.`,
    en: {
      title: "The quoted message was deleted",
      explain: "The message you answer or react to no longer exists at Meta.",
      fix: "Send your answer without quoting it.",
    },
    zhTW: {
      title: "引用的訊息已刪除",
      explain: "你要回覆或按表情的訊息在 Meta 端已不存在。",
      fix: "請取消引用後再傳送。",
    },
  },
  duplicate_post: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    source: "506: Graph API error handling.",
    en: {
      title: "Meta has seen this already",
      explain: "Exactly the same content was published a moment ago.",
      fix: "Change the text if it is meant to appear twice.",
    },
    zhTW: { title: "內容重複", explain: "剛才已發佈過完全相同的內容。", fix: "若確定要再次發佈，請修改文字。" },
  },
  unknown_meta_error: {
    level: "message",
    owner: "operator",
    retry: "never",
    certain: false,
    row: "S12",
    source: "Any answer of Meta that this catalogue does not know.",
    en: {
      title: "Meta gave an error we do not know",
      explain: "The message was not sent. Meta's own words, its code and its trace id are kept under details.",
      fix: "Send again once. If it stays, give the operator the details.",
    },
    zhTW: {
      title: "Meta 回傳未知的錯誤",
      explain: "訊息沒有送出。Meta 的原始訊息、代碼與追蹤編號都保留在詳細資料中。",
      fix: "請再傳一次。若仍失敗，請將詳細資料提供給維運人員。",
    },
  },
});
