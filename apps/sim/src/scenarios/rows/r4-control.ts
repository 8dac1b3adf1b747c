import { idle, inboxReply, P, page, person, write } from "../steps.ts";
import type { CallStep, Scenario, Step } from "../types.ts";

const SALES_BOT = "1900000000000777";
const install = page("/apps", { id: SALES_BOT });
const routing = (body: Record<string, unknown>): CallStep => ({ do: "PUT", path: `${P}/routing`, body });
const takeover = (allowed: boolean): CallStep => ({
  do: "PATCH",
  path: `${P}/apps/{app}`,
  body: { takeoverAllowed: allowed },
});
const remove: CallStep = { do: "DELETE", path: `${P}/apps/${SALES_BOT}` };
const off = (platform = "messenger"): Step => routing({ platform, enabled: false });
const botFirst = [install, routing({ platform: "messenger", enabled: true, defaultAppId: SALES_BOT })];
const oursFirst = [install, routing({ platform: "messenger", enabled: true, defaultAppId: "{app}" })];
const undo = [off(), remove];

export const r4: Scenario[] = [
  {
    id: "R4-other-app-is-default",
    row: "R4",
    title: { en: "Another app is the Page's default", zh: "粉專的預設應用程式是別人" },
    about: {
      en: "Conversation Routing on, Sales Bot is the default and answers; we get standby only.",
      zh: "開啟對話路由，預設是 Sales Bot 並由它回覆；我們只收到 standby。",
    },
    look: {
      en: "Held by Sales Bot; take or request where Meta allows. Health names the other app, the default and the clicks that change it (Conversation Routing; old: Handover Protocol).",
      zh: "由 Sales Bot 掌控；Meta 允許時可取回或要求。健康頁列出其他應用程式、預設與更改步驟（對話路由；舊稱 Handover Protocol）。",
    },
    steps: [
      ...botFirst,
      write("Do you have size 42?"),
      person("/app-reply", { appId: SALES_BOT, text: "Let me check that for you." }, "reply"),
      write("Thanks, I will wait."),
      idle,
    ],
    undo,
  },
  {
    id: "R4-control-comes-back",
    row: "R4",
    title: { en: "The other app passes the thread to us", zh: "另一個應用程式把對話交給我們" },
    about: {
      en: "As above; then Sales Bot passes control to our app with a note.",
      zh: "同上，之後 Sales Bot 附上備註把控制交給我們。",
    },
    look: {
      en: "An alert says control came back, with the note; the composer opens.",
      zh: "提示控制已交回並顯示備註；輸入框開啟。",
    },
    steps: [
      ...botFirst,
      write("I need a person."),
      person("/app-reply", { appId: SALES_BOT, text: "One moment." }),
      person("/control", { to: "{app}", event: true, metadata: "asked for a person" }),
      write("Hello?"),
      idle,
    ],
    undo,
  },
  {
    id: "R4-taken-from-us",
    row: "R4",
    title: { en: "Another app takes the thread from us", zh: "另一個應用程式把對話拿走" },
    about: {
      en: "We are the default and hold the thread; Sales Bot takes it.",
      zh: "我們是預設並掌控對話，Sales Bot 取走。",
    },
    look: { en: "Who took it and when; our automations stop here.", zh: "顯示誰在何時取走；我們的自動化停止。" },
    steps: [
      ...oursFirst,
      write("Hello, I have a question."),
      idle,
      person("/control", { to: SALES_BOT, event: true }),
      write("Are you still there?"),
      idle,
    ],
    undo,
  },
  {
    id: "R4-taken-without-a-word",
    row: "R4",
    title: { en: "Taken, and no event says so", zh: "被取走但沒有事件" },
    about: {
      en: "As above without a handover event: only standby and a refused send tell.",
      zh: "同上但沒有交接事件：只有 standby 與被拒的傳送顯露。",
    },
    look: {
      en: "The first standby message corrects the holder; a send before that is refused and explained.",
      zh: "第一則 standby 訊息就更正掌控者；在那之前的傳送被拒並有說明。",
    },
    steps: [
      ...oursFirst,
      write("Hello, I have a question."),
      idle,
      person("/control", { to: SALES_BOT, event: false }),
      idle,
    ],
    undo,
  },
  {
    id: "R4-business-suite-answers",
    row: "R4",
    title: { en: "A person answers in Business Suite", zh: "有人在 Business Suite 回覆" },
    about: {
      en: "With routing on and our app as default, a human answer there takes control for the Inbox.",
      zh: "開啟路由且我們是預設時，真人在那裡回覆會由收件匣取得控制。",
    },
    look: { en: "Held by Page inbox; our automations are silent.", zh: "由粉專收件匣掌控；我們的自動化安靜。" },
    steps: [...oursFirst, write("Can I pay on delivery?"), idle, inboxReply("Yes, you can."), write("Great!"), idle],
    undo,
  },
  {
    id: "R4-moved-to-main",
    row: "R4",
    title: { en: "Moved to Main, then Done", zh: "移到主要，再標示完成" },
    about: {
      en: "In Business Suite the chat is moved to Main (the Inbox takes control) and then to Done (idle).",
      zh: "在 Business Suite 移到主要（收件匣取得控制），再移到完成（閒置）。",
    },
    look: { en: "Held by Page inbox, then free again.", zh: "先由粉專收件匣掌控，之後閒置。" },
    steps: [
      ...oursFirst,
      write("Can I pay on delivery?"),
      idle,
      person("/inbox-move", { folder: "main" }),
      idle,
      person("/inbox-move", { folder: "done" }),
      idle,
    ],
    undo,
  },
  {
    id: "R4-control-expired",
    row: "R4",
    title: { en: "Control expired", zh: "控制權到期" },
    about: {
      en: "Sales Bot held the thread; its control runs out and only the default app, ours, may answer.",
      zh: "Sales Bot 掌控對話後到期，只有預設的我們可以回覆。",
    },
    look: { en: "Nobody holds it; an answer goes through.", zh: "無人掌控；可以回覆。" },
    steps: [
      ...oursFirst,
      write("Are there any left?"),
      person("/control", { to: SALES_BOT }),
      idle,
      person("/control/expire"),
      idle,
    ],
    undo,
  },
  {
    id: "R4-take-not-allowed",
    row: "R4",
    title: { en: "Taking control is switched off for us", zh: "我們不允許取得控制" },
    about: {
      en: 'Sales Bot holds the thread and "Take control of conversations" is off for our app.',
      zh: "Sales Bot 掌控對話，且我們的「取得對話控制」已關閉。",
    },
    look: {
      en: "Take is refused with Meta's reason and the switch to change (Advanced Messaging).",
      zh: "取回被拒，說明原因與該改的開關（進階訊息）。",
    },
    steps: [
      ...botFirst,
      takeover(false),
      write("Can someone help?"),
      person("/app-reply", { appId: SALES_BOT, text: "How can I help?" }),
      idle,
    ],
    undo: [takeover(true), ...undo],
  },
  {
    id: "R4-two-apps-no-routing",
    row: "R4",
    title: { en: "Two apps, no routing", zh: "兩個應用程式，沒有路由" },
    about: {
      en: "No default app: both apps get every message and both may answer.",
      zh: "沒有預設：兩個應用程式都收到訊息，也都能回覆。",
    },
    look: {
      en: "Health warns that the customer may be answered twice and names the other app.",
      zh: "健康頁提醒顧客可能收到兩次回覆，並指出另一個應用程式。",
    },
    steps: [
      install,
      write("What are your hours?"),
      person("/app-reply", { appId: SALES_BOT, text: "We are open 10 to 19." }),
      idle,
    ],
    undo: [remove],
  },
  {
    id: "R4-instagram-inbox",
    row: "R4",
    title: { en: "The Instagram inbox holds the thread", zh: "Instagram 收件匣掌控對話" },
    about: {
      en: "Instagram routing on with the Instagram inbox as default: we get standby.",
      zh: "開啟 Instagram 路由，預設為 Instagram 收件匣：我們只收到 standby。",
    },
    look: {
      en: "Held by the Instagram inbox; the clicks named are those of Instagram Conversation Routing.",
      zh: "由 Instagram 收件匣掌控；步驟是 Instagram 對話路由的。",
    },
    person: { platform: "instagram" },
    steps: [
      routing({ platform: "instagram", enabled: true, defaultAppId: "1217981644879628" }),
      write("Is this in stock?"),
      idle,
    ],
    undo: [off("instagram")],
  },
];
