import { type Bilingual, type CheckText, UNKNOWN } from "./check-text.ts";

const RECONNECT: Bilingual = {
  en: "An administrator of the Page connects it again under Channels and leaves every permission switched on.",
  zhTW: "請粉絲專頁管理員到「管道」頁面重新授權，並保留所有權限為開啟。",
};
const NOT_YET: Bilingual = { en: "Not checked yet.", zhTW: "尚未檢查。" };

/** Words of the checks of access and sending, and of the connection itself, that no fault of the catalogue has. */
export const CHECK_TEXTS = {
  connection: {
    group: "access",
    owner: "administrator",
    title: { en: "Connection", zhTW: "連結狀態" },
    evidence: {},
    fix: {},
  },
  access_token: {
    group: "access",
    owner: "administrator",
    title: { en: "Access to the Page", zhTW: "粉絲專頁授權" },
    evidence: {
      ok: { en: "Meta confirmed it on {time}.", zhTW: "Meta 於 {time} 確認有效。" },
      unknown: NOT_YET,
    },
    fix: { unknown: { en: "Run the checks again.", zhTW: "請重新執行檢查。" } },
  },
  access_expiry: {
    group: "access",
    owner: "administrator",
    title: { en: "End of the access", zhTW: "授權期限" },
    evidence: {
      ok: { en: "It has no end date.", zhTW: "沒有到期日。" },
      later: { en: "It ends on {time}.", zhTW: "將於 {time} 到期。" },
      warn: { en: "It ends soon: on {time}.", zhTW: "即將到期：{time}。" },
      fail: { en: "It ended on {time}.", zhTW: "已於 {time} 到期。" },
      unknown: NOT_YET,
    },
    fix: { warn: RECONNECT, fail: RECONNECT },
  },
  data_access: {
    group: "access",
    owner: "administrator",
    title: { en: "Right to read data", zhTW: "資料存取權" },
    evidence: {
      ok: { en: "No end date, or still more than a week.", zhTW: "沒有到期日，或仍有一週以上。" },
      warn: {
        en: "It ends on {time}. After that names and older messages cannot be read.",
        zhTW: "將於 {time} 到期，之後無法讀取姓名與較早的訊息。",
      },
      fail: {
        en: "It ended on {time}. Names and older messages cannot be read, although sending may still work.",
        zhTW: "已於 {time} 到期，無法讀取姓名與較早的訊息，但可能仍可傳送。",
      },
      unknown: NOT_YET,
    },
    fix: { warn: RECONNECT, fail: RECONNECT },
  },
  permissions: {
    group: "access",
    owner: "administrator",
    title: { en: "Permissions", zhTW: "權限" },
    evidence: {
      ok: { en: "Everything needed is granted.", zhTW: "所需權限皆已授予。" },
      fail: { en: "Missing: {list}.", zhTW: "缺少：{list}。" },
      elsewhere: {
        en: "Granted for other Pages, but not for this one: {list}.",
        zhTW: "已授予其他粉絲專頁，但未包含此粉絲專頁：{list}。",
      },
      unknown: UNKNOWN,
    },
    fix: {
      fail: RECONNECT,
      elsewhere: {
        en: "Connect it again under Channels and, in Meta's dialog, choose this Page as well (Edit settings).",
        zhTW: "請到「管道」頁面重新授權，並在 Meta 的視窗中選擇「編輯設定」，勾選此粉絲專頁。",
      },
    },
  },
  restriction: {
    group: "sending",
    owner: "administrator",
    title: { en: "Restriction by Meta", zhTW: "Meta 的限制" },
    evidence: {
      ok: { en: "None known.", zhTW: "目前沒有已知的限制。" },
      since: { en: "Since {time}. {explain}", zhTW: "自 {time} 起。{explain}" },
    },
    fix: {},
  },
  names: {
    group: "access",
    owner: "operator",
    title: { en: "Names of customers", zhTW: "客戶姓名" },
    evidence: {
      ok: { en: "No name was refused for want of a permission.", zhTW: "沒有因缺少權限而讀不到的姓名。" },
      refused: {
        en: "{count} customers have no name because Meta lets this app read no profile.",
        zhTW: "有 {count} 位客戶因 Meta 不允許本應用程式讀取個人檔案而沒有姓名。",
      },
    },
    fix: {
      refused: {
        en: "The owner of the app asks for the feature “Business Asset User Profile Access”: App Dashboard, App Review, Permissions and Features. Messages are not affected, and names are read later by themselves.",
        zhTW: "請應用程式負責人到應用程式主控板的「應用程式審查 → 權限與功能」申請「Business Asset User Profile Access」。訊息收發不受影響，核准後會自動補上姓名。",
      },
    },
  },
  notices: {
    group: "sending",
    owner: "administrator",
    title: { en: "Warnings from Meta", zhTW: "Meta 的警告" },
    evidence: {
      ok: { en: "None in the last 30 days.", zhTW: "最近 30 天沒有。" },
      policy_warning: {
        en: "On {time} Meta warned the Page: {text}",
        zhTW: "Meta 於 {time} 對粉絲專頁提出警告：{text}",
      },
      policy_block: { en: "On {time} Meta blocked the Page: {text}", zhTW: "Meta 於 {time} 封鎖粉絲專頁：{text}" },
      policy_unblock: { en: "On {time} Meta lifted the block.", zhTW: "Meta 已於 {time} 解除封鎖。" },
      integrity: {
        en: "On {time} Meta told something about the Page's standing: {text}",
        zhTW: "Meta 於 {time} 通知粉絲專頁狀態變更：{text}",
      },
    },
    fix: {
      policy_warning: {
        en: "Stop automatic messages of the kind named, and read the reason under Page Quality or Support Home at Facebook.",
        zhTW: "請停止所述類型的自動訊息，並到 Facebook 的「粉絲專頁品質」或「支援首頁」查看原因。",
      },
      policy_block: {
        en: "Read the reason under Page Quality or Support Home at Facebook and ask for a review there. Until then nothing can be sent.",
        zhTW: "請到 Facebook 的「粉絲專頁品質」或「支援首頁」查看原因並申請複審。在此之前無法傳送訊息。",
      },
      integrity: {
        en: "Look under Page Quality or Support Home at Facebook.",
        zhTW: "請到 Facebook 的「粉絲專頁品質」或「支援首頁」查看。",
      },
    },
  },
  human_agent: {
    group: "sending",
    owner: "operator",
    title: { en: "Human replies after 24 hours", zhTW: "24 小時後的真人回覆" },
    evidence: {
      ok: { en: "Set as approved: people may answer up to 7 days.", zhTW: "已設定為核准：真人可在 7 天內回覆。" },
    },
    fix: {},
  },
  templates: {
    group: "sending",
    owner: "administrator",
    title: { en: "Message templates", zhTW: "訊息範本" },
    evidence: {
      ok: { en: "The permission to send templates is granted.", zhTW: "已取得傳送範本的權限。" },
      unknown: UNKNOWN,
    },
    fix: {},
  },
} as const satisfies Record<string, CheckText>;
