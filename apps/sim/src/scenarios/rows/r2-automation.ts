import { idle, page, person, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const QUESTIONS = [
  { question: "Which city are you in?", answer: "Taichung" },
  { question: "When do you want to visit?", answer: "Next Saturday" },
];
const leadAd = (more: Record<string, unknown> = {}) =>
  person("/lead-ad", { adTitle: "Try our raincoats", questions: QUESTIONS, ...more }, "lead");

export const r2: Scenario[] = [
  {
    id: "R2-instant-reply",
    row: "R2",
    title: { en: "The Page's instant reply answers first", zh: "粉專的立即回覆先答" },
    about: {
      en: "A first message, answered by Meta's own automation: an echo without an app id.",
      zh: "第一則訊息由 Meta 的自動回覆回答：沒有 app_id 的回聲。",
    },
    look: {
      en: "The answer is shown as Meta's automation or as not sent by us; the conversation still waits for a person.",
      zh: "該回覆標示為 Meta 自動化或非本系統送出；對話仍等待真人。",
    },
    steps: [write("Hi, do you have gift cards?"), idle, person("/automation", { kind: "instant_reply" }, "echo"), idle],
  },
  {
    id: "R2-away-message",
    row: "R2",
    title: { en: "Away message with the inbox's app id", zh: "帶收件匣 app_id 的離開訊息" },
    about: { en: "The away message, marked as from the Page inbox.", zh: "離開訊息，標示為粉專收件匣。" },
    look: { en: "Shown as Page inbox / automation, not as an agent.", zh: "標示為粉專收件匣／自動化，不是客服。" },
    steps: [
      write("Are you open on Monday?"),
      idle,
      person("/automation", { kind: "away", withAppId: true }, "echo"),
      idle,
    ],
  },
  {
    id: "R2-faq",
    row: "R2",
    title: { en: "A frequently asked question is answered", zh: "常見問題被自動回答" },
    about: { en: "The customer taps a question, Meta answers it.", zh: "顧客點了問題，Meta 自動回答。" },
    look: { en: "Question and answer are in the thread, each with its source.", zh: "問答都在對話裡，各有來源。" },
    steps: [
      write("Where are you?"),
      idle,
      person("/automation", { kind: "faq", text: "12 Quay Street, Mon to Sat, 10 to 19." }, "echo"),
      idle,
    ],
  },
  {
    id: "R2-meta-ai",
    row: "R2",
    title: { en: "Meta AI answers and holds the thread", zh: "Meta AI 回答並掌控對話" },
    about: {
      en: "Meta AI answers; from then on messages and its answers come in standby, sends fail 10/2018300, take fails 27. Undo ends it.",
      zh: "Meta AI 回答後，訊息與其回覆都進入 standby，傳送以 10/2018300 失敗，取回以 27 失敗。復原會結束。",
    },
    look: {
      en: "Held by Meta AI, since when; thread readable; composer says so and why it cannot be taken; our automations are silent.",
      zh: "顯示由 Meta AI 掌控與起始時間；對話可讀；輸入框說明原因及為何無法取回；我們的自動化安靜。",
    },
    steps: [
      write("Do you ship abroad?"),
      idle,
      person("/meta-ai", { text: "Yes! We ship to most countries within 7 days." }, "ai"),
      write("And to Brazil?"),
      person("/meta-ai", { text: "Brazil takes about 12 days." }),
      idle,
    ],
    undo: [person("/meta-ai/release")],
  },
  {
    id: "R2-meta-ai-hands-over",
    row: "R2",
    title: { en: "Meta AI gives the chat back", zh: "Meta AI 交回對話" },
    about: {
      en: "Meta AI answers, sends its notice of transfer, and lets go. No handover event exists for it.",
      zh: "Meta AI 回答，送出轉接通知後放手。沒有對應的交接事件。",
    },
    look: {
      en: "The notice is a notice, not a bubble of ours; the next customer message is ours again and is announced.",
      zh: "通知顯示為通知；顧客的下一則訊息又歸我們，並有提示。",
    },
    steps: [
      write("I want to talk to a person."),
      idle,
      person("/meta-ai", { text: "I will get someone for you." }, "ai"),
      person("/notice", { text: "Your AI agent transferred this chat to you." }),
      person("/meta-ai/release"),
      write("Hello?"),
      idle,
    ],
    undo: [person("/meta-ai/release")],
  },
  {
    id: "R2-meta-ai-for-the-page",
    row: "R2",
    title: { en: "Meta AI on for the whole Page", zh: "整個粉專開啟 Meta AI" },
    about: {
      en: "Every new message of this Page is answered by Meta AI until undone.",
      zh: "復原前，此粉專的每則新訊息都由 Meta AI 回答。",
    },
    look: {
      en: "Write from any phone: the list shows who holds each thread; health names Meta AI.",
      zh: "用任一手機寫訊息：清單顯示誰掌控；健康頁指出 Meta AI。",
    },
    steps: [page("/meta-ai", { on: true }), write("Is the grey one waterproof?"), idle],
    undo: [page("/meta-ai", { on: false }), person("/meta-ai/release")],
  },
  {
    id: "R2-lead-ad-complete",
    row: "R2",
    title: { en: "A lead ad, answered to the end", zh: "潛在客戶廣告，回答完畢" },
    about: {
      en: "The lead-ad flow holds the thread and sends no webhooks; at the end a LEAD_COMPLETE referral with the answers and control passed to us.",
      zh: "潛在客戶流程掌控對話且不送 webhook；結束時有 LEAD_COMPLETE 與答案，並交回控制。",
    },
    look: {
      en: "The answers are on the contact; the missed part of the thread is read from Meta and marked recovered; control came back.",
      zh: "答案在聯絡人上；漏掉的部分從 Meta 讀回並標示為補回；控制已交回。",
    },
    steps: [leadAd(), idle],
  },
  {
    id: "R2-lead-ad-incomplete",
    row: "R2",
    title: { en: "A lead ad, given up half-way", zh: "潛在客戶廣告，中途放棄" },
    about: { en: "LEAD_INCOMPLETE with one answer.", zh: "LEAD_INCOMPLETE，只有一個答案。" },
    look: { en: "The one answer is kept and the lead is marked incomplete.", zh: "保留一個答案，標示為未完成。" },
    steps: [
      person("/lead-ad", { adTitle: "Try our raincoats", questions: QUESTIONS.slice(0, 1), complete: false }, "lead"),
      idle,
    ],
  },
  {
    id: "R2-lead-ad-running",
    row: "R2",
    title: { en: "A lead ad still running", zh: "潛在客戶廣告仍在進行" },
    about: {
      en: "The flow goes on until undone; a send now is refused with 2018321. An earlier message opened the thread.",
      zh: "流程持續到復原；此時傳送會被 2018321 拒絕。先前的訊息已開啟對話。",
    },
    look: {
      en: "An answer tried now is refused with the reason and what to wait for; Undo finishes the flow and control comes back.",
      zh: "此時回覆會被拒，並說明原因與該等什麼；復原會結束流程並交回控制。",
    },
    steps: [write("I saw your ad."), idle, leadAd({ keepRunning: true }), idle],
    undo: [person("/lead-ad/finish")],
  },
  {
    id: "R2-lead-ad-interruptible",
    row: "R2",
    title: { en: "A lead ad that may be interrupted", zh: "可被打斷的潛在客戶廣告" },
    about: {
      en: 'With "Allow connected app to interrupt": the flow\'s messages come as webhooks, and a summary at the end.',
      zh: "開啟「允許連結的應用程式打斷」：流程訊息會以 webhook 送來，最後有摘要。",
    },
    look: {
      en: "Questions are shown as the lead-ad flow's, answers as the customer's; the summary is no message of the thread at Meta.",
      zh: "問題標示為潛在客戶流程，答案為顧客；摘要不是 Meta 對話中的訊息。",
    },
    steps: [leadAd({ interrupt: true, summary: true }), idle],
  },
];
