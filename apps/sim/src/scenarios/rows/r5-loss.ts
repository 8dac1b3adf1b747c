import { faults, idle, page, person, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const FIVE = ["First", "Second", "Third", "Fourth", "Fifth"];
const five = FIVE.map((text) => write(`${text} message.`));
const ours = { customerId: "{customer}", fields: ["messages"] };
const onThePhone = {
  en: "The phone shows what was written; after reconciliation the thread shows the same.",
  zh: "手機上看得到寫了什麼；對帳後對話內容相同。",
};

export const r5: Scenario[] = [
  {
    id: "R5-lost-events",
    row: "R5",
    title: { en: "Meta loses two messages", zh: "Meta 遺失兩則訊息" },
    about: {
      en: "Five messages; the second and the third never arrive.",
      zh: "五則訊息，第二與第三則從未送達。",
    },
    look: {
      en: "Reconciliation finds them, marks them recovered, in their place, without alert or automation; the loss report counts two.",
      zh: "對帳找到並標示為補回，放回原位，不通知也不自動化；遺失報告計為兩則。",
    },
    steps: [
      write("First message."),
      idle,
      faults({ lose: { ...ours, count: 2 } }),
      ...five.slice(1, 3),
      faults({ lose: null }),
      ...five.slice(3),
      idle,
    ],
    undo: [faults({ lose: null })],
  },
  {
    id: "R5-one-person-never-arrives",
    row: "R5",
    title: { en: "One person's messages never arrive", zh: "某個人的訊息從不送達" },
    about: {
      en: "Everything of this one customer is lost until undone; the others are fine (reported in public in 2026).",
      zh: "復原前此顧客的所有事件都遺失，其他人正常（2026 年有公開回報）。",
    },
    look: onThePhone,
    steps: [faults({ lose: { customerId: "{customer}" } }), ...five.slice(0, 3), idle],
    undo: [faults({ lose: null })],
  },
  {
    id: "R5-pictures-lost",
    row: "R5",
    title: { en: "Only pictures are lost", zh: "只有圖片遺失" },
    about: { en: "Text arrives, pictures of this person do not.", zh: "文字有到，此人的圖片沒有。" },
    look: { en: "The picture is recovered with its content.", zh: "圖片連同內容被補回。" },
    steps: [
      faults({ lose: { customerId: "{customer}", kinds: ["image"] } }),
      write("Look at this:"),
      person("/messages", { attachments: [{ type: "image", url: "{sim}/_cdn/avatar/{customer}.png" }] }, "picture"),
      write("Do you see the stain?"),
      idle,
    ],
    undo: [faults({ lose: null })],
  },
  {
    id: "R5-duplicates",
    row: "R5",
    title: { en: "Every event twice", zh: "每個事件兩次" },
    about: { en: "Five messages, each delivered twice.", zh: "五則訊息，各送兩次。" },
    look: { en: "Five bubbles; duplicates are counted on the channel.", zh: "五個泡泡；重複數計在頻道上。" },
    steps: [faults({ duplicate: { ...ours, count: 5 } }), ...five, idle],
    undo: [faults({ duplicate: null })],
  },
  {
    id: "R5-swapped",
    row: "R5",
    title: { en: "Neighbours arrive swapped", zh: "相鄰事件順序對調" },
    about: { en: "Four messages, delivered 2 1 4 3.", zh: "四則訊息，以 2 1 4 3 順序送達。" },
    look: { en: "The thread shows 1 2 3 4.", zh: "對話顯示 1 2 3 4。" },
    steps: [faults({ reorder: true }), ...five.slice(0, 4), idle, faults({ reorder: false })],
    undo: [faults({ reorder: false })],
  },
  {
    id: "R5-batched",
    row: "R5",
    title: { en: "Many events in one request", zh: "一次請求多個事件" },
    about: { en: "Up to 100 events in one delivery until undone.", zh: "復原前一次最多 100 個事件。" },
    look: { en: "Deliveries: one body, several messages, all shown.", zh: "送達紀錄：一個內容、多則訊息，全部顯示。" },
    steps: [faults({ batch: 100 }), ...five, idle],
    undo: [faults({ batch: 1 })],
  },
  {
    id: "R5-late",
    row: "R5",
    title: { en: "A message three seconds late", zh: "訊息晚三秒" },
    about: { en: "Events wait three seconds before they are sent.", zh: "事件等三秒才送出。" },
    look: {
      en: "In its place by time; counted as late if reconciliation was faster.",
      zh: "依時間放回原位；若對帳較快則計為遲到。",
    },
    steps: [faults({ delayMs: 3000 }), write("Sent at once, told later."), idle, faults({ delayMs: 0 })],
    undo: [faults({ delayMs: 0 })],
  },
  {
    id: "R5-members-missing",
    row: "R5",
    title: { en: "The text is missing from the event", zh: "事件裡少了文字" },
    about: {
      en: "The event of one message comes without message.text; Meta has it.",
      zh: "一則訊息的事件沒有 message.text；Meta 那邊有。",
    },
    look: {
      en: "Shown as incomplete at once, completed from Meta by reconciliation.",
      zh: "立即顯示為不完整，對帳後由 Meta 補齊。",
    },
    steps: [
      faults({ stripFields: ["message.text"] }),
      write("Does this one come with a hood?"),
      idle,
      faults({ stripFields: null }),
    ],
    undo: [faults({ stripFields: null })],
  },
  {
    id: "R5-empty-message",
    row: "R5",
    title: { en: "A message with nothing in it", zh: "空的訊息" },
    about: {
      en: "One event of the person arrives with its mid and nothing else (seen with Meta's call cards).",
      zh: "此人的一個事件只有 mid（Meta 通話卡片曾如此）。",
    },
    look: {
      en: "A placeholder, completed from Meta where Meta has the content.",
      zh: "先顯示佔位，Meta 有內容時補上。",
    },
    steps: [faults({ sendEmpty: { customerId: "{customer}", count: 1 } }), write("You only see this at Meta."), idle],
    undo: [faults({ sendEmpty: null })],
  },
  {
    id: "R5-subscription-dropped",
    row: "R5",
    title: { en: "Meta dropped the subscription", zh: "Meta 取消了訂閱" },
    about: {
      en: "The Page subscription is gone at once, as after an hour of failing; two messages fall into the gap. The product mends it, undo does not.",
      zh: "粉專訂閱立即消失（如失敗一小時後），兩則訊息落入空窗。由產品修復，復原不處理。",
    },
    look: {
      en: "Found, made again, the gap backfilled; health tells when and how many.",
      zh: "發現、重新訂閱、補回空窗；健康頁說明時間與數量。",
    },
    steps: [
      write("Before the gap."),
      idle,
      page("/drop-subscription", { alert: true }),
      write("In the gap, one."),
      write("In the gap, two."),
    ],
  },
  {
    id: "R5-old-versions",
    row: "R5",
    title: { en: "Older shapes of the same events", zh: "同樣事件的舊格式" },
    about: {
      en: "Sticker as image and sticker, seconds instead of milliseconds, ids as numbers, until undone.",
      zh: "貼圖同時為圖片與貼圖、秒而非毫秒、編號為數字，直到復原。",
    },
    look: { en: "One sticker, at the right time, from the right person.", zh: "一個貼圖，時間與人都正確。" },
    steps: [
      faults({ versions: { sticker: "both", timestampUnit: "s", idsAs: "number" } }),
      write("An older Meta wrote this."),
      person("/messages", { attachments: [{ type: "sticker" }] }),
      idle,
    ],
    undo: [faults({ versions: { sticker: "sticker", timestampUnit: "ms", idsAs: "string" } })],
  },
  {
    id: "R5-dashboard-test-button",
    row: "R5",
    title: { en: "The dashboard's test button", zh: "後台的測試按鈕" },
    about: { en: "The App Dashboard's sample event for entry id 0.", zh: "後台的範例事件，entry id 為 0。" },
    look: { en: "Kept among the deliveries; no conversation opens.", zh: "保留在送達紀錄，不會開啟對話。" },
    person: null,
    steps: [page("/test-button"), idle],
  },
  {
    id: "R5-never-seen-before",
    row: "R5",
    title: { en: "An event nobody has seen before", zh: "沒人見過的事件" },
    about: {
      en: "Between two messages, one signed body with an event of an unknown kind and a read event behind it.",
      zh: "兩則訊息之間，有一個簽章內容：未知事件，後面跟著已讀事件。",
    },
    look: {
      en: "Both messages are shown, the read event behind the stranger counts, the stranger is kept and listed as unknown.",
      zh: "兩則訊息都顯示，未知事件後的已讀有效，未知事件保留並列為未知。",
    },
    steps: [
      write("A message before."),
      page("/raw", {
        body: {
          object: "page",
          entry: [
            {
              id: "{page}",
              time: 1763769600123,
              messaging: [
                { sender: { id: "{customer}" }, recipient: { id: "{page}" }, hologram: { depth: 3, emoji: "🛸" } },
                {
                  sender: { id: "{customer}" },
                  recipient: { id: "{page}" },
                  timestamp: 1763769600122,
                  read: { watermark: 1763769600121 },
                },
              ],
            },
          ],
        },
      }),
      write("A message after."),
      idle,
    ],
  },
];
