import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createTestApp,
  makeChannel,
  makeConversation,
  makeMember,
  makeWorkspace,
  type Person,
  type TestApp,
} from "../harness/index.ts";
import { pdf } from "../messages/files/documents.ts";
import { type Contract, type Operation, readContract } from "./support/contract.ts";
import { everything } from "./support/everything.ts";
import { oneOfEverything } from "./support/one-of-everything.ts";

/** Everything of workspace A that has an id; workspace B tries them all. */
let t: TestApp;
let contract: Contract;
let a: Record<string, string>;
let owner: Person;
let stranger: Person;
let strangersWorkspace: string;
let strangersKey: { authorization: string };

beforeAll(async () => {
  t = await createTestApp();
  contract = await readContract(t);
  owner = await t.asOwner();
  a = await oneOfEverything(t, owner);

  const { id } = await makeWorkspace(t.deps, { name: "B" });
  strangersWorkspace = id;
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
  "POST /api/v1/channels/{id}/reauthorization-links": { expiresInHours: 1 },
  "POST /api/v1/channels/grants/{id}": { pages: [{ platform: "messenger", externalId: "1" }] },
};
/** Whoever has the token of an invitation or a link, or the state of a login, may use it: it is the secret, looked up by its hash. */
const BY_SECRET = /by-token|reauthorizations\/results/;

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

const DAY = { from: "2026-03-01T00:00:00.000Z", to: "2026-03-02T00:00:00.000Z" };
type Ask = (route: string, options?: { body?: object; query?: Record<string, string> }) => ReturnType<TestApp["call"]>;
/** Where a body or a query names an id, by route and field: what naming another workspace's comes to. `own` is the caller's conversation. */
const NAMED: Record<string, (ask: Ask, own: string) => Promise<unknown>> = {
  "GET /api/v1/comments channelId": async (ask) =>
    expect((await ask("GET /comments", { query: { channelId: a.channels! } })).json).toMatchObject({ data: [] }),
  "GET /api/v1/conversations channelId": async (ask) =>
    expect((await ask("GET /conversations", { query: { channelId: a.channels! } })).json).toMatchObject({ data: [] }),
  "GET /api/v1/conversations assignee": async (ask) =>
    expect((await ask("GET /conversations", { query: { assignee: a.members! } })).json).toMatchObject({ data: [] }),
  "GET /api/v1/conversations/counts channelId": async (ask) =>
    expect((await ask("GET /conversations/counts", { query: { channelId: a.channels! } })).json).toMatchObject({
      all: 0,
    }),
  "PATCH /api/v1/conversations/{id} assigneeId": async (ask, own) =>
    expect((await ask(`PATCH /conversations/${own}`, { body: { assigneeId: a.members } })).status).toBe(422),
  "POST /api/v1/conversations/{id}/messages attachmentIds": async (ask, own) =>
    expect(
      (await ask(`POST /conversations/${own}/messages`, { body: { clientId: "x", attachmentIds: [a.attachments] } }))
        .json,
    ).toMatchObject({ code: "attachment_not_found" }),
  "POST /api/v1/conversations/{id}/messages template.id": async (ask, own) =>
    expect(
      (
        await ask(`POST /conversations/${own}/messages`, {
          body: { clientId: "x", template: { id: a.templateId, parameters: {} } },
        })
      ).json,
    ).toMatchObject({ code: "template_not_found" }),
  "GET /api/v1/deliveries channelId": async (ask) =>
    expect((await ask("GET /deliveries", { query: { channelId: a.channels! } })).json).toMatchObject({ data: [] }),
  "POST /api/v1/deliveries/replays channelId": async (ask) =>
    expect((await ask("POST /deliveries/replays", { body: { ...DAY, channelId: a.channels } })).json).toEqual({
      count: 0,
    }),
  "GET /api/v1/trace channelId": async (ask) =>
    expect(
      (await ask("GET /trace", { query: { ...DAY, channelId: a.channels!, contactExternalId: "1" } })).status,
    ).toBe(404),
  "GET /api/v1/trace/export channelId": async (ask) =>
    expect(
      (await ask("GET /trace/export", { query: { ...DAY, channelId: a.channels!, contactExternalId: "1" } })).status,
    ).toBe(404),
};

/** Fields of a schema that hold ids of ours. */
function idsIn(schema: object | undefined, path: string[] = []): string[] {
  const { format, anyOf = [], allOf = [], items, properties = {} } = (schema ?? {}) as Record<string, never>;
  return [
    ...(format === "uuid" ? [path.join(".")] : []),
    ...[...anyOf, ...allOf, ...(items ? [items] : [])].flatMap((one) => idsIn(one, path)),
    ...Object.entries(properties).flatMap(([name, one]) => idsIn(one as object, [...path, name])),
  ];
}

test("ids of another workspace inside a body or a query open nothing either, in every place the description has for one", async () => {
  const places = contract.operations.flatMap((o) =>
    [
      ...(o.parameters ?? []).filter((p) => p.in === "query").flatMap((p) => idsIn(p.schema, [p.name])),
      ...Object.values(o.requestBody?.content ?? {}).flatMap((c) => idsIn(c.schema)),
    ].map((field) => `${o.method} ${o.path} ${field}`),
  );
  expect([...new Set(places)].sort()).toEqual(Object.keys(NAMED).sort());
  const workspace = { workspace_id: strangersWorkspace };
  const own = await makeConversation(t.deps, await makeChannel(t.deps, workspace), {
    qualifying_at: new Date(t.clock.now()),
  });
  const before = await everything(t);
  const ask: Ask = (route, options = {}) => {
    const [method, path] = route.split(" ") as ["GET", string];
    return t.call(method, path, { headers: stranger.headers, ...options });
  };
  for (const probe of Object.values(NAMED)) await probe(ask, own.id);
  // A message of another conversation, and a form, which the description knows no fields of.
  expect((await ask(`POST /conversations/${own.id}/messages/${a.messageId}/resend`)).status).toBe(404);
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
  "PUT /api/v1/privacy/retention": "the caller's own, named by no id",
  "PATCH /api/v1/me/alerts": "the caller's own choices, named by no id",
  "POST /api/v1/me/alerts/test": "goes to the caller's own mailbox and devices",
  "POST /api/v1/me/push-subscriptions": "a device of the caller's, named by no id",
  "PUT /api/v1/workspace/webhook": "the caller's own, named by no id",
  "DELETE /api/v1/workspace/webhook": "the caller's own, named by no id",
  "POST /api/v1/workspace/webhook/test": "goes to the address of the caller's own workspace",
  "POST /api/v1/channels": "the account's token decides; an account of another workspace is refused (connect tests)",
  "POST /api/v1/channels/authorizations": "a fresh state for the caller, names no id",
  "GET /api/v1/channels/authorizations/callback": "bound to a state and to the member who asked (oauth tests)",
  "POST /api/v1/attachments": "names a conversation: probed above",
  "POST /api/v1/deliveries/replays": "plays a day again in the caller's workspace: probed above",
  "GET /api/v1/events": "its rows are the caller's workspace's (stream tests)",
  "GET /api/v1/trace": "names a channel: probed above",
  "GET /api/v1/trace/export": "names a channel: probed above",
  "GET /webhooks/meta": "Meta's",
  "POST /webhooks/meta": "Meta's",
  "POST /webhooks/meta/deauthorize": "Meta's",
  "POST /webhooks/meta/data-deletion": "Meta's",
};
/** What a list needs to be asked. */
const QUERIES: Record<string, Record<string, string>> = { "/api/v1/privacy/retention/preview": { days: "30" } };
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
    const { text, status } = await t.call("GET", o.path, {
      headers: stranger.headers,
      query: QUERIES[o.path] ?? {},
    });
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
