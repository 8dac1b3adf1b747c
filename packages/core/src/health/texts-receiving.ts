import { type CheckText, UNKNOWN } from "./check-text.ts";

/** Words of the checks of receiving: what Meta sends, what it did not send, and what nobody can see. */
export const RECEIVING_TEXTS = {
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
  standby: {
    group: "receiving",
    owner: "operator",
    title: { en: "Events while others answer", zhTW: "由他方回覆時的事件" },
    evidence: {
      ok: {
        en: "Subscribed: what other apps, the Page inbox and Meta's AI say is seen here too.",
        zhTW: "已訂閱：其他應用程式、粉絲專頁收件匣與 Meta AI 的對話也會顯示在這裡。",
      },
      missing: {
        en: "The field standby is not subscribed at both levels. While another app, the Page inbox or Meta's AI holds a conversation, nothing of it arrives.",
        zhTW: "standby 欄位未在應用程式與粉絲專頁兩個層級都訂閱。由其他應用程式、粉絲專頁收件匣或 Meta AI 處理對話時，將完全收不到內容。",
      },
      unknown: UNKNOWN,
    },
    fix: {
      missing: {
        en: "Connect the Page again under Channels. If the line stays, the operator adds standby in the App Dashboard under Webhooks.",
        zhTW: "請到「管道」頁面重新授權粉絲專頁。若仍未改善，請維運人員到應用程式主控板的 Webhooks 加入 standby。",
      },
    },
  },
  silence: {
    group: "receiving",
    owner: "operator",
    title: { en: "Silence", zhTW: "訊息靜默" },
    evidence: {
      ok: { en: "As many events as usual.", zhTW: "事件數量與平常相符。" },
      silent: {
        en: "Nothing since {time}, although about {count} events would be usual by now.",
        zhTW: "自 {time} 起沒有任何事件，依平常情況應有約 {count} 個。",
      },
    },
    fix: {
      silent: {
        en: "Look at the other checks of this group and at metastatus.com, then write to the Page from a private account. What Meta did not deliver is being read back.",
        zhTW: "請查看此區其他檢查與 metastatus.com，並以私人帳號傳訊息測試。Meta 未送達的訊息會自動補回。",
      },
    },
  },
  reconciliation: {
    group: "receiving",
    owner: "operator",
    title: { en: "Comparison with Meta's record", zhTW: "與 Meta 紀錄比對" },
    evidence: {
      ok: {
        en: "Last on {time}; messages recovered by it: {count}. Everything up to {until} is compared.",
        zhTW: "最近一次 {time}，補回 {count} 則訊息。{until} 以前的紀錄都已比對。",
      },
      late: {
        en: "The record has been compared up to {until} only.",
        zhTW: "目前只比對到 {until}。",
      },
      failed: {
        en: "The last one, on {time}, did not finish. Compared so far: up to {until}.",
        zhTW: "最近一次（{time}）未能完成。目前已比對到 {until}。",
      },
      never: { en: "None has finished yet.", zhTW: "尚未完成過任何比對。" },
    },
    fix: {
      late: {
        en: "Start a comparison from this page. If it does not finish, look at the access checks.",
        zhTW: "請在此頁面啟動比對。若無法完成，請查看授權相關檢查。",
      },
      failed: {
        en: "Start a comparison from this page. If it fails again, look at the access checks.",
        zhTW: "請在此頁面再次啟動比對。若仍失敗，請查看授權相關檢查。",
      },
      never: { en: "Start a comparison from this page.", zhTW: "請在此頁面啟動比對。" },
    },
  },
  losses: {
    group: "receiving",
    owner: "meta",
    title: { en: "Lost by Meta, last 7 days", zhTW: "最近 7 天 Meta 漏送" },
    evidence: {
      ok: { en: "None found; events received: {received}.", zhTW: "沒有發現；共收到 {received} 個事件。" },
      lost: {
        en: "Not delivered and recovered: {count}; events received: {received}.",
        zhTW: "有 {count} 則訊息未送達，已自動補回；共收到 {received} 個事件。",
      },
      unknown: {
        en: "Nothing has been compared with Meta's record yet, so nobody can tell.",
        zhTW: "尚未與 Meta 的紀錄比對，因此無法得知。",
      },
    },
    fix: {
      lost: {
        en: "Nothing has to be done: they are in their conversations. If it goes on, trace one message and send the export to Meta.",
        zhTW: "不需處理，訊息已補回各對話。若持續發生，請追蹤其中一則訊息並將匯出檔提供給 Meta。",
      },
      unknown: { en: "Start a comparison from this page.", zhTW: "請在此頁面啟動比對。" },
    },
  },
  unreadable: {
    group: "receiving",
    owner: "operator",
    title: { en: "Events not understood, last 7 days", zhTW: "最近 7 天無法辨識的事件" },
    evidence: {
      ok: { en: "None.", zhTW: "沒有。" },
      some: {
        en: "Events that could not be read: {count}. They are kept as Meta sent them.",
        zhTW: "有 {count} 個事件無法辨識，已依 Meta 傳送的原樣保存。",
      },
    },
    fix: {
      some: {
        en: "Look at them under Settings, Webhook deliveries. After an update of this server they can be worked off again there.",
        zhTW: "請到設定的「Webhook 紀錄」查看。更新本伺服器後，可在那裡重新處理。",
      },
    },
  },
  kind_silence: {
    group: "receiving",
    owner: "operator",
    title: { en: "Kinds of events", zhTW: "各類事件" },
    evidence: {
      ok: { en: "No kind that used to come has stopped.", zhTW: "平常會收到的事件種類都仍持續收到。" },
      silent: {
        en: "Other events arrive, but these stopped after {time}: {list}.",
        zhTW: "其他事件仍正常，但以下種類自 {time} 之後就沒有再收到：{list}。",
      },
    },
    fix: {
      silent: {
        en: "Compare the fields above with those in the App Dashboard under Webhooks, then run the self-test.",
        zhTW: "請將上方的訂閱欄位與應用程式主控板 Webhooks 中的設定比對，再執行自我測試。",
      },
    },
  },
  set_aside: {
    group: "receiving",
    owner: "operator",
    title: { en: "Deliveries set aside", zhTW: "暫存未處理的 Webhook" },
    evidence: {
      ok: { en: "None.", zhTW: "沒有。" },
      some: {
        en: "{count} deliveries of this channel could not be worked off. They are kept as Meta sent them.",
        zhTW: "此管道有 {count} 筆 Webhook 無法處理，已依 Meta 傳送的原樣保存。",
      },
    },
    fix: {
      some: {
        en: "Open them under Settings, Webhook deliveries, and work them off again.",
        zhTW: "請到設定的「Webhook 紀錄」查看並重新處理。",
      },
    },
  },
  resubscription: {
    group: "receiving",
    owner: "operator",
    title: { en: "Subscription dropped by Meta", zhTW: "訂閱遭 Meta 取消" },
    evidence: {
      ok: { en: "Not in the last seven days.", zhTW: "最近七天沒有發生。" },
      remade: {
        en: "Meta had dropped the Page's subscription. It was made anew on {time}, and what was missed is read back.",
        zhTW: "Meta 曾取消此粉絲專頁的訂閱，已於 {time} 自動重新訂閱，並補回漏收的訊息。",
      },
    },
    fix: {
      remade: {
        en: "Meta does this when this server does not answer for an hour. Make sure that it stays reachable.",
        zhTW: "當本伺服器連續一小時無法回應時，Meta 會取消訂閱。請確認伺服器保持可連線。",
      },
    },
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
  view_once: {
    group: "blind_spots",
    owner: "nobody",
    title: { en: "Pictures to be seen once", zhTW: "限看一次的相片" },
    evidence: {
      unknown: {
        en: "Of view-once pictures and of some stickers Instagram tells at most that something came, not what.",
        zhTW: "對於限看一次的相片與部分貼圖，Instagram 最多只告知有訊息，不提供內容。",
      },
    },
    fix: { unknown: { en: "Look at such messages in the Instagram app.", zhTW: "請到 Instagram App 查看這類訊息。" } },
  },
  blocked_people: {
    group: "blind_spots",
    owner: "nobody",
    title: { en: "People who cannot write", zhTW: "無法傳訊息的人" },
    evidence: {
      unknown: {
        en: "Who blocked the Page, or is kept out by its age or country limits, cannot write, and Meta tells nobody.",
        zhTW: "封鎖粉絲專頁，或受年齡、國家限制的人無法傳訊息，Meta 不會通知任何人。",
      },
    },
    fix: {
      unknown: {
        en: "Ask the customer to write from another account, and look at the Page's age and country limits.",
        zhTW: "請客戶改用其他帳號傳訊息，並檢查粉絲專頁的年齡與國家限制。",
      },
    },
  },
  requests_folder: {
    group: "blind_spots",
    owner: "nobody",
    title: { en: "Old message requests", zhTW: "較早的陌生訊息請求" },
    evidence: {
      unknown: {
        en: "A conversation that has lain in the Requests folder for more than 30 days is not told by Meta's interface. If an event of it was lost, it cannot be read back.",
        zhTW: "在「訊息請求」資料夾中超過 30 天未互動的對話，Meta 不會透過介面提供。若當時漏送事件，就無法補回。",
      },
    },
    fix: {
      unknown: {
        en: "Look through the Requests folder in Meta Business Suite or in the app from time to time.",
        zhTW: "請不時到 Meta Business Suite 或 App 的「訊息請求」資料夾查看。",
      },
    },
  },
} as const satisfies Record<string, CheckText>;
