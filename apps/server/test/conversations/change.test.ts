import type { Activity, ActivityList, Conversation, Message } from "@firstline/contracts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { withContract } from "../api/support/contract.ts";
import { until } from "../api/support/until.ts";
import { deliveryCounts, echoed, pageBody, post, wrote } from "../api/support/webhooks.ts";
import {
  createTestApp,
  makeChannel,
  makeContact,
  makeConversation,
  makeMember,
  makeMessage,
  makeWorkspace,
  type Person,
  type TestApp,
} from "../harness/index.ts";

let t: TestApp;
let ada: Person;
let bo: Person;
let channel: Awaited<ReturnType<typeof makeChannel>>;
let conversation: Awaited<ReturnType<typeof makeConversation>>;
let customer: string;

beforeAll(async () => {
  t = await withContract(await createTestApp());
  ada = await t.asMember("agent", { name: "Ada" });
  bo = await t.asMember("agent", { name: "Bo" });
  channel = await makeChannel(t.deps, { workspace_id: t.workspaceId });
  await t.start({ web: false, worker: true });
});
afterAll(() => t.close());
beforeEach(async () => {
  const contact = await makeContact(t.deps, channel);
  customer = contact.external_id;
  conversation = await makeConversation(t.deps, channel, { contact_id: contact.id, unread_count: 2 });
  await makeMessage(t.deps, conversation, { sent_at: conversation.last_message_at });
});

const path = () => `/conversations/${conversation.id}`;
const get = async () => (await t.call<Conversation>("GET", path(), { headers: ada.headers })).json;
const patch = (body: object, who = ada) => t.call<Conversation>("PATCH", path(), { headers: who.headers, body });
const lines = async () =>
  (await t.call<z.infer<typeof ActivityList>>("GET", `${path()}/activity`, { headers: ada.headers })).json.data.map(
    (a) => [a.kind, a.memberName, a.targetName, a.text],
  );
const eventsOf = async () =>
  (
    await t.deps.db
      .selectFrom("event")
      .select("type")
      .where("conversation_id", "=", conversation.id)
      .orderBy("id")
      .execute()
  ).map((e) => e.type);
const receive = async (element: Record<string, unknown>) => {
  expect((await post(t, pageBody(channel.external_id, element))).statusCode).toBe(200);
  await until("it is worked off", async () => !("pending" in (await deliveryCounts(t))));
};

test("assigning and taking away say who did it and to whom; doing it again leaves no trace", async () => {
  expect((await patch({ assigneeId: bo.memberId })).json.assigneeId).toBe(bo.memberId);
  const events = await eventsOf();
  await patch({ assigneeId: bo.memberId }, bo);
  expect(await eventsOf()).toEqual(events);
  expect((await patch({ assigneeId: null }, bo)).json.assigneeId).toBeNull();
  expect(await lines()).toEqual([
    ["unassigned", "Bo", "Bo", null],
    ["assigned", "Ada", "Bo", null],
  ]);
  expect(events).toEqual(["activity.created", "conversation.updated"]);
});

test("work is given to active members of the workspace only", async () => {
  const { id: other } = await makeWorkspace(t.deps);
  const stranger = await makeMember(t.deps, { workspace_id: other });
  const gone = await makeMember(t.deps, { workspace_id: t.workspaceId, deactivated_at: new Date() });
  for (const id of [stranger.id, gone.id, "01890000-0000-7000-8000-000000000000"])
    expect((await patch({ assigneeId: id })).status).toBe(422);
  expect((await get()).assigneeId).toBeNull();
});

test("resolving takes it off the list and clears unread; reopening brings it back; a change of nothing is nothing", async () => {
  expect((await patch({ status: "resolved" })).json).toMatchObject({ status: "resolved", unreadCount: 0 });
  await patch({ status: "resolved" });
  expect((await patch({ status: "open" })).json).toMatchObject({ status: "open", unreadCount: 0 });
  await patch({});
  expect(await lines()).toEqual([
    ["reopened", "Ada", null, null],
    ["resolved", "Ada", null, null],
  ]);
});

