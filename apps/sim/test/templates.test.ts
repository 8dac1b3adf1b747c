import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clock, outcome } from "./support/sending.ts";
import { ANN, type Answer, BLUE, TEA, World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
});

const EDGE = `/v26.0/${BLUE}/message_templates`;
const BODY = {
  type: "BODY",
  text: "Your order {{1}} leaves our store on {{2}}, have a nice day.",
  example: { body_text: [["566701", "Monday"]] },
}; // prettier-ignore

async function post(path: string, body: unknown): Promise<Answer> {
  return await world.http("POST", path, {
    headers: { "content-type": "application/json", authorization: `Bearer ${world.token}` },
    body: JSON.stringify(body),
  });
}
const create = (more: Record<string, unknown> = {}) =>
  post(EDGE, { name: "order_update", language: "en", category: "UTILITY", components: [BODY], ...more });
const text = (...texts: string[]) => texts.map((one) => ({ type: "text", text: one }));
const filled = (parameters: unknown, more: Record<string, unknown>[] = []) => ({
  template: { name: "order_update", language: { code: "en" }, components: [{ type: "body", parameters }, ...more] },
});
const send = (message: unknown, extra: Record<string, unknown> = { messaging_type: "UTILITY" }) =>
  world.send(message, extra);

describe("utility templates", () => {
  it("O4 are created, judged at once, listed, read by id and deleted by name or id", async () => {
    const made = await create();
    expect(made.body).toEqual({ id: expect.stringMatching(/^\d{15}$/), status: "APPROVED", category: "UTILITY" });
    await create({ language: "zh_TW" });
    const list = await world.graph("GET", EDGE, { name: "order_update", fields: "name,language,status" });
    expect(list.body.data.map(({ language, status }: Record<string, string>) => [language, status])).toEqual([
      ["zh_TW", "APPROVED"],
      ["en", "APPROVED"],
    ]);
    const node = await world.graph("GET", `/v26.0/${made.body.id}`, { fields: "status,rejected_reason,components" });
    expect(node.body).toMatchObject({ status: "APPROVED", rejected_reason: "NONE", components: [BODY] });
    expect(outcome(await post(`/v26.0/${made.body.id}`, { components: [BODY] }))).toBe("100/33");
    expect((await world.graph("DELETE", EDGE, { hsm_id: made.body.id })).body).toEqual({ success: true });
    expect((await world.graph("GET", EDGE)).body.data).toHaveLength(1);
    expect((await world.graph("DELETE", EDGE, { name: "order_update" })).body).toEqual({ success: true });
    expect(outcome(await world.graph("DELETE", EDGE, { name: "order_update" }))).toBe("100");
  });

  it.each([
    ["a name with capitals", { name: "Order" }],
    ["no language", { language: "" }],
    ["another category", { category: "MARKETING" }],
    ["no components", { components: undefined }],
    ["no body", { components: [{ type: "HEADER", format: "TEXT", text: "Order" }] }],
    ["a body over 1024", { components: [{ type: "BODY", text: "x".repeat(1025) }] }],
    ["no example", { components: [{ type: "BODY", text: "Order {{1}} is on its way to you." }] }],
    [
      "four buttons",
      { components: [BODY, { type: "BUTTONS", buttons: Array(4).fill({ type: "POSTBACK", text: "A" }) }] },
    ],
    ["names in a positional template", { components: [{ type: "BODY", text: "Order {{id}} left.", example: ["1"] }] }],
    ["an image without a handle", { components: [BODY, { type: "HEADER", format: "IMAGE" }] }],
  ])("O4 refuses to create with %s", async (_what, more) => {
    expect(outcome(await create(more))).toBe("100");
  });

  it("O4 refuses the same name and language twice, and a token without the permission", async () => {
    await create();
    expect(outcome(await create())).toBe("100");
    const { body } = await world.control("GET", "/_sim/state");
    expect(body.pages[0].templates).toHaveLength(1);
    expect(outcome(await world.graph("GET", EDGE, { access_token: world.userToken }))).toBe("190/2069032");
  });

  it.each([
    ["INCORRECT_PARAMS", "{{1}} is on its way to you today.", ["566701"]],
    ["INCORRECT_PARAMS", "On its way to you today: {{1}}", ["566701"]],
    ["INCORRECT_PARAMS", "Order {{1}} arrives on {{3}}, all being well.", ["566701", "Monday"]],
    ["INCORRECT_PARAMS", "Please send your card number for order {{1}} today.", ["566701"]],
    ["PARAMS_TO_WORD_RATIO_EXCEED_LIMIT", "Order {{1}} {{2}} {{3}} now", ["1", "2", "3"]],
    ["TAG_SHOULD_BE_MARKETING", "Order {{1}} has a discount for you this week.", ["566701"]],
  ])("O4 a review rejects with %s: %s", async (reason, bodyText, example) => {
    const { body } = await create({
      components: [{ type: "BODY", text: bodyText, example: { body_text: [example] } }],
    });
    expect(body.status).toBe("REJECTED");
    const node = await world.graph("GET", `/v26.0/${body.id}`, { fields: "rejected_reason" });
    expect(node.body.rejected_reason).toBe(reason);
    await world.write("hi");
    const answer = await send(filled(text(...example)));
    expect(answer.body.error.message).toBe("(#100) Template cannot be found.");
  });

  it("O4 wait for a person where reviews are theirs, and every verdict is told by webhook", async () => {
    await world.subscribe("messages,message_template_status_update");
    await world.faults({ templateReviewMs: null });
    const made = await create();
    expect(made.body.status).toBe("PENDING");
    await world.write("hi");
    expect(outcome(await send(filled(text("1", "2"))))).toBe("100");
    const review = (body: unknown) =>
      world.control("POST", `/_sim/pages/${BLUE}/templates/${made.body.id}/review`, body);
    await review({ status: "REJECTED", reason: "TAG_SHOULD_BE_MARKETING" });
    await review({ status: "APPROVED" });
    expect(outcome(await send(filled(text("1", "2"))))).toBe("sent");
    await world.sim.idle();
    const told = world.receiver.received
      .flatMap(({ body }) => body.entry)
      .flatMap((entry) => entry.changes ?? [])
      .map(({ field, value }) => [field, value.event, value.message_template_name, value.reason]);
    expect(told).toEqual([
      ["message_template_status_update", "REJECTED", "order_update", "TAG_SHOULD_BE_MARKETING"],
      ["message_template_status_update", "APPROVED", "order_update", "NONE"],
    ]);
    await review({ status: "DISABLED" });
    expect(outcome(await send(filled(text("1", "2"))))).toBe("100");
  });

  it("O4 are judged by themselves after a delay", async () => {
    await world.faults({ templateReviewMs: 30 });
    const { body } = await create();
    expect(body.status).toBe("PENDING");
    await expect
      .poll(async () => (await world.graph("GET", `/v26.0/${body.id}`, { fields: "status" })).body.status)
      .toBe("APPROVED");
  });

  it("O4 come ready from Meta's library, with the Page's own address in the button", async () => {
    const found = await world.graph("GET", "/v26.0/message_template_library", {
      name_or_content: "order",
      language: "en",
    });
    const shipped = found.body.data.find(({ name }: { name: string }) => name === "order_shipped");
    expect(shipped).toMatchObject({ language: "en", category: "UTILITY", body_params: expect.any(Array) });
    const clone = (more: Record<string, unknown> = {}) =>
      create({ components: undefined, library_template_name: "order_shipped", ...more });
    expect(outcome(await clone())).toBe("100");
    const inputs = [{ type: "URL", url: { base_url: "https://blueharbour.example/{{1}}" } }];
    expect((await clone({ library_template_button_inputs: inputs })).body.status).toBe("APPROVED");
    expect(outcome(await clone({ name: "other", library_template_name: "no_such" }))).toBe("100");
    for (const language of ["en", "zh_TW"]) {
      for (const { name } of found.body.data) {
        const body = { name: `all_${name}`, language, library_template_name: name };
        const all = await create({ components: undefined, library_template_button_inputs: inputs, ...body });
        expect([name, language, all.body.status]).toEqual([name, language, "APPROVED"]);
      }
    }
  });
});

