import type { Activity, Comment, Contact, Conversation, Message } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createProcessor } from "../../src/modules/ingestion/process.ts";
import { createReceive } from "../../src/modules/messages/receive/index.ts";
import { withContract } from "../api/support/contract.ts";
import {
  echoed,
  instagramBody,
  pageBody,
  post,
  reacted,
  read,
  type Thread,
  unsent,
  wrote,
} from "../api/support/webhooks.ts";
import { createTestApp, META_APP, makeChannel, type TestApp } from "../harness/index.ts";

const NOW = Date.parse("2026-03-02T09:00:00.000Z");
const AT = NOW - 3_600_000;
const BOT = "1900000000000777";
const INBOX = "263902037430900";
const LEAD = "413038776280800";

let t: TestApp;
let page: Thread & { id: string };
let instagram: Thread & { id: string };
let serial = 0;

beforeAll(async () => {
  t = await withContract(await createTestApp());
  const first = await makeChannel(t.deps, { workspace_id: t.workspaceId });
  const second = await makeChannel(t.deps, { workspace_id: t.workspaceId, platform: "instagram" });
  page = { id: first.id, account: first.external_id, customer: "" };
  instagram = { id: second.id, account: second.external_id, customer: "" };
  await t.deps.jobs.start({ work: false });
});
afterAll(async () => {
  await t.deps.jobs.stop();
  await t.close();
});
beforeEach(() => {
  page = { ...page, customer: `7500${++serial}` };
  instagram = { ...instagram, customer: `6500${serial}` };
});

/** Meta sends it, and it is worked off. */
async function told(...bodies: unknown[]): Promise<void> {
  for (const body of bodies) expect((await post(t, body)).statusCode).toBe(200);
  while ((await createProcessor(t.deps, createReceive(t.deps)).run(100)) > 0);
}
const get = async <T>(path: string, query: Record<string, string> = {}) =>
  (await t.call<T>("GET", path, { headers: t.apiKey, query })).json;
const findConversation = async (thread: Thread) =>
  (await get<{ data: Conversation[] }>("/conversations", { q: thread.customer })).data.find(
    (c) => c.contact.externalId === thread.customer,
  );
const conversationOf = async (thread: Thread) => (await findConversation(thread))!;
const contactOf = async (thread: Thread) => get<Contact>(`/contacts/${(await conversationOf(thread)).contact.id}`);
const messagesOf = async (thread: Thread) =>
  (await get<{ data: Message[] }>(`/conversations/${(await conversationOf(thread)).id}/messages`)).data.reverse();
const linesOf = async (thread: Thread) =>
  (await get<{ data: Activity[] }>(`/conversations/${(await conversationOf(thread)).id}/activity`)).data.reverse();

const aside = (thread: Thread, ...standby: object[]) => ({
  object: "page",
  entry: [{ id: thread.account, time: AT, standby }],
});
const control = (
  thread: Thread,
  at: number,
  action: "pass" | "take" | "request",
  from: string | null,
  to: string | null,
) =>
  pageBody(thread.account, {
    sender: { id: thread.customer },
    recipient: { id: thread.account },
    timestamp: at,
    [`${action}_thread_control`]: {
      previous_owner_app_id: from,
      [action === "request" ? "requested_owner_app_id" : "new_owner_app_id"]: to,
    },
  });
const changed = (account: string, at: number, field: string, value: object) => ({
  object: "page",
  entry: [{ id: account, time: at, changes: [{ field, value }] }],
});
const element = (thread: Thread, at: number, members: object) =>
  pageBody(thread.account, {
    sender: { id: thread.customer },
    recipient: { id: thread.account },
    timestamp: at,
    ...members,
  });

test("R1 what one of our Pages writes to another opens no thread on either side and is kept as understood", async () => {
  const other = await makeChannel(t.deps, { workspace_id: t.workspaceId });
  const inbound = { ...page, customer: other.external_id };
  const echo = { account: other.external_id, customer: page.account };
  await told(
    pageBody(page.account, wrote(inbound, AT, "m_p2p", "hello, Page"), reacted(inbound, AT, "m_p2p", "👍")),
    pageBody(other.external_id, echoed(echo, AT, "m_p2p", "hello, Page")),
    pageBody(page.account, wrote(page, AT, "m_person", "hello from a person")),
  );
  expect(await findConversation(inbound)).toBeUndefined();
  expect(await findConversation(echo)).toBeUndefined();
  expect(await messagesOf(page)).toHaveLength(1);
  const { rows } = await sql<{ n: number; seen: number; jobs: number }>`
    select (select count(*) from contact where external_id in (${other.external_id}, ${page.account})) as n,
      (select sum(received - unreadable) from intake where field = 'other') as seen,
      (select count(*) from message where external_id = 'm_p2p') as jobs`.execute(t.deps.db);
  expect(rows[0]).toEqual({ n: 0, seen: 3, jobs: 0 });
});