test("a new message of the customer reopens a resolved conversation, with its assignee, and counts as unread once; an echo does neither", async () => {
  await patch({ status: "resolved", assigneeId: bo.memberId });
  const thread = { account: channel.external_id, customer };
  await receive(echoed(thread, t.clock.now(), `m_echo_${customer}`, "from the Page", { app_id: "777" }));
  expect(await get()).toMatchObject({ status: "resolved", unreadCount: 0 });
  await receive(wrote(thread, t.clock.now() + 1_000, `m_new_${customer}`, "one more thing"));
  expect(await get()).toMatchObject({
    status: "open",
    unreadCount: 1,
    assigneeId: bo.memberId,
    lastMessage: { text: "one more thing" },
  });
  await receive(wrote(thread, t.clock.now() + 1_000, `m_new_${customer}`, "one more thing"));
  expect((await get()).unreadCount).toBe(1);
});

test("reading sets unread to none, marking unread to at least one; each is told once", async () => {
  const mark = async (as: "read" | "unread") =>
    (await t.call<Conversation>("POST", `${path()}/${as}`, { headers: ada.headers })).json.unreadCount;
  expect(await mark("read")).toBe(0);
  expect(await mark("read")).toBe(0);
  expect(await mark("unread")).toBe(1);
  expect(await mark("unread")).toBe(1);
  expect(await eventsOf()).toEqual(["conversation.updated", "conversation.updated"]);
});

test("a note is for the team: it stands in the activity with its author, is no message, and holds something that can be stored", async () => {
  const note = await t.call<Activity>("POST", `${path()}/notes`, {
    headers: bo.headers,
    body: { text: "  Prefers mornings.  " },
  });
  expect([note.status, note.json.text, note.json.memberName]).toEqual([201, "Prefers mornings.", "Bo"]);
  expect((await t.call("POST", `${path()}/notes`, { headers: bo.headers, body: { text: " " } })).status).toBe(422);
  expect((await t.call("POST", `${path()}/notes`, { headers: bo.headers, body: { text: "a\u0000b" } })).status).toBe(
    422,
  );
  expect(await lines()).toEqual([["note", "Bo", null, "Prefers mornings."]]);
  expect(
    (await t.call<{ data: Message[] }>("GET", `${path()}/messages`, { headers: ada.headers })).json.data,
  ).toHaveLength(1);
});

test("activity and messages are paged newest first without holes, also where times are equal", async () => {
  for (let n = 0; n < 7; n++) {
    await t.call("POST", `${path()}/notes`, { headers: ada.headers, body: { text: `note ${n}` } });
    await makeMessage(t.deps, conversation, { text: `text ${n}`, sent_at: new Date(t.clock.now() + (n >> 1)) });
  }
  for (const [what, count] of [
    ["activity", 7],
    ["messages", 8],
  ] as const) {
    const walked: { id: string; text: string | null }[] = [];
    let cursor: string | null = null;
    do {
      const page: { data: typeof walked; nextCursor: string | null } = (
        await t.call<{ data: typeof walked; nextCursor: string | null }>("GET", `${path()}/${what}`, {
          headers: ada.headers,
          query: { limit: "2", ...(cursor ? { cursor } : {}) },
        })
      ).json;
      walked.push(...page.data);
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(walked.map((w) => w.id)).size).toBe(count);
    expect(walked[0]!.text).toMatch(/6$/);
  }
});

test("two people changing it at once both leave their mark, one after the other", async () => {
  await Promise.all([
    patch({ assigneeId: ada.memberId }),
    patch({ status: "resolved" }, bo),
    patch({ assigneeId: bo.memberId }, bo),
  ]);
  const kinds = (await lines()).map((l) => l[0]).sort();
  expect(kinds).toEqual(["assigned", "assigned", "resolved"]);
});
