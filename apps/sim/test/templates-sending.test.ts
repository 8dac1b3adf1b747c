import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clock, outcome } from "./support/sending.ts";
import { BODY, filled, templatesOf, text } from "./support/templates.ts";
import { ANN, BLUE, TEA, World } from "./support/world.ts";

let world: World;
const { create, post, send } = templatesOf(() => world);
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
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
