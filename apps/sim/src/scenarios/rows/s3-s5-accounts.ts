import { freshTokens, user } from "../access-steps.ts";
import { idle, page, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

/** What happens to the account of the person behind the token, beyond a new password. */
export const s3Accounts: Scenario[] = [
  {
    id: "S3-logged-out",
    row: "S3",
    title: { en: "Facebook ended the person's sessions", zh: "Facebook 結束了授權者的登入" },
    about: {
      en: "The person logs out everywhere, or Facebook does it (190/467). Undo logs in again at Facebook.",
      zh: "授權者登出所有裝置，或由 Facebook 登出（190/467）。復原會在 Facebook 重新登入。",
    },
    look: {
      en: "As with a password: one alert, the reply held, reauthorising releases it. The reason says that the session ended.",
      zh: "如同更改密碼：一次通知、回覆保留，重新授權後送出；原因說明登入已結束。",
    },
    steps: [write("Are you open on Sunday?"), idle, user("/logout")],
    undo: [freshTokens],
  },
  {
    id: "S3-checkpoint",
    row: "S3",
    title: { en: "The person has to clear a checkpoint", zh: "授權者需通過安全檢查" },
    about: {
      en: "Facebook stops the account until the person follows its instructions: 190/459, or 490 with the option. Every token of theirs fails meanwhile; the login dialog shows the checkpoint.",
      zh: "在本人依指示完成前，Facebook 停用帳號：190/459，選項可為 490。期間其所有權杖失效；登入視窗會顯示安全檢查。",
    },
    look: {
      en: "The channel says that the person must log in at facebook.com first; no second alert for the same cause.",
      zh: "頻道說明本人須先登入 facebook.com；同一原因不重複通知。",
    },
    options: { subcode: { about: { en: "459 or 490", zh: "459 或 490" }, default: 459 } },
    steps: [write("Is anybody there?"), idle, user("/checkpoint", { on: true, subcode: "{subcode}" })],
    undo: [user("/checkpoint", { on: false })],
  },
];

export const s4Accounts: Scenario[] = [
  {
    id: "S4-two-factor-on",
    row: "S4",
    title: { en: "The person switches two-factor on", zh: "授權者開啟兩步驟驗證" },
    about: {
      en: "Sessions from before end (190/460), and the next login asks for a code. Undo switches it off and logs in again.",
      zh: "先前的登入失效（190/460），下次登入要求驗證碼。復原會關閉並重新登入。",
    },
    look: {
      en: "Found by the scheduled check before an agent meets it; reauthorising takes the code and goes on.",
      zh: "排程檢查在客服之前發現；重新授權時輸入驗證碼即可。",
    },
    person: null,
    steps: [user("/two-factor", { on: true })],
    undo: [user("/two-factor", { on: false }), freshTokens],
  },
  {
    id: "S4-two-factor-required",
    row: "S4",
    title: { en: "The Page's business demands two-factor", zh: "粉專所屬企業要求兩步驟驗證" },
    about: {
      en: "Whoever has none may not act for the Page any more (190, the impersonation text; sub-code 492 is assumed). System users are not concerned.",
      zh: "未開啟者不得再代表粉專（190 與代表粉專的說明；次碼假定為 492）。系統用戶不受影響。",
    },
    look: {
      en: "The channel says to switch two-factor on or to let somebody else reauthorise.",
      zh: "頻道說明須開啟兩步驟驗證，或由他人重新授權。",
    },
    steps: [write("Can I pay by card?"), idle, page("/two-factor-required", { on: true })],
    undo: [page("/two-factor-required", { on: false })],
  },
];

export const s5Accounts: Scenario[] = [
  {
    id: "S5-any-190",
    row: "S5",
    title: { en: "Any sub-code of 190", zh: "任何 190 次碼" },
    about: {
      en: "All tokens of the person answer with it until undone: 458, 459, 460, 463, 464, 467, 490, 492 or 2069032.",
      zh: "復原前此人的所有權杖都回覆此碼：458、459、460、463、464、467、490、492 或 2069032。",
    },
    look: {
      en: "Each has its own reason, says who can mend it, and leads to the same way back.",
      zh: "每個都有各自的原因與可處理的人，並通往相同的恢復方式。",
    },
    options: { subcode: { about: { en: "Sub-code of 190", zh: "190 的次碼" }, default: 464 } },
    steps: [write("Hello again."), idle, user("/tokens/kill", { subcode: "{subcode}" })],
    undo: [user("/tokens/revive")],
  },
  {
    id: "S5-role-without-tasks",
    row: "S5",
    title: { en: "A role on the Page, and no task", zh: "有粉專角色但沒有任何權限" },
    about: {
      en: "The person stays on the Page without any task: the token is valid, every call that needs a task fails with #200.",
      zh: "此人仍在粉專但沒有任何權限：權杖有效，需要權限的呼叫以 #200 失敗。",
    },
    look: {
      en: "The check names the tasks that are missing, though the token is alive.",
      zh: "雖然權杖有效，檢查仍列出缺少的權限。",
    },
    steps: [write("Do you gift-wrap?"), idle, user("/role", { pageId: "{page}", tasks: [], keepRole: true })],
    undo: [
      user("/role", {
        pageId: "{page}",
        tasks: ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"],
      }),
    ],
  },
  {
    id: "S5-permission-declined",
    row: "S5",
    title: { en: "A permission was left out in the dialog", zh: "登入視窗中少勾了權限" },
    about: {
      en: "The person granted everything but the messages (pages_messaging, instagram_manage_messages). Continue in the dialog grants the same again; Edit settings shows what is missing.",
      zh: "此人除訊息權限外都已授予（pages_messaging、instagram_manage_messages）。在視窗按繼續會維持原狀；編輯設定會顯示缺少的項目。",
    },
    look: {
      en: "Connecting or reauthorising names the permission by its name and offers to ask again.",
      zh: "連結或重新授權時列出缺少的權限，並可再次要求。",
    },
    person: null,
    steps: [
      user("/grant", {
        scopes: [
          "pages_show_list",
          "pages_manage_metadata",
          "pages_read_engagement",
          "business_management",
          "instagram_basic",
          "public_profile",
        ],
        declined: ["pages_messaging", "instagram_manage_messages"],
      }),
    ],
    undo: [user("/grant")],
  },
  {
    id: "S5-many-pages",
    row: "S5",
    title: { en: "A person with 120 Pages", zh: "管理 120 個粉專的人" },
    about: {
      en: "So many Pages more for this person: every third with Instagram, every twentieth without any task. Undo takes them away.",
      zh: "為此人增加許多粉專：每三個有 Instagram，每二十個沒有任何權限。復原會移除。",
    },
    look: {
      en: "Connecting lists all of them, none twice, with search; what a Page lacks is said beside it.",
      zh: "連結時列出全部且不重複，可搜尋；缺少的項目標示在旁。",
    },
    person: null,
    options: { count: { about: { en: "How many", zh: "數量" }, default: 120 } },
    steps: [user("/pages", { count: "{count}" })],
    undo: [{ do: "DELETE", path: "/_sim/users/{user}/pages" }],
  },
];
