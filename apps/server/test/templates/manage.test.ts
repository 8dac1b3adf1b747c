import type { LibraryList } from "@firstline/contracts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { until } from "../api/support/until.ts";
import { BLUE, BLUE_INSTAGRAM, KEVIN } from "../api/support/world.ts";
import { closeGate } from "../harness/index.ts";
import { ORDER, startTemplates, type Templates } from "./support.ts";

let t: Templates;
beforeAll(async () => {
  t = await startTemplates();
});
afterAll(() => t.w.close());
beforeEach(() => t.w.meta.clearFaults());

const faultPaths = (json: { errors?: { path: string }[] }) => json.errors?.map(({ path }) => path);

test("O4 a template is created at Meta with its examples, and shown with what is to be filled in", async () => {
  const { status, json: made } = await t.create();
  expect(status).toBe(201);
  expect(made).toMatchObject({ language: "en", header: { kind: "text", text: ORDER.header }, body: ORDER.body });
  expect(made.parameters.map(({ key, kind, example }) => [key, kind, example])).toEqual([
    ["header.1", "text", "5667"],
    ["body.1", "text", "Ann"],
    ["body.2", "text", "5667"],
    ["button.0", "url_suffix", "5667"],
  ]);
  const usable = await t.shows(made.id, "APPROVED");
  expect(usable).toMatchObject({ usable: true, rejection: null });
  const there = (await t.atMeta()).find((one) => one.name === made.name);
  expect(there).toMatchObject({ id: made.externalId, parameterFormat: "POSITIONAL", status: "APPROVED" });
  expect(there?.components.map(({ type, example }) => [type, example])).toEqual([
    ["HEADER", { header_text: ["5667"] }],
    ["BODY", { body_text: [["Ann", "5667"]] }],
    ["BUTTONS", undefined],
  ]);
});

test("O4 named parameters are said so, and come back by their names", async () => {
  const { json: made } = await t.create({
    ...{ header: undefined, buttons: undefined },
    body: "Hi {{name}}, your order {{order_id}} is on its way to you today.",
    examples: { "body.name": "Ann", "body.order_id": "5667" },
  });
  expect(made.parameters.map(({ key, name, example }) => [key, name, example])).toEqual([
    ["body.name", "name", "Ann"],
    ["body.order_id", "order_id", "5667"],
  ]);
  await t.shows(made.id, "APPROVED");
  const again = (await t.refresh()).data.find((one) => one.id === made.id);
  expect(again?.parameters).toEqual(made.parameters);
  expect((await t.atMeta()).find((one) => one.name === made.name)).toMatchObject({ parameterFormat: "NAMED" });
});

test("O4 a draft Meta would refuse never gets there: 422 with every place that is wrong", async () => {
  const before = (await t.atMeta()).length;
  const wrong = await t.create({
    body: "{{1}} and {{3}}",
    examples: {},
    buttons: [{ kind: "url", text: "Go", url: "x" }],
  });
  expect([wrong.status, wrong.json.code]).toEqual([422, "template_draft_edge"]);
  expect(faultPaths(wrong.json)).toEqual(["body", "button.0", "header.1", "body.1", "body.3"]);
  expect((await t.atMeta()).length).toBe(before);
});

test("O4 a name is taken once in each language", async () => {
  const { json: made } = await t.create();
  const again = await t.create({ name: made.name });
  expect([again.status, again.json.code]).toEqual([409, "template_draft_exists"]);
  const other = await t.create({ name: made.name, language: "en_US" });
  expect(other.status).toBe(201);
});

test("O4 what Meta refuses at once is told in its own words, with the fault behind them", async () => {
  // While it is under review nothing tells of it here.
  await t.w.meta.faults({ templateReviewMs: null });
  await t.w.meta.post(`/pages/${BLUE}/templates`, {
    name: "made_elsewhere",
    body: "Your order {{1}} is on its way.",
    example: ["1"],
  });
  const { status, json } = await t.create({ name: "made_elsewhere" });
  expect([status, json.code]).toEqual([422, "request_rejected"]);
  // The one that is there is found all the same.
  await until("the template is known", async () => (await t.list()).data.find((one) => one.name === "made_elsewhere"));
});

test("O4 a rejected template says why and what to change, a reason nobody knows in Meta's own word", async () => {
  const { json: made } = await t.create({
    ...{ header: undefined, buttons: undefined },
    body: "Hi {{1}}, there is a discount of {{2}} for you this week.",
  });
  expect((await t.shows(made.id, "REJECTED")).usable).toBe(false);
  const told = await until("the reason is told", async () => {
    const { rejection } = (await t.list()).data.find((one) => one.id === made.id)!;
    return rejection?.code === "template_rejected_promotion" && rejection;
  });
  expect(told.fix).toMatch(/Remove what promotes/);
  const { json: other } = await t.create();
  await t.shows(other.id, "APPROVED");
  await t.review(other.name, "REJECTED", "A_NEW_WORD");
  const strange = await t.shows(other.id, "REJECTED");
  expect(strange.rejection?.explain).toContain("A_NEW_WORD");
});