describe("sending utility templates", () => {
  it("O4 inside and long after the window, filled in, with a postback that opens it again", async () => {
    await create({
      components: [
        { type: "HEADER", format: "TEXT", text: "Order" },
        BODY,
        {
          type: "BUTTONS",
          buttons: [
            { type: "POSTBACK", text: "Track" },
            { type: "URL", text: "Open", url: "https://blueharbour.example/{{1}}", example: ["a"] },
          ],
        },
      ],
    });
    await world.write("hi");
    await clock(world, { lastActionHoursAgo: 24 * 60 });
    const buttons = {
      type: "buttons",
      parameters: [
        { type: "POSTBACK", payload: "TRACK" },
        { type: "URL", text: "566701" },
      ],
    };
    const sent = await send(filled(text("566701", "Monday"), [buttons]));
    expect(sent.body).toEqual({ recipient_id: ANN, message_id: expect.any(String) });
    const message = (await world.thread()).messages.at(-1);
    expect(message.utility).toEqual({ name: "order_update", language: "en" });
    expect(message.attachments[0].template.elements).toEqual([
      {
        title: "Order",
        subtitle: "Your order 566701 leaves our store on Monday, have a nice day.",
        buttons: [
          { type: "postback", title: "Track", payload: "TRACK" },
          { type: "web_url", title: "Open", url: "https://blueharbour.example/566701" },
        ],
      },
    ]);
    expect(outcome(await world.send({ text: "plain" }))).toBe("10/2018278");
  });

  it("O4 in the three shapes that were seen", async () => {
    await create();
    await world.write("hi");
    const message = filled(text("1", "2"));
    expect(outcome(await send(message))).toBe("sent");
    const attachment = { type: "template", payload: { template_type: "utility_messages", ...message.template } };
    expect(outcome(await send({ attachment }))).toBe("sent");
    expect(outcome(await post("/v26.0/me/messages", { recipient: { id: ANN }, ...message }))).toBe("sent");
    expect(outcome(await send(message, { messaging_type: "RESPONSE" }))).toBe("100");
    expect(outcome(await send({ text: "no template" }))).toBe("100");
  });

  it.each([
    ["too few", text("1"), "100"],
    ["too many", text("1", "2", "3"), "100"],
    ["an empty one", text("1", " "), "100"],
    ["a hash", text("#1", "2"), "100/1893043"],
    ["a percent sign", text("1", "20%"), "100/1893043"],
    ["a dollar", text("$1", "2"), "100/1893043"],
    ["an emoji", text("1", "Monday 🎉"), "100/1893043"],
  ])("O4 parameters: %s is refused", async (_what, parameters, expected) => {
    await create();
    await world.write("hi");
    expect(outcome(await send(filled(parameters)))).toBe(expected);
  });

  it("O4 named parameters are filled by name, since 2026-03-06", async () => {
    const named = {
      parameter_format: "NAMED",
      components: [
        {
          type: "BODY",
          text: "Your order {{order_id}} leaves our store on {{day}}, have a nice day.",
          example: {
            body_text_named_params: [
              { param_name: "order_id", example: "1" },
              { param_name: "day", example: "Monday" },
            ],
          },
        },
      ],
    }; // prettier-ignore
    await world.faults({ policyDate: "2026-03-05" });
    expect(outcome(await create(named))).toBe("100");
    await world.faults({ policyDate: null });
    await create(named);
    await world.write("hi");
    const parameters = [
      { type: "text", parameter_name: "day", text: "Monday" },
      { type: "text", parameter_name: "order_id", text: "566701" },
    ];
    expect(outcome(await send(filled(parameters)))).toBe("sent");
    const { elements } = (await world.thread()).messages.at(-1).attachments[0].template;
    expect(elements[0].title).toContain("566701 leaves our store on Monday");
    expect(outcome(await send(filled(text("1", "2"))))).toBe("100");
  });

  it("O4 not to people who never wrote, who blocked the Page, on Instagram, or while another app holds the thread", async () => {
    await create();
    const message = filled(text("1", "2"));
    expect(outcome(await send(message))).toBe("100/2018001");
    await world.write("hi", "6400000000000001");
    expect(outcome(await world.send(message, { messaging_type: "UTILITY" }, "6400000000000001"))).toBe("100");
    await world.write("hi");
    await world.control("POST", `/_sim/pages/${BLUE}/customers/${ANN}/control`, { to: "inbox" });
    expect(outcome(await send(message))).toBe("10/2018300");
    await world.control("POST", `/_sim/pages/${BLUE}/customers/${ANN}/control`, { to: null });
    await world.control("POST", `/_sim/pages/${BLUE}/customers/${ANN}/block`);
    expect(outcome(await send(message))).toBe("551/1545041");
  });

  it("O4 one Page's template is unknown to another", async () => {
    const { body } = await create();
    const { body: state } = await world.control("GET", "/_sim/state");
    const tea = state.pages.find(({ id }: { id: string }) => id === TEA).accessToken;
    expect(outcome(await world.graph("GET", `/v26.0/${body.id}`, { access_token: tea }))).toBe("100/33");
    expect((await world.graph("GET", `/v26.0/${TEA}/message_templates`, { access_token: tea })).body.data).toEqual([]);
  });
});
