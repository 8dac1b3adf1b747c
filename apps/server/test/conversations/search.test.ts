import type { Conversation } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSearchIndex } from "../../src/modules/conversations/search/index.ts";
import { until } from "../api/support/until.ts";
import {
  createTestApp,
  makeChannel,
  makeContact,
  makeConversation,
  makeMessage,
  makeWorkspace,
  type Person,
  type TestApp,
} from "../harness/index.ts";

const NEWER = 1_100;
const HOUR = 3_600_000;
let t: TestApp;
let ada: Person;
let channel: Awaited<ReturnType<typeof makeChannel>>;

/** An old conversation: more of the newest than search reads directly lie before it. */
async function old(name: string, texts: string[], hoursAgo: number, home = channel) {
  const at = new Date(t.clock.now() - hoursAgo * HOUR);
  const contact = await makeContact(t.deps, home, { meta_name: name });
  const conversation = await makeConversation(t.deps, home, { contact_id: contact.id, last_message_at: at });
  const messages = [];
  for (const text of texts) messages.push(await makeMessage(t.deps, conversation, { text, sent_at: at }));
  const made = { ...conversation, contact, messages };
  for (const message of messages) await tell("message.created", made, message.id);
  return made;
}

/** The event that a change of its row writes. */
const tell = (type: string, thread: { workspace_id: string; id: string }, subjectId: string) =>
  t.deps.db
    .insertInto("event")
    .values({ workspace_id: thread.workspace_id, type, conversation_id: thread.id, subject_id: subjectId })
    .execute();

/** Brings the index to where the outbox is. Any transaction of the cluster, a vacuum's too, holds the newest events back for its time. */
async function follow() {
  const index = createSearchIndex(t.deps);
  const { rows } = await sql<{ last: string }>`select pg_current_xact_id()::text as last`.execute(t.deps.db);
  await until("whatever held the newest events back has ended", async () => {
    const { rows: at } = await sql<{
      passed: boolean;
    }>`select pg_snapshot_xmin(pg_current_snapshot()) > ${rows[0]!.last}::xid8 as passed`.execute(t.deps.db);
    return at[0]!.passed;
  });
  await index.catchUp();
}

beforeAll(async () => {
  t = await createTestApp();
  ada = await t.asMember("agent", { name: "Ada" });
  channel = await makeChannel(t.deps, { workspace_id: t.workspaceId });
  await sql`
    with person as (
      insert into contact (workspace_id, channel_id, external_id, meta_name) select ${t.workspaceId}, ${channel.id}, 'n' || n, 'Newer ' || n from generate_series(1, ${NEWER}::int) n
      returning id, external_id)
    insert into conversation (workspace_id, channel_id, contact_id, last_message_at) select ${t.workspaceId}, ${channel.id}, id, ${new Date(t.clock.now())} from person`.execute(
    t.deps.db,
  );
});
afterAll(() => t.close());

const find = async (q: string, query: Record<string, string> = {}, who = ada) =>
  (
    await t.call<{ data: Conversation[]; nextCursor: string | null }>("GET", "/conversations", {
      headers: who.headers,
      query: { q, ...query },
    })
  ).json;
const ids = async (q: string, query = {}, who = ada) => (await find(q, query, who)).data.map((c) => c.id);

test("what lies behind the newest conversations is found by words, beginnings of words, phrases, names, ids and scripts without spaces", async () => {
  const tea = await old("Zoë Ångström", ["Where is my OOLONG tea, order AB-4711?", "我想要烏龍茶，謝謝"], 50);
  await old("Nobody", ["The tea is oolong"], 51);
  await follow();
  for (const q of ["oolong tea", "ab-4711", "4711", "zoë", "ÅNGSTRÖM", "烏龍", "龍茶", "烏", tea.contact.external_id])
    expect({ q, found: await ids(q) }).toEqual({ q, found: [tea.id] });
  for (const q of ["tea oolong", "z%", "\\", "烏茶", "O0LONG", "%", "…"])
    expect({ q, found: await ids(q) }).toEqual({ q, found: [] });
});

test("found conversations come newest first and page by page, none twice, none left out", async () => {
  const made = [];
  for (let n = 0; n < 9; n++) made.push(await old(`Paged ${n}`, ["quetzal feathers"], 100 + n));
  await follow();
  const walked: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await find("quetzal", { limit: "4", sort: "window", ...(cursor ? { cursor } : {}) });
    walked.push(...page.data.map((c) => c.id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(walked).toEqual(made.map((c) => c.id));
});

test("a message written, edited or taken back after the index was made is followed by the events that tell of it", async () => {
  const thread = await old("Later", ["walrus"], 200);
  await follow();
  expect(await ids("walrus")).toEqual([thread.id]);
  expect(await ids("later")).toEqual([thread.id]);
  await t.deps.db.updateTable("message").set({ text: null }).where("id", "=", thread.messages[0]!.id).execute();
  await t.deps.db.updateTable("contact").set({ own_name: "Gate 9" }).where("id", "=", thread.contact.id).execute();
  await tell("message.updated", thread, thread.messages[0]!.id);
  await tell("contact.updated", thread, thread.contact.id);
  await follow();
  expect(await ids("walrus")).toEqual([]);
  expect(await ids("gate 9")).toEqual([thread.id]);
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from search_entry where conversation_id = ${thread.id}`.execute(t.deps.db);
  expect(rows[0]!.n).toBe(1);
});

test("words of another workspace open nothing", async () => {
  const { id } = await makeWorkspace(t.deps);
  const theirs = await makeChannel(t.deps, { workspace_id: id });
  await old("Foreign", ["xylophone"], 300, theirs);
  await follow();
  expect(await ids("xylophone")).toEqual([]);
});
