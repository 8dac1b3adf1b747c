import type { Comment, CommentList, Conversation, Message, Problem } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { until } from "../api/support/until.ts";
import {
  BLUE,
  BLUE_INSTAGRAM,
  HELD_BACK_MS,
  KEVIN,
  startWorld,
  surveyed,
  type World,
  workedOff,
} from "../api/support/world.ts";
import { FakeClock, type Person } from "../harness/index.ts";

type Platform = "messenger" | "instagram";
let w: World;
let agent: Person;
let serial = 0;
let channelId: Record<Platform, string>;

beforeAll(async () => {
  w = await startWorld({ clock: new FakeClock(Date.now()) });
  agent = await w.asMember("agent", { name: "Ada" });
  const token = await w.meta.pageToken(KEVIN, BLUE);
  channelId = {
    messenger: (await w.connect("messenger", BLUE, token)).json.id,
    instagram: (await w.connect("instagram", BLUE_INSTAGRAM, token)).json.id,
  };
  await surveyed(w, channelId.messenger);
});
afterAll(() => w.close());
beforeEach(async () => {
  await w.meta.clearFaults();
  w.clock.set(Date.now());
  await sql`delete from send_pace`.execute(w.deps.db);
});

interface Told {
  commentId: string;
  fromId: string;
}
const comments = async () =>
  (
    await w.call<z.infer<typeof CommentList>>("GET", "/comments", {
      headers: agent.headers,
      query: { limit: "100" },
    })
  ).json.data;
const comment = async (externalId: string) => (await comments()).find((c) => c.externalId === externalId)!;
/** Somebody comments, and the comment is here. */
async function commented(more: Record<string, unknown> = {}, platform: Platform = "messenger") {
  const told = await w.meta.post<Told>(`/pages/${BLUE}/comments`, {
    platform,
    name: `Visitor ${++serial}`,
    text: `price? ${serial}`,
    ...more,
  });
  return until("the comment arrives", async () => (await comment(told.commentId)) ?? null);
}
const reply = (c: Pick<Comment, "id">, text: string, clientId = `r-${++serial}`) =>
  w.call<Message & Problem>("POST", `/comments/${c.id}/reply`, { headers: agent.headers, body: { clientId, text } });
const onMeta = async (externalId: string) =>
  (
    await w.meta.get<{ data: { id: string; repliedAt: string | null; customerId?: string }[] }>(
      `/pages/${BLUE}/comments`,
    )
  ).data.find((c) => c.id === externalId)!;
const phoneOf = async (c: Comment) => {
  const { customerId } = await onMeta(c.externalId);
  return customerId ? (await w.meta.phone(BLUE, customerId)).messages.filter((m) => m.from === "page") : [];
};
const conversation = async (id: string) =>
  (await w.call<Conversation>("GET", `/conversations/${id}`, { headers: agent.headers })).json;
/** Where a message is now: the answer to a private reply may bring it elsewhere. */
async function becomes(id: string, ...states: Message["state"][]): Promise<Message> {
  return until(`${id} becomes ${states.join(" or ")}`, async () => {
    const row = await w.deps.db.selectFrom("message").select("conversation_id").where("id", "=", id).executeTakeFirst();
    const found = row && (await w.messages(row.conversation_id)).find((m) => m.id === id);
    return found && states.includes(found.state) && found;
  });
}
const later = async (seconds: number) => {
  w.clock.advance({ seconds });
  await sql`select pg_notify('firstline_send', '')`.execute(w.deps.db);
};
const attempts = (id: string) =>
  w.deps.db.selectFrom("send_attempt").select("outcome").where("message_id", "=", id).orderBy("id").execute();

