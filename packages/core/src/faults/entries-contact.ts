import { faults } from "./fault.ts";

const ERR = "Messenger Platform error codes (2026-06-25)";
const PROF = "Messenger Platform user profile page (2026)";

/** Faults of one customer: reaching them, marketing limits per person, reading their profile. */
export const CONTACT_FAULTS = faults({
  contact_unknown: {
    level: "contact",
    owner: "operator",
    retry: "never",
    certain: false,
    row: "S12",
    source: `100/2018001 (Messenger), 100/2534014 (Instagram): ${ERR}; “requested user cannot be found” (Instagram Login).`,
    en: {
      title: "Meta does not know this customer",
      explain:
        "Usually the customer belongs to another Page, was a guest whose chat has ended, or the account no longer exists.",
      fix: "Wait for a new message from the customer. If it happens with every customer, the operator checks that the channel uses the token of its own Page.",
    },
    zhTW: {
      title: "Meta 找不到這位客戶",
      explain: "通常是客戶屬於另一個粉絲專頁、是已結束對話的訪客，或帳號已不存在。",
      fix: "請等客戶再次傳訊息。若所有客戶都發生，請維運人員確認管道使用的是該粉絲專頁自己的權杖。",
    },
  },
  tagged_too_often: {
    level: "contact",
    owner: "agent",
    retry: "never",
    certain: true,
    row: "S11",
    source: `613/2018338: ${ERR}.`,
    en: {
      title: "Too many late messages to this customer",
      explain: "Meta finds the number of messages sent to this person after the 24 hours bothersome and refuses more.",
      fix: "Wait until the customer writes again.",
    },
    zhTW: {
      title: "對此客戶傳送過多逾時訊息",
      explain: "Meta 認為在 24 小時後對此客戶傳送的訊息過多，已拒絕繼續傳送。",
      fix: "請等客戶再次傳訊息。",
    },
  },
  marketing_limit: {
    level: "contact",
    owner: "nobody",
    retry: "never",
    certain: true,
    source: `4/2018354, 9/2018352, 10/1404170, 613/1893016: ${ERR}.`,
    en: {
      title: "Meta limits marketing to this person",
      explain: "Marketing messages and requests to subscribe are limited per person and time.",
      fix: "Wait; Meta opens it again by itself.",
    },
    zhTW: {
      title: "Meta 限制對此客戶的行銷訊息",
      explain: "行銷訊息與訂閱邀請有每人每段時間的次數限制。",
      fix: "請稍候，Meta 會自行解除。",
    },
  },
  marketing_stopped: {
    level: "contact",
    owner: "customer",
    retry: "never",
    certain: true,
    source: `10/1893015: ${ERR}.`,
    en: {
      title: "The person has stopped these messages",
      explain: "They no longer want marketing messages on this topic.",
      fix: "Respect it. Ordinary replies are still possible while the reply window is open.",
    },
    zhTW: {
      title: "客戶已停止接收此類訊息",
      explain: "客戶不希望再收到此主題的行銷訊息。",
      fix: "請尊重客戶意願；在可回覆時間內仍可傳送一般回覆。",
    },
  },
  marketing_unavailable: {
    level: "contact",
    owner: "nobody",
    retry: "never",
    certain: true,
    source: "2300052: Marketing Messages API changelog (2026-06-11).",
    en: {
      title: "Marketing is not possible for this person now",
      explain: "Meta says that this person cannot get a marketing message at this time.",
      fix: "Nothing to do; ordinary replies are not affected.",
    },
    zhTW: {
      title: "目前無法對此客戶傳送行銷訊息",
      explain: "Meta 表示此客戶現在無法接收行銷訊息。",
      fix: "不需處理，一般回覆不受影響。",
    },
  },
  profile_no_consent: {
    level: "contact",
    owner: "customer",
    retry: "never",
    certain: true,
    row: "O1",
    source: `230 “User consent is required to access user profile”: ${PROF}; chatwoot #11484.`,
    en: {
      title: "The customer's name is not open to us yet",
      explain: "Meta shows a person's name only after they have written to the Page themselves.",
      fix: "Nothing to do: the name is read again after their next message. You can also give a name of your own.",
    },
    zhTW: {
      title: "尚未取得客戶姓名",
      explain: "客戶親自傳訊息給粉絲專頁之後，Meta 才會提供姓名。",
      fix: "不需處理，客戶下次傳訊息後會再讀取。你也可以自行輸入名稱。",
    },
  },
  profile_phone_account: {
    level: "contact",
    owner: "nobody",
    retry: "never",
    certain: true,
    row: "O1",
    source: `100/2018218: ${PROF}; ${ERR}.`,
    en: {
      title: "This account has no profile",
      explain: "The customer uses Messenger with a phone number only. Meta keeps no profile for such accounts.",
      fix: "Give the contact a name of your own.",
    },
    zhTW: {
      title: "此帳號沒有個人檔案",
      explain: "客戶僅以電話號碼使用 Messenger，Meta 沒有這類帳號的個人檔案。",
      fix: "可自行為此聯絡人輸入名稱。",
    },
  },
  profile_no_access: {
    level: "contact",
    owner: "operator",
    retry: "never",
    certain: true,
    row: "O1",
    source: `2018247: ${ERR}; feature “Business Asset User Profile Access”: ${PROF}.`,
    en: {
      title: "The app may not read profiles",
      explain: "Meta has not approved this app for reading the names and pictures of customers.",
      fix: "The operator asks Meta for the feature “Business Asset User Profile Access” in App Review.",
    },
    zhTW: {
      title: "應用程式無法讀取個人檔案",
      explain: "Meta 尚未核准此應用程式讀取客戶的姓名與大頭貼。",
      fix: "請維運人員在「應用程式審查」申請「Business Asset User Profile Access」功能。",
    },
  },
  profile_not_found: {
    level: "contact",
    owner: "nobody",
    retry: "never",
    certain: true,
    row: "O1",
    source: "9010 “No matching Instagram user”: chatwoot #11496, #11773.",
    en: {
      title: "Instagram shows no profile for this person",
      explain: "The account has no profile that Meta shows us. Messages work all the same.",
      fix: "Give the contact a name of your own.",
    },
    zhTW: {
      title: "Instagram 未提供此人的個人檔案",
      explain: "Meta 沒有提供這個帳號的個人檔案，但仍可正常收發訊息。",
      fix: "可自行為此聯絡人輸入名稱。",
    },
  },
});
