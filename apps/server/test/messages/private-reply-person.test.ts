import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bringToPerson } from "../../src/modules/messages/private-reply/index.ts";
import {
  createTestApp,
  makeChannel,
  makeContact,
  makeConversation,
  makeMessage,
  type TestApp,
} from "../harness/index.ts";

let t: TestApp;
let shop: Awaited<ReturnType<typeof makeChannel>>;
let serial = 0;

beforeAll(async () => {
  t = await createTestApp();
  await t.deps.jobs.start({ work: false });
  shop = await makeChannel(t.deps, { workspace_id: t.workspaceId });
});
afterAll(async () => {
  await t.deps.jobs.stop();
  await t.close();
});

/** A private reply in the thread of who is known by a comment alone. */
async function replied(clientId = "c") {
  const contact = await makeContact(t.deps, shop, { external_id: `author${++serial}`, meta_name: "Nora" });
  const conversation = await makeConversation(t.deps, shop, {
    contact_id: contact.id,
    last_inbound_at: null,
    qualifying_at: null,
  });
  const comment = await t.deps.db
    .insertInto("comment")
    .values({
      workspace_id: t.workspaceId,
      channel_id: shop.id,
      external_id: `c${serial}`,
      author_external_id: contact.external_id,
      at: new Date(t.clock.now()),
      changed_at: new Date(t.clock.now()),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const message = await makeMessage(t.deps, conversation, {
    direction: "outbound",
    client_id: clientId,
    external_id: null,
    state: "sending",
    way: "private_reply",
    comment_id: comment.id,
    text: "hello",
  });
  await sql`insert into activity (workspace_id, conversation_id, kind, text) values (${t.workspaceId}, ${conversation.id}, 'note', 'regular')`.execute(
    t.deps.db,
  );
  return { contact, conversation, message };
}
type Replied = Awaited<ReturnType<typeof replied>>;
const reach = ({ message }: Replied, contactExternalId: string) =>
  t.deps.db
    .transaction()
    .execute((tx) =>
      bringToPerson(tx, t.deps, { workspaceId: t.workspaceId, messageId: message.id, contactExternalId }),
    );
const threads = async (...externalIds: string[]) => {
  const { rows } = await sql<{ p: string; v: string; n: string[] | null; notes: number; last: string | null }>`
    select c.external_id as p, v.id as v, (select array_agg(m.id::text order by m.sent_at) from message m where m.conversation_id = v.id) as n,
      (select count(*)::int from activity a where a.conversation_id = v.id) as notes, v.last_message_id as last
    from contact c join conversation v on v.contact_id = c.id where c.external_id = any(${externalIds}::text[])`.execute(
    t.deps.db,
  );
  return rows;
};

test("S1 who was known by a comment alone gets the id for messages, in the same conversation, and is found by either", async () => {
  const r = await replied();
  expect(await reach(r, "psid1")).toBe(r.conversation.id);
  expect(await threads(r.contact.external_id, "psid1")).toMatchObject([{ p: "psid1", v: r.conversation.id, notes: 1 }]);
  const { commented_as: alias } = await t.deps.db
    .selectFrom("contact")
    .select("commented_as")
    .where("id", "=", r.contact.id)
    .executeTakeFirstOrThrow();
  expect(alias).toBe(r.contact.external_id);
  expect(await reach(r, "psid1")).toBe(r.conversation.id);
});

test("S1 an empty thread that the echo has just made is taken in, with what it knows", async () => {
  const r = await replied();
  const made = await makeContact(t.deps, shop, { external_id: "psid2" });
  const read = new Date(t.clock.now());
  await makeConversation(t.deps, shop, { contact_id: made.id, read_watermark: read, qualifying_at: null });
  expect(await reach(r, "psid2")).toBe(r.conversation.id);
  expect(await threads(r.contact.external_id, "psid2")).toMatchObject([{ p: "psid2", v: r.conversation.id }]);
  const { read_watermark } = await t.deps.db
    .selectFrom("conversation")
    .select("read_watermark")
    .where("id", "=", r.conversation.id)
    .executeTakeFirstOrThrow();
  expect(read_watermark).toEqual(read);
});

test("S1 a customer who had written under the other id keeps one conversation: reply, notes and all; the same client id stays unique", async () => {
  const r = await replied("same");
  const known = await makeContact(t.deps, shop, { external_id: "psid3" });
  const thread = await makeConversation(t.deps, shop, { contact_id: known.id });
  const before = await makeMessage(t.deps, thread, { sent_at: new Date(t.clock.now() - 60_000) });
  const ours = await makeMessage(t.deps, thread, {
    direction: "outbound",
    client_id: "same",
    sent_at: new Date(t.clock.now() - 30_000),
  });
  expect(await reach(r, "psid3")).toBe(thread.id);
  expect(await threads(r.contact.external_id, "psid3")).toEqual([
    { p: "psid3", v: thread.id, n: [before.id, ours.id, r.message.id], notes: 1, last: r.message.id },
  ]);
  expect(await reach(r, "psid3")).toBe(thread.id);
});

test("S1 a thread with messages of its own keeps them: only the reply that reached somebody else leaves it", async () => {
  const r = await replied();
  const own = await makeMessage(t.deps, r.conversation, { sent_at: new Date(t.clock.now() - 60_000) });
  const there = await reach(r, "psid4");
  expect(there).not.toBe(r.conversation.id);
  const rows = await threads(r.contact.external_id, "psid4");
  expect(rows.find((x) => x.p === r.contact.external_id)).toMatchObject({ n: [own.id], last: own.id, notes: 1 });
  expect(rows.find((x) => x.p === "psid4")).toMatchObject({ v: there, n: [r.message.id], last: r.message.id });
});

test("S1 the answer and the echo that tell of the person at once leave one thread", async () => {
  const r = await replied();
  const found = await Promise.all(Array.from({ length: 6 }, () => reach(r, "psid5")));
  expect(new Set(found)).toEqual(new Set([r.conversation.id]));
  expect(await threads(r.contact.external_id, "psid5")).toHaveLength(1);
});
