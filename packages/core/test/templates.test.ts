import { describe, expect, it } from "vitest";
import {
  checkDraft,
  checkValues,
  classifyFault,
  type FaultCode,
  isParameterRequired,
  isTemplateUsable,
  parameterFormat,
  parametersOf,
  rejectionFault,
  renderTemplate,
  renderTemplateText,
  suggestTemplateName,
  type TemplateContent,
  type TemplateDraft,
} from "../src/index.ts";

const order: TemplateContent = {
  header: { kind: "text", text: "Order {{1}}" },
  body: "Hi {{1}}, your order {{2}} is on its way to you today.",
  buttons: [
    { kind: "url", text: "Track", url: "https://shop.example/orders/{{1}}" },
    { kind: "phone", text: "Call", phone: "+886 2 1234 5678" },
    { kind: "postback", text: "Cancel" },
  ],
};
const values = { "header.1": "566701", "body.1": "Ann", "body.2": "566701", "button.0": "566701?from=chat" };

describe("O4 what a template asks for", () => {
  it("names every place once, header first, numbers in their order, with its example", () => {
    const twice = { ...order, body: "For {{2}} and {{1}} and {{2}} again." };
    expect(parametersOf(twice, { "body.1": "Ann" }).map(({ key, kind, example }) => [key, kind, example])).toEqual([
      ["header.1", "text", null],
      ["body.1", "text", "Ann"],
      ["body.2", "text", null],
      ["button.0", "url_suffix", null],
      ["button.2", "payload", null],
    ]);
  });

  it("knows named parameters by their name and keeps their order", () => {
    const named: TemplateContent = { header: null, body: "Order {{ order_id }} for {{name}} is here.", buttons: [] };
    expect(parametersOf(named).map(({ key, name }) => [key, name])).toEqual([
      ["body.order_id", "order_id"],
      ["body.name", "name"],
    ]);
    expect([parameterFormat(named), parameterFormat(order)]).toEqual(["NAMED", "POSITIONAL"]);
  });

  it("asks for the address of a picture in the header, and for nothing of a fixed link", () => {
    const pictured: TemplateContent = {
      header: { kind: "image", text: null },
      body: "Here it is.",
      buttons: [{ kind: "url", text: "Open", url: "https://shop.example" }],
    };
    expect(parametersOf(pictured).map(({ key, kind }) => [key, kind])).toEqual([["header.1", "image"]]);
  });

  it("does not ask people for a button's payload", () => {
    expect(
      parametersOf(order)
        .filter((p) => !isParameterRequired(p))
        .map((p) => p.key),
    ).toEqual(["button.2"]);
  });
});

describe("O4 what the customer reads", () => {
  it("fills header, body and link, whatever characters a value has", () => {
    const { header, body, buttons } = renderTemplate(order, { ...values, "body.1": " $& Ann $1 " });
    expect(header).toEqual({ text: "Order 566701" });
    expect(body).toBe("Hi $& Ann $1, your order 566701 is on its way to you today.");
    expect(buttons.map((b) => b.url)).toEqual(["https://shop.example/orders/566701?from=chat", null, null]);
    expect(renderTemplateText(order, values)).toBe(
      "Order 566701\nHi Ann, your order 566701 is on its way to you today.",
    );
  });

  it("leaves what is not filled in as it is written", () => {
    expect(renderTemplateText({ ...order, header: null }, { "body.1": "Ann", "body.2": " " })).toBe(
      "Hi Ann, your order {{2}} is on its way to you today.",
    );
  });
});

