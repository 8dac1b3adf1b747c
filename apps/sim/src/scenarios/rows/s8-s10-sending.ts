import { faults, idle, nextSend, noSendFault, person, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

export const s8: Scenario[] = [
  {
    id: "S8-meta-says-closed",
    row: "S8",
    title: { en: "Meta's clock says closed, ours says open", zh: "Meta 說已關閉，我們以為開著" },
    about: {
      en: "The customer wrote just now, but Meta counts the last action 25 hours back: 10/2018278.",
      zh: "顧客剛寫訊息，但 Meta 認定最後動作在 25 小時前：10/2018278。",
    },
    look: {
      en: 'Answer: the message fails with the remedy, the window is corrected to closed. No "24+1" is tried.',
      zh: "回覆：訊息失敗並附上處理方式，時限更正為關閉。不會嘗試「24+1」。",
    },
    steps: [write("Quick question"), idle, person("/window", { lastActionHoursAgo: 25 })],
    undo: [person("/window", { lastActionHoursAgo: 0 })],
  },
  {
    id: "S8-meta-says-closed-instagram",
    row: "S8",
    title: { en: "The same on Instagram", zh: "Instagram 的同樣情況" },
    about: { en: "Instagram's own code: 10/2534022.", zh: "Instagram 自己的代碼：10/2534022。" },
    look: { en: "The same verdict as on Messenger.", zh: "判斷與 Messenger 相同。" },
    person: { platform: "instagram" },
    steps: [write("Quick question"), idle, person("/window", { lastActionHoursAgo: 25 })],
    undo: [person("/window", { lastActionHoursAgo: 0 })],
  },
];

export const s9: Scenario[] = [
  {
    id: "S9-internal-error-once",
    row: "S9",
    title: { en: "#-1 once", zh: "#-1 一次" },
    about: { en: "The next send to this person fails with -1, once.", zh: "下一次傳給此人以 -1 失敗一次。" },
    look: {
      en: "Write two replies: the first is retried after seconds, the second waits behind it, both arrive in order.",
      zh: "寫兩則回覆：第一則幾秒後重試，第二則在後面等，依序送達。",
    },
    steps: [nextSend({ code: -1 }), write("Hello, can you help?"), idle],
    undo: [noSendFault],
  },
  {
    id: "S9-internal-error-stays",
    row: "S9",
    title: { en: "#-1 every time", zh: "#-1 每次都發生" },
    about: { en: "Twenty sends in a row fail with -1.", zh: "連續二十次以 -1 失敗。" },
    look: {
      en: "After a few growing waits the message is failed and can be sent again by hand.",
      zh: "幾次漸長的等待後標示失敗，可手動重送。",
    },
    steps: [nextSend({ code: -1, times: 20 }), write("Hello, can you help?"), idle],
    undo: [noSendFault],
  },
  {
    id: "S9-temporary-failure",
    row: "S9",
    title: { en: "#1200 temporary failure, twice", zh: "#1200 暫時失敗兩次" },
    about: { en: "Meta's own temporary failure (1200/2018024).", zh: "Meta 的暫時失敗（1200/2018024）。" },
    look: { en: "Retried until it goes through.", zh: "重試到成功。" },
    steps: [nextSend({ code: 1200, subcode: 2018024, times: 2 }), write("Hello, can you help?"), idle],
    undo: [noSendFault],
  },
];

const never = {
  en: "The customer sees the answer once, never twice. Compare with the phone.",
  zh: "顧客只看到一次回覆，不會兩次。可對照手機。",
};

export const s10: Scenario[] = [
  {
    id: "S10-upload-timed-out",
    row: "S10",
    title: { en: "#-2 while uploading", zh: "上傳時 #-2" },
    about: { en: "The next send fails with -2, outcome unknown.", zh: "下一次以 -2 失敗，結果不明。" },
    look: {
      en: "The message is unsettled, not failed; it settles when an echo comes or the wait is over. No blind resend.",
      zh: "訊息狀態未定而非失敗；等回聲或等待結束才定案，不盲目重送。",
    },
    steps: [nextSend({ code: -2 }), write("Please send me the size chart."), idle],
    undo: [noSendFault],
  },
  {
    id: "S10-accepted-then-cut",
    row: "S10",
    title: { en: "Accepted, then the connection broke", zh: "已接受，然後斷線" },
    about: {
      en: "Meta takes the next message and breaks the connection before answering. The echo comes.",
      zh: "Meta 收下下一則訊息，但在回應前斷線。回聲會到。",
    },
    look: never,
    steps: [nextSend({ cut: "after" }), write("Please send me the size chart."), idle],
    undo: [noSendFault],
  },
  {
    id: "S10-cut-before",
    row: "S10",
    title: { en: "The connection broke before acceptance", zh: "接受前就斷線" },
    about: { en: "The next send is never taken and no echo comes.", zh: "下一次傳送沒有被接受，也沒有回聲。" },
    look: {
      en: "Looks the same to the sender: unsettled first, then offered for sending again.",
      zh: "對傳送者看起來一樣：先是未定，之後提供重送。",
    },
    steps: [nextSend({ cut: "before" }), write("Please send me the size chart."), idle],
    undo: [noSendFault],
  },
  {
    id: "S10-no-answer",
    row: "S10",
    title: { en: "Accepted, and never an answer", zh: "已接受，但一直沒有回應" },
    about: { en: "Meta takes the next message and leaves the connection hanging.", zh: "Meta 收下訊息後讓連線懸著。" },
    look: never,
    steps: [nextSend({ hang: "after" }), write("Please send me the size chart."), idle],
    undo: [noSendFault],
  },
  {
    id: "S10-echo-overtakes",
    row: "S10",
    title: { en: "The echo overtakes the answer", zh: "回聲比回應先到" },
    about: { en: "Every echo arrives before the Send API answers.", zh: "每個回聲都早於 Send API 的回應。" },
    look: never,
    steps: [faults({ echoOvertakes: true }), write("Please send me the size chart."), idle],
    undo: [faults({ echoOvertakes: false })],
  },
];
