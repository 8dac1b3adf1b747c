import { faults } from "./fault.ts";

const ERR = "Messenger Platform error codes (2026-06-25)";

/** Faults of one conversation: whether it still exists, what a region allows, private replies to comments. */
export const THREAD_FAULTS = faults({
  thread_gone: {
    level: "thread",
    owner: "customer",
    retry: "never",
    certain: true,
    row: "S12",
    source: "100/2534001 (seen in public code, end of the text reconstructed).",
    en: {
      title: "The conversation no longer exists at Meta",
      explain: "It was archived or deleted at Meta, or never existed there.",
      fix: "Wait for the customer's next message; it opens the conversation again.",
    },
    zhTW: {
      title: "此對話在 Meta 端已不存在",
      explain: "對話已被封存、刪除，或在 Meta 端從未存在。",
      fix: "請等客戶再次傳訊息，對話就會重新開啟。",
    },
  },
  privacy_region: {
    level: "thread",
    owner: "nobody",
    retry: "never",
    certain: true,
    source: `10/2018336: ${ERR}; 10 “new privacy rules in Europe and Japan” (vendor table, 2020–2021).`,
    en: {
      title: "Not possible under regional privacy rules",
      explain: "Meta does not offer this function for people or Pages in some regions, such as Europe and Japan.",
      fix: "Write a plain text message instead.",
    },
    zhTW: {
      title: "因地區隱私規定而無法使用",
      explain: "Meta 在部分地區（如歐洲、日本）不提供這項功能。",
      fix: "請改傳一般文字訊息。",
    },
  },
  private_reply_used: {
    level: "thread",
    owner: "customer",
    retry: "never",
    certain: true,
    source: "10900 (seen in public code); one private reply per comment: Send messages (2026-05-05).",
    en: {
      title: "This comment was already answered",
      explain: "Meta allows one private message per comment, and it has been sent, perhaps by a colleague at Facebook.",
      fix: "Wait until the person writes back; then you can go on normally.",
    },
    zhTW: {
      title: "此留言已私訊回覆過",
      explain: "Meta 規定每則留言只能私訊回覆一次，且已經有人回覆（可能是同事在 Facebook 上回覆）。",
      fix: "請等對方回訊，之後即可正常對話。",
    },
  },
  private_reply_waiting: {
    level: "thread",
    owner: "customer",
    retry: "never",
    certain: true,
    row: "S1",
    source:
      "One private message per comment, no other until the person writes: Send messages (2026-05-05); production, 2026-08.",
    en: {
      title: "Waiting for the person to write back",
      explain:
        "This person commented and was answered privately. Meta allows that one message only: nothing more can be written until the person answers it.",
      fix: "Wait for the answer; it opens the conversation as usual. Another comment of theirs may be answered privately once, too.",
    },
    zhTW: {
      title: "等待對方回訊",
      explain: "對方留言後已收到一則私訊回覆。Meta 只允許這一則，對方回訊前不能再傳其他訊息。",
      fix: "請等對方回訊，收到後即可正常對話。若對方另有新的留言，也可再私訊回覆一次。",
    },
  },
  private_reply_too_late: {
    level: "thread",
    owner: "nobody",
    retry: "never",
    certain: false,
    source: "10901, 10903 (seen in public code and a vendor's table); seven days: Send messages (2026-05-05).",
    en: {
      title: "This comment can no longer be answered privately",
      explain: "The comment is older than seven days, or the person has blocked the Page.",
      fix: "Answer under the comment itself.",
    },
    zhTW: {
      title: "無法再私訊回覆此留言",
      explain: "留言已超過七天，或對方封鎖了粉絲專頁。",
      fix: "請直接在留言下方回覆。",
    },
  },
  private_reply_comment_gone: {
    level: "thread",
    owner: "nobody",
    retry: "never",
    certain: true,
    source: `100/2534025: ${ERR}.`,
    en: {
      title: "The comment cannot be answered",
      explain: "The comment was deleted or is not one that Meta allows to answer privately.",
      fix: "Nothing to do.",
    },
    zhTW: { title: "無法回覆此留言", explain: "留言已被刪除，或不屬於 Meta 允許私訊回覆的留言。", fix: "不需處理。" },
  },
});
