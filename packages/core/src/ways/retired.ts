import { type Bilingual, CUSTOMER_ACTION, EVERYONE, MESSAGES, type Way } from "./way.ts";

/** Ways that Meta has ended. They stay in the table so that whoever asks for one is told since when and what instead. */

const CHANGELOG = "Messenger Platform changelog, 2026-04-27; Send API reference (v25.0)";
const REPLACEMENT: Bilingual = {
  en: "An ordinary reply inside 24 hours; for notices after it, utility templates (Messenger).",
  zhTW: "24 小時內改用一般回覆；逾時通知改用公用訊息範本（僅 Messenger）。",
};

const retiredTag = <T extends string>(tag: T, allowed: Bilingual, forbidden: Bilingual) =>
  ({
    platforms: ["messenger"],
    messagingType: "MESSAGE_TAG",
    tag,
    opens: "known_customer",
    opensOn: { en: "Nothing: it was bound to no time.", zhTW: "不需客戶動作，過去沒有時間限制。" },
    lastsMs: null,
    needs: null,
    authors: EVERYONE,
    content: { ...MESSAGES, promotion: false },
    allowed,
    forbidden,
    validFrom: "2020-03-04",
    validUntil: "2026-04-27",
    offered: false,
    replacement: REPLACEMENT,
    source: CHANGELOG,
    checked: "2026-11-22",
  }) as const satisfies Way;

export const RETIRED = {
  confirmed_event_update: retiredTag(
    "CONFIRMED_EVENT_UPDATE",
    {
      en: "Was: reminders and changes of an event or booking the person signed up for.",
      zhTW: "過去可用於：客戶已報名的活動或預約之提醒與異動。",
    },
    { en: "Promotion, past events, unrelated surveys.", zhTW: "促銷、已結束的活動、無關的問卷。" },
  ),
  post_purchase_update: retiredTag(
    "POST_PURCHASE_UPDATE",
    {
      en: "Was: receipts, shipment, an order that needs action.",
      zhTW: "過去可用於：收據、出貨狀態、需要處理的訂單。",
    },
    { en: "Promotion, cross-selling, surveys.", zhTW: "促銷、交叉銷售、問卷。" },
  ),
  account_update: retiredTag(
    "ACCOUNT_UPDATE",
    { en: "Was: the state of an application, warnings of fraud.", zhTW: "過去可用於：申請進度、詐騙警示。" },
    { en: "Recurring notices such as bills and statements, promotion.", zhTW: "帳單、對帳單等定期通知與促銷。" },
  ),
  one_more_message: {
    platforms: ["messenger"],
    messagingType: "RESPONSE",
    tag: null,
    opens: "customer_action",
    opensOn: CUSTOMER_ACTION,
    lastsMs: null,
    needs: null,
    authors: EVERYONE,
    content: { ...MESSAGES, most: 1 },
    allowed: {
      en: "Was: one further message after the 24 hours (“24+1”).",
      zhTW: "過去可用於：24 小時後再傳一則訊息（「24+1」）。",
    },
    forbidden: { en: "More than one.", zhTW: "超過一則。" },
    validFrom: null,
    validUntil: "2020-03-04",
    offered: false,
    replacement: { en: "Wait for the customer's next message.", zhTW: "等客戶再次傳訊息。" },
    source: "Messenger changelog archive: announced 2019-08-29, removed 2020-03-04",
    checked: "2026-11-22",
  },
} as const satisfies Record<string, Way>;
