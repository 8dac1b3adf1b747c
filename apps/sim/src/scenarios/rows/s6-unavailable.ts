import { idle, person, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const look = {
  en: "The reply fails with 551 on this contact only: cannot receive (blocked or deactivated, Meta does not say which), no retry, the channel stays healthy.",
  zh: "只有這位聯絡人的回覆以 551 失敗：無法接收（封鎖或停用，Meta 不說明），不重試，頻道仍正常。",
};

export const s6: Scenario[] = [
  {
    id: "S6-blocked",
    row: "S6",
    title: { en: "The customer blocked the Page", zh: "顧客封鎖了粉專" },
    about: { en: "The customer writes, then blocks the Page.", zh: "顧客寫訊息後封鎖粉專。" },
    look,
    steps: [write("Stop sending me offers."), idle, person("/block")],
    undo: [person("/unblock")],
  },
  {
    id: "S6-deactivated",
    row: "S6",
    title: { en: "The customer deactivated the account", zh: "顧客停用了帳號" },
    about: {
      en: "The account is gone by the time the Page answers; its profile cannot be read either.",
      zh: "粉專回覆時帳號已不存在，個人檔案也讀不到。",
    },
    look,
    person: { kind: "deleted" },
    steps: [write("I will be away for a while."), idle],
  },
  {
    id: "S6-writes-again",
    row: "S6",
    title: { en: "Unblocked and writing again", zh: "解除封鎖後再次來訊" },
    about: {
      en: "The person of S6-blocked (give its customerId) or a new one: blocked, unblocked, writes.",
      zh: "S6-blocked 的人（給 customerId）或新的人：封鎖、解除、再寫。",
    },
    look: {
      en: "The mark on the contact clears with the inbound message; answers are possible.",
      zh: "收到訊息後聯絡人的標記消失，可以回覆。",
    },
    steps: [
      write("Stop, please."),
      idle,
      person("/block"),
      person("/unblock"),
      write("Sorry, I changed my mind. Is the offer still on?"),
      idle,
    ],
    undo: [person("/unblock")],
  },
  {
    id: "S6-blocked-instagram",
    row: "S6",
    title: { en: "Blocked on Instagram", zh: "在 Instagram 被封鎖" },
    about: { en: "An Instagram customer writes, then blocks the account.", zh: "Instagram 顧客寫訊息後封鎖帳號。" },
    look,
    person: { platform: "instagram" },
    steps: [write("No thanks."), idle, person("/block")],
    undo: [person("/unblock")],
  },
  {
    id: "S6-blocked-code-200",
    row: "S6",
    title: { en: "Not available, with code 200", zh: "代碼 200 的「無法聯絡」" },
    about: {
      en: "The customer blocked the Page; Meta answers 200/1545041 and says (#551) in the text.",
      zh: "顧客封鎖粉專；Meta 以 200/1545041 回應，文字卻寫 (#551)。",
    },
    look,
    steps: [write("Stop sending me offers."), idle, person("/block", { as: "200" })],
    undo: [person("/unblock")],
  },
  {
    id: "S6-blocked-code-2",
    row: "S6",
    title: { en: "Code 2 for one person alone", zh: "只有一個人收到代碼 2" },
    about: {
      en: "The customer blocked the Page and Meta answers a plain code 2, as in an outage. Everybody else is reached.",
      zh: "顧客封鎖粉專，Meta 卻只回代碼 2，像是故障；其他人都正常。",
    },
    look: {
      en: "Retried, and then taken for the person, not for an outage: others pass. The channel stays healthy.",
      zh: "重試後判斷是此人的問題而非故障，因為其他人都通過。頻道仍正常。",
    },
    steps: [write("Stop sending me offers."), idle, person("/block", { as: "2" })],
    undo: [person("/unblock")],
  },
  {
    id: "S6-refuses-messages",
    row: "S6",
    title: { en: "They can't receive your messages right now", zh: "目前無法接收你的訊息" },
    about: { en: "The person refuses messages: 10/2018108.", zh: "此人拒收訊息：10/2018108。" },
    look,
    steps: [write("Stop sending me offers."), idle, person("/block", { as: "2018108" })],
    undo: [person("/unblock")],
  },
];
