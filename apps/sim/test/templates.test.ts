import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSim } from "../src/index.ts";
import { outcome } from "./support/sending.ts";
import { soon } from "./support/soon.ts";
import { BODY, EDGE, filled, templatesOf, text } from "./support/templates.ts";
import { BLUE, World } from "./support/world.ts";

let world: World;
const { create, post, send } = templatesOf(() => world);
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
});

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
    await soon(async () => (await world.graph("GET", `/v26.0/${body.id}`, { fields: "status" })).body.status).toBe(
      "APPROVED",
    );
  });

  it("O4 a review under way goes on after a restart", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "sim-templates-"));
    await world.stop();
    world = await new World({ dataDir }).start();
    await world.faults({ templateReviewMs: 200 });
    const { body } = await create();
    await world.sim.close();
    world.sim = await startSim({ port: 0, dataDir });
    await soon(async () => (await world.graph("GET", `/v26.0/${body.id}`, { fields: "status" })).body.status).toBe(
      "APPROVED",
    );
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
