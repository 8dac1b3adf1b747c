import type { TraceVerdict } from "./facts.ts";
import type { Bilingual } from "./words.ts";

interface VerdictText {
  title: Bilingual;
  explain: Bilingual;
  fix: Bilingual | null;
}

export const VERDICT_TEXTS: Readonly<Record<TraceVerdict | "held_unseen" | "unproved", VerdictText>> = {
  shown: {
    title: { en: "It arrived and is shown", zhTW: "已收到並顯示" },
    explain: {
      en: "{count} messages of this customer from that time stand in the conversation.",
      zhTW: "當時此客戶的 {count} 則訊息都在對話中。",
    },
    fix: null,
  },
  unreadable: {
    title: { en: "It arrived, but could not be read", zhTW: "已收到，但無法解讀" },
    explain: {
      en: "Meta delivered something of this customer that this inbox could not process. The exact bytes are kept.",
      zhTW: "Meta 送達了此客戶的內容，但本系統無法處理。原始內容已完整保存。",
    },
    fix: {
      en: "The operator opens the delivery and replays it.",
      zhTW: "請維運人員開啟該筆 Webhook 紀錄並重新處理。",
    },
  },
  held_elsewhere: {
    title: { en: "It arrived while another app held the conversation", zhTW: "送達時對話由其他應用程式持有" },
    explain: {
      en: "{count} messages of that time are shown, but they came beside another app, which was to answer.",
      zhTW: "當時的 {count} 則訊息有顯示，但對話由另一個應用程式負責回覆。",
    },
    fix: {
      en: "Take the conversation over, or wait until it comes back.",
      zhTW: "請接手對話，或等對話回到本系統。",
    },
  },
  held_unseen: {
    title: { en: "Another app held the conversation", zhTW: "對話由其他應用程式持有" },
    explain: {
      en: "Nothing arrived here in that time, and Meta's record could not be read. Another app was to answer.",
      zhTW: "當時沒有任何內容送達，且無法讀取 Meta 的紀錄。應由另一個應用程式回覆。",
    },
    fix: {
      en: "Look at the conversation in Meta Business Suite, and at the reasons below.",
      zhTW: "請到 Meta Business Suite 查看對話，並參考下列原因。",
    },
  },
  recovered: {
    title: { en: "Meta did not deliver it; it has been read back", zhTW: "Meta 未送達，已補回" },
    explain: {
      en: "{recovered} of {count} messages of that time were found in Meta's own record and stand in the conversation now.",
      zhTW: "當時 {count} 則訊息中有 {recovered} 則在 Meta 的紀錄中找到，現已顯示在對話中。",
    },
    fix: {
      en: "Answer the customer. The reasons below say what to change; the export is a report for Meta.",
      zhTW: "請回覆客戶。下列原因說明可改善之處，匯出檔可用於回報 Meta。",
    },
  },
  not_found: {
    title: { en: "It is nowhere: neither here nor at Meta", zhTW: "本系統與 Meta 都沒有這則訊息" },
    explain: {
      en: "Nothing of this customer arrived in that time, and Meta's own record has no message of it either.",
      zhTW: "當時沒有收到此客戶的任何內容，Meta 的紀錄中也沒有。",
    },
    fix: {
      en: "Check the account and the time with the customer, then go through the reasons below.",
      zhTW: "請與客戶確認使用的帳號與時間，再逐一查看下列原因。",
    },
  },
  unproved: {
    title: { en: "It did not arrive, and Meta's record could not be read", zhTW: "未收到，且無法讀取 Meta 的紀錄" },
    explain: {
      en: "Nothing of this customer arrived in that time. Whether Meta has the message is not known.",
      zhTW: "當時沒有收到此客戶的任何內容，也無法得知 Meta 是否有這則訊息。",
    },
    fix: {
      en: "Mend what the reasons below name, then trace again.",
      zhTW: "請先排除下列原因，再追蹤一次。",
    },
  },
};
