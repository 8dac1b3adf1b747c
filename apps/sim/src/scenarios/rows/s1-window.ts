import { C, idle, inboxReply, page, person, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const AD = {
  source: "ADS",
  type: "OPEN_THREAD",
  ad_id: "6302572858686",
  ads_context_data: { ad_title: "Rain jackets, from June", post_id: "108123450000001_900" },
};
const reopened = {
  en: "The reply window is open again, counted from now.",
  zh: "回覆時限重新開啟，從現在起算。",
};

export const s1: Scenario[] = [
  {
    id: "S1-window-closed",
    row: "S1",
    title: { en: "Nobody answered for 25 hours", zh: "25 小時沒有人回覆" },
    about: {
      en: "The only message is 25 hours old, so the 24-hour window has closed.",
      zh: "唯一的訊息是 25 小時前寫的，24 小時時限已過。",
    },
    look: {
      en: "List and composer say closed (or human agent only) and give the reason; nothing is sent that would only fail.",
      zh: "清單與輸入框顯示已關閉（或僅限真人客服）與原因；不會送出注定失敗的訊息。",
    },
    steps: [write("Are you open on Sunday?", { at: "{hoursAgo:25}" }), idle],
  },
  {
    id: "S1-window-ends-soon",
    row: "S1",
    title: { en: "Less than an hour left", zh: "剩不到一小時" },
    about: { en: "The customer wrote 23 hours and 20 minutes ago.", zh: "顧客在 23 小時 20 分鐘前寫訊息。" },
    look: {
      en: "The countdown in list and composer; the conversation is under Expiring soon and sorted to the top there.",
      zh: "清單與輸入框的倒數；「即將到期」篩選找得到它，並排在最前面。",
    },
    steps: [write("Can I still change my order?", { at: "{hoursAgo:23.34}" }), idle],
  },
  {
    id: "S1-message-reopens",
    row: "S1",
    title: { en: "A new message reopens the window", zh: "新訊息重新開啟時限" },
    about: { en: "A message 30 hours old, then one of now.", zh: "先是 30 小時前的訊息，接著現在又寫一則。" },
    look: reopened,
    steps: [
      write("Is the blue one back?", { at: "{hoursAgo:30}" }),
      idle,
      write("Hello? I would still like to know."),
      idle,
    ],
  },
  {
    id: "S1-reaction-reopens",
    row: "S1",
    title: { en: "A reaction reopens the window", zh: "表情回應重新開啟時限" },
    about: {
      en: "A conversation closed an hour ago; the customer puts a heart on the last answer.",
      zh: "對話一小時前關閉，顧客對最後的回覆按了愛心。",
    },
    look: reopened,
    steps: [
      write("Thank you!", { at: "{hoursAgo:25}" }),
      inboxReply("You are welcome.", { at: "{hoursAgo:24.9}" }),
      idle,
      person("/reactions", { mid: "{$.reply.mid}", emoji: "❤️" }),
      idle,
    ],
  },
  {
    id: "S1-button-reopens",
    row: "S1",
    title: { en: "A tapped button reopens the window", zh: "點按鈕重新開啟時限" },
    about: { en: "A closed conversation; the customer taps a menu button.", zh: "對話已關閉，顧客點了選單按鈕。" },
    look: reopened,
    steps: [
      write("What is my tracking number?", { at: "{hoursAgo:40}" }),
      idle,
      person("/postbacks", { title: "Track order", payload: "TRACK" }),
      idle,
    ],
  },
  {
    id: "S1-link-reopens",
    row: "S1",
    title: { en: "An m.me link reopens the window", zh: "m.me 連結重新開啟時限" },
    about: {
      en: "A closed conversation; the customer comes back through a link and writes nothing.",
      zh: "對話已關閉，顧客從連結回來，沒有寫字。",
    },
    look: reopened,
    steps: [
      write("I will think about it.", { at: "{hoursAgo:40}" }),
      idle,
      person("/referrals", { ref: "AUTUMN" }),
      idle,
    ],
  },
  {
    id: "S1-comment-does-not-open",
    row: "S1",
    title: { en: "A comment does not open the window", zh: "留言不會開啟時限" },
    about: {
      en: "A closed conversation; the same person comments under a post.",
      zh: "對話已關閉，同一人在貼文下留言。",
    },
    look: { en: "The window stays closed.", zh: "時限仍是關閉的。" },
    steps: [
      write("How much is shipping?", { at: "{hoursAgo:26}" }),
      idle,
      page("/comments", { customerId: "{customer}", text: "How much is shipping?" }, "comment"),
      idle,
    ],
  },
  {
    id: "S1-window-closed-instagram",
    row: "S1",
    title: { en: "Closed window on Instagram", zh: "Instagram 的時限已過" },
    about: { en: "An Instagram message 25 hours old.", zh: "25 小時前的 Instagram 訊息。" },
    look: { en: "The same states and words as on Messenger.", zh: "狀態與說明和 Messenger 相同。" },
    person: { platform: "instagram" },
    steps: [write("Do you ship to Porto?", { at: "{hoursAgo:25}" }), idle],
  },
  {
    id: "S1-ad-window",
    row: "S1",
    title: { en: "Two days after a click-to-message ad", zh: "點廣告傳訊後兩天" },
    about: {
      en: "The conversation began at an ad, 48 hours ago. Meta's rule page allows up to seven days there.",
      zh: "對話在 48 小時前由廣告開始。Meta 的政策頁允許這類對話最多七天。",
    },
    look: {
      en: "The ad is on the thread; the window is closed unless the 7-day switch is on.",
      zh: "對話上看得到廣告；除非開啟七天開關，否則時限已關閉。",
    },
    steps: [
      {
        do: "POST",
        path: `${C}/messages`,
        body: { text: "Is this jacket still there?", referral: AD, at: "{hoursAgo:48}" },
      },
      idle,
    ],
  },
  {
    id: "S1-ad-window-open",
    row: "S1",
    title: { en: "The same, where Meta allows seven days", zh: "同上，而 Meta 允許七天" },
    about: {
      en: "As above, and until undone this Page's conversations that began with an ad stay open for seven days.",
      zh: "同上；復原前，此粉專由廣告開始的對話有七天時限。",
    },
    look: {
      en: "With the product's switch on, an answer is sent; with it off, it is not tried.",
      zh: "開啟產品的開關時回覆會送出；關閉時不會嘗試。",
    },
    steps: [
      page("/ad-window", { on: true }),
      {
        do: "POST",
        path: `${C}/messages`,
        body: { text: "Is this jacket still there?", referral: AD, at: "{hoursAgo:48}" },
      },
      idle,
    ],
    undo: [page("/ad-window", { on: false })],
  },
];