test("R2 an event in standby shows that another app holds the thread, its echo says which, and a message that comes to us that it is back", async () => {
  await told(aside(page, wrote(page, AT, "m_s1", "is anybody there?")));
  const [message] = await messagesOf(page);
  expect(message).toMatchObject({ standby: true, text: "is anybody there?" });
  expect(await conversationOf(page)).toMatchObject({
    needsLook: true,
    heldBy: { kind: "unknown", appId: null, name: null, since: iso(AT), until: iso(AT + 86_400_000) },
  });
  const ai = { app_id: Number(INBOX), ai_generated: true, metadata: '{"source":"axon"}' };
  await told(aside(page, echoed(page, AT + 1_000, "m_s2", "I am Meta's AI.", ai)));
  expect((await conversationOf(page)).heldBy).toMatchObject({ kind: "meta_ai", name: "Meta AI", since: iso(AT) });
  expect(await linesOf(page)).toMatchObject([
    { kind: "control_held", at: iso(AT), data: { holder: "meta_ai", appName: "Meta AI" } },
  ]);
  const held = await get<{ data: Conversation[] }>("/conversations", { needsLook: "true" });
  expect(held.data.map((c) => c.contact.externalId)).toContain(page.customer);
  const before = (await get<{ needsLook: number }>("/conversations/counts")).needsLook;

  await told(pageBody(page.account, wrote(page, AT + 5_000, "m_s3", "a person, please")));
  expect(await conversationOf(page)).toMatchObject({ heldBy: null, needsLook: false });
  expect((await linesOf(page)).map((l) => [l.kind, l.at])).toEqual([
    ["control_held", iso(AT)],
    ["control_returned", iso(AT + 5_000)],
  ]);
  expect((await get<{ needsLook: number }>("/conversations/counts")).needsLook).toBe(before - 1);
});

test("R2 Meta's own notices are shown as such and decide nothing", async () => {
  await told(
    pageBody(
      page.account,
      wrote(page, AT, "m_n1", "hi"),
      echoed(page, AT + 1, "m_n2", "Your AI agent will respond.", { app_id: Number(INBOX) }),
    ),
  );
  expect((await messagesOf(page)).map((m) => m.source.kind)).toEqual(["customer", "meta_notice"]);
  expect((await conversationOf(page)).heldBy).toBeNull();
});

test("R2 the end of a lead ad's questions brings answers, ad and control into the thread", async () => {
  await told(
    element(page, AT, {
      referral: { source: "ADS", type: "LEAD_COMPLETE", ad_id: "630", ads_context_data: { ad_title: "Spring offer" } },
      lead: { data: [{ question: "City?", answer: "Menlo Park" }] },
    }),
    pageBody(page.account, {
      sender: { id: page.customer },
      recipient: { id: page.account },
      timestamp: AT + 1,
      pass_thread_control: {
        previous_owner_app_id: LEAD,
        new_owner_app_id: META_APP.id,
        metadata: "messenger_lead_gen_complete",
      },
    }),
  );
  expect(await messagesOf(page)).toMatchObject([
    { kind: "lead", details: [{ label: "City?", value: "Menlo Park", kind: "text" }] },
  ]);
  expect((await contactOf(page)).referral).toMatchObject({ adId: "630", adTitle: "Spring offer" });
  expect(await linesOf(page)).toMatchObject([
    { kind: "control_returned", data: { holder: "lead_ad_flow", appName: "Messenger lead ad" } },
  ]);
  expect((await conversationOf(page)).heldBy).toBeNull();
});

test("R4 take, request and pass are lines of the thread; other apps are named as the survey of the Page found them, on bubbles too", async () => {
  await sql`update channel set apps = ${JSON.stringify([{ id: BOT, name: "Sales Bot", fields: [] }])}::jsonb where id = ${page.id}`.execute(
    t.deps.db,
  );
  await told(
    pageBody(
      page.account,
      wrote(page, AT, "m_c1", "hi"),
      echoed(page, AT + 1, "m_c2", "Bot here", { app_id: Number(BOT) }),
    ),
    control(page, AT + 10, "take", META_APP.id, BOT),
  );
  expect((await conversationOf(page)).heldBy).toMatchObject({ kind: "other_app", appId: BOT, name: "Sales Bot" });
  expect((await conversationOf(page)).lastMessage?.source).toMatchObject({ kind: "other_app", name: "Sales Bot" });
  expect((await messagesOf(page)).at(-1)!.source).toEqual({
    kind: "other_app",
    appId: BOT,
    name: "Sales Bot",
    memberId: null,
  });
  await told(control(page, AT + 20, "pass", BOT, META_APP.id), control(page, AT + 30, "request", null, BOT));
  expect((await conversationOf(page)).heldBy).toBeNull();
  expect((await linesOf(page)).map((l) => [l.kind, l.data.appName])).toEqual([
    ["control_held", "Sales Bot"],
    ["control_returned", "Sales Bot"],
    ["control_requested", "Sales Bot"],
  ]);
});

