import type { FaultCode } from "../faults/index.ts";
import { type Cause, type Judgement, UNREAD, unread } from "./cause.ts";
import { timeText } from "./words.ts";

const refusedWith = (code: string): Judgement => ({ status: "found", is: "refused", values: { code } });

/** The token is good, but Meta refuses it for what the account's owner has set. */
const OF_THE_ACCOUNT: readonly FaultCode[] = ["instagram_access_off", "instagram_link_broken"];

/** The right to receive: token, permissions, the app's and the account's state. */
export const ACCESS_CAUSES: readonly Cause[] = [
  {
    code: "not_connected",
    owner: "administrator",
    title: { en: "The channel was not connected then", zhTW: "當時尚未連結管道" },
    judge: ({ channel, to }) => {
      if (!channel) return unread;
      if (channel.state === "disconnected") return { status: "found", is: "gone" };
      const values = { time: timeText(channel.connectedAt) };
      return channel.connectedAt > to
        ? { status: "found", is: "later", values }
        : { status: "ruled_out", is: "connected", values };
    },
    evidence: {
      gone: { en: "The channel is disconnected.", zhTW: "管道目前已中斷連結。" },
      later: { en: "It was connected only on {time}.", zhTW: "直到 {time} 才連結。" },
      connected: { en: "Connected since {time}.", zhTW: "自 {time} 起已連結。" },
      unread: UNREAD,
    },
    fix: {
      en: "Connect the channel; older messages can then be compared with Meta's record.",
      zhTW: "請連結管道，之後可與 Meta 的紀錄比對較早的訊息。",
    },
  },
  {
    code: "token_dead",
    owner: "administrator",
    title: { en: "The access to the Page has ended", zhTW: "粉絲專頁的授權已失效" },
    judge: ({ channel }) => {
      if (!channel) return unread;
      if (channel.token?.valid === false) return { status: "found", is: "dead" };
      if (channel.state === "needs_reauthorization")
        return channel.stateFault !== null && OF_THE_ACCOUNT.includes(channel.stateFault)
          ? { status: "possible", is: "set_aside" }
          : { status: "found", is: "dead" };
      return channel.token?.valid ? { status: "ruled_out", is: "valid" } : unread;
    },
    evidence: {
      dead: {
        en: "It has ended. Meta goes on delivering for a while, but its record and names cannot be read.",
        zhTW: "授權已失效。Meta 短期內仍會傳送事件，但無法讀取紀錄與姓名。",
      },
      set_aside: {
        en: "The channel waits to be connected again for another reason in this list.",
        zhTW: "管道因清單中的其他原因等待重新授權。",
      },
      valid: { en: "Meta confirmed it just now.", zhTW: "Meta 剛才確認有效。" },
      unread: UNREAD,
    },
    fix: {
      en: "An administrator of the Page connects it again under Channels; then trace again.",
      zhTW: "請粉絲專頁管理員到「管道」頁面重新授權，然後再追蹤一次。",
    },
  },
  {
    code: "permission_missing",
    owner: "administrator",
    title: { en: "The authorising person lost a task or a permission", zhTW: "授權者失去工作權限或必要權限" },
    judge: ({ channel, refusals }) => {
      if (refusals.includes("page_permission_missing") || refusals.includes("permission_refused"))
        return { status: "found", is: "refused" };
      const missing = channel?.token?.missingPermissions;
      if (!missing) return unread;
      return missing.length > 0
        ? { status: "found", is: "missing", values: { list: missing.join(", ") } }
        : { status: "ruled_out", is: "granted" };
    },
    evidence: {
      refused: {
        en: "Meta refused to show the conversation for lack of a permission.",
        zhTW: "Meta 因缺少權限而拒絕提供對話。",
      },
      missing: { en: "Missing for this Page: {list}.", zhTW: "此粉絲專頁缺少：{list}。" },
      granted: { en: "Everything needed is granted for this Page.", zhTW: "此粉絲專頁所需權限皆已授予。" },
      unread: UNREAD,
    },
    fix: {
      en: "An administrator of the Page connects it again and leaves every permission switched on.",
      zhTW: "請粉絲專頁管理員重新授權，並保留所有權限為開啟。",
    },
  },
  {
    code: "instagram_access_off",
    owner: "administrator",
    platform: "instagram",
    title: { en: "Instagram does not let connected tools read messages", zhTW: "Instagram 未允許串接工具存取訊息" },
    judge: ({ refusals, comparison, messages }) => {
      if (refusals.includes("instagram_access_off")) return refusedWith("200/2534041");
      if (comparison?.state === "done" || messages.length > 0) return { status: "ruled_out", is: "open" };
      return { status: "possible", is: "untold" };
    },
    evidence: {
      refused: {
        en: "Meta refused with {code}: the account's owner has switched it off.",
        zhTW: "Meta 以 {code} 拒絕：帳號擁有者已關閉存取權。",
      },
      open: { en: "Messages of the account could be read.", zhTW: "可以讀取此帳號的訊息。" },
      untold: { en: "Nothing tells whether it is on.", zhTW: "無法得知是否開啟。" },
    },
    fix: {
      en: "In the Instagram app: Settings, Messages and story replies, Message controls, Connected Tools, Allow Access to Messages.",
      zhTW: "請在 Instagram App：「設定 → 訊息和限時動態回覆 → 訊息控制項 → 已連結的工具 → 允許存取訊息」。",
    },
  },
  {
    code: "instagram_not_linked",
    owner: "administrator",
    platform: "instagram",
    title: {
      en: "The Instagram account is no longer linked to the Page",
      zhTW: "Instagram 帳號與粉絲專頁的連結已失效",
    },
    judge: ({ refusals, page }) => {
      if (refusals.includes("instagram_link_broken")) return { status: "found", is: "refused" };
      if (!page || page.instagramLinked === null) return unread;
      return page.instagramLinked ? { status: "ruled_out", is: "linked" } : { status: "found", is: "unlinked" };
    },
    evidence: {
      refused: {
        en: "Meta says that the link is broken, or that the account is no professional one.",
        zhTW: "Meta 表示連結已中斷，或此帳號不是專業帳號。",
      },
      linked: { en: "The Page names this account.", zhTW: "粉絲專頁仍連結此帳號。" },
      unlinked: { en: "The Page does not name this account.", zhTW: "粉絲專頁未連結此帳號。" },
      unread: UNREAD,
    },
    fix: {
      en: "Make it a professional account and link it to the Page again (Page settings, Linked accounts), then connect again.",
      zhTW: "請將帳號轉為專業帳號並重新連結粉絲專頁（粉絲專頁設定 → 已連結的帳號），然後重新授權。",
    },
  },
  {
    code: "app_not_open_to_all",
    owner: "operator",
    title: { en: "The app may only see people with a role in it", zhTW: "應用程式只能看到具角色的人" },
    judge: ({ refusals, traffic: { people } }) => {
      if (refusals.includes("app_not_approved")) return { status: "found", is: "refused" };
      if (people >= MANY_PEOPLE) return { status: "ruled_out", is: "many", values: { people } };
      return { status: "possible", is: people === 0 ? "nobody" : "few", values: { people } };
    },
    evidence: {
      refused: {
        en: "Meta refused: the app has no Advanced Access, and this person no role in it.",
        zhTW: "Meta 拒絕：應用程式沒有 Advanced Access，且此人在應用程式中沒有角色。",
      },
      many: {
        en: "{people} different people were heard in the last 30 days.",
        zhTW: "過去 30 天收到 {people} 位不同客戶的訊息。",
      },
      few: {
        en: "Only {people} different people were heard in the last 30 days.",
        zhTW: "過去 30 天只收到 {people} 位客戶的訊息。",
      },
      nobody: { en: "Nobody was heard in the last 30 days.", zhTW: "過去 30 天沒有收到任何人的訊息。" },
    },
    fix: {
      en: "The operator looks at the App Dashboard: app mode Live, Advanced Access to the messaging permissions, business verified.",
      zhTW: "請維運人員到應用程式主控板確認：模式為 Live、訊息權限具 Advanced Access、商家已驗證。",
    },
  },
  {
    code: "page_unpublished",
    owner: "administrator",
    title: { en: "The Page is not published", zhTW: "粉絲專頁未發佈" },
    judge: ({ page }) => {
      if (!page || page.published === null) return unread;
      return page.published ? { status: "ruled_out", is: "published" } : { status: "found", is: "hidden" };
    },
    evidence: {
      published: {
        en: "It is published. Limits by country or age cannot be read.",
        zhTW: "已發佈。國家或年齡限制無法讀取。",
      },
      hidden: { en: "It is not published: people cannot write to it.", zhTW: "尚未發佈，一般人無法傳訊息。" },
      unread: UNREAD,
    },
    fix: { en: "Publish the Page at Facebook (Page settings).", zhTW: "請到 Facebook 的粉絲專頁設定發佈粉絲專頁。" },
  },
  {
    code: "page_restricted",
    owner: "administrator",
    title: { en: "Meta has restricted the Page", zhTW: "Meta 限制了粉絲專頁" },
    judge: ({ channel, refusals }) => {
      if (!channel) return unread;
      const told = channel.notice?.kind === "policy_block" || channel.state === "restricted";
      if (told || refusals.includes("channel_restricted") || refusals.includes("instagram_blocked"))
        return { status: "found", is: "restricted" };
      return { status: "ruled_out", is: "free" };
    },
    evidence: {
      restricted: { en: "Meta told of a restriction.", zhTW: "Meta 已告知有限制。" },
      free: { en: "Meta told of none.", zhTW: "Meta 未告知任何限制。" },
      unread: UNREAD,
    },
    fix: {
      en: "Look at Page Quality and Support Home at Facebook and ask for a review there.",
      zhTW: "請到 Facebook 的「粉絲專頁品質」與「支援首頁」查看並申請複審。",
    },
  },
];

/** More people than have a role in an app as a rule: the app is open to the public. */
const MANY_PEOPLE = 10;
