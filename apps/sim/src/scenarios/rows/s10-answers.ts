import { faults, idle, nextSend, noSendFault, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const ask = write("Please send me the size chart.");
const once = {
  en: "The customer sees the answer once, never twice. Compare with the phone.",
  zh: "顧客只看到一次回覆，不會兩次。可對照手機。",
};
const settled = {
  en: "Unsettled first; no echo comes, Meta's thread does not have it, and it is offered for sending again.",
  zh: "先是未定；沒有回聲，Meta 的對話裡也沒有，於是提供重送。",
};

/** Answers from which nobody can tell whether the message was accepted. */
export const s10Answers: Scenario[] = [
  {
    id: "S10-cut-during",
    row: "S10",
    title: { en: "The connection broke in the middle of the answer", zh: "回應到一半斷線" },
    about: { en: "Accepted; half of the answer arrives.", zh: "已接受；只收到一半的回應。" },
    look: once,
    steps: [nextSend({ cut: "during" }), ask, idle],
    undo: [noSendFault],
  },
  {
    id: "S10-truncated-json",
    row: "S10",
    title: { en: "Accepted, and the JSON stops in the middle", zh: "已接受，但 JSON 不完整" },
    about: { en: "HTTP 200 with half a body.", zh: "HTTP 200，但內容只有一半。" },
    look: once,
    steps: [nextSend({ truncated: true, accepted: true }), ask, idle],
    undo: [noSendFault],
  },
  {
    id: "S10-empty-answer",
    row: "S10",
    title: { en: "Accepted, and an empty answer", zh: "已接受，但回應是空的" },
    about: { en: "HTTP 200 without a body.", zh: "HTTP 200，沒有內容。" },
    look: once,
    steps: [nextSend({ empty: true, accepted: true }), ask, idle],
    undo: [noSendFault],
  },
  {
    id: "S10-gateway-after-acceptance",
    row: "S10",
    title: { en: "A gateway's 502 although it was accepted", zh: "已接受卻收到閘道的 502" },
    about: { en: "The message is on its way, the answer is HTML.", zh: "訊息已送出，回應卻是 HTML。" },
    look: once,
    steps: [nextSend({ html: "<html><body>502 Bad Gateway</body></html>", status: 502, accepted: true }), ask, idle],
    undo: [noSendFault],
  },
  {
    id: "S10-timed-out-but-sent",
    row: "S10",
    title: { en: "#-2, although it was sent", zh: "#-2，其實已送出" },
    about: { en: "Meta says -2 and the echo comes all the same.", zh: "Meta 回 -2，但回聲照樣到。" },
    look: once,
    steps: [nextSend({ code: -2, accepted: true }), ask, idle],
    undo: [noSendFault],
  },
  {
    id: "S10-server-error-empty",
    row: "S10",
    title: { en: "A 500 without a body, nothing was sent", zh: "沒有內容的 500，什麼都沒送出" },
    about: { en: "Looks like the cases above and is not.", zh: "看起來和上面一樣，其實不是。" },
    look: settled,
    steps: [nextSend({ empty: true, status: 500 }), ask, idle],
    undo: [noSendFault],
  },
  {
    id: "S10-hang-before",
    row: "S10",
    title: { en: "Never taken, and never an answer", zh: "沒有接受，也一直沒有回應" },
    about: { en: "The connection hangs and nothing comes of it.", zh: "連線懸著，什麼都沒發生。" },
    look: settled,
    steps: [nextSend({ hang: "before" }), ask, idle],
    undo: [noSendFault],
  },
  {
    id: "S10-slow",
    row: "S10",
    title: { en: "Twenty seconds before anything happens", zh: "過了二十秒才有動作" },
    about: {
      en: "The next send is taken after 20 seconds and answered then; whoever gave up before is wrong to resend.",
      zh: "下一次過 20 秒才被接受並回應；提早放棄的人不該重送。",
    },
    look: once,
    steps: [nextSend({ slowBeforeMs: 20000 }), ask, idle],
    undo: [noSendFault],
  },
  {
    id: "S10-record-cannot-tell",
    row: "S10",
    title: { en: "Meta's record tells too little", zh: "Meta 的紀錄說得太少" },
    about: {
      en: "The next send is never taken and no echo comes. Until undone Meta tells only the newest message of a conversation: let the customer write twice more.",
      zh: "下一次不會被接受也沒有回聲。復原前 Meta 只說明對話中最新的一則：再讓顧客寫兩則。",
    },
    look: {
      en: "Neither found nor surely absent: the agent is asked, nothing is sent again by itself.",
      zh: "既沒找到也無法確定不在：請客服決定，不會自行重送。",
    },
    steps: [faults({ conversationDepth: 1 }), nextSend({ cut: "before" }), ask, idle],
    undo: [noSendFault, faults({ conversationDepth: null })],
  },
];