test("R4 a hold known before its thread has a message is shown once it has", async () => {
  await told(control(page, AT, "take", META_APP.id, INBOX));
  expect(await findConversation(page)).toBeUndefined();
  await told(aside(page, wrote(page, AT + 10, "m_h1", "hello")));
  expect((await conversationOf(page)).heldBy).toMatchObject({ kind: "page_inbox", since: iso(AT) });
});

test.each([["the opt-in first"], ["the message first"]])(
  "O1 a visitor of the checkbox plugin is joined to the contact of the first message, %s, with what the website gave along",
  async (order) => {
    const userRef = `ref_${page.customer}`;
    const optin = pageBody(page.account, {
      recipient: { id: page.account },
      timestamp: AT,
      optin: { ref: "BASKET-7", user_ref: userRef },
    });
    const message = pageBody(page.account, {
      ...wrote(page, AT + 1_000, `m_o_${page.customer}`, "hello"),
      prior_message: { source: "checkbox_plugin", identifier: userRef },
    });
    await told(...(order === "the opt-in first" ? [optin, message] : [message, optin]));
    expect((await contactOf(page)).referral).toMatchObject({ ref: "BASKET-7", source: "checkbox_plugin", at: iso(AT) });
    expect(await linesOf(page)).toEqual([]);
  },
);

test.each([["after"], ["before"]])(
  "O2 the end of a guest's chat closes it and leaves a line, told %s the first message",
  async (order) => {
    const guest = { referral: { source: "CUSTOMER_CHAT_PLUGIN", type: "OPEN_THREAD", is_guest_user: "true" } };
    const hello = pageBody(page.account, wrote(page, AT, `m_g_${order}`, "hello", guest));
    const ended = element(page, AT + 60_000, { guest_chat: { status: "ended" } });
    await told(...(order === "after" ? [hello, ended] : [ended, hello]));
    expect((await contactOf(page)).guest).toMatchObject({ endedAt: iso(AT + 60_000) });
    expect((await conversationOf(page)).reply.reasons.map((r) => r.code)).toContain("guest_chat_ended");
    expect((await linesOf(page)).map((l) => l.kind)).toEqual(["guest_ended"]);
  },
);

test("labels of Meta's inbox follow their newest change, whatever came last", async () => {
  const label = (at: number, action: "add" | "remove", name: string) =>
    changed(page.account, at, "inbox_labels", {
      user: { id: page.customer },
      action,
      label: { id: `l_${name}`, page_label_name: name },
    });
  await told(
    pageBody(page.account, wrote(page, AT, "m_l1", "hi")),
    label(AT + 4, "add", "VIP"),
    label(AT + 1, "add", "Lead Complete"),
    label(AT + 2, "remove", "Lead Complete"),
    label(AT + 3, "remove", "VIP"),
  );
  expect((await contactOf(page)).metaLabels).toEqual(["VIP"]);
  expect((await linesOf(page)).map((l) => [l.kind, l.text])).toEqual([
    ["label_added", "Lead Complete"],
    ["label_removed", "Lead Complete"],
    ["label_removed", "VIP"],
    ["label_added", "VIP"],
  ]);
});

test("a notice without a customer stays with the channel, and a token a customer gave is shown to nobody", async () => {
  await told(
    pageBody(page.account, wrote(page, AT, "m_q1", "hi")),
    pageBody(page.account, {
      recipient: { id: page.account },
      timestamp: AT,
      policy_enforcement: { action: "warning", reason: "spam" },
    }),
    element(page, AT + 1, {
      optin: { type: "notification_messages", title: "News", notification_messages_token: "secret-token" },
    }),
  );
  const lines = await linesOf(page);
  expect(lines).toMatchObject([{ kind: "optin", text: "News" }]);
  expect(JSON.stringify(lines)).not.toContain("secret-token");
  const { rows } = await sql<{ contact: string | null; text: string }>`
    select contact_external_id as contact, text from thread_event where kind = 'policy_warning'`.execute(t.deps.db);
  expect(rows).toEqual([{ contact: null, text: "spam" }]);
});

