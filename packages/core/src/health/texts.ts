import type { Locale } from "../faults/index.ts";
import type { Check } from "./facts.ts";

interface Bilingual {
  en: string;
  zhTW: string;
}

interface CheckText {
  group: Check["group"];
  owner: Check["owner"];
  title: Bilingual;
  /** What was found, by case; `{name}` is filled in. */
  evidence: Record<string, Bilingual>;
  /** What to do, by the same case; a case without an entry needs nothing. */
  fix: Record<string, Bilingual>;
}

const RECONNECT: Bilingual = {
  en: "An administrator of the Page connects it again under Channels and leaves every permission switched on.",
  zhTW: "請粉絲專頁管理員到「管道」頁面重新授權，並保留所有權限為開啟。",
};
const UNKNOWN: Bilingual = { en: "Could not be read just now.", zhTW: "目前無法讀取。" };
const NOT_YET: Bilingual = { en: "Not checked yet.", zhTW: "尚未檢查。" };

/** Words of the health checks that no fault of the catalogue has. */
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
      unknown: UNKNOWN,
    },
    fix: { fail: RECONNECT },
  },
  page_subscription: {
    group: "receiving",
    owner: "administrator",
    title: { en: "Events of the Page", zhTW: "粉絲專頁事件訂閱" },
    evidence: {
      ok: { en: "Subscribed: {list}.", zhTW: "已訂閱：{list}。" },
      missing: { en: "Not subscribed for this Page: {list}.", zhTW: "此粉絲專頁未訂閱：{list}。" },
      unknown: UNKNOWN,
    },
    fix: {
      missing: {
        en: "Connect the Page again: that subscribes it to everything needed.",
        zhTW: "請重新授權粉絲專頁，系統會一併補上所需的訂閱。",
      },
    },
  },
  app_subscription: {
    group: "receiving",
    owner: "operator",
    title: { en: "Events of the app", zhTW: "應用程式事件訂閱" },
    evidence: {
      ok: { en: "Subscribed: {list}.", zhTW: "已訂閱：{list}。" },
      missing: { en: "Not subscribed for the app: {list}.", zhTW: "應用程式未訂閱：{list}。" },
      unknown: UNKNOWN,
    },
    fix: {
      missing: {
        en: "The operator adds these fields in the App Dashboard under Webhooks. Meta delivers a field only if both app and Page are subscribed to it.",
        zhTW: "請維運人員到應用程式主控板的 Webhooks 加入這些欄位。應用程式與粉絲專頁都訂閱時，Meta 才會傳送。",
      },
    },
  },
  callback: {
    group: "receiving",
    owner: "operator",
    title: { en: "Address Meta calls", zhTW: "Webhook 回呼網址" },
    evidence: {
      ok: { en: "Meta calls this server at {found}.", zhTW: "Meta 會呼叫本伺服器：{found}。" },
      none: { en: "No address is registered at Meta.", zhTW: "尚未在 Meta 登錄回呼網址。" },
      other: {
        en: "Meta calls {found}, but this server listens at {wanted}.",
        zhTW: "Meta 呼叫的是 {found}，但本伺服器的網址是 {wanted}。",
      },
      unknown: UNKNOWN,
    },
    fix: {
      none: {
        en: "Register {wanted} in the App Dashboard under Webhooks.",
        zhTW: "請到應用程式主控板的 Webhooks 登錄 {wanted}。",
      },
      other: {
        en: "Set the callback in the App Dashboard to {wanted}, or correct PUBLIC_URL.",
        zhTW: "請將應用程式主控板的回呼網址改為 {wanted}，或修正 PUBLIC_URL。",
      },
    },
  },
  last_event: {
    group: "receiving",
    owner: "administrator",
    title: { en: "Last event from Meta", zhTW: "最近一次收到 Meta 事件" },
    evidence: {
      ok: { en: "On {time}.", zhTW: "{time}。" },
      silent: { en: "The last one was on {time}, more than a week ago.", zhTW: "最近一次是 {time}，已超過一週。" },
      fresh: { en: "None yet; connected on {time}.", zhTW: "尚未收到；於 {time} 連結。" },
      never: { en: "None since the connection on {time}.", zhTW: "自 {time} 連結後從未收到。" },
    },
    fix: {
      fresh: { en: "Write to the Page from a private account to try it.", zhTW: "請以私人帳號傳訊息給粉絲專頁測試。" },
      silent: {
        en: "If customers did write, look at the other checks of this group, then write to the Page from a private account.",
        zhTW: "若客戶確實有傳訊息，請查看此區其他檢查，並以私人帳號傳訊息測試。",
      },
      never: {
        en: "Look at the other checks of this group, then write to the Page from a private account.",
        zhTW: "請查看此區其他檢查，並以私人帳號傳訊息測試。",
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
  human_agent: {
    group: "sending",
    owner: "operator",
    title: { en: "Human replies after 24 hours", zhTW: "24 小時後的真人回覆" },
    evidence: {
      ok: { en: "Set as approved: people may answer up to 7 days.", zhTW: "已設定為核准：真人可在 7 天內回覆。" },
    },
    fix: {},
  },
  page_to_page: {
    group: "blind_spots",
    owner: "nobody",
    title: { en: "Messages from other Pages", zhTW: "其他粉絲專頁傳來的訊息" },
    evidence: {
      unknown: {
        en: "When another Page writes to this one, Meta usually sends no event, so it cannot appear here.",
        zhTW: "其他粉絲專頁傳訊息給此粉絲專頁時，Meta 通常不會送出事件，因此不會顯示在這裡。",
      },
    },
    fix: {
      unknown: { en: "Look at such messages in Meta Business Suite.", zhTW: "請到 Meta Business Suite 查看這類訊息。" },
    },
  },
} as const satisfies Record<string, CheckText>;

export type CheckCode = keyof typeof CHECK_TEXTS;

/** A line of the health list, its words taken from the table above; what a fault already says is passed in `words`. */
export function line(
  code: CheckCode,
  status: Check["status"],
  locale: Locale,
  caseName: string,
  values: Record<string, string> = {},
  words: { evidence?: string; fix?: string; owner?: Check["owner"] } = {},
): Check {
  const text: CheckText = CHECK_TEXTS[code];
  const say = (b: Bilingual | undefined) => fill(b === undefined ? "" : locale === "zh-TW" ? b.zhTW : b.en, values);
  return {
    code,
    group: text.group,
    status,
    title: say(text.title),
    evidence: words.evidence ?? say(text.evidence[caseName]),
    fix: words.fix ?? say(text.fix[caseName]),
    owner: words.owner ?? text.owner,
  };
}

const fill = (template: string, values: Record<string, string>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
