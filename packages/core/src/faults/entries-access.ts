import { faults } from "./fault.ts";

const OWN = "Rule of the product: whoever takes away the last access of a channel is told so first.";

/** Access that ends by our own hands: an authorisation removed, a member who leaves. */
export const ACCESS_FAULTS = faults({
  authorization_removed: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "O3",
    source: OWN,
    en: {
      title: "The last access was removed here",
      explain:
        "An administrator removed the last stored access to this Page. Customers' messages still arrive; replies wait.",
      fix: "An administrator of the Page connects it again under Channels. Waiting replies are then sent.",
    },
    zhTW: {
      title: "最後一份授權已在此移除",
      explain: "管理員移除了此粉絲專頁的最後一份授權。客戶的訊息仍會收到，回覆則先保留。",
      fix: "請粉絲專頁管理員到「管道」頁面重新授權，保留中的回覆隨後會送出。",
    },
  },
  last_authorizer: {
    level: "message",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "O3",
    source: OWN,
    en: {
      title: "This is the last access of the channel",
      explain: "Without it nothing can be sent, and names and pictures can no longer be read. Nothing was removed.",
      fix: "Let another administrator of the Page connect it first, or confirm that replies shall stop.",
    },
    zhTW: {
      title: "這是此管道最後一份授權",
      explain: "移除後將無法傳送訊息，也無法讀取姓名與圖片。目前尚未移除任何授權。",
      fix: "請先讓另一位粉絲專頁管理員授權，或確認要停止回覆。",
    },
  },
  member_authorises_channels: {
    level: "message",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "O3",
    source: OWN,
    en: {
      title: "Channels live on this person's access",
      explain:
        "This member connected channels that nobody else gave access to. They go on working until that Facebook account loses its role on the Page, which usually happens when a person leaves. Nothing was changed.",
      fix: "Let another administrator of the Page connect these channels first, or confirm that the member shall be deactivated all the same.",
    },
    zhTW: {
      title: "有管道依賴此成員的授權",
      explain:
        "此成員連結的部分管道沒有其他人授權。在該 Facebook 帳號失去粉絲專頁角色之前仍可運作，而人員離職時通常就會失去。目前尚未變更任何設定。",
      fix: "請先讓另一位粉絲專頁管理員授權這些管道，或確認仍要停用此成員。",
    },
  },
});