test("comments are kept, changed and removed in any order, listed newest first, and stand in the thread of their author", async () => {
  await told(pageBody(page.account, wrote(page, AT, "m_k1", "hi")));
  const comment = (
    id: string,
    at: number,
    verb: string,
    message: string | null,
    from = { id: page.customer, name: "Ann" },
  ) =>
    changed(page.account, at, "feed", {
      ...{
        item: "comment",
        verb,
        comment_id: `${page.customer}_${id}`,
        post_id: "P_1",
        parent_id: "P_1",
        created_time: AT / 1000,
        from,
      },
      ...(message === null ? {} : { message }),
    });
  await told(
    comment("1", AT + 5_000, "edited", "price, please?"),
    comment("1", AT, "add", "price?"),
    comment("2", AT + 9_000, "remove", null),
    comment("2", AT, "add", "a secret"),
    comment("3", AT, "add", "We answer soon", { id: page.account, name: "Blue Door" }),
  );
  const { data } = await get<{ data: Comment[] }>("/comments", { channelId: page.id });
  const contactId = (await conversationOf(page)).contact.id;
  const of = (id: string) => data.find((c) => c.externalId === `${page.customer}_${id}`);
  expect(of("1")).toMatchObject({
    text: "price, please?",
    at: iso(AT),
    editedAt: iso(AT + 5_000),
    removedAt: null,
    parentId: null,
    author: { externalId: page.customer, name: "Ann", contactId },
  });
  expect(of("2")).toMatchObject({ text: null, removedAt: iso(AT + 9_000) });
  expect(of("3")).toMatchObject({ byPage: true, author: { contactId: null } });
  expect((await linesOf(page)).map((l) => [l.kind, l.text, l.data])).toEqual([
    ["comment", "price, please?", { commentId: `${page.customer}_1`, postId: "P_1" }],
    ["comment", null, { commentId: `${page.customer}_2`, postId: "P_1" }],
  ]);
  const first = await get<{ data: Comment[]; nextCursor: string }>("/comments", { limit: "2" });
  const rest = await get<{ data: Comment[] }>("/comments", { cursor: first.nextCursor });
  expect([...first.data, ...rest.data].map((c) => c.id)).toEqual(expect.arrayContaining(data.map((c) => c.id)));
  expect((await get<{ data: Comment[] }>("/comments", { channelId: instagram.id })).data).toEqual([]);
});

test("I1 a comment under an Instagram post stands in the thread of the person who wrote it", async () => {
  await told(instagramBody(instagram.account, wrote(instagram, AT, "m_ig1", "hola")), {
    object: "instagram",
    entry: [
      {
        id: instagram.account,
        time: AT / 1000,
        changes: [
          {
            field: "comments",
            value: {
              id: "1790",
              from: { id: instagram.customer, username: "ann" },
              text: "price?",
              media: { id: "M_1" },
            },
          },
        ],
      },
    ],
  });
  expect(await linesOf(instagram)).toMatchObject([
    { kind: "comment", text: "price?", data: { commentId: "1790", postId: "M_1" } },
  ]);
});

test("what its author took back is kept nowhere: not in answers, files, edits or what was stored of them", async () => {
  const secret = "my card is 4000";
  await told(
    pageBody(
      page.account,
      wrote(page, AT, "m_u1", secret, {
        attachments: [{ type: "image", payload: { url: "https://cdn.example.test/4000.jpg", title: secret } }],
      }),
      {
        ...element(page, AT + 1, {}).entry[0]!.messaging[0],
        message_edit: { mid: "m_u1", text: `${secret}!`, num_edit: 1 },
      },
    ),
  );
  await sql`update message set details = '[{"label":null,"value":"4000","kind":"text"}]' where external_id = 'm_u1'`.execute(
    t.deps.db,
  );
  await sql`update attachment set state = 'stored', blob_key = 'k', width = 10, height = 10, size = 99, content_type = 'image/jpeg'`.execute(
    t.deps.db,
  );
  await told(pageBody(page.account, unsent(page, AT + 5, "m_u1")));
  expect(await messagesOf(page)).toMatchObject([
    {
      kind: "deleted",
      text: null,
      details: [],
      deletedAt: iso(AT + 5),
      attachments: [{ state: "none", url: null, size: null, width: null, contentType: null }],
    },
  ]);
  const { rows } = await sql<{ left: string }>`
    select (select string_agg(to_jsonb(m)::text, '') from message m where external_id = 'm_u1') || (select string_agg(to_jsonb(e)::text, '') from message_effect e where external_id = 'm_u1')
      || (select string_agg(to_jsonb(a)::text, '') from attachment a join message m on m.id = a.message_id where m.external_id = 'm_u1') as left`.execute(
    t.deps.db,
  );
  expect(rows[0]!.left).not.toContain("4000");
});

