import type { SubscriptionFacts } from "../health/index.ts";
import { type Cause, type Judgement, UNREAD, unread } from "./cause.ts";
import { wasHeld } from "./verdict.ts";
import { timeText } from "./words.ts";

function fields(facts: SubscriptionFacts | null | undefined): Judgement {
  if (!facts) return unread;
  const missing = facts.wanted.filter((field) => !facts.found.includes(field));
  if (missing.length === 0) return { status: "ruled_out", is: "all", values: { list: facts.wanted.join(", ") } };
  const values = { list: missing.join(", ") };
  return missing.includes("messages")
    ? { status: "found", is: "missing", values }
    : { status: "possible", is: "missing", values };
}
const FIELDS = {
  all: { en: "Subscribed now: {list}.", zhTW: "目前已訂閱：{list}。" },
  missing: { en: "Not subscribed now: {list}.", zhTW: "目前未訂閱：{list}。" },
  unread: UNREAD,
};

/** The way from Meta to this server: two levels of subscription and one address (facts of Meta's webhooks, 2026-11). */
export const SUBSCRIPTION_CAUSES: readonly Cause[] = [
  {
    code: "app_field_missing",
    owner: "operator",
    title: { en: "The app is not subscribed to this kind of event", zhTW: "應用程式未訂閱這類事件" },
    judge: (f) => fields(f.channel?.appSubscription),
    evidence: FIELDS,
    fix: {
      en: "The operator adds the fields in the App Dashboard under Webhooks.",
      zhTW: "請維運人員到應用程式主控板的 Webhooks 加入這些欄位。",
    },
  },
  {
    code: "page_field_missing",
    owner: "administrator",
    title: { en: "The Page is not subscribed to this kind of event", zhTW: "粉絲專頁未訂閱這類事件" },
    judge: (f) =>
      f.channel?.pageSubscription?.found.length === 0
        ? { status: "found", is: "none" }
        : fields(f.channel?.pageSubscription),
    evidence: {
      ...FIELDS,
      none: { en: "The Page has no subscription of this app at all.", zhTW: "粉絲專頁完全沒有本應用程式的訂閱。" },
    },
    fix: {
      en: "Connect the Page again: that subscribes it to everything needed.",
      zhTW: "請重新授權粉絲專頁，系統會一併補上所需的訂閱。",
    },
  },
  {
    code: "subscription_dropped",
    owner: "operator",
    title: { en: "Meta had dropped the subscription", zhTW: "Meta 曾取消訂閱" },
    judge: (f) => {
      const at = f.channel?.receiving.resubscribedAt ?? null;
      if (at !== null && at >= f.from) return { status: "found", is: "remade", values: { time: timeText(at) } };
      if (!f.channel?.pageSubscription) return unread;
      if (f.channel.pageSubscription.found.length === 0) return { status: "found", is: "gone" };
      return { status: "ruled_out", is: "kept" };
    },
    evidence: {
      remade: {
        en: "The subscription was found missing and made anew on {time}, after the traced time began.",
        zhTW: "系統於 {time} 發現訂閱消失並重新建立，晚於查詢的起始時間。",
      },
      gone: { en: "The subscription is missing now.", zhTW: "目前沒有訂閱。" },
      kept: { en: "It stands, and had not to be made anew since.", zhTW: "訂閱有效，期間內也不曾重新建立。" },
      unread: UNREAD,
    },
    fix: {
      en: "Meta does this after an hour of failed deliveries. Keep the server reachable; what was missed is read back by itself.",
      zhTW: "連續一小時傳送失敗後，Meta 會取消訂閱。請確保伺服器可連線，缺漏的訊息會自動補回。",
    },
  },
  {
    code: "callback_elsewhere",
    owner: "operator",
    title: { en: "Meta calls another address", zhTW: "Meta 呼叫的是其他網址" },
    judge: ({ channel }) => {
      if (!channel?.callback) return unread;
      const { registered, expected } = channel.callback;
      const values = { found: registered ?? "–", wanted: expected };
      return registered === expected
        ? { status: "ruled_out", is: "ours", values }
        : { status: "found", is: "other", values };
    },
    evidence: {
      ours: { en: "Meta calls {found}.", zhTW: "Meta 呼叫 {found}。" },
      other: { en: "Meta calls {found}; this server is {wanted}.", zhTW: "Meta 呼叫 {found}，本伺服器為 {wanted}。" },
      unread: UNREAD,
    },
    fix: {
      en: "Set the callback in the App Dashboard under Webhooks, or correct PUBLIC_URL.",
      zhTW: "請在應用程式主控板的 Webhooks 修正回呼網址，或修正 PUBLIC_URL。",
    },
  },
  {
    code: "standby_not_subscribed",
    owner: "operator",
    title: { en: "Events beside another app are not subscribed", zhTW: "未訂閱旁聽（standby）事件" },
    judge: (f) => {
      const { pageSubscription: page, appSubscription: app } = f.channel ?? {};
      if (!page || !app) return unread;
      const missing = [page, app].some((s) => s.wanted.includes("standby") && !s.found.includes("standby"));
      if (!missing) return { status: "ruled_out", is: "both" };
      return wasHeld(f) ? { status: "found", is: "held" } : { status: "possible", is: "missing" };
    },
    evidence: {
      both: { en: "App and Page are subscribed to standby.", zhTW: "應用程式與粉絲專頁都已訂閱 standby。" },
      held: {
        en: "Another app held the conversation, and standby is not subscribed at both levels: Meta then sends nothing.",
        zhTW: "對話由其他應用程式持有，而 standby 並非兩層都已訂閱，此時 Meta 不會傳送任何事件。",
      },
      missing: {
        en: "standby is not subscribed at both levels. While Meta's AI or another app answers, nothing arrives.",
        zhTW: "standby 並非兩層都已訂閱。由 Meta AI 或其他應用程式回覆時，不會收到任何事件。",
      },
      unread: UNREAD,
    },
    fix: {
      en: "Subscribe standby for the app (App Dashboard, Webhooks) and connect the Page again.",
      zhTW: "請在應用程式主控板的 Webhooks 訂閱 standby，並重新授權粉絲專頁。",
    },
  },
];
