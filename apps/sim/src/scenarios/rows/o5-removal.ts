import { freshTokens, grantAgain, user } from "../access-steps.ts";
import { idle, page, write } from "../steps.ts";
import type { CallStep, Scenario } from "../types.ts";

const callback = (body: Record<string, unknown>): CallStep => ({
  do: "POST",
  path: "/_sim/callbacks",
  body: { kind: "deauthorize", userId: "{user}", ...body },
});

/** Every way to be removed at Facebook, and what the app is told of it. */
export const o5Removal: Scenario[] = [
  {
    id: "O5-app-removed-by-person",
    row: "O5",
    title: { en: "A person removes the app under Business Integrations", zh: "有人在商家整合中移除應用程式" },
    about: {
      en: "Their tokens answer 190/458, and the deauthorise callback is called where its address is set. Undo grants everything again.",
      zh: "其權杖回覆 190/458；若已設定網址，會呼叫取消授權回呼。復原會再次授權。",
    },
    look: {
      en: "The callback is counted and the channels of this person are looked after at once; another authoriser takes over.",
      zh: "記錄回呼並立即處理此人的頻道；由另一位授權者接手。",
    },
    steps: [write("Before the app was removed."), idle, user("/remove-app", {}, "removal")],
    undo: [grantAgain],
  },
  {
    id: "O5-one-page-removed",
    row: "O5",
    title: { en: "A person takes one Page out of the app", zh: "有人將一個粉專移出應用程式" },
    about: {
      en: "Granular scopes shrink: this Page's token is refused, the other Pages go on, no callback is called.",
      zh: "細部權限縮小：此粉專的權杖被拒，其他粉專照常，不呼叫回呼。",
    },
    look: {
      en: "Only this channel needs reauthorisation, with what is missing by name.",
      zh: "只有此頻道需要重新授權，並列出缺少的項目。",
    },
    steps: [write("Do you ship to Tainan?"), idle, user("/remove-app", { pageId: "{page}" })],
    undo: [grantAgain],
  },
  {
    id: "O5-removed-on-page",
    row: "O5",
    title: { en: "The app is removed in the Page's Business Apps", zh: "在粉專的商家應用程式中移除" },
    about: {
      en: "For everybody, subscription included; also under Advanced Messaging. Nothing tells the app: the next call fails. Undo grants again; the subscription stays dropped.",
      zh: "對所有人生效，包含訂閱；也可在進階訊息中移除。應用程式不會被告知，下次呼叫才失敗。復原會再次授權，訂閱仍需重建。",
    },
    look: {
      en: "Found by the next call or check, told once, history readable. A second authoriser does not help here, and that is said.",
      zh: "由下次呼叫或檢查發現，通知一次，歷史可讀。此時第二授權者無濟於事，並會說明。",
    },
    steps: [write("Before."), idle, page("/own-app", { on: false }), write("After.")],
    undo: [page("/own-app", { on: true })],
  },
  {
    id: "O5-page-unpublished",
    row: "O5",
    title: { en: "The Page is unpublished or deleted", zh: "粉專被取消發佈或刪除" },
    about: {
      en: "Its tokens say that it is not accessible (190, no sub-code). Option state: unpublished or deleted.",
      zh: "其權杖表示粉專無法存取（190，無次碼）。選項 state：unpublished 或 deleted。",
    },
    look: {
      en: "The channel says that the Page is the matter, not the person: reauthorising does not help.",
      zh: "頻道說明問題在粉專而非授權者：重新授權無濟於事。",
    },
    options: {
      state: { about: { en: "unpublished or deleted", zh: "unpublished 或 deleted" }, default: "unpublished" },
    },
    steps: [write("Is this the right Page?"), idle, page("/standing", { state: "{state}" })],
    undo: [page("/standing", { state: "published" })],
  },
  {
    id: "O5-data-deletion",
    row: "O5",
    title: { en: "A person asks for their data to be deleted", zh: "有人要求刪除資料" },
    about: {
      en: "The data-deletion callback is called where its address is set; the person is shown the address and code of the answer.",
      zh: "若已設定網址，會呼叫資料刪除回呼；並向此人顯示回覆的網址與代碼。",
    },
    look: {
      en: "A status page for the code, and a task for an administrator with what was matched. On the control page: what the person saw.",
      zh: "代碼有狀態頁，管理員有待辦與比對結果。控制頁可見此人看到的內容。",
    },
    person: null,
    steps: [user("/delete-data", {}, "deletion")],
  },
  {
    id: "O5-callbacks-forged",
    row: "O5",
    title: { en: "Callbacks that are not Meta's", zh: "偽造的回呼" },
    about: {
      en: "Forged, signed by another app, signed over the wrong text, another algorithm, a day old; each once, where an address is set.",
      zh: "偽造、由他應用程式簽章、對錯誤內容簽章、其他演算法、一天前；若已設定網址，各一次。",
    },
    look: {
      en: "The first four are refused and counted, and nothing changes for anybody.",
      zh: "前四種被拒並計數，任何人都不受影響。",
    },
    person: null,
    steps: [
      callback({ signature: "forged" }),
      callback({ signature: "other_app" }),
      callback({ signature: "decoded" }),
      callback({ algorithm: "none" }),
      callback({ issuedAgoSeconds: 86_400 }),
    ],
    undo: [freshTokens],
  },
];