test("R5 what comes in is counted by channel, hour and kind: duplicates, late, incomplete and unreadable too; a replay counts nothing", async () => {
  const counted = await makeChannel(t.deps, { workspace_id: t.workspaceId });
  const thread = { account: counted.external_id, customer: page.customer };
  const at = Date.now();
  const twice = pageBody(thread.account, wrote(thread, at, "m_i1", "hello"), reacted(thread, at + 1, "m_i1", "👍"));
  const bodies = [
    twice,
    twice,
    pageBody(thread.account, wrote(thread, at - 6 * 60_000, "m_i2", "late")),
    pageBody(
      thread.account,
      wrote(thread, at, "m_i3", null),
      echoed(thread, at, "m_i4", "answer"),
      read(thread, at, at),
    ),
    { object: "page", entry: [{ id: thread.account, time: at, standby: [wrote(thread, at, "m_i5", "aside")] }] },
    { object: "page", entry: [{ id: thread.account, time: at, messaging: [{ sender: { id: "1" }, brand_new: {} }] }] },
    control(thread, at, "pass", BOT, META_APP.id),
  ];
  for (const body of bodies) await told(body);
  const { rows: ids } = await sql<{ id: number }>`select max(id) - 6 as id from delivery`.execute(t.deps.db);
  await t.call("POST", `/deliveries/${ids[0]!.id}/replay`, { headers: t.apiKey });
  await told();
  const { rows } = await sql<{ field: string; counts: number[] }>`
    select field, array[sum(received), sum(duplicate), sum(late), sum(incomplete), sum(unreadable)]::int[] as counts from intake
    where channel_id = ${counted.id} group by 1 order by 1`.execute(t.deps.db);
  expect(Object.fromEntries(rows.map((r) => [r.field, r.counts]))).toEqual({
    control: [1, 0, 0, 0, 0],
    echo: [1, 0, 0, 0, 0],
    message: [4, 1, 1, 1, 0],
    other: [1, 0, 0, 0, 1],
    reaction: [2, 1, 0, 0, 0],
    read: [1, 0, 0, 0, 0],
    standby: [1, 0, 0, 0, 0],
  });
});

test("a delivery names the channels and customers it concerns, fifty of them at most", async () => {
  const crowd = Array.from({ length: 60 }, (_, n) => ({ ...page, customer: `${page.customer}${n + 100}` }));
  await told(pageBody(page.account, ...crowd.map((one, n) => wrote(one, AT + n, `m_w${one.customer}`, "hi"))));
  const { rows } = await sql<{
    channels: string[];
    contacts: string[];
  }>`select channels, contacts from delivery order by id desc limit 1`.execute(t.deps.db);
  expect(rows[0]!.channels).toEqual([page.id]);
  expect(rows[0]!.contacts).toEqual(crowd.slice(0, 50).map((c) => c.customer));
});

test("lines and comments reach the browsers as events of the thread", async () => {
  await told(pageBody(page.account, wrote(page, AT, "m_e1", "hi")));
  const { id } = await conversationOf(page);
  await sql`delete from event`.execute(t.deps.db);
  await told(
    element(page, AT + 1, { account_linking: { status: "linked", authorization_code: "CODE" } }),
    changed(page.account, AT, "feed", {
      item: "comment",
      verb: "add",
      comment_id: `e_${page.customer}`,
      post_id: "P",
      created_time: AT / 1000,
      message: "hi",
      from: { id: page.customer },
    }),
    control(page, AT + 2, "take", META_APP.id, BOT),
  );
  const { rows } = await sql<{ type: string; conversation_id: string; subject_id: string }>`
    select type, conversation_id, subject_id from event order by type, id`.execute(t.deps.db);
  expect(rows.map((r) => [r.type, r.conversation_id])).toEqual([
    ["activity.created", id],
    ["activity.created", id],
    ["activity.created", id],
    ["conversation.updated", id],
  ]);
  const lines = await linesOf(page);
  expect(new Set(rows.filter((r) => r.type === "activity.created").map((r) => r.subject_id))).toEqual(
    new Set(lines.map((l) => l.id)),
  );
  expect(JSON.stringify(lines)).not.toContain("CODE");
});

function iso(at: number): string {
  return new Date(at).toISOString();
}