for (const platform of ["messenger", "instagram"] as const)
  test(`S1 a comment of a stranger is answered once, in a conversation of its own that says why nothing may follow until the person writes (${platform})`, async () => {
    const c = await commented({}, platform);
    expect(c.privateReply).toMatchObject({ state: "possible", conversationId: null });
    const { status, json } = await reply(c, "ten euros");
    expect(status).toBe(202);
    expect(json).toMatchObject({ way: "private_reply", commentId: c.id, source: { kind: "agent", name: "Ada" } });
    const sent = await becomes(json.id, "sent", "delivered");
    expect((await phoneOf(c)).map((m) => m.text)).toEqual(["ten euros"]);

    const { customerId } = await onMeta(c.externalId);
    const known = await until("the person has the id for messages", async () => {
      const found = await conversation(sent.conversationId);
      return found.contact.externalId === customerId && found;
    });
    expect(known).toMatchObject({ status: "open", unreadCount: 0, contact: { name: c.author.name } });
    expect(known.reply).toMatchObject({ state: "closed", ways: [] });
    expect(known.reply.reasons.map((r) => r.code)).toEqual(["private_reply_waiting"]);
    expect((await w.reply(sent.conversationId, { text: "more" }, agent.headers)).json).toMatchObject({
      code: "private_reply_waiting",
    });
    expect((await comment(c.externalId)).privateReply).toMatchObject({
      state: "replied",
      ours: true,
      messageId: json.id,
      conversationId: sent.conversationId,
    });
    expect((await reply(c, "again")).json).toMatchObject({ status: 409, code: "private_reply_used" });

    const answered = await w.customerWrites(BLUE, customerId!, "thank you");
    expect(answered).toMatchObject({ id: sent.conversationId, unreadCount: 1, reply: { state: "open", reasons: [] } });
    const next = (await w.reply(answered.id, { text: "you are welcome" }, agent.headers)).json;
    await becomes(next.id, "sent", "delivered");
    expect((await w.messages(sent.conversationId)).filter((m) => m.direction === "outbound")).toHaveLength(2);
  });

test("S1 the comment stands in the conversation it began, and another one of the same person goes there too", async () => {
  const first = await commented();
  const sent = await becomes((await reply(first, "one")).json.id, "sent", "delivered");
  const from = first.author.externalId!;
  // The local Meta knows an author by name; the id under the post is the same for the same person.
  await w.deps.db
    .insertInto("comment")
    .values({
      workspace_id: w.workspaceId,
      channel_id: channelId.messenger,
      external_id: `c-${serial}`,
      author_external_id: from,
      at: new Date(w.clock.now()),
      changed_at: new Date(w.clock.now()),
      text: "and in blue?",
    })
    .execute();
  await until("the person has the id for messages", async () => {
    const found = await conversation(sent.conversationId);
    return found.contact.externalId !== from;
  });
  const second = await comment(`c-${serial}`);
  const { json: lines } = await w.call<{ data: { kind: string; text: string | null }[] }>(
    "GET",
    `/conversations/${sent.conversationId}/activity`,
    { headers: agent.headers },
  );
  expect(lines.data.filter((l) => l.kind === "comment").map((l) => l.text)).toEqual(["and in blue?", first.text]);
  expect(second.author.contactId).toBe((await conversation(sent.conversationId)).contact.id);
  const other = (await reply(second, "yes")).json;
  expect(other.conversationId).toBe(sent.conversationId);
  // Meta does not know this one: final, and the comment says so.
  expect((await becomes(other.id, "failed")).failure).toMatchObject({ fault: "private_reply_comment_gone" });
  expect((await comment(second.externalId)).privateReply).toMatchObject({
    state: "impossible",
    reason: { code: "private_reply_comment_gone" },
  });
});

test("S1 a customer who has written before is answered in their own conversation, which is not opened or read by it", async () => {
  const { id: customer } = await w.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, { name: `Known ${++serial}` });
  const thread = await w.customerWrites(BLUE, customer, "hello");
  await w.call("PATCH", `/conversations/${thread.id}`, { headers: agent.headers, body: { status: "resolved" } });
  await w.call("POST", `/conversations/${thread.id}/unread`, { headers: agent.headers });
  const c = await commented({ customerId: customer });
  const { json } = await reply(c, "see above");
  // Its echo may tell that it was sent before the answer tells whom it reached.
  await until(
    "it is in their conversation",
    async () => (await becomes(json.id, "sent", "delivered")).conversationId === thread.id,
  );
  await workedOff(w);
  expect(await conversation(thread.id)).toMatchObject({
    status: "resolved",
    unreadCount: 1,
    // Their own message keeps the window open.
    reply: { state: "open" },
  });
});