describe("O4 values Meta would refuse are told before anything is sent", () => {
  const at = (key: string, value: string | undefined, content = order) =>
    checkValues(content, { ...values, [key]: value }).find((p) => p.at === key)?.fault ?? null;

  it("takes good values, with a payload and without", () => {
    expect(checkValues(order, values)).toEqual([]);
    expect(checkValues(order, { ...values, "button.2": "cancel:566701" })).toEqual([]);
  });

  it.each<[string, string, FaultCode | null]>([
    ["#", "order #5", "template_parameter_invalid"],
    ["%", "10 % off", "template_parameter_invalid"],
    ["$", "$5", "template_parameter_invalid"],
    ["an emoji", "Ann 🎉", "template_parameter_invalid"],
    ["a flag", "from 🇹🇼", "template_parameter_invalid"],
    ["a key cap", "1️⃣", "template_parameter_invalid"],
    ["a heart of text", "I ❤ you", "template_parameter_invalid"],
    ["nothing", "", "template_parameter_missing"],
    ["blanks", "   ", "template_parameter_missing"],
    ["more than 1,000 characters", "a".repeat(1001), "template_parameter_too_long"],
    ["Chinese", "王小明，您好（12 月 3 日）", null],
    ["digits, accents and signs", "Zoë & Sons: 3/4, 12:30 + 5 €", null],
  ])("%s", (_what, value, fault) => expect(at("body.1", value)).toBe(fault));

  it("tells every missing one, and one nobody asked for", () => {
    expect(checkValues(order, { "body.3": "x" }).map((p) => [p.at, p.fault])).toEqual([
      ["header.1", "template_parameter_missing"],
      ["body.1", "template_parameter_missing"],
      ["body.2", "template_parameter_missing"],
      ["button.0", "template_parameter_missing"],
      ["body.3", "template_parameter_unknown"],
    ]);
  });

  it("tells the longest value when each is short enough and the whole is not", () => {
    const body = { ...values, "body.1": "a".repeat(500), "body.2": "b".repeat(600) };
    expect(checkValues(order, body)).toEqual([{ at: "body.2", fault: "template_parameter_too_long" }]);
    expect(at("header.1", "1".repeat(60))).toBe("template_parameter_too_long");
  });

  it("takes the end of a link as it is, but no blanks; a picture only by a whole address", () => {
    expect(at("button.0", "a%20b#top")).toBe(null);
    expect(at("button.0", "a b")).toBe("template_parameter_link");
    const pictured: TemplateContent = { header: { kind: "image", text: null }, body: "Here it is.", buttons: [] };
    const fault = (value: string) => checkValues(pictured, { "header.1": value })[0]?.fault ?? null;
    expect([fault("https://cdn.example/a.jpg"), fault("a.jpg"), fault("ftp://a.example/a.jpg")]).toEqual([
      null,
      "template_parameter_link",
      "template_parameter_link",
    ]);
  });
});

describe("O4 a draft Meta would refuse is told where it is wrong", () => {
  const good: TemplateDraft = {
    name: "order_update",
    language: "en",
    header: "Order {{1}} news",
    body: "Hi {{1}}, your order {{2}} is on its way to you today.",
    buttons: [{ kind: "url", text: "Track", url: "https://shop.example/{{1}}" }],
    examples: { "header.1": "5", "body.1": "Ann", "body.2": "5", "button.0": "5" },
  };
  const faults = (change: Partial<TemplateDraft>) => {
    const found = checkDraft({ ...good, ...change });
    return Object.fromEntries(found.map((p) => [p.at, p.fault]));
  };

  it("takes a good one in English and in Chinese", () => {
    expect(faults({})).toEqual({});
    expect(
      faults({
        language: "zh_TW",
        header: undefined,
        body: "您好 {{1}}，提醒您 {{2}} 的預約。如無法前來，請告訴我們。",
      }),
    ).toEqual({});
  });

  it.each<[string, Partial<TemplateDraft>, Record<string, FaultCode>]>([
    ["capitals in the name", { name: "Order" }, { name: "template_draft_name" }],
    ["blanks in the name", { name: "order update" }, { name: "template_draft_name" }],
    ["a language by its name", { language: "English" }, { language: "template_draft_language" }],
    ["no body", { body: "  " }, { body: "template_draft_empty" }],
    [
      "a body of 1,025 characters",
      { body: `${"word ".repeat(205)}${"a".repeat(10)}` },
      { body: "template_draft_too_long" },
    ],
    ["a header of 61 characters", { header: "h".repeat(61) }, { header: "template_draft_too_long" }],
    [
      "a parameter first",
      { body: "{{1}}, your order {{2}} is on its way to you today." },
      { body: "template_draft_edge" },
    ],
    ["a parameter last", { body: "Hello there, your order is on its way, {{1}}" }, { body: "template_draft_edge" }],
    ["a header that is one", { header: "{{1}}" }, { header: "template_draft_edge" }],
    [
      "a gap in the numbers",
      { body: "Hi {{1}}, your order {{3}} is on its way to you today." },
      { body: "template_draft_numbering", "body.3": "template_draft_example" },
    ],
    [
      "numbers from 0",
      { body: "Hi {{0}}, your order is on its way to you today." },
      { body: "template_draft_numbering", "body.0": "template_draft_example" },
    ],
    [
      "numbers and names",
      {
        body: "Hi {{name}}, your order is on its way to you today.",
        examples: { ...good.examples, "body.name": "Ann" },
      },
      { body: "template_draft_mixed" },
    ],
    ["one brace", { body: "Hi {1}, your order is on its way to you today." }, { body: "template_draft_place" }],
    ["two words in braces", { body: "Hi {{order id}}, your order is on its way." }, { body: "template_draft_place" }],
    ["hardly any words", { body: "Hi {{1}} and {{2}} bye" }, { body: "template_draft_ratio" }],
    ["hardly any Chinese words", { body: "您 {{1}} 好 {{2}} 嗎" }, { body: "template_draft_ratio" }],
    [
      "no example",
      { examples: {} },
      {
        "header.1": "template_draft_example",
        "body.1": "template_draft_example",
        "body.2": "template_draft_example",
        "button.0": "template_draft_example",
      },
    ],
    [
      "an example with forbidden characters",
      { examples: { ...good.examples, "body.2": "#5" } },
      { "body.2": "template_parameter_invalid" },
    ],
    [
      "four buttons",
      { buttons: Array.from({ length: 4 }, () => ({ kind: "postback", text: "Yes" }) as const) },
      { buttons: "template_draft_buttons" },
    ],
    ["a button without text", { buttons: [{ kind: "postback", text: " " }] }, { "button.0": "template_draft_empty" }],
    [
      "a long button",
      { buttons: [{ kind: "postback", text: "b".repeat(26) }] },
      { "button.0": "template_draft_too_long" },
    ],
    [
      "a link without https",
      { buttons: [{ kind: "url", text: "Go", url: "shop.example" }] },
      { "button.0": "template_draft_link" },
    ],
    [
      "a place inside a link",
      { buttons: [{ kind: "url", text: "Go", url: "https://shop.example/{{1}}/x" }] },
      { "button.0": "template_draft_link" },
    ],
    [
      "a phone number of letters",
      { buttons: [{ kind: "phone", text: "Call", phone: "call us" }] },
      { "button.0": "template_draft_phone" },
    ],
  ])("%s", (_what, change, expected) => expect(faults(change)).toEqual(expected));
});

