import type { Conversation, Workspace } from "@firstline/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { BLUE, KEVIN, startWorld, type World } from "../api/support/world.ts";
import { FakeClock, type Person } from "../harness/index.ts";

let w: World;
let agent: Person;
let owner: Person;

beforeAll(async () => {
  w = await startWorld({ clock: new FakeClock(Date.now()) });
  agent = await w.asMember("agent", { name: "Ada" });
  owner = await w.asOwner();
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
});
afterAll(() => w.close());

const patch = (body: object, as: Person = owner) =>
  w.call<Workspace & { code?: string }>("PATCH", "/workspace", { headers: as.headers, body });
const read = async (as: Person = agent) => (await w.call<Workspace>("GET", "/workspace", { headers: as.headers })).json;

let serial = 0;
async function newThread() {
  const { id: customer } = await w.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, { name: `Guest ${++serial}` });
  const thread = await w.customerWrites(BLUE, customer, "hello");
  const on = (path: string, body: object = {}) =>
    w.call("POST", `/conversations/${thread.id}${path}`, { headers: agent.headers, body });
  return { customer, thread, typing: (shown: boolean) => on("/typing", { on: shown }), seen: () => on("/read") };
}
/** Sender actions the local Meta was asked for, of one customer. */
async function actions(customer: string): Promise<string[]> {
  const { data } = await w.meta.get<{ data: object[] }>("/graph-calls?limit=500");
  return data.flatMap((call) => {
    const text = JSON.stringify(call);
    return text.includes(customer) ? (/typing_on|typing_off|mark_seen/.exec(text) ?? []) : [];
  });
}
/** A reply is on the phone: every signal asked for before it has been made by then, or never will be. */
async function answered(thread: Conversation) {
  const { json } = await w.reply(thread.id, { text: "yes" }, agent.headers);
  await w.becomes(json, "sent", "delivered");
}

test("everybody reads the settings, only an administrator changes them, and what is not named stays", async () => {
  expect(await read()).toMatchObject({ id: w.workspaceId, typingShown: true, seenShown: true });
  for (const role of ["agent", "supervisor"] as const) {
    const { status, json } = await patch({ typingShown: false }, await w.asMember(role));
    expect([status, json.code]).toEqual([403, "not_allowed"]);
  }
  expect((await patch({ name: "  Blue Door " })).json).toMatchObject({ name: "Blue Door", typingShown: true });
  expect((await patch({ seenShown: false })).json).toMatchObject({ name: "Blue Door", seenShown: false });
  expect((await patch({})).json).toMatchObject({ name: "Blue Door", seenShown: false });
  expect((await patch({ name: " " })).status).toBe(422);
  expect((await patch({ seenShown: true })).json).toMatchObject({ seenShown: true });
});

test("customers see typing and seen only where the workspace wants it", async () => {
  const quiet = await newThread();
  await patch({ typingShown: false, seenShown: false });
  expect((await quiet.typing(true)).status).toBe(204);
  expect((await quiet.seen()).status).toBe(200);
  await answered(quiet.thread);
  expect(await actions(quiet.customer)).toEqual([]);

  await patch({ typingShown: true, seenShown: true });
  const open = await newThread();
  await open.typing(true);
  await until("the phone shows typing", async () => (await w.meta.phone(BLUE, open.customer)).pageTyping);
  await open.seen();
  await until("the phone shows seen", async () => (await w.meta.phone(BLUE, open.customer)).pageSeenAt !== null);
});

test("S1 outside the 24 hours nothing is asked of Meta that it refuses: neither typing nor seen", async () => {
  const late = await newThread();
  w.clock.advance({ hours: 25 });
  expect((await late.typing(true)).status).toBe(204);
  expect((await late.seen()).status).toBe(200);
  w.clock.advance({ hours: -25 });
  await answered(late.thread);
  expect(await actions(late.customer)).toEqual([]);
});
