import { afterAll, beforeAll, expect, test } from "vitest";
import { Secret } from "../../src/platform/secrets/index.ts";
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
import { pdf } from "../messages/files/documents.ts";
import { type Contract, type Operation, readContract } from "./support/contract.ts";
import { everything } from "./support/everything.ts";

/** Everything of workspace A that has an id; workspace B tries them all. */
let t: TestApp;
let contract: Contract;
let a: Record<string, string>;
let owner: Person;
let stranger: Person;
let strangersKey: { authorization: string };

beforeAll(async () => {
  t = await createTestApp();
  contract = await readContract(t);
  owner = await t.asOwner();
  const ids = { workspace_id: t.workspaceId };
  const channel = await makeChannel(t.deps, ids);
  const contact = await makeContact(t.deps, channel, { picture_key: "a/picture" });
  await t.deps.blobs.put("a/picture", Buffer.from("picture"), "image/webp");
  const conversation = await makeConversation(t.deps, channel, { contact_id: contact.id, unread_count: 1 });
  const message = await makeMessage(t.deps, conversation, {
    direction: "outbound",
    client_id: "mine",
    state: "failed",
    external_id: null,
  });
  await t.deps.blobs.put("a/file", Buffer.from("file"), "text/plain");
  const file = await t.deps.db
    .insertInto("attachment")
    .values({
      ...ids,
      conversation_id: conversation.id,
      kind: "file",
      name: "a.txt",
      state: "stored",
      blob_key: "a/file",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const delivery = await t.deps.db
    .insertInto("delivery")
    .values({ body: Buffer.from("{}"), state: "done", workspaces: [t.workspaceId] })
    .returning("id")
    .executeTakeFirstOrThrow();
  const template = await t.deps.db
    .insertInto("template")
    .values({
      ...{ ...ids, channel_id: channel.id, external_id: "1", name: "a", language: "en", status: "APPROVED" },
      ...{ components: JSON.stringify([{ type: "BODY", text: "A" }]), status_at: new Date(t.clock.now()) },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const sealed = t.deps.vault.seal(new Secret("[]"));
  const comment = await t.deps.db
    .insertInto("comment")
    .values({
      ...ids,
      channel_id: channel.id,
      external_id: "c_1",
      author_external_id: "77",
      at: new Date(t.clock.now()),
      changed_at: new Date(t.clock.now()),
      text: "price?",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const grant = await t.deps.db
    .insertInto("channel_grant")
    .values({
      ...ids,
      member_id: owner.memberId,
      state_hash: Buffer.from("x"),
      pages_ciphertext: sealed,
      key_id: t.deps.vault.keyId,
      expires_at: new Date(t.clock.now() + 60_000),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const key = await t.call<{ id: string }>("POST", "/api-keys", {
    headers: owner.headers,
    body: { name: "A", role: "agent" },
  });
  const invitation = await t.call<{ id: string }>("POST", "/invitations", {
    headers: owner.headers,
    body: { email: "new@example.test", role: "agent" },
  });
  const member = await t.asMember("agent");
  const request = await t.deps.db
    .insertInto("deletion_request")
    .values({ ...ids, code: "A", external_user_id: "1", received_at: new Date(t.clock.now()), state: "open" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const words = { title: "A", evidence: "A", fix: "" };
  const incident = await t.deps.db
    .insertInto("incident")
    .values({
      ...ids,
      subject: channel.id,
      channel_id: channel.id,
      code: "silence",
      severity: "warning",
      owner: "meta",
      words: JSON.stringify({ en: words, "zh-TW": words }),
      since: new Date(t.clock.now()),
      confirmed_at: new Date(t.clock.now()),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  a = {
    channels: channel.id,
    incidents: incident.id,
    contacts: contact.id,
    conversations: conversation.id,
    messageId: message.id,
    comments: comment.id,
    attachments: file.id,
    deliveries: String(delivery.id),
    grants: grant.id,
    "api-keys": key.json.id,
    invitations: invitation.json.id,
    members: member.memberId,
    templateId: template.id,
    "deletion-requests": request.id,
  };

  const { id } = await makeWorkspace(t.deps, { name: "B" });
  stranger = await t.asMember("administrator", { workspaceId: id });
  await makeMember(t.deps, { workspace_id: id });
  const made = await t.call<{ key: string }>("POST", "/api-keys", {
    headers: stranger.headers,
    body: { name: "B", role: "administrator" },
  });
  strangersKey = { authorization: `Bearer ${made.json.key}` };
});
afterAll(() => t.close());

/** A body each route takes. A new route with an id fails here until it has one. */
const BODIES: Record<string, object | undefined> = {
  "POST /api/v1/privacy/deletion-requests/{id}/done": { note: "I was here" },
  "PATCH /api/v1/members/{id}": { role: "supervisor" },
  "PATCH /api/v1/contacts/{id}": { ownName: "Stolen" },
  "PATCH /api/v1/conversations/{id}": { status: "resolved" },
  "POST /api/v1/conversations/{id}/typing": { on: true },
  "POST /api/v1/conversations/{id}/control": { action: "take" },
  "POST /api/v1/conversations/{id}/notes": { text: "I was here" },
  "POST /api/v1/comments/{id}/reply": { clientId: "stolen", text: "I was here" },
  "POST /api/v1/conversations/{id}/messages/{messageId}/reaction": { emoji: "👍" },
  "POST /api/v1/conversations/{id}/messages": { clientId: "stolen", text: "I was here" },
  "POST /api/v1/conversations/{id}/messages/{messageId}/resend": {},
  "POST /api/v1/channels/{id}/reconciliations": {},
  "POST /api/v1/channels/{id}/templates": { name: "stolen", language: "en", body: "I was here" },
  "POST /api/v1/channels/{id}/templates/clone": { name: "stolen", language: "en", library: "order_shipped" },
  "POST /api/v1/channels/grants/{id}": { pages: [{ platform: "messenger", externalId: "1" }] },
};
/** Whoever has the token of an invitation may use it: the token is the secret, and it is looked up by its hash. */
const BY_SECRET = /by-token/;

const withIds = () => contract.operations.filter((o) => o.path.includes("{") && !BY_SECRET.test(o.path));
function addressOf({ path }: Operation): string {
  return path.replace(/([\w-]+)\/\{(\w+)\}/g, (_all, folder: string, name: string) => {
    const id = a[name] ?? a[folder];
    if (!id) throw new Error(`no id of workspace A for ${path}`);
    return `${folder}/${id}`;
  });
}
const send = (o: Operation, headers: Record<string, string>) => {
  const body = BODIES[`${o.method} ${o.path}`];
  if (o.requestBody && !body) throw new Error(`${o.method} ${o.path} takes a body; give the probe one`);
  return t.call<unknown>(o.method as "GET", addressOf(o), { headers, ...(body ? { body } : {}) });
};

test("no id of one workspace opens anything in another: every route answers 404, to a session and to a key, and nothing changes", async () => {
  const before = await everything(t);
  const routes = withIds();
  expect(routes.length).toBeGreaterThanOrEqual(25);
  for (const headers of [stranger.headers, strangersKey])
    for (const o of routes) {
      const answer = await send(o, headers);
      expect({
        route: `${o.method} ${o.path}`,
        status: answer.status,
        code: (answer.json as { code?: string } | null)?.code,
      }).toEqual({ route: `${o.method} ${o.path}`, status: 404, code: "not_found" });
      contract.check(o.method, addressOf(o), answer);
    }
  expect(await everything(t)).toEqual(before);
});

test("ids of another workspace inside a body or a query open nothing either", async () => {
  const own = await makeConversation(
    t.deps,
    await makeChannel(t.deps, {
      workspace_id: (
        await t.deps.db
          .selectFrom("member")
          .select("workspace_id")
          .where("id", "=", stranger.memberId)
          .executeTakeFirstOrThrow()
      ).workspace_id,
    }),
  );
  const before = await everything(t);
  const call = (method: "GET" | "POST" | "PATCH", path: string, options: object) =>
    t.call<{ data?: unknown[]; code?: string; all?: number }>(method, path, { headers: stranger.headers, ...options });
  expect((await call("PATCH", `/conversations/${own.id}`, { body: { assigneeId: a.members } })).status).toBe(422);
  expect(
    (
      await call("POST", `/conversations/${own.id}/messages`, {
        body: { clientId: "x", attachmentIds: [a.attachments] },
      })
    ).json.code,
  ).toBe("attachment_not_found");
  expect((await call("POST", `/conversations/${own.id}/messages/${a.messageId}/resend`, {})).status).toBe(404);
  expect((await call("GET", "/conversations", { query: { channelId: a.channels } })).json.data).toEqual([]);
  expect((await call("GET", "/conversations", { query: { assignee: a.members } })).json.data).toEqual([]);
  expect((await call("GET", "/conversations/counts", { query: { channelId: a.channels } })).json.all).toBe(0);
  const trace = {
    channelId: a.channels,
    contactExternalId: "1",
    from: "2026-03-01T00:00:00.000Z",
    to: "2026-03-02T00:00:00.000Z",
  };
  for (const path of ["/trace", "/trace/export"]) expect((await call("GET", path, { query: trace })).status).toBe(404);
  const form = new FormData();
  form.set("conversationId", a.conversations!);
  form.set("file", new File([new Uint8Array(pdf())], "x.pdf"));
  expect(
    (await t.inject({ method: "POST", url: "/api/v1/attachments", headers: stranger.headers, payload: form as never }))
      .statusCode,
  ).toBe(404);
  expect(await everything(t)).toEqual(before);
});

/** Routes without an id in their address that are no lists, and what keeps workspaces apart in them. */
const NO_LISTS: Record<string, string> = {
  "GET /api/v1/setup": "says whether the installation is new",
  "POST /api/v1/setup": "works on an installation without anybody, once",
  "POST /api/v1/invitations": "makes one in the caller's workspace and names no id",
  "POST /api/v1/api-keys": "makes one in the caller's workspace and names no id",
  "PATCH /api/v1/workspace": "the caller's own, named by no id",
  "POST /api/v1/channels": "the account's token decides; an account of another workspace is refused (connect tests)",
  "POST /api/v1/channels/authorizations": "named in its body or in nothing: probed below",
  "GET /api/v1/channels/authorizations/callback": "bound to a state and to the member who asked (oauth tests)",
  "POST /api/v1/attachments": "names a conversation: probed below",
  "POST /api/v1/deliveries/replays": "plays a day again in the caller's workspace: probed below",
  "GET /api/v1/events": "its rows are the caller's workspace's (stream tests)",
  "GET /api/v1/trace": "names a channel: probed below",
  "GET /api/v1/trace/export": "names a channel: probed below",
  "GET /webhooks/meta": "Meta's",
  "POST /webhooks/meta": "Meta's",
  "POST /webhooks/meta/deauthorize": "Meta's",
  "POST /webhooks/meta/data-deletion": "Meta's",
};
const isList = (o: Operation) => o.method === "GET" && !o.path.includes("{") && !NO_LISTS[`${o.method} ${o.path}`];

test("every route has an id to probe, is a list to search, or says what keeps workspaces apart in it", () => {
  const planned = new Set([...withIds(), ...contract.operations.filter(isList)]);
  const names = contract.operations.map((o) => `${o.method} ${o.path}`);
  const without = contract.operations.filter((o) => !planned.has(o) && !BY_SECRET.test(o.path));
  expect(without.map((o) => `${o.method} ${o.path}`).filter((name) => !NO_LISTS[name])).toEqual([]);
  expect([...Object.keys(NO_LISTS), ...Object.keys(BODIES)].filter((name) => !names.includes(name))).toEqual([]);
});

test("lists hold nothing of another workspace", async () => {
  const lists = contract.operations.filter(isList);
  expect(lists.length).toBeGreaterThanOrEqual(7);
  const foreign = Object.values(a).filter((id) => id.length > 20);
  for (const o of lists) {
    const { text, status } = await t.call("GET", o.path, { headers: stranger.headers });
    expect({ path: o.path, status, leaks: foreign.filter((id) => text.includes(id)) }).toEqual({
      path: o.path,
      status: 200,
      leaks: [],
    });
  }
});

test("the probe's ids are right: to workspace A itself none of these routes answers 404", async () => {
  const order = ["GET", "PATCH", "POST", "DELETE"];
  const routes = withIds().sort(
    (x, y) => order.indexOf(x.method) - order.indexOf(y.method) || y.path.length - x.path.length,
  );
  for (const o of routes) {
    // The one Page asked for is not among those granted, and says so by name.
    if (o.path.includes("grants") && o.method === "POST") continue;
    expect({ route: `${o.method} ${o.path}`, found: (await send(o, owner.headers)).status !== 404 }).toEqual({
      route: `${o.method} ${o.path}`,
      found: true,
    });
  }
});
