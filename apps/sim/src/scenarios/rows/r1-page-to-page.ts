import { faults, idle, page } from "../steps.ts";
import type { Scenario } from "../types.ts";

const text = "Hello from the Page next door. Do you supply shops?";

export const r1: Scenario[] = [
  {
    id: "R1-page-writes-silently",
    row: "R1",
    title: { en: "Another Page writes, no event", zh: "另一個粉專來訊，沒有事件" },
    about: {
      en: "A message from the other Page stands in the thread at Meta; no webhook is sent.",
      zh: "另一個粉專的訊息在 Meta 的對話裡，但不會送出 webhook。",
    },
    look: {
      en: "Nothing arrives. Channel health lists Page-to-Page messages as a known blind spot.",
      zh: "什麼都沒收到。頻道健康列出粉專對粉專訊息為已知盲點。",
    },
    person: null,
    steps: [page("/page-writes", { fromPageId: "{otherPage}", text }, "written"), idle],
  },
  {
    id: "R1-page-writes-with-event",
    row: "R1",
    title: { en: "Another Page writes, and an event comes", zh: "另一個粉專來訊，事件有到" },
    about: {
      en: "The same with a messages event whose sender is the other Page: Meta's pages contradict each other here.",
      zh: "同上，但送出寄件者為另一粉專的 messages 事件：Meta 的文件在此互相矛盾。",
    },
    look: {
      en: "No customer thread opens and no automation answers, so two connected Pages cannot talk in circles.",
      zh: "不會開啟顧客對話，也不會觸發自動回覆，兩個粉專不會互相無限對話。",
    },
    person: null,
    steps: [page("/page-writes", { fromPageId: "{otherPage}", text, event: true }, "written"), idle],
  },
  {
    id: "R1-page-to-page-events-on",
    row: "R1",
    title: { en: "A Meta that tells of Pages writing", zh: "會告知粉專來訊的 Meta" },
    about: {
      en: "Switches pageToPageEvents on: from now every message of a Page gives an event.",
      zh: "開啟 pageToPageEvents：之後每則粉專來訊都會有事件。",
    },
    look: { en: "As above, for as long as the switch is on.", zh: "同上，直到關閉開關。" },
    person: null,
    steps: [
      faults({ pageToPageEvents: true }),
      page("/page-writes", { fromPageId: "{otherPage}", text }, "written"),
      idle,
    ],
    undo: [faults({ pageToPageEvents: false })],
  },
];
