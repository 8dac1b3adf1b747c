import { faults } from "./fault.ts";

const GERR = "developers.facebook.com/docs/graph-api/guides/error-handling (read 2026-11)";
const HELP = "Text/LiveChat help, Messenger troubleshooting (vendor page)";

/**
 * The channel's access is dead or broken. Each of them moves the channel to “needs reauthorisation” at its first
 * occurrence: the same token can never work again by waiting.
 */
export const TOKEN_FAULTS = faults({
  token_invalid: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "S5",
    source: `190 and 102 without a known subcode: ${GERR}.`,
    en: {
      title: "The access to the Page is no longer valid",
      explain: "Meta refuses the access we hold for this Page and does not say why.",
      fix: "Any administrator of the Page connects it again under Channels.",
    },
    zhTW: {
      title: "粉絲專頁的授權已失效",
      explain: "Meta 不再接受我們對此粉絲專頁的存取權，且未說明原因。",
      fix: "請任一位粉絲專頁管理員到「管道」頁面重新授權。",
    },
  },
  token_password_changed: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "S3",
    source: `190/460: ${GERR}.`,
    en: {
      title: "The authorising person changed their password",
      explain:
        "The person who connected this Page changed their Facebook password, or Facebook ended their session for safety. The access ended with it. Customers' messages may still arrive.",
      fix: "That person, or any other administrator of the Page, connects it again under Channels. Waiting replies are then sent.",
    },
    zhTW: {
      title: "授權者變更了密碼",
      explain:
        "當初授權此粉絲專頁的人變更了 Facebook 密碼，或 Facebook 因安全因素登出其帳號，授權因此失效。客戶的訊息可能仍會收到。",
      fix: "請該人員或其他粉絲專頁管理員到「管道」頁面重新授權，保留中的回覆隨後會送出。",
    },
  },
  token_expired: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "S5",
    source: `190/463: ${GERR}.`,
    en: {
      title: "The access has expired",
      explain: "The access to this Page had an end date, and it has passed.",
      fix: "An administrator of the Page connects it again under Channels. Connecting through this product gives access without an end date.",
    },
    zhTW: {
      title: "授權已過期",
      explain: "此粉絲專頁的授權設有期限，現在已經到期。",
      fix: "請粉絲專頁管理員到「管道」頁面重新授權。透過本系統授權取得的存取權沒有到期日。",
    },
  },
  token_app_removed: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "O5",
    source: `190/458: ${GERR}.`,
    en: {
      title: "The app was removed at Facebook",
      explain: "The person who connected this Page removed the app in their Facebook settings.",
      fix: "An administrator of the Page connects it again under Channels.",
    },
    zhTW: {
      title: "應用程式已在 Facebook 端被移除",
      explain: "當初授權的人在 Facebook 設定中移除了這個應用程式。",
      fix: "請粉絲專頁管理員到「管道」頁面重新授權。",
    },
  },
  token_revoked: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "S5",
    source: `190/467: ${GERR}.`,
    en: {
      title: "The access was withdrawn",
      explain: "The access has expired, was withdrawn, or the person who gave it signed out of the app.",
      fix: "An administrator of the Page connects it again under Channels.",
    },
    zhTW: {
      title: "授權已被撤銷",
      explain: "授權已過期、被撤銷，或授權者已登出該應用程式。",
      fix: "請粉絲專頁管理員到「管道」頁面重新授權。",
    },
  },
  token_checkpoint: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "S5",
    source: `190/459: ${GERR}; 190/490: ${HELP}.`,
    en: {
      title: "Facebook wants to check the authorising person",
      explain:
        "Facebook has stopped the account of the person who connected this Page until they pass a security check.",
      fix: "That person signs in at facebook.com and follows the steps there, then connects the Page again. Another administrator of the Page can connect it at once.",
    },
    zhTW: {
      title: "Facebook 要求授權者進行安全驗證",
      explain: "當初授權的人的帳號被 Facebook 要求進行安全檢查，完成前授權無法使用。",
      fix: "請該人員登入 facebook.com 完成驗證後重新授權；其他粉絲專頁管理員也可立即重新授權。",
    },
  },
  token_account_unconfirmed: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "S5",
    source: `190/464: ${GERR}.`,
    en: {
      title: "The authorising account is not confirmed",
      explain: "The Facebook account of the person who connected this Page is not confirmed.",
      fix: "That person signs in at facebook.com and confirms the account, then connects the Page again.",
    },
    zhTW: {
      title: "授權者的帳號尚未完成確認",
      explain: "當初授權此粉絲專頁的 Facebook 帳號尚未完成確認。",
      fix: "請該人員登入 facebook.com 完成帳號確認後，再重新授權。",
    },
  },
  page_role_lost: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "O3",
    source: `190/492: ${GERR}.`,
    en: {
      title: "The authorising person lost their role on the Page",
      explain:
        "The person who connected this Page no longer has a sufficient role on it, for example because they left the team.",
      fix: "Give them full control of the Page again, or let another administrator connect it under Channels.",
    },
    zhTW: {
      title: "授權者已失去粉絲專頁的管理角色",
      explain: "當初授權的人在此粉絲專頁已沒有足夠的權限，例如已離開團隊。",
      fix: "請恢復該人員的完整控制權，或由其他管理員到「管道」頁面重新授權。",
    },
  },
  page_two_factor_required: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: false,
    row: "S4",
    source:
      "190 “must be an administrator, editor, or moderator … Two Factor Authentication” (vendor table and the product's help page).",
    en: {
      title: "Two-factor login or a Page role is missing",
      explain:
        "Usually the Page's business now asks for two-factor login and the person who connected the Page has not switched it on, or switched it on after connecting. It can also be that their role on the Page is too small.",
      fix: "That person switches on two-factor login at Facebook and has full control of the Page; then connect the Page again under Channels.",
    },
    zhTW: {
      title: "缺少雙重驗證或粉絲專頁角色",
      explain:
        "通常是粉絲專頁所屬的企業要求雙重驗證，而授權者尚未啟用，或是在授權之後才啟用；也可能是在粉絲專頁的權限不足。",
      fix: "請授權者在 Facebook 啟用雙重驗證並確認擁有完整控制權，再到「管道」頁面重新授權。",
    },
  },
  page_permission_missing: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "S5",
    source: `190/2069032: ${HELP}; 190 “permission(s) must be granted before impersonating” (vendor table); 230, 283.`,
    en: {
      title: "A permission for the Page is missing",
      explain:
        "One of the permissions needed for this Page was not granted or was taken back, or the app was removed from the Page at Facebook.",
      fix: "Connect the Page again under Channels and leave every permission switched on.",
    },
    zhTW: {
      title: "缺少粉絲專頁的必要權限",
      explain: "此粉絲專頁所需的權限中，有部分未授予或已被收回，或應用程式已在 Facebook 從粉絲專頁移除。",
      fix: "請到「管道」頁面重新授權，並保留所有權限為開啟。",
    },
  },
  page_not_accessible: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "S5",
    source: "190 “belongs to a Page that is not accessible” (vendor table).",
    en: {
      title: "The Page cannot be reached",
      explain: "The Page was unpublished or deleted, or the person who connected it has no role on it any more.",
      fix: "Check at Facebook that the Page is published and who manages it, then connect it again.",
    },
    zhTW: {
      title: "無法存取粉絲專頁",
      explain: "粉絲專頁已取消發佈或刪除，或授權者在其中已無任何角色。",
      fix: "請到 Facebook 確認粉絲專頁已發佈以及目前的管理者，再重新授權。",
    },
  },
  instagram_link_broken: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "I1",
    source: "10/2534077, 100/2534013: Messenger Platform error codes (2026-06-25).",
    en: {
      title: "Instagram and the Page are not linked",
      explain:
        "Meta cannot verify the link between the Instagram account, the Page and the person who connected them. Sometimes two-factor login is missing.",
      fix: "Link the Instagram professional account to the Page at Facebook and switch on two-factor login. A channel connected before works again by itself within 20 minutes; connecting it again is faster.",
    },
    zhTW: {
      title: "Instagram 與粉絲專頁的連結中斷",
      explain: "Meta 無法確認 Instagram 帳號、粉絲專頁與授權者之間的連結，有時是因為缺少雙重驗證。",
      fix: "請在 Facebook 將 Instagram 專業帳號連結到粉絲專頁並啟用雙重驗證。先前已連結的管道會在 20 分鐘內自動恢復；重新授權可立即恢復。",
    },
  },
  instagram_access_off: {
    level: "channel",
    owner: "administrator",
    retry: "after_reauthorization",
    certain: true,
    row: "I1",
    source: "200/2534041: Messenger Platform error codes (2026-06-25).",
    en: {
      title: "Instagram has switched off access to messages",
      explain: "The owner of the Instagram account has not allowed connected tools to read and write its messages.",
      fix: "In the Instagram app: Settings, Messages and story replies, Message controls, Connected tools: switch on “Allow access to messages”. A channel connected before works again by itself within 20 minutes; connecting it again is faster.",
    },
    zhTW: {
      title: "Instagram 已關閉訊息存取權",
      explain: "Instagram 帳號擁有者未允許已連結的工具存取訊息。",
      fix: "請在 Instagram App 的「設定 → 訊息和限時動態回覆 → 訊息控制項 → 已連結的工具」開啟「允許存取訊息」。先前已連結的管道會在 20 分鐘內自動恢復；重新授權可立即恢復。",
    },
  },
});
