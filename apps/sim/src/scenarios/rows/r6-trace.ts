import { faults, idle, page, person, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const SALES_BOT = "1900000000000777";
const P = "/_sim/pages/{page}";

export const r6: Scenario[] = [
  {
    id: "R6-arrived",
    row: "R6",
    title: { en: '"I wrote": it arrived and is shown', zh: "「我有寫」：已到達並顯示" },
    about: { en: "One message, half an hour ago.", zh: "半小時前的一則訊息。" },
    look: {
      en: "Trace this customer at that time: arrived and shown, with the delivery as evidence.",
      zh: "以此顧客與時間追蹤：已到達並顯示，附Webhook 紀錄為證。",
    },
    steps: [write("I wrote to you half an hour ago.", { at: "{minutesAgo:30}" }), idle],
  },
  {
    id: "R6-lost-found-at-meta",
    row: "R6",
    title: { en: '"I wrote": never arrived, found at Meta', zh: "「我有寫」：未送達，在 Meta 找到" },
    about: {
      en: "A first message arrives; the second, ten minutes ago, is lost on the way.",
      zh: "第一則送達；十分鐘前的第二則在路上遺失。",
    },
    look: {
      en: "Trace at that time: never arrived, found at Meta, recovered now; the reasons ruled out are listed.",
      zh: "追蹤該時間：未送達，在 Meta 找到並立即補回；列出已排除的原因。",
    },
    steps: [
      write("Good morning.", { at: "{minutesAgo:12}" }),
      idle,
      faults({ lose: { count: 1, customerId: "{customer}", fields: ["messages"] } }),
      write("I want to cancel my order.", { at: "{minutesAgo:10}" }),
      idle,
      faults({ lose: null }),
    ],
    undo: [faults({ lose: null })],
  },
  {
    id: "R6-unreadable",
    row: "R6",
    title: { en: '"I wrote": arrived, could not be read', zh: "「我有寫」：到達但無法解析" },
    about: {
      en: "A signed body of this customer in a shape no one expects: the message is a list.",
      zh: "此顧客的簽章內容格式出乎意料：message 是清單。",
    },
    look: {
      en: "Trace finds the kept body by the customer's id and offers to replay it.",
      zh: "追蹤以顧客編號找到保留的內容，並可重新處理。",
    },
    steps: [
      write("Hello."),
      idle,
      page("/raw", {
        body: {
          object: "page",
          entry: [
            {
              id: "{page}",
              time: 1763769600123,
              messaging: [
                { sender: { id: "{customer}" }, recipient: { id: "{page}" }, message: ["not", "as", "told"] },
              ],
            },
          ],
        },
      }),
      idle,
    ],
  },
  {
    id: "R6-in-standby",
    row: "R6",
    title: { en: '"I wrote": another app held the thread', zh: "「我有寫」：由其他應用程式掌控" },
    about: {
      en: "Sales Bot is the default app of the Page; the message came in standby.",
      zh: "Sales Bot 是粉專預設應用程式，訊息進入 standby。",
    },
    look: { en: "Trace: arrived in standby, held by Sales Bot.", zh: "追蹤：到達 standby，由 Sales Bot 掌控。" },
    steps: [
      page("/apps", { id: SALES_BOT }),
      { do: "PUT", path: `${P}/routing`, body: { platform: "messenger", enabled: true, defaultAppId: SALES_BOT } },
      write("Why does nobody answer?"),
      person("/app-reply", { appId: SALES_BOT, text: "Please choose from the menu." }),
      idle,
    ],
    undo: [
      { do: "PUT", path: `${P}/routing`, body: { platform: "messenger", enabled: false } },
      { do: "DELETE", path: `${P}/apps/${SALES_BOT}` },
    ],
  },
  {
    id: "R6-nowhere",
    row: "R6",
    title: { en: '"I wrote": nowhere', zh: "「我有寫」：哪裡都沒有" },
    about: {
      en: "The customer wrote yesterday and claims to have written again today; nothing exists, not even at Meta.",
      zh: "顧客昨天有寫，聲稱今天又寫；任何地方都沒有，Meta 也沒有。",
    },
    look: {
      en: "Trace for today: nowhere, with every known reason and its check; the export for Meta.",
      zh: "追蹤今天：哪裡都沒有，列出所有已知原因與檢查；可匯出給 Meta。",
    },
    steps: [write("Do you repair zips?", { at: "{hoursAgo:23}" }), idle],
  },
];
