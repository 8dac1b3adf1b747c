import { faults, idle, nextSend, noSendFault, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const old = write("Did my parcel leave?", { at: "{hoursAgo:60}" });

export const o4: Scenario[] = [
  {
    id: "O4-retired-tag",
    row: "O4",
    title: { en: "A tag that was retired", zh: "已停用的標籤" },
    about: {
      en: "A conversation two and a half days old. CONFIRMED_EVENT_UPDATE, POST_PURCHASE_UPDATE and ACCOUNT_UPDATE are refused with 100/1893061, inside the window too.",
      zh: "兩天半前的對話。三個舊標籤都以 100/1893061 拒絕，時限內也一樣。",
    },
    look: {
      en: "None of them is offered; by the API they are refused before the wire, with the date and utility templates as the replacement.",
      zh: "不提供這些標籤；經 API 使用時在送出前就拒絕，並說明日期與替代的通知範本。",
    },
    steps: [old, idle],
  },
  {
    id: "O4-tags-alive",
    row: "O4",
    title: { en: "Meta before 2026-04-27", zh: "2026-04-27 以前的 Meta" },
    about: {
      en: "Until undone the rules of the day given hold: the three tags are accepted whatever the window, on Messenger.",
      zh: "復原前採用指定日期的規則：Messenger 上不論時限都接受這三個標籤。",
    },
    look: {
      en: "The product refuses the tags by its own calendar; only Meta's answer would differ.",
      zh: "產品依自己的日曆拒絕這些標籤，只有 Meta 的回應不同。",
    },
    options: { date: { about: { en: "day", zh: "日期" }, default: "2026-04-26" } },
    steps: [faults({ policyDate: "{date}" }), old, idle],
    undo: [faults({ policyDate: null })],
  },
  {
    id: "O4-refused-as-retired",
    row: "O4",
    title: { en: "Meta retires a way overnight", zh: "Meta 一夜之間停用某種方式" },
    about: {
      en: "The next send is refused with 100/1893061 Invalid parameter, whatever it carries.",
      zh: "下一次不論內容都以 100/1893061 Invalid parameter 拒絕。",
    },
    look: { en: "Named for what it is, not retried.", zh: "說明原因，不重試。" },
    steps: [nextSend({ code: 100, subcode: 1893061 }), write("Did my parcel leave?"), idle],
    undo: [noSendFault],
  },
  {
    id: "O4-news-tag",
    row: "O4",
    title: { en: "The news tag", zh: "新聞標籤" },
    about: {
      en: "The next send is refused with 10/2018065: news messaging permission needed.",
      zh: "下一次以 10/2018065 拒絕：需要新聞訊息權限。",
    },
    look: { en: "Not mistaken for an ordinary closed window.", zh: "不會誤認為一般的時限已過。" },
    steps: [nextSend({ code: 10, subcode: 2018065 }), write("Any news?"), idle],
    undo: [noSendFault],
  },
];
