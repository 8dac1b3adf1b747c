import { freshTokens, user } from "../access-steps.ts";
import { idle, write } from "../steps.ts";
import type { CallStep, Scenario } from "../types.ts";

const secret = (body: unknown): CallStep => ({ do: "POST", path: "/_sim/apps/{app}/secret", body });

/** What time and the operator do to tokens. */
export const o3Tokens: Scenario[] = [
  {
    id: "O3-data-access-ending",
    row: "O3",
    title: { en: "Data access ends in five days", zh: "資料存取權五天後到期" },
    about: {
      en: "The person's tokens are 85 days older: data access has five days left, the Page token has no end.",
      zh: "此人的權杖老了 85 天：資料存取權剩五天，粉專權杖本身不會到期。",
    },
    look: {
      en: "The check warns before it happens and says what would stop; logging in again renews it.",
      zh: "檢查事先警告並說明會停止什麼；重新登入即可延長。",
    },
    person: null,
    steps: [user("/tokens/age", { days: 85 })],
    undo: [user("/tokens/age", { days: -85 })],
  },
  {
    id: "O3-data-access-over",
    row: "O3",
    title: { en: "Data access is over, the token is valid", zh: "資料存取權已到期，權杖仍有效" },
    about: {
      en: "Ninety-one days later: profiles, conversations and Pages cannot be read, sends go out. Meta's text for it is not known.",
      zh: "91 天後：無法讀取個人檔案、對話與粉專，仍可傳送。官方文字不明。",
    },
    look: {
      en: "Told apart from a dead token: the channel is degraded, replies go on, reconciliation and names wait.",
      zh: "與權杖失效區分：頻道降級，回覆照常，對帳與姓名等待。",
    },
    steps: [write("Still here!"), idle, user("/tokens/age", { days: 91 })],
    undo: [user("/tokens/age", { days: -91 })],
  },
  {
    id: "O3-account-deactivated",
    row: "O3",
    title: { en: "The authorising person deactivates the account", zh: "授權者停用帳號" },
    about: {
      en: "All sessions end with 190/467 and nobody can log in as this person until undone.",
      zh: "所有登入以 190/467 結束，復原前無人能以此人登入。",
    },
    look: {
      en: "With a second authoriser no outage; without, who may reauthorise is said, and it is not this person.",
      zh: "有第二授權者則不中斷；否則說明誰可重新授權，且不是此人。",
    },
    steps: [write("Where is my order?"), idle, user("/deactivate", { on: true })],
    undo: [user("/deactivate", { on: false }), freshTokens],
  },
  {
    id: "O3-secret-reset",
    row: "O3",
    title: { en: "The app's secret was reset", zh: "應用程式密鑰被重設" },
    about: {
      en: "App tokens and proofs made with the old secret are worthless, and webhooks are signed with the new one. People's tokens live. Undo gives the old secret back.",
      zh: "以舊密鑰產生的應用程式權杖與證明失效，webhook 以新密鑰簽章。個人權杖仍有效。復原會恢復舊密鑰。",
    },
    look: {
      en: "Told to the operator, not to the agents: signatures do not match, and Meta refuses the proof. No channel is asked to reauthorise.",
      zh: "告知系統管理者而非客服：簽章不符、Meta 拒絕證明；不要求任何頻道重新授權。",
    },
    person: null,
    steps: [secret({})],
    undo: [secret({ restore: true })],
  },
];
