import { faults, idle, inboxReply, page, person, write } from "../steps.ts";
import type { CallStep, Scenario } from "../types.ts";

const NOTICES = [
  "You took over this chat from your AI agent.",
  "Auto-label added: Ready to buy",
  "Lead stage set to Qualified",
  "This message was automatically moved to spam.",
];
const SALES_BOT = "1900000000000777";
const otherApp: CallStep = page("/apps", { id: SALES_BOT });
const noOtherApp: CallStep = { do: "DELETE", path: `/_sim/pages/{page}/apps/${SALES_BOT}` };

export const r3: Scenario[] = [
  {
    id: "R3-every-source",
    row: "R3",
    title: { en: "One thread, every source", zh: "一個對話，各種來源" },
    about: {
      en: "Another app, Business Suite, an automation, Meta AI and a notice of Meta answer one customer.",
      zh: "另一個應用程式、Business Suite、自動化、Meta AI 與 Meta 通知回覆同一位顧客。",
    },
    look: {
      en: "Every bubble says who it was: Sales Bot by name, Page inbox, Meta AI, notice. Answer yourself: your name.",
      zh: "每個泡泡標示來源：Sales Bot（名稱）、粉專收件匣、Meta AI、通知。自己回覆則是你的名字。",
    },
    steps: [
      otherApp,
      write("Who am I talking to?"),
      person("/automation", { kind: "instant_reply" }),
      person("/app-reply", { appId: SALES_BOT, text: "Hi, this is Sales Bot." }),
      person("/notice", { text: "Your AI agent will respond." }),
      person("/meta-ai", { text: "I am the assistant of this Page.", hold: false }),
      inboxReply("And I am a person, in Business Suite."),
      idle,
    ],
    undo: [noOtherApp],
  },
  {
    id: "R3-unknown-app",
    row: "R3",
    title: { en: "An app nobody lists", zh: "不在清單上的應用程式" },
    about: {
      en: "An echo with the id of an app that is not installed on the Page (any more).",
      zh: "回聲帶有未（或已不）安裝在粉專的應用程式編號。",
    },
    look: { en: "Shown as not sent by us, with the app's id.", zh: "標示為非本系統送出，附應用程式編號。" },
    steps: [
      write("Thanks for the reminder."),
      inboxReply("Your appointment is tomorrow at 10.", { appId: "1900000000000999" }),
      idle,
    ],
  },
  {
    id: "R3-no-app-id",
    row: "R3",
    title: { en: "An echo that names nobody", zh: "沒有來源的回聲" },
    about: { en: "An answer of the Page without app id and metadata.", zh: "沒有 app_id 與 metadata 的粉專回覆。" },
    look: { en: "Not sent by us; nothing is guessed.", zh: "標示為非本系統送出，不猜測。" },
    steps: [write("Any news?"), inboxReply("We will call you.", { appId: null }), idle],
  },
  {
    id: "R3-notices",
    row: "R3",
    title: { en: "Meta's own notices", zh: "Meta 的系統通知" },
    about: {
      en: "Texts that Meta writes in the Page's name (seen in production in 2026).",
      zh: "Meta 以粉專名義寫的文字（2026 年正式環境所見）。",
    },
    look: {
      en: "Shown as notices; the composer stays open: they say nothing reliable about who holds the thread.",
      zh: "顯示為通知；輸入框維持可用：它們不能可靠說明誰掌控對話。",
    },
    steps: [write("I sent you a picture yesterday."), ...NOTICES.map((text) => person("/notice", { text })), idle],
  },
  {
    id: "R3-echo-overtakes",
    row: "R3",
    title: { en: "Our own echo comes first", zh: "自己的回聲先到" },
    about: { en: "Every echo overtakes the Send API's answer.", zh: "每個回聲都早於 Send API 的回應。" },
    look: { en: "Answer: the one bubble is yours, with your name.", zh: "回覆後只有一個泡泡，標示你的名字。" },
    steps: [faults({ echoOvertakes: true }), write("Can you hear me?"), idle],
    undo: [faults({ echoOvertakes: false })],
  },
];