test("S1 a visitor's post is answered like a comment", async () => {
  const told = await w.meta.post<{ postId: string }>(`/pages/${BLUE}/visitor-posts`, { text: "lovely" });
  const c = await until("the post arrives", async () => (await comment(told.postId)) ?? null);
  expect(c).toMatchObject({ postId: told.postId, text: "lovely", byPage: false });
  await becomes((await reply(c, "thank you")).json.id, "sent", "delivered");
  expect((await phoneOf(c)).map((m) => m.text)).toEqual(["thank you"]);
});

test("S1 a comment whose author Meta does not tell is answered; the answer says who it was", async () => {
  const c = await commented();
  await sql`update comment set author_external_id = null, author_name = null where id = ${c.id}`.execute(w.deps.db);
  const sent = await becomes((await reply(c, "hello you")).json.id, "sent", "delivered");
  const { customerId } = await onMeta(c.externalId);
  await until("the person is known", async () => {
    const found = await conversation(sent.conversationId);
    return found.contact.externalId === customerId;
  });
  expect((await comment(c.externalId)).author.contactId).not.toBeNull();
});

test("S1 a colleague has answered at Facebook: the reply fails for that, and the comment tells whose it was", async () => {
  const c = await commented();
  await w.meta.post(`/pages/${BLUE}/comments/${c.externalId}/reply`, { text: "by hand" });
  const { json } = await reply(c, "too late");
  expect((await becomes(json.id, "failed")).failure).toMatchObject({ fault: "private_reply_used", code: 10900 });
  const after = await comment(c.externalId);
  expect(after.privateReply).toMatchObject({ state: "replied", ours: false, reason: { code: "private_reply_used" } });
  expect((await phoneOf(c)).map((m) => m.text)).toEqual(["by hand"]);
  expect((await reply(c, "once more")).json.code).toBe("private_reply_used");
});

test("S1 after seven days, for the Page's own and for a removed comment nothing is sent, and Meta's own word is final", async () => {
  const old = await commented({ hoursAgo: 7 * 24 + 1 });
  expect((await reply(old, "hi")).json.code).toBe("private_reply_too_late");
  expect(old.privateReply).toMatchObject({ state: "impossible", reason: { code: "private_reply_too_late" } });

  const removed = await commented();
  await w.meta.post(`/pages/${BLUE}/comments`, { verb: "remove", commentId: removed.externalId });
  await until("it is removed", async () => (await comment(removed.externalId)).removedAt !== null);
  expect((await reply(removed, "hi")).json.code).toBe("private_reply_comment_gone");

  const aged = await commented();
  await w.meta.post(`/pages/${BLUE}/comments/${aged.externalId}/age`, { hoursAgo: 200 });
  const { json } = await reply(aged, "hi");
  expect((await becomes(json.id, "failed")).failure).toMatchObject({ fault: "private_reply_too_late", code: 10903 });
  expect((await comment(aged.externalId)).privateReply).toMatchObject({
    state: "impossible",
    reason: { code: "private_reply_too_late" },
  });
});

for (const platform of ["messenger", "instagram"] as const)
  test(`S10 an answer lost after Meta took the reply: it goes again, Meta says it was answered, and that was ours (${platform})`, async () => {
    const c = await commented({}, platform);
    // No echo, so that only the second call can tell.
    await w.meta.faults({ nextSend: [{ cut: "after" }], lose: { count: 1, kinds: ["echo"] } });
    const { json } = await reply(c, "only once");
    await until("the first call is over", async () => (await attempts(json.id)).length === 1);
    expect((await attempts(json.id)).map((a) => a.outcome)).toEqual(["uncertain"]);
    await later(10);
    await becomes(json.id, "sent", "delivered");
    expect((await attempts(json.id)).map((a) => a.outcome)).toEqual(["uncertain", "sent"]);
    expect((await phoneOf(c)).map((m) => m.text)).toEqual(["only once"]);
    expect((await comment(c.externalId)).privateReply).toMatchObject({ state: "replied", ours: true });
  });

