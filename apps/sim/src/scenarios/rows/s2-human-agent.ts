import { faults, idle, nextSend, noSendFault, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const old = (text: string) => write(text, { at: "{hoursAgo:30}" });

export const s2: Scenario[] = [
  {
    id: "S2-human-agent-approved",
    row: "S2",
    title: { en: "Human agent, approved", zh: "真人客服標籤，已核准" },
    about: {
      en: "The message is 30 hours old and Meta has approved the app for HUMAN_AGENT.",
      zh: "訊息已 30 小時，Meta 已核准此應用程式使用 HUMAN_AGENT。",
    },
    look: {
      en: "A person's reply goes through with the tag; an automation, a survey or an API call does not carry it.",
      zh: "真人的回覆帶標籤送出；自動化、問卷或 API 呼叫不會帶。",
    },
    steps: [faults({ humanAgentApproved: true }), old("The zip broke after a week."), idle],
    undo: [faults({ humanAgentApproved: false })],
  },
  {
    id: "S2-human-agent-not-approved",
    row: "S2",
    title: { en: "Human agent, not approved", zh: "真人客服標籤，未核准" },
    about: {
      en: "The message is 30 hours old and the app is not approved: the tag is refused with 100/2018276.",
      zh: "訊息已 30 小時，應用程式未獲核准：標籤會被 100/2018276 拒絕。",
    },
    look: {
      en: "Without approval in the configuration the reply is never offered. With it, the first refusal turns the capability off and tells the admin once.",
      zh: "設定中沒有核准就不提供回覆。有設定時，第一次被拒就關閉功能，並通知管理員一次。",
    },
    steps: [faults({ humanAgentApproved: false }), old("Where is my refund?"), idle],
  },
  {
    id: "S2-approval-withdrawn",
    row: "S2",
    title: { en: "Approval withdrawn overnight", zh: "核准一夜之間被收回" },
    about: {
      en: "The app is approved, yet the next send to this person is refused with 100/2018276.",
      zh: "應用程式已核准，但下一次傳給此人時被 100/2018276 拒絕。",
    },
    look: {
      en: "The capability goes off for the installation and one alert tells the admin.",
      zh: "整個安裝的功能關閉，管理員收到一次通知。",
    },
    steps: [
      faults({ humanAgentApproved: true }),
      nextSend({ code: 100, subcode: 2018276 }),
      old("Anyone there?"),
      idle,
    ],
    undo: [faults({ humanAgentApproved: false }), noSendFault],
  },
];