describe("O4 what Meta makes of a template", () => {
  it.each<[string | null, FaultCode]>([
    ["INCORRECT_PARAMS", "template_rejected_parameters"],
    ["PARAMS_TO_WORD_RATIO_EXCEED_LIMIT", "template_rejected_ratio"],
    ["TAG_SHOULD_BE_MARKETING", "template_rejected_promotion"],
    ["SOMETHING_NEW", "template_rejected"],
    [null, "template_rejected"],
  ])("the reason %s has a fault with what to change", (word, fault) => expect(rejectionFault(word)).toBe(fault));

  it("only an approved one may be sent", () => {
    const usable = ["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED", "approved", "IN_APPEAL"].map(
      isTemplateUsable,
    );
    expect(usable).toEqual([true, false, false, false, false, false, false]);
  });

  it.each<[number, number | null, string, FaultCode]>([
    [100, null, "(#100) Template cannot be found.", "template_not_found"],
    [100, 1893043, "(#100) Special characters not allowed", "template_parameter_invalid"],
    [
      230,
      null,
      "(#230) Requires pages_utility_messaging permission to manage the object",
      "utility_permission_missing",
    ],
    [200, null, "Requires page_utility_messaging permission to manage the object", "utility_permission_missing"],
    [
      100,
      null,
      "(#100) Number of parameters for body does not match: expected 2, got 1.",
      "template_parameter_mismatch",
    ],
    [100, null, "placeholder count mismatch", "template_parameter_mismatch"],
  ])("a send refused with %i/%s “%s” names its cause", (code, subcode, message, fault) =>
    expect(classifyFault({ httpStatus: 400, code, subcode, message, isTransient: null, stage: "answered" })).toBe(
      fault,
    ),
  );
});

describe("a name made from a title", () => {
  it.each([
    ["Order update!", "order_update"],
    ["  Réservation – Été 2026 ", "reservation_ete_2026"],
    ["訂單", ""],
    ["訂單 update", "update"],
  ])("%s", (title, name) => expect(suggestTemplateName(title)).toBe(name));
});