test("O4 the library is read and a ready text cloned, with the Page's own address behind its button", async () => {
  const { json: library } = await t.w.call<z.infer<typeof LibraryList>>(
    "GET",
    `/channels/${t.channelId}/template-library`,
    { headers: t.supervisor.headers, query: { q: "shipped", language: "zh_TW" } },
  );
  expect(library.data.map(({ name, language }) => [name, language])).toEqual([["order_shipped", "zh_TW"]]);
  expect(library.data[0]?.parameters.map(({ key, example }) => [key, example])).toContainEqual(["body.2", "566701"]);
  const { status, json: made } = await t.clone();
  expect(status).toBe(201);
  expect(made).toMatchObject({ libraryName: "order_shipped" });
  await t.shows(made.id, "APPROVED");
  const there = (await t.refresh()).data.find((one) => one.id === made.id)!;
  expect([there.body, there.buttons]).toEqual([made.body, made.buttons]);
  expect(made.buttons[0]?.url).toBe("https://shop.example/{{1}}");
  const none = await t.clone({ library: "of_my_own" });
  expect([none.status, none.json.code]).toEqual([422, "template_not_found"]);
  const bare = await t.clone({ buttonUrls: [] });
  expect([bare.status, bare.json.code]).toEqual([422, "template_draft_link"]);
});

test("O4 deleting takes one language at Meta and here; one that is gone there already is gone", async () => {
  const { json: made } = await t.create();
  const { json: other } = await t.create({ name: made.name, language: "en_US" });
  expect((await t.remove(made.id)).status).toBe(204);
  expect((await t.atMeta()).filter((one) => one.name === made.name).map((one) => one.language)).toEqual(["en_US"]);
  expect((await t.list()).data.some((one) => one.id === made.id)).toBe(false);
  expect((await t.remove(made.id)).status).toBe(404);
  await fetch(`${t.w.sim.url}/_sim/pages/${BLUE}/templates/${made.name}`, { method: "DELETE" });
  expect((await t.remove(other.id)).status).toBe(204);
  // The name is free again.
  expect((await t.create({ name: made.name })).status).toBe(201);
});

test("O4 one that is deleted while the list is being read stays deleted", async () => {
  const { json: made } = await t.create();
  await t.shows(made.id, "APPROVED");
  await t.settled();
  const gate = await closeGate(t.w.deps, "channel");
  const reading = t.refresh();
  // Meta has told of it by now, and nothing of that is written yet.
  await gate.waiting(1);
  expect((await t.remove(made.id)).status).toBe(204);
  await gate.open();
  expect((await reading).data.filter(({ name }) => name === made.name)).toEqual([]);
});

test("O4 agents read and send templates, supervisors and administrators keep them", async () => {
  const mine = await t.create({}, t.agent.headers);
  expect([mine.status, mine.json.code]).toEqual([403, "not_allowed"]);
  const { json: made } = await t.create({}, (await t.w.asOwner()).headers);
  expect((await t.remove(made.id, t.agent.headers)).status).toBe(403);
  expect((await t.list({}, t.agent.headers)).data.some((one) => one.id === made.id)).toBe(true);
});

test("O4 a list of several pages is read to its end, whatever was made or deleted at Meta meanwhile", async () => {
  await t.settled();
  // No word of Meta's about any of them: the list alone tells.
  await t.w.meta.faults({ templateReviewMs: null });
  const names = Array.from({ length: 120 }, (_, n) => `bulk_${n}`);
  for (const name of names)
    await t.w.meta.post(`/pages/${BLUE}/templates`, { name, body: "Your order {{1}} is on its way.", example: ["1"] });
  const known = (await t.refresh()).data.map(({ name }) => name);
  expect(known).toEqual(expect.arrayContaining(names));
  await fetch(`${t.w.sim.url}/_sim/pages/${BLUE}/templates/bulk_7`, { method: "DELETE" });
  const after = await t.refresh();
  expect(after.data.length).toBe(known.length - 1);
  expect(after.data.some(({ name }) => name === "bulk_7")).toBe(false);
  expect(after.problem).toBeNull();
});

test("O4 without an answer of Meta the templates known are shown, with why and when Meta was last asked", async () => {
  await t.settled();
  const before = await t.refresh();
  await t.w.deps.db
    .updateTable("authorizer")
    .set({ state: "dead", fault: "token_expired" })
    .where("channel_id", "=", t.channelId)
    .execute();
  const dead = await t.refresh();
  expect(dead.problem?.code).toBe("channel_needs_reauthorization");
  expect([dead.data.length, dead.readAt]).toEqual([before.data.length, before.readAt]);
  const refused = await t.create();
  expect([refused.status, refused.json.code]).toEqual([409, "channel_needs_reauthorization"]);
  await t.w.connect("messenger", BLUE, await t.w.meta.pageToken(KEVIN, BLUE));
  await until("they are read again", async () => (await t.list()).problem === null);
});

test("O4 Instagram has no templates: 422", async () => {
  const { json } = await t.w.connect("instagram", BLUE_INSTAGRAM, await t.w.meta.pageToken(KEVIN, BLUE));
  for (const [method, path, body] of [
    ["GET", "/templates", undefined],
    ["GET", "/template-library", undefined],
    ["POST", "/templates", { ...ORDER, name: "of_instagram" }],
    ["POST", "/templates/clone", { name: "of_instagram", language: "en", library: "order_shipped" }],
  ] as const) {
    const answer = await t.w.call<{ code: string }>(method, `/channels/${json.id}${path}`, {
      headers: t.supervisor.headers,
      ...(body ? { body } : {}),
    });
    expect([answer.status, answer.json.code]).toEqual([422, "way_not_available"]);
  }
});
