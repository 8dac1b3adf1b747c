import type { CheckText } from "./check-text.ts";

/** Words of the checks of what all channels of this installation share: the calls that come in, the app, the limits, this server. */
export const APP_TEXTS = {
  callback_failures: {
    group: "receiving",
    owner: "operator",
    title: { en: "Calls not taken, last 24 hours", zhTW: "最近 24 小時未受理的呼叫" },
    evidence: {
      ok: { en: "None.", zhTW: "沒有。" },
      storage: {
        en: "{count} webhook calls could not be stored, the last on {time}. Meta was told so and sends them again for an hour.",
        zhTW: "有 {count} 次 Webhook 無法儲存，最近一次 {time}。已告知 Meta，一小時內會重送。",
      },
      handshake: {
        en: "{count} times somebody asked with a wrong verify token, the last on {time}.",
        zhTW: "有 {count} 次以錯誤的驗證權杖詢問，最近一次 {time}。",
      },
    },
    fix: {
      storage: {
        en: "See whether the database answers and has room (npm run doctor). What Meta gives up is read back by the comparison.",
        zhTW: "請確認資料庫可連線且有足夠空間（npm run doctor）。Meta 放棄重送的訊息會由比對自動補回。",
      },
      handshake: {
        en: "If you have just set the callback in the App Dashboard: the verify token there must be META_VERIFY_TOKEN. Otherwise nothing has to be done.",
        zhTW: "若剛在應用程式主控板設定回呼網址，請確認驗證權杖與 META_VERIFY_TOKEN 相同；否則不需處理。",
      },
    },
  },
  signature_failures: {
    group: "receiving",
    owner: "operator",
    title: { en: "Wrong signatures, last 24 hours", zhTW: "最近 24 小時的錯誤簽章" },
    evidence: {
      ok: { en: "None.", zhTW: "沒有。" },
      some: {
        en: "{count} webhook calls were refused for a wrong signature, the last on {time}. Rightly signed ones arrive too, so these came from somebody else.",
        zhTW: "有 {count} 次 Webhook 因簽章錯誤被拒，最近一次 {time}。簽章正確的呼叫仍正常，因此應非來自 Meta。",
      },
      alone: {
        en: "{count} webhook calls were refused for a wrong signature, the last on {time}, and no rightly signed one arrives: probably the app secret is not the one of this app any more.",
        zhTW: "有 {count} 次 Webhook 因簽章錯誤被拒，最近一次 {time}，且沒有簽章正確的呼叫：應用程式密鑰很可能已變更。",
      },
    },
    fix: {
      some: {
        en: "Nothing has to be done: they have no effect. If their number grows, let your proxy refuse the address they come from.",
        zhTW: "不需處理，這些呼叫沒有任何作用。若持續增加，請在代理伺服器封鎖來源位址。",
      },
      alone: {
        en: "Copy the app secret from the App Dashboard (App settings, Basic) into META_APP_SECRET and restart. What was refused is read back.",
        zhTW: "請將應用程式主控板（應用程式設定 → 基本資料）的應用程式密鑰填入 META_APP_SECRET 並重新啟動，遭拒的訊息會自動補回。",
      },
    },
  },
  app_access: {
    group: "sending",
    owner: "operator",
    title: { en: "Mode and access of the app", zhTW: "應用程式模式與存取層級" },
    evidence: {
      ok: {
        en: "Meta took a reply on {taken} and refused none in the last seven days for the app's mode or access.",
        zhTW: "Meta 於 {taken} 受理過回覆，最近 7 天沒有因應用程式模式或存取層級而拒絕。",
      },
      some: {
        en: "In the last seven days Meta refused {count} replies to people without a role on the app, the last on {time}, while it took others: the app is in development or has Standard Access only.",
        zhTW: "最近 7 天有 {count} 則給非應用程式角色者的回覆遭拒，最近一次 {time}，但其他回覆成功：應用程式仍在開發模式，或只有標準存取權。",
      },
      all: {
        en: "In the last seven days Meta refused {count} replies, the last on {time}, and took none: the app is in development or lacks Advanced Access.",
        zhTW: "最近 7 天有 {count} 則回覆遭拒，最近一次 {time}，沒有成功的回覆：應用程式仍在開發模式，或缺少進階存取權。",
      },
      unknown: {
        en: "Meta tells it only by refusing, and no reply was sent in the last seven days.",
        zhTW: "Meta 只會以拒絕的方式告知，而最近 7 天沒有送出任何回覆。",
      },
    },
    fix: {
      some: {
        en: "In the App Dashboard switch the app to Live and ask for Advanced Access to pages_messaging (and instagram_manage_messages) under App Review.",
        zhTW: "請到應用程式主控板將應用程式切換為上線模式，並在「應用程式審查」申請 pages_messaging（以及 instagram_manage_messages）的進階存取權。",
      },
      all: {
        en: "In the App Dashboard switch the app to Live and ask for Advanced Access to pages_messaging (and instagram_manage_messages) under App Review. Until then only people with a role on the app can be answered.",
        zhTW: "請到應用程式主控板將應用程式切換為上線模式，並在「應用程式審查」申請 pages_messaging（以及 instagram_manage_messages）的進階存取權。在此之前只能回覆具應用程式角色的人。",
      },
    },
  },
  rate_usage: {
    group: "sending",
    owner: "operator",
    title: { en: "Meta's limits", zhTW: "Meta 的用量限制" },
    evidence: {
      ok: { en: "{percent} % used.", zhTW: "已使用 {percent} %。" },
      untold: { en: "Meta has told of no limit coming near.", zhTW: "Meta 未告知接近任何限制。" },
      high: {
        en: "{percent} % used: at 100 % Meta refuses calls.",
        zhTW: "已使用 {percent} %，達到 100 % 時 Meta 會拒絕呼叫。",
      },
      slowed: {
        en: "A limit was met, so replies go out more slowly for a while (steps of slowing: {count}).",
        zhTW: "曾達到限制，因此暫時放慢回覆速度（放慢階數：{count}）。",
      },
      rests: { en: "A limit is reached: replies wait until {time}.", zhTW: "已達限制：回覆將等候至 {time}。" },
    },
    fix: {
      high: {
        en: "Spread out what other tools do with this Page. Replies of people keep their turn.",
        zhTW: "請分散其他工具對此粉絲專頁的操作。真人回覆仍會優先送出。",
      },
      slowed: { en: "Nothing has to be done: it goes back to normal by itself.", zhTW: "不需處理，會自動恢復正常。" },
      rests: {
        en: "They go out by themselves. If it comes again, look for another tool that writes to many people at once.",
        zhTW: "屆時會自動送出。若反覆發生，請檢查是否有其他工具同時大量傳送。",
      },
    },
  },
  clock: {
    group: "sending",
    owner: "operator",
    title: { en: "Clock of this server", zhTW: "伺服器時鐘" },
    evidence: {
      ok: { en: "It agrees with Meta's.", zhTW: "與 Meta 的時鐘一致。" },
      ahead: {
        en: "It is {seconds} s ahead of Meta's, so reply windows are shown as closing too early.",
        zhTW: "比 Meta 快 {seconds} 秒，因此回覆期限會顯示得過早結束。",
      },
      behind: {
        en: "It is {seconds} s behind Meta's, so a reply may be offered that Meta refuses.",
        zhTW: "比 Meta 慢 {seconds} 秒，因此可能顯示可回覆，但 Meta 會拒絕。",
      },
      unknown: { en: "Not compared with Meta's yet.", zhTW: "尚未與 Meta 的時鐘比對。" },
    },
    fix: {
      ahead: { en: "Turn on time synchronisation (NTP) on the server.", zhTW: "請在伺服器啟用時間同步（NTP）。" },
      behind: { en: "Turn on time synchronisation (NTP) on the server.", zhTW: "請在伺服器啟用時間同步（NTP）。" },
    },
  },
  graph_version: {
    group: "sending",
    owner: "operator",
    title: { en: "Version of Meta's API", zhTW: "Meta API 版本" },
    evidence: {
      open: { en: "{version}; Meta has named no end yet.", zhTW: "{version}，Meta 尚未公布終止日期。" },
      ok: { en: "{version}, until {day}.", zhTW: "{version}，可用至 {day}。" },
      soon: { en: "{version} ends on {day}.", zhTW: "{version} 將於 {day} 終止。" },
      ended: {
        en: "{version} ended on {day}. Meta answers with a newer version, which may differ in places.",
        zhTW: "{version} 已於 {day} 終止，Meta 會以較新的版本回應，部分行為可能不同。",
      },
      unknown: {
        en: "{version} is not known to this program, so its end is not either.",
        zhTW: "本程式不認得 {version}，因此不知道其終止日期。",
      },
    },
    fix: {
      soon: {
        en: "Update this program before that day, or set META_GRAPH_VERSION to a newer version.",
        zhTW: "請在該日前更新本程式，或將 META_GRAPH_VERSION 改為較新的版本。",
      },
      ended: {
        en: "Update this program, or set META_GRAPH_VERSION to a newer version.",
        zhTW: "請更新本程式，或將 META_GRAPH_VERSION 改為較新的版本。",
      },
      unknown: {
        en: "See the versions at developers.facebook.com/docs/graph-api/changelog.",
        zhTW: "請查看 developers.facebook.com/docs/graph-api/changelog 的版本說明。",
      },
    },
  },
} as const satisfies Record<string, CheckText>;