for (const platform of ["messenger", "instagram"] as const)
  test(`S10 an answer lost while the echo comes: one bubble, sent, in the thread of who got it, and nothing goes again (${platform})`, async () => {
    const c = await commented({}, platform);
    await w.meta.faults({ nextSend: [{ cut: "after" }], delayMs: HELD_BACK_MS });
    const { json } = await reply(c, `echoed ${platform}`);
    await until("the call is over", async () => (await attempts(json.id)).length === 1);
    await w.meta.faults({ delayMs: 0 });
    const sent = await becomes(json.id, "sent", "delivered");
    const { customerId } = await onMeta(c.externalId);
    await until("it is in the thread of the person", async () => {
      const row = await w.deps.db
        .selectFrom("message as m")
        .innerJoin("conversation as v", "v.id", "m.conversation_id")
        .innerJoin("contact as c", "c.id", "v.contact_id")
        .select("c.external_id")
        .where("m.id", "=", json.id)
        .executeTakeFirst();
      return row?.external_id === customerId;
    });
    await later(10);
    const found = await becomes(json.id, "sent", "delivered");
    const all = await w.messages(found.conversationId);
    expect(all.map((m) => [m.id, m.text])).toEqual([[json.id, `echoed ${platform}`]]);
    expect(sent.externalId).not.toBeNull();
    expect((await conversation(found.conversationId)).reply.reasons[0]?.code).toBe("private_reply_waiting");
    expect(await phoneOf(c)).toHaveLength(1);
  });

test("S10 a process that died during the call: the reply goes again by itself, and Meta says that it was there already", async () => {
  const c = await commented();
  await sql`insert into send_pace (workspace_id, channel_id, paused_until) values (${w.workspaceId}, ${channelId.messenger}, now() + interval '1 day')`.execute(
    w.deps.db,
  );
  const { json } = await reply(c, "from the dead");
  // Meta had taken it; the process died before it heard so.
  await w.meta.post(`/pages/${BLUE}/comments/${c.externalId}/reply`, { text: "from the dead" });
  await sql`update message set state = 'sending', attempts = 1, called_at = now() - interval '5 minutes', next_attempt_at = now() - interval '1 minute' where id = ${json.id}`.execute(
    w.deps.db,
  );
  await sql`delete from send_pace`.execute(w.deps.db);
  await later(1);
  await until("its end is noticed", async () => (await attempts(json.id)).length === 1);
  await later(10);
  await becomes(json.id, "sent", "delivered");
  expect((await comment(c.externalId)).privateReply).toMatchObject({ state: "replied", ours: true });
  expect(await phoneOf(c)).toHaveLength(1);
});

test("S10 a double click and the same key are one reply; two replies at once are one too many", async () => {
  const c = await commented();
  const both = await Promise.all([reply(c, "one", "same"), reply(c, "one", "same")]);
  expect(both.map((a) => a.status)).toEqual([202, 202]);
  expect(both[0]!.json.id).toBe(both[1]!.json.id);
  const other = await commented();
  const two = await Promise.all([reply(other, "first"), reply(other, "second")]);
  expect(two.map((a) => a.status).sort()).toEqual([202, 409]);
  const sent = two.find((a) => a.status === 202)!.json;
  await becomes(sent.id, "sent", "delivered");
  expect(await phoneOf(other)).toHaveLength(1);
});

test("S3 while the Page must be connected again the reply waits, shown as on its way, and a cancelled one lets another be written", async () => {
  const c = await commented();
  await sql`update channel set state = 'needs_reauthorization' where id = ${channelId.messenger}`.execute(w.deps.db);
  try {
    const { json } = await reply(c, "soon");
    expect(json).toMatchObject({ state: "held", failure: { fault: "channel_needs_reauthorization" } });
    expect((await comment(c.externalId)).privateReply).toMatchObject({ state: "sending", messageId: json.id });
    await w.call("POST", `/conversations/${json.conversationId}/messages/${json.id}/cancel`, {
      headers: agent.headers,
    });
    expect((await comment(c.externalId)).privateReply.state).toBe("possible");
  } finally {
    await sql`update channel set state = 'healthy' where id = ${channelId.messenger}`.execute(w.deps.db);
  }
  await becomes((await reply(c, "now")).json.id, "sent", "delivered");
});

test("S4 a text too long, an empty one and an unknown comment are refused before anything is written", async () => {
  const c = await commented();
  expect((await reply(c, "x".repeat(2_001))).json).toMatchObject({ status: 422, code: "message_too_long" });
  expect((await reply(c, "  ")).status).toBe(422);
  expect((await reply({ id: w.workspaceId }, "hi")).status).toBe(404);
  expect((await comment(c.externalId)).privateReply).toMatchObject({ state: "possible", conversationId: null });
});
