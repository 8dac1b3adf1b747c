import { type Fault, faults } from "./fault.ts";

const UTIL = "Utility messages (2026-03-13)";

/** Nothing was sent: a draft, a value or a template that Meta would refuse, or has refused. */
const nothingSent = (owner: Fault["owner"], source: string) =>
  ({ level: "message", owner, retry: "never", certain: true, row: "O4", source }) as const;

/** Utility templates of Messenger: writing them, what Meta's review makes of them, filling them in. */
export const TEMPLATE_FAULTS = faults({
  template_draft_name: {
    ...nothingSent("agent", `${UTIL}: the name of a template.`),
    en: {
      title: "The template's name has other characters",
      explain: "Meta takes lower-case letters, digits and underscores in a name. Customers never see it.",
      fix: "Use a name such as order_update.",
    },
    zhTW: {
      title: "範本名稱含有不允許的字元",
      explain: "Meta 只接受小寫英文字母、數字與底線。客戶不會看到名稱。",
      fix: "請改用例如 order_update 的名稱。",
    },
  },
  template_draft_language: {
    ...nothingSent("agent", `${UTIL}: language codes of Meta.`),
    en: {
      title: "The language is none of Meta's codes",
      explain: "A language is written as en, en_US or zh_TW.",
      fix: "Choose the language from the list.",
    },
    zhTW: { title: "語言代碼不正確", explain: "語言代碼的寫法如 en、en_US 或 zh_TW。", fix: "請從清單中選擇語言。" },
  },
  template_draft_exists: {
    ...nothingSent("agent", `${UTIL}: a template is known by its name and language.`),
    en: {
      title: "There is such a template already",
      explain: "A template of this name and language exists for this Page. Meta does not let a template be changed.",
      fix: "Choose another name, or delete the old one first.",
    },
    zhTW: {
      title: "已有相同的範本",
      explain: "此粉絲專頁已有相同名稱與語言的範本，而 Meta 不允許修改範本。",
      fix: "請換一個名稱，或先刪除舊範本。",
    },
  },
  template_draft_empty: {
    ...nothingSent("agent", `${UTIL}: BODY is required; a button has a text.`),
    en: {
      title: "There is no text",
      explain: "A template needs a text, and each of its buttons too.",
      fix: "Write it.",
    },
    zhTW: { title: "沒有文字", explain: "範本需要內文，每個按鈕也需要文字。", fix: "請輸入文字。" },
  },
  template_draft_too_long: {
    ...nothingSent("agent", `${UTIL}: 60 characters in a header, 1,024 in a body, 25 on a button.`),
    en: {
      title: "This text is too long for a template",
      explain: "Meta takes 60 characters in a header, 1,024 in the text and 25 on a button.",
      fix: "Shorten it.",
    },
    zhTW: {
      title: "範本文字太長",
      explain: "Meta 的上限為標題 60 字、內文 1,024 字、按鈕 25 字。",
      fix: "請縮短文字。",
    },
  },
  template_draft_edge: {
    ...nothingSent("agent", `${UTIL}: texts that start or end with a parameter are rejected.`),
    en: {
      title: "The text begins or ends with something to fill in",
      explain:
        "Meta rejects templates whose text begins or ends with a parameter; a full stop after it is not always enough.",
      fix: "Put words before and after it.",
    },
    zhTW: {
      title: "內文以變數開頭或結尾",
      explain: "Meta 會退回以變數開頭或結尾的範本，只在後面加句號有時仍不夠。",
      fix: "請在變數前後加上文字。",
    },
  },
  template_draft_numbering: {
    ...nothingSent("agent", `${UTIL}: gaps in the numbering are rejected.`),
    en: {
      title: "A number is missing among the parameters",
      explain: "Parameters are numbered from {{1}} on without a gap, in the header and in the text each.",
      fix: "Number them 1, 2, 3.",
    },
    zhTW: {
      title: "變數編號不連續",
      explain: "標題與內文各自的變數都須從 {{1}} 開始連續編號。",
      fix: "請依 1、2、3 重新編號。",
    },
  },
  template_draft_mixed: {
    ...nothingSent("agent", `${UTIL}: parameter_format is POSITIONAL or NAMED (Messenger changelog, 2026-03-06).`),
    en: {
      title: "Names and numbers are mixed",
      explain: "A template's parameters are either numbered, as {{1}}, or named, as {{order_id}}.",
      fix: "Use one of the two everywhere.",
    },
    zhTW: {
      title: "變數混用名稱與編號",
      explain: "同一範本的變數只能全部用編號（{{1}}），或全部用名稱（{{order_id}}）。",
      fix: "請統一使用其中一種。",
    },
  },
  template_draft_place: {
    ...nothingSent(
      "agent",
      `${UTIL}: a parameter is a number or a name of letters, digits and underscores in two braces.`,
    ),
    en: {
      title: "A parameter is not written as Meta wants it",
      explain: "A parameter is a number or one word in two braces: {{1}} or {{order_id}}. Other braces are not taken.",
      fix: "Correct the braces.",
    },
    zhTW: {
      title: "變數寫法不正確",
      explain: "變數須以兩個大括號包住編號或單一名稱，例如 {{1}} 或 {{order_id}}；不接受其他大括號。",
      fix: "請修正大括號。",
    },
  },
  template_draft_ratio: {
    ...nothingSent(
      "agent",
      `PARAMS_TO_WORD_RATIO_EXCEED_LIMIT: ${UTIL}; the number of words as in WhatsApp's template guidelines, of the same review.`,
    ),
    en: {
      title: "Too few words for so many parameters",
      explain: "Meta rejects texts that consist mostly of parameters. Two words for each, and one more, is the least.",
      fix: "Write more text around them, or use fewer.",
    },
    zhTW: {
      title: "變數太多、文字太少",
      explain: "Meta 會退回以變數為主的內文。每個變數至少要有兩個字詞，另再加一個。",
      fix: "請增加文字，或減少變數。",
    },
  },
  template_draft_example: {
    ...nothingSent("agent", `${UTIL}: every component with parameters has an example.`),
    en: {
      title: "An example is missing",
      explain: "Meta's review wants an example for everything that is filled in.",
      fix: "Write what could stand there, such as an order number. Use no data of a real customer.",
    },
    zhTW: {
      title: "缺少範例",
      explain: "Meta 審核時，每個變數都需要範例。",
      fix: "請填入可能的內容，例如訂單編號，但勿使用真實客戶的資料。",
    },
  },
  template_draft_buttons: {
    ...nothingSent("agent", `${UTIL}: up to three buttons, as seen in a production integration.`),
    en: { title: "Too many buttons", explain: "A template has at most three buttons.", fix: "Remove some." },
    zhTW: { title: "按鈕太多", explain: "範本最多三個按鈕。", fix: "請移除多餘的按鈕。" },
  },
  template_draft_link: {
    ...nothingSent("agent", `${UTIL}: URL buttons, a parameter only at the end of the address.`),
    en: {
      title: "The button's link is not right",
      explain: "A link begins with https://; a part to fill in, {{1}}, may stand only at its end.",
      fix: "Write the whole address.",
    },
    zhTW: {
      title: "按鈕連結不正確",
      explain: "連結須以 https:// 開頭，變數 {{1}} 只能放在最後。",
      fix: "請輸入完整網址。",
    },
  },
  template_draft_phone: {
    ...nothingSent("agent", `${UTIL}: PHONE_NUMBER buttons.`),
    en: {
      title: "The button's phone number is not right",
      explain: "A call button needs a phone number with its country, such as +886 2 1234 5678.",
      fix: "Write the number.",
    },
    zhTW: {
      title: "按鈕的電話號碼不正確",
      explain: "電話按鈕需要含國碼的號碼，例如 +886 2 1234 5678。",
      fix: "請輸入電話號碼。",
    },
  },
  template_rejected: {
    ...nothingSent("agent", `rejected_reason of a template, none of those ${UTIL} names.`),
    en: {
      title: "Meta rejected the template",
      explain: "Meta gave a reason that is not documented; it stands beside this.",
      fix: "Write a plain notice about an order, an appointment or an account, and create it under another name.",
    },
    zhTW: {
      title: "Meta 退回了這個範本",
      explain: "Meta 給的原因未列於文件中，原文附於一旁。",
      fix: "請改寫成關於訂單、預約或帳號的簡單通知，再以新名稱建立。",
    },
  },
  template_rejected_parameters: {
    ...nothingSent("agent", `INCORRECT_PARAMS: ${UTIL}.`),
    en: {
      title: "Meta rejected the template for its parameters",
      explain: "Its text begins or ends with one, their numbers have a gap, or it asks for card or identity numbers.",
      fix: "Put words around the parameters, number them 1, 2, 3, ask for no such number, and create it again.",
    },
    zhTW: {
      title: "Meta 因變數問題退回範本",
      explain: "內文以變數開頭或結尾、編號不連續，或要求提供卡號、身分證號。",
      fix: "請在變數前後加上文字、依序編號，且不要索取這類號碼，再重新建立。",
    },
  },
  template_rejected_ratio: {
    ...nothingSent("agent", `PARAMS_TO_WORD_RATIO_EXCEED_LIMIT: ${UTIL}.`),
    en: {
      title: "Meta rejected the template: too many parameters",
      explain: "The text has too many parameters for its length.",
      fix: "Write more words around them, or use fewer, and create it again.",
    },
    zhTW: {
      title: "Meta 退回範本：變數太多",
      explain: "以內文長度而言，變數太多。",
      fix: "請增加文字或減少變數，再重新建立。",
    },
  },
  template_rejected_promotion: {
    ...nothingSent("agent", `TAG_SHOULD_BE_MARKETING: ${UTIL}.`),
    en: {
      title: "Meta takes the template for promotion",
      explain:
        "Utility templates are notices about something the customer asked for: no offers, discounts or invitations to buy.",
      fix: "Remove what promotes anything and create it again. Promotion goes as an ordinary reply inside the reply window.",
    },
    zhTW: {
      title: "Meta 將此範本視為促銷",
      explain: "公用訊息範本只能用於客戶所要求事項的通知，不可含優惠、折扣或推銷。",
      fix: "請移除促銷內容後重新建立。促銷訊息只能在可回覆時間內以一般回覆傳送。",
    },
  },
  template_not_usable: {
    ...nothingSent("administrator", `${UTIL}: only APPROVED templates can be sent.`),
    en: {
      title: "The template may not be sent",
      explain: "Meta has not approved it, or has paused or disabled it.",
      fix: "Choose another template, or look under Settings → Templates what Meta objects to.",
    },
    zhTW: {
      title: "此範本目前無法傳送",
      explain: "Meta 尚未核准，或已將其暫停、停用。",
      fix: "請選擇其他範本，或到「設定 → 範本」查看 Meta 的意見。",
    },
  },
  template_parameter_missing: {
    ...nothingSent("agent", `${UTIL}: every parameter needs a value.`),
    en: {
      title: "A value is missing",
      explain: "Everything the template asks for must be filled in.",
      fix: "Fill it in.",
    },
    zhTW: { title: "缺少內容", explain: "範本的每個變數都必須填寫。", fix: "請填寫內容。" },
  },
  template_parameter_unknown: {
    ...nothingSent(
      "agent",
      "Rule of the product: Meta refuses a wrong number of parameters, in words that are not documented.",
    ),
    en: {
      title: "The template has no such parameter",
      explain: "A value was given for something the template does not ask for.",
      fix: "Use the keys the template lists under parameters.",
    },
    zhTW: { title: "範本沒有這個變數", explain: "提供了範本未要求的內容。", fix: "請使用範本 parameters 中列出的鍵。" },
  },
  template_parameter_too_long: {
    ...nothingSent("agent", `${UTIL}: the text may be 1,024 characters long, the header 60.`),
    en: {
      title: "A value is too long",
      explain: "Filled in, the text may have 1,024 characters and the header 60.",
      fix: "Shorten the value.",
    },
    zhTW: { title: "填寫的內容太長", explain: "填寫後的內文上限為 1,024 字，標題為 60 字。", fix: "請縮短內容。" },
  },
  template_parameter_link: {
    ...nothingSent("agent", `${UTIL}: URL buttons and image headers.`),
    en: {
      title: "A link is not right",
      explain:
        "A picture needs a whole address beginning with https://; the end of a link has no blanks or quotation marks.",
      fix: "Correct the address.",
    },
    zhTW: {
      title: "連結不正確",
      explain: "圖片需填寫以 https:// 開頭的完整網址；連結結尾不可含空白或引號。",
      fix: "請修正網址。",
    },
  },
  template_parameter_mismatch: {
    ...nothingSent(
      "administrator",
      "100 with a text about the number of parameters or placeholders (seen in a production integration, 2026).",
    ),
    certain: false,
    en: {
      title: "The template has changed at Meta",
      explain: "Meta wants another number of values than the template we know has.",
      fix: "Refresh the templates under Settings → Templates, then send it again.",
    },
    zhTW: {
      title: "範本在 Meta 端已變更",
      explain: "Meta 要求的內容數量與目前已知的範本不同。",
      fix: "請到「設定 → 範本」重新整理，再傳送一次。",
    },
  },
  utility_permission_missing: {
    ...nothingSent(
      "administrator",
      `230 “Requires pages_utility_messaging permission to manage the object”: ${UTIL}; the number by analogy with other permissions.`,
    ),
    en: {
      title: "Templates are not permitted for this Page",
      explain:
        "The access to this Page lacks the permission pages_utility_messaging, so Meta refuses templates. Ordinary replies are not concerned.",
      fix: "Connect the Page again and leave the permission switched on. If Meta does not offer it, the operator asks for it in App Review.",
    },
    zhTW: {
      title: "此粉絲專頁未取得範本權限",
      explain: "授權中缺少 pages_utility_messaging 權限，因此 Meta 拒絕範本；一般回覆不受影響。",
      fix: "請重新連接粉絲專頁並保留此權限。若授權畫面沒有此項，請維運人員於應用程式審查中申請。",
    },
  },
});
