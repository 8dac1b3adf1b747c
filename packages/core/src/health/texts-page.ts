import { type Bilingual, type CheckText, UNKNOWN } from "./check-text.ts";

const ROLE: Bilingual = {
  en: "An administrator of the Page gives the person full control at Facebook (Page settings, Page access), then the access is checked again. Or somebody with full control connects the Page under Channels.",
  zhTW: "請粉絲專頁管理員到 Facebook 的「粉絲專頁設定 → 粉絲專頁存取權限」給予該授權者完整控制權，再重新檢查；或由擁有完整控制權的人到「管道」頁面授權。",
};

/** Words of the checks of the Page, what the person behind the access may do on it, and the Instagram account. */
export const PAGE_TEXTS = {
  optional_permissions: {
    group: "access",
    owner: "administrator",
    title: { en: "Permissions for more", zhTW: "其他功能的權限" },
    evidence: {
      ok: { en: "All are granted.", zhTW: "皆已授予。" },
      lacking: {
        en: "Not granted: {list}. Messages work; what needs these is left out.",
        zhTW: "未授予：{list}。訊息收發不受影響，但無法使用需要這些權限的功能。",
      },
      unknown: UNKNOWN,
    },
    fix: {
      lacking: {
        en: "Connect the Page again under Channels and switch these permissions on, if you want comments and templates here.",
        zhTW: "若需要在這裡使用留言與訊息範本等功能，請到「管道」頁面重新授權並開啟這些權限。",
      },
    },
  },
  tasks: {
    group: "access",
    owner: "administrator",
    title: { en: "Tasks on the Page", zhTW: "在粉絲專頁的工作權限" },
    evidence: {
      ok: { en: "The person behind the access has: {list}.", zhTW: "授權者擁有：{list}。" },
      silent: {
        en: "The task Messages is missing, so replies are refused. The person has: {list}.",
        zhTW: "缺少「訊息」工作權限，因此無法回覆。授權者目前擁有：{list}。",
      },
      deaf: {
        en: "Only {list}: the Page's events can be neither looked at nor subscribed with this access.",
        zhTW: "只有 {list}：以此授權無法查看或訂閱粉絲專頁的事件。",
      },
      unread: UNKNOWN,
      unknown: { en: "Meta does not tell them for this kind of access.", zhTW: "Meta 不提供此類授權的工作權限。" },
    },
    fix: { silent: ROLE, deaf: ROLE },
  },
  identity: {
    group: "access",
    owner: "administrator",
    title: { en: "Page", zhTW: "粉絲專頁" },
    evidence: {
      ok: { en: "The access is for “{name}” ({id}).", zhTW: "此授權屬於「{name}」（{id}）。" },
      other: {
        en: "The access is for “{name}” ({id}), not for the Page {wanted}.",
        zhTW: "此授權屬於「{name}」（{id}），不是粉絲專頁 {wanted}。",
      },
      unknown: UNKNOWN,
    },
    fix: {
      other: {
        en: "Connect it again under Channels and choose the right Page. If the Instagram account moved to another Page, that Page is to be chosen.",
        zhTW: "請到「管道」頁面重新授權並選擇正確的粉絲專頁。若 Instagram 帳號已改連其他粉絲專頁，請選擇該粉絲專頁。",
      },
    },
  },
  page_published: {
    group: "receiving",
    owner: "administrator",
    title: { en: "Page is public", zhTW: "粉絲專頁公開狀態" },
    evidence: {
      ok: { en: "“{name}” is published.", zhTW: "「{name}」已發佈。" },
      off: {
        en: "“{name}” is not published: customers neither find it nor write to it.",
        zhTW: "「{name}」目前未發佈：客戶找不到，也無法傳訊息。",
      },
      unknown: UNKNOWN,
    },
    fix: {
      off: {
        en: "Publish the Page at Facebook: Page settings, Page visibility.",
        zhTW: "請到 Facebook 的「粉絲專頁設定 → 粉絲專頁能見度」重新發佈。",
      },
    },
  },
  instagram_link: {
    group: "access",
    owner: "administrator",
    title: { en: "Instagram account", zhTW: "Instagram 帳號" },
    evidence: {
      ok: { en: "{name} is linked to the Page.", zhTW: "{name} 已連結到粉絲專頁。" },
      other: {
        en: "The Page is linked to another account now: {name} instead of {id}.",
        zhTW: "粉絲專頁現在連結的是其他帳號：{name}，而不是 {id}。",
      },
      none: {
        en: "The Page names no professional account: {id} was unlinked, or became a personal one, or was left out in Meta's dialog.",
        zhTW: "粉絲專頁沒有連結專業帳號：{id} 已被取消連結、改為個人帳號，或授權時未勾選。",
      },
      unknown: UNKNOWN,
    },
    fix: {
      other: {
        en: "Link the former account to the Page again, or connect the new one under Channels: it becomes a channel of its own.",
        zhTW: "請將原帳號重新連結到粉絲專頁，或到「管道」頁面連結新帳號（會成為另一個管道）。",
      },
      none: {
        en: "In the Instagram app make it a professional account, link it to the Page (Page settings, Linked accounts), then connect it again under Channels.",
        zhTW: "請在 Instagram App 將帳號設為專業帳號，到「粉絲專頁設定 → 已連結的帳號」連結，再到「管道」頁面重新授權。",
      },
    },
  },
  instagram_access: {
    group: "access",
    owner: "administrator",
    title: { en: "Access to Instagram messages", zhTW: "Instagram 訊息存取權" },
    evidence: {
      ok: { en: "Meta lets its conversations be read.", zhTW: "Meta 允許讀取其對話。" },
      unknown: UNKNOWN,
    },
    fix: {},
  },
  self_test: {
    group: "access",
    owner: "administrator",
    title: { en: "Self-test", zhTW: "自我測試" },
    evidence: {
      ok: { en: "Passed on {time}.", zhTW: "{time} 通過。" },
      warned: {
        en: "Passed on {time}; steps with a warning: {warned}.",
        zhTW: "{time} 通過，其中 {warned} 個步驟有警告。",
      },
      failed: { en: "On {time} steps failed: {failed}.", zhTW: "{time} 有 {failed} 個步驟失敗。" },
      never: { en: "None has been run yet.", zhTW: "尚未執行過。" },
    },
    fix: {
      failed: {
        en: "Look at the steps on this page, mend what they say, then run the test again.",
        zhTW: "請查看此頁面的測試步驟，依說明處理後再次執行。",
      },
      never: { en: "Run it from this page: it takes a few seconds.", zhTW: "請在此頁面執行，只需幾秒鐘。" },
    },
  },
} as const satisfies Record<string, CheckText>;
