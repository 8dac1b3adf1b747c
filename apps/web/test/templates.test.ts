import type { Template } from "@firstline/contracts";
import { checkDraft } from "@firstline/core/templates";
import { expect, test } from "vitest";
import { contentOfDraft, emptyDraft, examplesWanted, nameOf, wishOf } from "../src/features/templates/create/draft.ts";
import { found } from "../src/features/templates/picker/found.ts";
import { aroundPlace, nextPlace, piecesOf } from "../src/features/templates/places.ts";
import { renewed, withTemplate } from "../src/lib/cache/templates.ts";
import { at, uuid } from "./factories.ts";

function template(n: number, change: Partial<Template> = {}): Template {
  return {
    id: uuid(n),
    channelId: uuid(11),
    externalId: String(n),
    name: `template_${n}`,
    language: "en",
    status: "APPROVED",
    usable: true,
    rejection: null,
    header: null,
    body: "Hello {{1}}, your order has left our store.",
    buttons: [],
    parameters: [],
    libraryName: null,
    createdAt: at(n),
    statusAt: at(n),
    ...change,
  };
}

test("a text is cut at its places, with and without blanks in the braces", () => {
  expect(piecesOf("Order {{1}} and {{ order_id }}.")).toEqual([
    { text: "Order " },
    { place: "1" },
    { text: " and " },
    { place: "order_id" },
    { text: "." },
  ]);
  expect(piecesOf("")).toEqual([]);
});

test.each([
  ["", 1],
  ["Hello {{1}}", 2],
  ["{{2}} and {{1}}", 3],
  ["{{name}}", 1],
])("the next place of %j is number %i", (text, number) => expect(nextPlace(text)).toBe(number));

test.each([
  ["Hello {{1}}, your order {{2}} has left our store today.", "2", "your order ____ has left…"],
  ["Hello {{1}}, your order {{2}} has left our store today.", "1", "Hello ____, your order…"],
  ["您好 {{1}}，您的訂單已經寄出。", "1", "您好 ____，您的訂單已經寄出。"],
])("in %j place %s is told by the words around it", (text, place, words) =>
  expect(aroundPlace(text, place)).toBe(words),
);

test("a draft without a name of its own follows its title; one that was typed stays", () => {
  const draft = { ...emptyDraft("en"), title: "Order is on its way!" };
  expect(nameOf(draft)).toBe("order_is_on_its_way");
  expect(nameOf({ ...draft, name: "mine" })).toBe("mine");
});

test("what is handed in has every example under its key, the link with its end to fill in, and nothing that is empty", () => {
  const draft = {
    ...emptyDraft("zh_TW"),
    title: "pick up",
    header: " ",
    body: " Hello {{1}}, your jacket is ready to be picked up in our store. ",
    buttons: [
      { id: 1, kind: "url" as const, text: "Map ", url: " https://example.com/map/", suffix: true, phone: "" },
      { id: 2, kind: "phone" as const, text: "Call us", url: "", suffix: false, phone: "+886 2 1234 5678" },
      { id: 3, kind: "postback" as const, text: "I am coming", url: "", suffix: false, phone: "" },
    ],
    examples: { "body.1": "Ann", "button.0": "xinyi", "body.2": "gone" },
  };
  expect(wishOf(draft)).toEqual({
    name: "pick_up",
    language: "zh_TW",
    body: "Hello {{1}}, your jacket is ready to be picked up in our store.",
    buttons: [
      { kind: "url", text: "Map", url: "https://example.com/map/{{1}}" },
      { kind: "phone", text: "Call us", phone: "+886 2 1234 5678" },
      { kind: "postback", text: "I am coming" },
    ],
    examples: { "body.1": "Ann", "button.0": "xinyi" },
  });
  expect(checkDraft(wishOf(draft))).toEqual([]);
  expect(examplesWanted(draft).map(({ key }) => key)).toEqual(["body.1", "button.0"]);
  expect(contentOfDraft(draft).header).toBeNull();
});

test("templates are found by every word, in name, text or language", () => {
  const all = [
    template(1, { name: "order_shipped", body: "Your order is on its way" }),
    template(2, { name: "order_shipped", language: "zh_TW", body: "您的訂單已寄出" }),
    template(3, { name: "appointment", header: { kind: "text", text: "See you soon" } }),
  ];
  const names = (q: string) => found(all, q, "en").map(({ id }) => id);
  expect(names("")).toEqual([uuid(3), uuid(1), uuid(2)]);
  expect(names("ORDER way")).toEqual([uuid(1)]);
  expect(names("order chinese")).toEqual([uuid(2)]);
  expect(names("soon")).toEqual([uuid(3)]);
  expect(names("refund")).toEqual([]);
});

test("an older word of Meta's never replaces a newer one; a new template stands first", () => {
  const list = { data: [template(1, { status: "APPROVED", statusAt: at(100) })], readAt: null, problem: null };
  expect(withTemplate(list, template(1, { status: "PENDING", statusAt: at(50) }))).toBe(list);
  expect(withTemplate(list, template(1, { status: "PAUSED", statusAt: at(200) })).data[0]?.status).toBe("PAUSED");
  expect(withTemplate(list, template(7)).data.map(({ id }) => id)).toEqual([uuid(7), uuid(1)]);
});

test("a list read at Meta does not take back what an event told while it was on its way", () => {
  const listOf = (...data: Template[]) => ({ data, readAt: null, problem: null });
  const paused = template(1, { status: "PAUSED", statusAt: at(200) });
  const gone = template(2);
  const read = listOf(template(1, { statusAt: at(100) }), template(3));
  expect(renewed(listOf(paused, gone), read).data).toEqual([paused, template(3)]);
  const newer = listOf(template(1, { status: "REJECTED", statusAt: at(300) }));
  expect(renewed(listOf(paused), newer)).toEqual(newer);
  expect(renewed(undefined, read)).toEqual(read);
});
