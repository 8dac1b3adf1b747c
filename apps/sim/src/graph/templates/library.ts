import type { TemplateButton, TemplateComponent } from "../../store/templates.ts";
import { asString, asStructure } from "../params.ts";
import { bad } from "../send/checks.ts";

/** One of Meta's ready templates, as `GET /message_template_library` tells it (Utility messages, 2026-03-13). */
export interface LibraryTemplate {
  id: string;
  name: string;
  language: string;
  category: "UTILITY";
  topic: string;
  usecase: string;
  industry: string[];
  body: string;
  body_params: string[];
  body_param_types: string[];
  buttons: { type: "URL" | "POSTBACK"; text: string; url?: string }[];
}

type Row = [name: string, topic: string, usecase: string, en: string, zh: string, params: [string, string][]];

const ROWS: Row[] = [
  [
    "order_shipped",
    "ORDER_MANAGEMENT",
    "SHIPMENT_CONFIRMATION",
    "Hi {{1}}, your order {{2}} is on its way to you. We expect it to arrive on {{3}}, in the afternoon.",
    "您好 {{1}}，您的訂單 {{2}} 已經寄出，預計於 {{3}} 下午送達。",
    [
      ["Ann", "TEXT"],
      ["566701", "TEXT"],
      ["12 May", "DATE"],
    ],
  ],
  [
    "order_confirmed",
    "ORDER_MANAGEMENT",
    "ORDER_CONFIRMATION",
    "Thank you, {{1}}. We have received your order {{2}} and will tell you when it leaves our store.",
    "謝謝您，{{1}}。我們已收到您的訂單 {{2}}，出貨時會通知您。",
    [
      ["Ann", "TEXT"],
      ["566701", "TEXT"],
    ],
  ],
  [
    "appointment_reminder",
    "EVENT_REMINDER",
    "APPOINTMENT_REMINDER",
    "Hello {{1}}, this is a reminder of your appointment on {{2}} at our shop. Please write to us if you cannot come.",
    "您好 {{1}}，提醒您 {{2}} 在本店的預約。如無法前來，請告訴我們。",
    [
      ["Ann", "TEXT"],
      ["12 May, 3 pm", "TEXT"],
    ],
  ],
  [
    "payment_received",
    "PAYMENTS",
    "PAYMENT_CONFIRMATION",
    "We have received your payment for order {{1}} on {{2}}, thank you very much.",
    "我們已於 {{2}} 收到您訂單編號 {{1}} 的款項，非常感謝。",
    [
      ["566701", "TEXT"],
      ["12 May", "DATE"],
    ],
  ],
  [
    "account_updated",
    "ACCOUNT_UPDATES",
    "ACCOUNT_STATUS",
    "Hello {{1}}, the details of your account with us were changed today. If it was not you, please write to us.",
    "您好 {{1}}，您在本店的帳戶資料今天已變更。若不是您本人操作，請與我們聯絡。",
    [["Ann", "TEXT"]],
  ],
];

const BUTTON = {
  en: { type: "URL" as const, text: "View details", url: "https://www.example.com/{{1}}" },
  zh_TW: { type: "URL" as const, text: "查看詳情", url: "https://www.example.com/{{1}}" },
};

export const LIBRARY: LibraryTemplate[] = ROWS.flatMap(([name, topic, usecase, en, zh, params], index) =>
  (["en", "zh_TW"] as const).map((language, at) => ({
    id: `79800000000${String(index * 2 + at + 1).padStart(4, "0")}`,
    name,
    language,
    category: "UTILITY" as const,
    topic,
    usecase,
    industry: ["E_COMMERCE"],
    body: language === "en" ? en : zh,
    body_params: params.map(([example]) => example),
    body_param_types: params.map(([, type]) => type),
    buttons: name === "order_shipped" ? [BUTTON[language]] : [],
  })),
);

/** The components of a ready template cloned to a Page; its link buttons get the Page's own addresses. */
export function cloneComponents(template: LibraryTemplate, buttonInputs: unknown): TemplateComponent[] {
  const inputs = asStructure(buttonInputs) ?? [];
  if (!Array.isArray(inputs)) throw bad("Param library_template_button_inputs must be an array.");
  const buttons: TemplateButton[] = template.buttons.map((button, index) => {
    const url = ((inputs[index] ?? {}) as { url?: unknown }).url;
    const base = asString(url) ?? asString((url as { base_url?: unknown } | undefined)?.base_url);
    if (!base) throw bad(`Param library_template_button_inputs[${index}][url] is required.`);
    return { type: button.type, text: button.text, url: base };
  });
  const body = { type: "BODY" as const, text: template.body, example: { body_text: [template.body_params] } };
  return buttons.length > 0 ? [body, { type: "BUTTONS", buttons }] : [body];
}
