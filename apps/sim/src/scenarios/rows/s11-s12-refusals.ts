import { faults, idle, nextSend, noSendFault, page, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const look = {
  en: "The channel is restricted by Meta: automations stop first, sends pause, a slow probe runs; since when and the usual causes are shown.",
  zh: "頻道顯示被 Meta 限制：自動化先停，傳送暫停，緩慢探測；顯示起始時間與常見原因。",
};

export const s11: Scenario[] = [
  {
    id: "S11-page-restricted",
    row: "S11",
    title: { en: "Meta restricts the Page", zh: "Meta 限制粉專" },
    about: { en: "Every send fails with 10/1893063 until undone.", zh: "復原前每次傳送都以 10/1893063 失敗。" },
    look,
    steps: [write("Is anybody there?"), idle, page("/restrict", { restricted: true })],
    undo: [page("/restrict", { restricted: false })],
  },
  {
    id: "S11-blocked-as-abusive",
    row: "S11",
    title: { en: "#368, deemed abusive", zh: "#368 被視為濫用" },
    about: { en: "Every send fails with 368 until undone.", zh: "復原前每次傳送都以 368 失敗。" },
    look,
    steps: [write("Is anybody there?"), idle, page("/restrict", { restricted: true, code: 368 })],
    undo: [page("/restrict", { restricted: false })],
  },
  {
    id: "S11-sending-disabled",
    row: "S11",
    title: { en: "#2022, sending by API disabled", zh: "#2022 API 傳送被停用" },
    about: { en: "Every send fails with 2022 until undone.", zh: "復原前每次傳送都以 2022 失敗。" },
    look,
    steps: [write("Is anybody there?"), idle, page("/restrict", { restricted: true, code: 2022 })],
    undo: [page("/restrict", { restricted: false })],
  },
  {
    id: "S11-policy-notice",
    row: "S11",
    title: { en: "A policy warning, then a block, then the end of it", zh: "政策警告、封鎖、解除" },
    about: {
      en: "Three policy events without a sender: warning, block, unblock. Sends are not refused.",
      zh: "三個沒有寄件者的政策事件：警告、封鎖、解除。傳送不會被拒。",
    },
    look: { en: "They are on the channel, with their reason.", zh: "事件與原因顯示在頻道上。" },
    person: null,
    steps: [
      page("/policy", { action: "warning", reason: "Messages outside the allowed window." }),
      page("/policy", { action: "block", reason: "Repeated messages outside the allowed window." }),
      page("/policy", { action: "unblock" }),
      idle,
    ],
  },
];

export const s12: Scenario[] = [
  {
    id: "S12-any-code",
    row: "S12",
    title: { en: "Any code you like", zh: "任意代碼" },
    about: {
      en: "The next send to this person fails with the code and sub-code given (0: none), worded as Meta does. GET /_sim/known-errors lists them.",
      zh: "下一次傳給此人以指定的代碼與子代碼失敗（0 表示沒有），文字與 Meta 相同。清單見 GET /_sim/known-errors。",
    },
    look: {
      en: "The catalogue's level, reason, who can mend it and next step; an unknown code keeps Meta's text and fbtrace_id.",
      zh: "目錄中的層級、原因、誰能處理與下一步；未知代碼保留 Meta 原文與 fbtrace_id。",
    },
    options: {
      code: { about: { en: "code", zh: "代碼" }, default: 100 },
      subcode: { about: { en: "sub-code", zh: "子代碼" }, default: 2018034 },
    },
    steps: [nextSend({ code: "{code}", subcode: "{subcode}" }), write("Can you tell me more?"), idle],
    undo: [noSendFault],
  },
  {
    id: "S12-unknown-code",
    row: "S12",
    title: { en: "A code nobody has seen", zh: "沒人見過的代碼" },
    about: { en: "The next send fails with 987654.", zh: "下一次以 987654 失敗。" },
    look: { en: "Meta's raw text and the trace id are kept and shown.", zh: "保留並顯示 Meta 原文與追蹤碼。" },
    steps: [
      nextSend({ code: 987654, message: "(#987654) Something entirely new happened." }),
      write("Can you tell me more?"),
      idle,
    ],
    undo: [noSendFault],
  },
  {
    id: "S12-not-json",
    row: "S12",
    title: { en: "A gateway's HTML page instead of an answer", zh: "收到閘道的 HTML 而不是回應" },
    about: { en: "The next send is answered 502 with HTML.", zh: "下一次收到 502 與 HTML。" },
    look: { en: "Outcome unknown: the same care as S10.", zh: "結果不明：和 S10 一樣謹慎。" },
    steps: [
      nextSend({ html: "<html><body>502 Bad Gateway</body></html>", status: 502 }),
      write("Can you tell me more?"),
      idle,
    ],
    undo: [noSendFault],
  },
  {
    id: "S12-localised",
    row: "S12",
    title: { en: "The text in another language", zh: "其他語言的文字" },
    about: {
      en: "The next send fails with 10/2018278 and a Chinese text: Meta's texts follow a locale.",
      zh: "下一次以 10/2018278 與中文說明失敗：Meta 的文字會隨語系改變。",
    },
    look: { en: "The same verdict as with the English text: numbers decide.", zh: "判斷與英文相同：以數字為準。" },
    steps: [
      nextSend({ code: 10, subcode: 2018278, message: "（#10）此訊息在允許的時間範圍外傳送。" }),
      write("Can you tell me more?"),
      idle,
    ],
    undo: [noSendFault],
  },
  {
    id: "S12-not-transient",
    row: "S12",
    title: { en: "Code 2 that will not pass", zh: "不會自行恢復的代碼 2" },
    about: {
      en: "The next sends fail with 2/2018344, is_transient false and texts for users.",
      zh: "接下來以 2/2018344 失敗，is_transient 為 false，並附給用戶看的文字。",
    },
    look: { en: "Not retried, although code 2 usually is.", zh: "不重試，雖然代碼 2 通常會重試。" },
    steps: [nextSend({ code: 2, subcode: 2018344, times: 5 }), write("Can you tell me more?"), idle],
    undo: [noSendFault],
  },
  {
    id: "S12-called-final",
    row: "S12",
    title: { en: "A passing fault that Meta calls final", zh: "Meta 說不會恢復的暫時錯誤" },
    about: {
      en: "The next send fails with a plain code 2 and is_transient false.",
      zh: "下一次以單純的代碼 2 失敗，但 is_transient 為 false。",
    },
    look: { en: "Meta's word counts: failed at once, not retried.", zh: "以 Meta 的說法為準：立即失敗，不重試。" },
    steps: [nextSend({ code: 2, isTransient: false }), write("Can you tell me more?"), idle],
    undo: [noSendFault],
  },
  {
    id: "S12-app-in-development",
    row: "S12",
    title: { en: "The app is in development", zh: "應用程式處於開發模式" },
    about: {
      en: "Until undone only people with a role on the app can be written to: 200/2018028 for everybody else.",
      zh: "復原前只能傳給在應用程式有角色的人，其他人為 200/2018028。",
    },
    look: {
      en: "The operator is told to publish the app and pass the review.",
      zh: "提示管理者發布應用程式並通過審查。",
    },
    steps: [faults({ appMode: "development" }), write("Can you tell me more?"), idle],
    undo: [faults({ appMode: "live" })],
  },
];
