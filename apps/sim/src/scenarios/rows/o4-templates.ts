import { faults, idle, nextSend, noSendFault, noTemplate, page, template, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const NAME = "scenario_order_update";
const TEXT = "Your order {{1}} leaves our store on {{2}}, have a nice day.";
const good = template(NAME, TEXT, ["566701", "Monday"]);
const old = write("When will it arrive?", { at: "{hoursAgo:400}" });
const review = (status: string, reason?: string) =>
  page(`/templates/${NAME}/review`, { status, ...(reason && { reason }) }, "review");

export const o4Templates: Scenario[] = [
  {
    id: "O4-template-after-the-window",
    row: "O4",
    title: { en: "A utility template weeks after the window", zh: "時限過後數週的通知範本" },
    about: {
      en: "An approved template and a conversation of 400 hours ago.",
      zh: "一個已核准的範本，以及 400 小時前的對話。",
    },
    look: {
      en: "The template is offered, filled in with a preview, sent; on the phone it shows filled in.",
      zh: "可選擇範本、填入並預覽後送出；手機上顯示填好的內容。",
    },
    steps: [good, old, idle],
    undo: [noTemplate(NAME)],
  },
  {
    id: "O4-template-waits-for-review",
    row: "O4",
    title: { en: "A template nobody has judged yet", zh: "尚未審查的範本" },
    about: {
      en: "Reviews wait for a person until undone: approve or reject it in Business Suite, Page settings.",
      zh: "復原前審查由人進行：在 Business Suite 的粉專設定核准或拒絕。",
    },
    look: {
      en: "Pending, not offered for sending; the verdict arrives by webhook, or at the next poll.",
      zh: "顯示審查中且不能使用；結果由 webhook 或下次查詢得知。",
    },
    steps: [faults({ templateReviewMs: null }), good, old, idle],
    undo: [noTemplate(NAME), faults({ templateReviewMs: 0 })],
  },
  {
    id: "O4-template-rejected",
    row: "O4",
    title: { en: "A template rejected as marketing", zh: "被視為行銷而拒絕的範本" },
    about: {
      en: "A text with a discount: REJECTED, TAG_SHOULD_BE_MARKETING.",
      zh: "含有折扣的文字：REJECTED、TAG_SHOULD_BE_MARKETING。",
    },
    look: { en: "Rejected with the reason and what to change.", zh: "顯示拒絕原因與該改什麼。" },
    person: null,
    steps: [template(NAME, "Order {{1}} has a discount for you this week.", ["566701"]), idle],
    undo: [noTemplate(NAME)],
  },
  {
    id: "O4-template-rejected-as",
    row: "O4",
    title: { en: "A template rejected for a reason of your choice", zh: "以指定原因拒絕的範本" },
    about: {
      en: "REJECTED with the reason given: INCORRECT_PARAMS, PARAMS_TO_WORD_RATIO_EXCEED_LIMIT, or a word nobody knows yet.",
      zh: "以指定原因 REJECTED：INCORRECT_PARAMS、PARAMS_TO_WORD_RATIO_EXCEED_LIMIT，或還沒人見過的字眼。",
    },
    look: {
      en: "What to change stands beside the template; an unknown reason is shown in Meta's own word.",
      zh: "範本旁說明該改什麼；未知的原因以 Meta 原文顯示。",
    },
    person: null,
    options: { reason: { about: { en: "reason", zh: "原因" }, default: "INCORRECT_PARAMS" } },
    steps: [faults({ templateReviewMs: null }), good, idle, review("REJECTED", "{reason}"), idle],
    undo: [noTemplate(NAME), faults({ templateReviewMs: 0 })],
  },
  {
    id: "O4-template-withdrawn",
    row: "O4",
    title: { en: "An approved template is disabled", zh: "已核准的範本被停用" },
    about: {
      en: "Approved, then DISABLED by Meta: sends with it fail with Template cannot be found.",
      zh: "先核准，後被 Meta 停用：使用它會以 Template cannot be found 失敗。",
    },
    look: {
      en: "No longer offered; what was queued with it fails with the reason.",
      zh: "不再提供；排隊中的訊息失敗並說明原因。",
    },
    steps: [good, old, idle, review("DISABLED"), idle],
    undo: [noTemplate(NAME)],
  },
  {
    id: "O4-template-status-lost",
    row: "O4",
    title: { en: "The verdict's event is lost", zh: "審查結果的事件遺失" },
    about: {
      en: "A template waits, is approved, and the event about it never comes.",
      zh: "範本等待審查後核准，但通知事件沒有到。",
    },
    look: { en: "Found approved at the next poll.", zh: "下次查詢時得知已核准。" },
    steps: [
      faults({ templateReviewMs: null }),
      good,
      old,
      idle,
      faults({ lose: { count: 1, fields: ["message_template_status_update"] } }),
      review("APPROVED"),
      idle,
    ],
    undo: [noTemplate(NAME), faults({ templateReviewMs: 0, lose: null })],
  },
  {
    id: "O4-template-parameter-refused",
    row: "O4",
    title: { en: "A parameter Meta refuses", zh: "Meta 拒絕的參數" },
    about: {
      en: "The next send is refused with 100/1893043, as for #, %, $ or emoji in a parameter.",
      zh: "下一次以 100/1893043 拒絕，如同參數含有 #、%、$ 或表情符號。",
    },
    look: {
      en: "The product catches such characters while typing; what Meta still refuses names the parameter.",
      zh: "產品在輸入時就會發現；Meta 仍拒絕時指出是參數的問題。",
    },
    steps: [good, old, idle, nextSend({ code: 100, subcode: 1893043 })],
    undo: [noTemplate(NAME), noSendFault],
  },
];
