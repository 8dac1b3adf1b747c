import { faults } from "./fault.ts";

const DIALOG = "Facebook Login, “Manually build a login flow” (v25.0, read 2026-11)";
const OWN = "Rule of the product.";

/** Connecting a Page or account: what Meta's dialog came back with, and what keeps one of the Pages from being connected. */
export const CONNECTING_FAULTS = faults({
  connection_cancelled: {
    level: "message",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "S5",
    source: `error=access_denied, error_reason=user_denied: ${DIALOG}.`,
    en: {
      title: "The connection was cancelled at Facebook",
      explain: "The dialog was closed or refused there. Nothing was changed here.",
      fix: "Start again when you are ready, and leave every permission switched on.",
    },
    zhTW: {
      title: "已在 Facebook 取消授權",
      explain: "授權視窗已關閉或遭拒絕，這裡沒有任何變更。",
      fix: "準備好之後再重新開始，並保留所有權限為開啟。",
    },
  },
  connection_refused: {
    level: "message",
    owner: "administrator",
    retry: "never",
    certain: false,
    row: "S5",
    source: `Any other error of the dialog: ${DIALOG}.`,
    en: {
      title: "Facebook did not finish the connection",
      explain: "The dialog came back without an access. Nothing was changed here. What Facebook said is shown below.",
      fix: "Start again. If it stays, the operator compares the app's login settings at Meta with the documentation of this installation.",
    },
    zhTW: {
      title: "Facebook 未完成授權",
      explain: "授權視窗沒有傳回存取權，這裡沒有任何變更。Facebook 的說明列於下方。",
      fix: "請重新開始。若持續發生，請維運人員依本系統文件核對 Meta 應用程式的登入設定。",
    },
  },
  connection_expired: {
    level: "message",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "S5",
    source: `Ten minutes for the dialog: rule of the product; 100/36007: ${DIALOG} and public code.`,
    en: {
      title: "This connection took too long",
      explain:
        "It was started more than ten minutes ago, or never here. For safety it no longer counts. Nothing was changed.",
      fix: "Start it again; it takes a moment.",
    },
    zhTW: {
      title: "這次授權已逾時",
      explain: "這次授權是在十分鐘之前開始，或不是從這裡開始的。基於安全考量已不再有效，沒有任何變更。",
      fix: "請重新開始，只需要一點時間。",
    },
  },
  connection_other_session: {
    level: "message",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "S5",
    source: "Rule of the product: `state` is bound to the member who started.",
    en: {
      title: "This connection was started by someone else",
      explain: "Another member, or another sign-in of this browser, started it. For safety nothing was changed.",
      fix: "Let that member finish it, or start your own.",
    },
    zhTW: {
      title: "這次授權是由其他人開始的",
      explain: "開始這次授權的是其他成員，或是此瀏覽器先前登入的另一個帳號。基於安全考量，沒有任何變更。",
      fix: "請由該成員完成，或由你自己重新開始。",
    },
  },
  connection_used: {
    level: "message",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "S5",
    source: "100/36009 “This authorization code has been used” (public code, 2023-08).",
    en: {
      title: "This login was already used",
      explain:
        "Facebook's answer can be used once, and another tab or a reload was faster. Nothing was changed by this.",
      fix: "Look at the other tab: the choice of Pages is there. If it is not, start again.",
    },
    zhTW: {
      title: "這次登入結果已被使用過",
      explain: "Facebook 的回覆只能使用一次，另一個分頁或重新整理已先使用。這個動作沒有造成任何變更。",
      fix: "請查看另一個分頁，選擇粉絲專頁的畫面會在那裡。若沒有，請重新開始。",
    },
  },
  connection_address_refused: {
    level: "message",
    owner: "operator",
    retry: "never",
    certain: true,
    row: "S5",
    source: `100/36008: redirect_uri must be the same in the dialog and in the exchange: ${DIALOG}.`,
    en: {
      title: "Facebook does not accept this server's address",
      explain: "The address Facebook sends people back to is not the one this server names.",
      fix: "The operator compares PUBLIC_URL with the valid OAuth redirect addresses of the app at Meta.",
    },
    zhTW: {
      title: "Facebook 不接受此伺服器的網址",
      explain: "Facebook 返回的網址與此伺服器所提供的網址不一致。",
      fix: "請維運人員核對 PUBLIC_URL 與 Meta 應用程式的有效 OAuth 重新導向網址。",
    },
  },
  no_pages_granted: {
    level: "message",
    owner: "administrator",
    retry: "never",
    certain: false,
    row: "S5",
    source: `Empty answer of /me/accounts: ${DIALOG}.`,
    en: {
      title: "Facebook named no Page",
      explain: "Usually no Page was ticked in the dialog, or this Facebook account has no role on any Page.",
      fix: "Start again and tick the Pages. If none is offered there, an administrator of the Page gives this Facebook account access first.",
    },
    zhTW: {
      title: "Facebook 沒有列出任何粉絲專頁",
      explain: "通常是在授權視窗中沒有勾選粉絲專頁，或此 Facebook 帳號在任何粉絲專頁都沒有角色。",
      fix: "請重新開始並勾選粉絲專頁。若視窗中沒有可選的項目，請粉絲專頁管理員先將存取權授予此 Facebook 帳號。",
    },
  },
  page_task_missing: {
    level: "channel",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "S5",
    source:
      "`tasks` of /me/accounts: MESSAGING to send, MANAGE, MODERATE or CREATE_CONTENT to subscribe (Send API reference; Page / subscribed_apps, v26).",
    en: {
      title: "This person may not answer messages there",
      explain:
        "The Facebook account that signed in has a role on the Page, but not the tasks needed: messages, and content or community activity.",
      fix: "Someone with full control of the Page grants these tasks under Page access at Facebook; then start again.",
    },
    zhTW: {
      title: "此人無權回覆該粉絲專頁的訊息",
      explain: "登入的 Facebook 帳號在粉絲專頁有角色，但缺少所需的工作權限：訊息，以及內容或社群互動。",
      fix: "請擁有完整控制權的人在 Facebook 的「粉絲專頁存取權」授予這些工作權限，再重新開始。",
    },
  },
  page_in_other_workspace: {
    level: "channel",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "S5",
    source: "Rule of the product: an account belongs to one workspace of an installation at a time.",
    en: {
      title: "It is connected in another workspace",
      explain:
        "Another workspace of this installation has this account. Its messages can arrive in one workspace only.",
      fix: "An administrator of that workspace disconnects it first; then connect it here.",
    },
    zhTW: {
      title: "已連結到另一個工作區",
      explain: "此系統中的另一個工作區已連結這個帳號，訊息只能進入其中一個工作區。",
      fix: "請該工作區的管理員先中斷連結，再於此處連結。",
    },
  },
  instagram_not_linked: {
    level: "channel",
    owner: "administrator",
    retry: "never",
    certain: false,
    row: "I1",
    source: `No \`instagram_business_account\` in the answer about the Page: Graph API reference, Page (v25.0). ${OWN}`,
    en: {
      title: "No Instagram account comes with this Page",
      explain:
        "Usually none is linked to the Page, the linked one is a personal account, or it was not ticked in the dialog.",
      fix: "Only for Instagram: link a professional account in the Page's settings at Facebook, then start again and tick it.",
    },
    zhTW: {
      title: "此粉絲專頁沒有可用的 Instagram 帳號",
      explain: "通常是尚未連結 Instagram 帳號、所連結的是個人帳號，或在授權視窗中沒有勾選。",
      fix: "僅在需要 Instagram 時：請在 Facebook 的粉絲專頁設定連結專業帳號，再重新開始並勾選。",
    },
  },
  reauthorization_link_closed: {
    level: "message",
    owner: "administrator",
    retry: "never",
    certain: true,
    row: "S5",
    source:
      "Rule of the product: a link for another administrator of the Page is good for one success and at most 72 hours.",
    en: {
      title: "This link is no longer valid",
      explain: "It was used, was taken back, or its time is over. Nothing was changed by opening it.",
      fix: "Ask whoever sent it for a new one. It takes them a moment.",
    },
    zhTW: {
      title: "此連結已失效",
      explain: "連結已被使用、已被收回，或已超過期限。開啟它沒有造成任何變更。",
      fix: "請向傳送連結的人索取新的連結，對方很快就能建立。",
    },
  },
});
