import { faults, idle, nextSend, noSendFault, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const ask = write("Can you tell me more?");
const slowed = {
  en: "Write several replies: the Page is slowed down, nothing fails, all arrive in order.",
  zh: "寫幾則回覆：粉專放慢，沒有失敗，全部依序送達。",
};
const noLimit = faults({ callLimit: null });

/** Limits: they slow a Page or the whole app down, and fail no message. */
export const s9Limits: Scenario[] = [
  {
    id: "S9-rate-limit-twice",
    row: "S9",
    title: { en: "#613, twice", zh: "#613 兩次" },
    about: { en: "The next two sends fail with 613.", zh: "接下來兩次以 613 失敗。" },
    look: slowed,
    steps: [nextSend({ code: 613, times: 2 }), ask, idle],
    undo: [noSendFault],
  },
  {
    id: "S9-send-ceiling",
    row: "S9",
    title: { en: "One send a second, no more", zh: "每秒只能傳一則" },
    about: {
      en: "Until undone each Page may send once a second: 613 beyond, and the headers say how full it is.",
      zh: "復原前每個粉專每秒只能傳一則，超過為 613，標頭說明用量。",
    },
    look: slowed,
    steps: [faults({ sendRate: { text: 1, media: 1 } }), ask, idle],
    undo: [faults({ sendRate: null })],
  },
  {
    id: "S9-messenger-limit",
    row: "S9",
    title: { en: "#80006 for a minute, told by header", zh: "#80006 一分鐘，由標頭告知" },
    about: {
      en: "Messenger's limit is reached for 60 seconds; estimated_time_to_regain_access says so.",
      zh: "Messenger 的限制維持 60 秒，estimated_time_to_regain_access 會說明。",
    },
    look: { en: "Sends wait as long as the header says and then go.", zh: "傳送依標頭等待後送出。" },
    steps: [faults({ callLimit: { code: 80006, seconds: 60 } }), ask, idle],
    undo: [noLimit],
  },
  {
    id: "S9-app-limit",
    row: "S9",
    title: { en: "#4, the whole app is limited", zh: "#4 整個應用程式受限" },
    about: { en: "Every Graph call fails with 4 for 30 seconds.", zh: "30 秒內所有 Graph 呼叫都以 4 失敗。" },
    look: {
      en: "All channels slow down, none is marked broken; sends follow afterwards.",
      zh: "所有頻道放慢，不會標為故障，之後繼續傳送。",
    },
    steps: [ask, idle, faults({ callLimit: { code: 4, seconds: 30 } })],
    undo: [noLimit],
  },
  {
    id: "S9-retry-after",
    row: "S9",
    title: { en: "An answer with Retry-After", zh: "帶有 Retry-After 的回應" },
    about: { en: "The next send fails with 613 and Retry-After: 5.", zh: "下一次以 613 與 Retry-After: 5 失敗。" },
    look: { en: "Not tried again within five seconds.", zh: "五秒內不再嘗試。" },
    steps: [nextSend({ code: 613, retryAfter: 5 }), ask, idle],
    undo: [noSendFault],
  },
  {
    id: "S9-page-edge-limits",
    row: "S9",
    title: { en: "Any other limit", zh: "其他限制" },
    about: {
      en: "The limit of the code given (4, 17, 32, 613, 80001, 80002, 80006) is reached for 30 seconds.",
      zh: "指定代碼（4、17、32、613、80001、80002、80006）的限制維持 30 秒。",
    },
    look: slowed,
    options: { code: { about: { en: "code", zh: "代碼" }, default: 80001 } },
    steps: [ask, idle, faults({ callLimit: { code: "{code}", seconds: 30 } })],
    undo: [noLimit],
  },
];
