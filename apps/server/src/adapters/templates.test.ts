import { checkDraft, type TemplateDraft } from "@firstline/core/templates";
import { describe, expect, it } from "vitest";
import { buildMessengerSend } from "./messenger/build-send.ts";
import { messengerTemplates } from "./messenger/templates.ts";
import { normalizeDelivery } from "./normalize.ts";

const draft: TemplateDraft = {
  name: "order_update",
  language: "en",
  header: "Order {{1}} news",
  body: "Hi {{1}}, your order {{2}} is on its way to you today.",
  buttons: [
    { kind: "url", text: "Track", url: "https://shop.example/{{1}}" },
    { kind: "phone", text: "Call", phone: "+886 2 1234 5678" },
    { kind: "postback", text: "Cancel" },
  ],
  examples: { "header.1": "5", "body.1": "Ann", "body.2": "5", "button.0": "5?x" },
};

describe("O4 templates in Meta's JSON", () => {
  it("a draft comes back as it was written, with its examples", () => {
    expect(checkDraft(draft)).toEqual([]);
    expect(messengerTemplates.readComponents(messengerTemplates.componentsOf(draft))).toEqual({
      content: { header: { kind: "text", text: draft.header }, body: draft.body, buttons: draft.buttons },
      examples: draft.examples,
    });
    const named = { ...draft, header: "Order {{no}} news", body: "Hi {{who}}, your order is on its way to you." };
    const examples = { "header.no": "5", "body.who": "Ann", "button.0": "5" };
    const request = messengerTemplates.buildCreate("1", { ...named, examples });
    expect(request.json).toMatchObject({ category: "UTILITY", parameter_format: "NAMED" });
    expect(messengerTemplates.readComponents(messengerTemplates.componentsOf({ ...named, examples })).examples).toEqual(
      examples,
    );
  });

  it("nothing in components, not even nonsense, is an error", () => {
    for (const odd of [
      null,
      "x",
      [],
      [null, 1, { type: 7 }],
      [{ type: "BODY" }, { type: "BUTTONS", buttons: [null, {}] }],
    ])
      expect(messengerTemplates.readComponents(odd).content.body).toBe("");
    expect(messengerTemplates.readList({ data: [null, { id: 1 }, { id: "1", name: "a", language: "en" }] })).toEqual({
      templates: [
        {
          ...{ externalId: "1", name: "a", language: "en", status: "PENDING", rejectedReason: null },
          ...{ parameterFormat: "POSITIONAL", components: [], libraryName: null, createdAt: null },
        },
      ],
      next: null,
    });
    expect([messengerTemplates.readList("<html>"), messengerTemplates.readLibrary(null)]).toEqual([null, null]);
  });

  it("the list holds utility templates only, and goes on only where Meta says that there is more", () => {
    const one = (id: string, category: string) => ({
      id,
      name: `t${id}`,
      language: "en",
      category,
      status: "approved",
    });
    const list = messengerTemplates.readList({
      data: [one("1", "UTILITY"), one("2", "MARKETING")],
      paging: { cursors: { after: "next" } },
    });
    expect([list?.templates.map((t) => [t.externalId, t.status]), list?.next]).toEqual([[["1", "APPROVED"]], null]);
    const more = { data: [], paging: { next: "https://…", cursors: { after: "next" } } };
    expect(messengerTemplates.readList(more)?.next).toBe("next");
  });

  it("deleting names one language by its id: the name alone would take all", () => {
    expect(messengerTemplates.buildDelete("1", { externalId: "77", name: "a" })).toEqual({
      method: "DELETE",
      path: "/1/message_templates",
      query: { name: "a", hsm_id: "77" },
    });
  });
});

describe("O4 sending a template", () => {
  const send = (template: Parameters<typeof buildMessengerSend>[1]["template"]) =>
    buildMessengerSend("1", { recipientId: "7", way: "utility_template", metadata: "ours", template }).json;

  it("is the documented body: UTILITY, message.template, names only of named parameters", () => {
    const filled = {
      ...{ name: "order_update", language: "en" },
      header: [{ name: null, text: "Order" }],
      body: [{ name: "order_id", text: "566701" }],
      buttons: [{ kind: "postback", value: "12345" } as const],
    };
    expect(send(filled)).toEqual({
      recipient: { id: "7" },
      messaging_type: "UTILITY",
      message: {
        template: {
          name: "order_update",
          language: { code: "en" },
          components: [
            { type: "header", parameters: [{ type: "text", text: "Order" }] },
            { type: "body", parameters: [{ type: "text", parameter_name: "order_id", text: "566701" }] },
            { type: "buttons", parameters: [{ type: "POSTBACK", payload: "12345" }] },
          ],
        },
        metadata: "ours",
      },
    });
  });

  it("leaves out parts without parameters, and keeps the place of a button that takes nothing before one that does", () => {
    const plain = { name: "a", language: "zh_TW", header: [], body: [], buttons: [null, null] };
    expect(send(plain)).toMatchObject({ message: { template: { components: [] } } });
    const second = {
      ...plain,
      header: [{ image: "https://cdn.example/a.jpg" }],
      buttons: [null, { kind: "url", value: "5" } as const, null],
    };
    expect(send(second)).toMatchObject({
      message: {
        template: {
          components: [
            { type: "header", parameters: [{ type: "image", image: { link: "https://cdn.example/a.jpg" } }] },
            { type: "buttons", parameters: [{ type: "URL" }, { type: "URL", text: "5" }] },
          ],
        },
      },
    });
  });
});

describe.each(["message_template_status_update", "messenger_template_status_update"])(
  "O4 Meta's word by %s",
  (field) => {
    const read = (value: unknown) =>
      normalizeDelivery(
        Buffer.from(
          JSON.stringify({ object: "page", entry: [{ id: "1", time: 1795436506, changes: [{ field, value }] }] }),
        ),
      ).events;

    it("names template, status and reason, at Meta's time", () => {
      const value = {
        event: "REJECTED",
        message_template_id: 754275797814839,
        message_template_name: "a",
        message_template_language: "en",
        reason: "INCORRECT_PARAMS",
      };
      expect(read(value)).toEqual([
        {
          ...{
            type: "template",
            platform: "messenger",
            accountId: "1",
            contactId: null,
            at: 1795436506000,
            standby: false,
          },
          ...{
            templateId: "754275797814839",
            name: "a",
            language: "en",
            status: "REJECTED",
            reason: "INCORRECT_PARAMS",
          },
        },
      ]);
      expect(read({ ...value, event: "APPROVED", reason: "NONE" })).toMatchObject([
        { status: "APPROVED", reason: null },
      ]);
    });

    it("what names no template or says nothing is kept for an operator to look at", () => {
      for (const value of [{}, { event: "APPROVED" }, { message_template_id: 1 }])
        expect(read(value)).toMatchObject([{ type: "other", name: field, understood: false }]);
    });
  },
);
