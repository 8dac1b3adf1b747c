import { idle, write } from "../steps.ts";
import type { CallStep, Scenario } from "../types.ts";

const changePassword: CallStep = { do: "POST", path: "/_sim/users/{user}/password", body: {}, as: "password" };
const freshTokens: CallStep = { do: "POST", path: "/_sim/users/{user}/token", body: {}, as: "token" };

export const s3: Scenario[] = [
  {
    id: "S3-password-changed",
    row: "S3",
    title: { en: "The authorising person changed the password", zh: "授權者更改了密碼" },
    about: {
      en: "A customer waits for an answer; then the person behind the token changes the password (190/460). Undo logs the person in again at Facebook; the product still has to be reauthorised. Option userId picks the person.",
      zh: "顧客在等回覆，此時權杖背後的人更改密碼（190/460）。復原會讓他在 Facebook 重新登入；產品仍需重新授權。可用 userId 指定人員。",
    },
    look: {
      en: "Answer the customer: at the first refusal the channel needs reauthorisation, one alert, composer off with the reason, the reply held. Reauthorise: it is sent.",
      zh: "回覆顧客：第一次被拒時頻道就變成需要重新授權，只通知一次，輸入框停用並說明原因，回覆先保留。重新授權後送出。",
    },
    steps: [write("Is my parcel on its way?"), idle, changePassword],
    undo: [freshTokens],
  },
  {
    id: "S3-replies-held-too-long",
    row: "S3",
    title: { en: "A held reply outlives its window", zh: "保留的回覆等到時限已過" },
    about: {
      en: "As above, but the customer's message is 23 hours and 50 minutes old when the password changes.",
      zh: "同上，但更改密碼時，顧客的訊息已過 23 小時 50 分鐘。",
    },
    look: {
      en: "Reauthorised in time, the reply leaves; later, it is marked with the reason instead of being sent.",
      zh: "及時重新授權就送出；太晚則標示原因，不會送出。",
    },
    steps: [write("One last question before I buy.", { at: "{hoursAgo:23.83}" }), idle, changePassword],
    undo: [freshTokens],
  },
];

export const s4: Scenario[] = [
  {
    id: "S4-session-invalidated",
    row: "S4",
    title: { en: "Two-factor switched on, nobody writes", zh: "開啟兩步驟驗證，沒有人寫訊息" },
    about: {
      en: "The person's session is invalidated and no message is sent that would show it. Meta's text for two-factor is not known; the password's 190/460 is played.",
      zh: "授權者的工作階段失效，也沒有訊息會顯露它。兩步驟驗證的官方文字不明，以密碼的 190/460 代替。",
    },
    look: {
      en: "The scheduled token check (or the check button of the channel) finds it before an agent does.",
      zh: "排程的權杖檢查（或頻道的檢查按鈕）在客服發現前就找到。",
    },
    person: null,
    steps: [changePassword],
    undo: [freshTokens],
  },
];
