import type { Channel, Problem } from "@firstline/contracts";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import {
  ANN,
  BLUE,
  BLUE_INSTAGRAM,
  DESK,
  KEVIN,
  MEI,
  startWorld,
  TEA,
  TOMAS,
  type World,
} from "../api/support/world.ts";
import { makeWorkspace } from "../harness/index.ts";

let w: World;
beforeEach(async () => {
  w = await startWorld();
});
afterEach(() => w.close());

interface SimState {
  apps: { subscriptions: { object: string; callbackUrl: string; fields: string[] }[] }[];
  users: { id: string; accessToken: string }[];
  pages: { id: string; subscribedApps: { appId: string; fields: string[] }[] }[];
}
const state = () => w.meta.get<SimState>("/state");
const subscribed = async (pageId: string) => (await state()).pages.find((p) => p.id === pageId)!.subscribedApps;
const refused = async (platform: Channel["platform"], id: string, token: string) => {
  const { status, json } = await w.connect(platform, id, token);
  return { ...(json as unknown as Problem & { missing?: string[] }), status };
};
const disconnect = (id: string) => w.call<Channel>("DELETE", `/channels/${id}`, { headers: w.apiKey });

test("connecting proves the token, subscribes app and Page to everything we read, and events flow", async () => {
  const { status, json } = await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  expect([status, json]).toMatchObject([
    201,
    {
      platform: "messenger",
      externalId: BLUE,
      name: "Blue Harbour",
      state: "healthy",
      stateReason: null,
      authorizers: [{ kind: "person", state: "live", expiresAt: null }],
    },
  ]);
  const { apps } = await state();
  const page = apps[0]!.subscriptions.find((s) => s.object === "page")!;
  expect(page.callbackUrl).toBe(`${w.deps.config.publicUrl}/webhooks/meta`);
  const wanted = [
    "messages",
    "messaging_postbacks",
    "message_echoes",
    "message_deliveries",
    "message_reads",
    "message_reactions",
    "message_edits",
    "standby",
  ];
  expect(page.fields).toEqual(expect.arrayContaining(wanted));
  expect((await subscribed(BLUE))[0]!.fields).toEqual(expect.arrayContaining(wanted));
  expect((await w.customerWrites(BLUE, ANN, "hello")).channelId).toBe(json.id);
  await until(
    "the channel knows when Meta last called",
    async () => (await w.call<Channel>("GET", `/channels/${json.id}`, { headers: w.apiKey })).json.lastEventAt,
  );
  expect(
    (await w.call<{ data: Channel[] }>("GET", "/channels", { headers: w.apiKey })).json.data.map((c) => c.id),
  ).toEqual([json.id]);
});

test("the same account again is the same channel: the same token changes nothing, another one is one more authoriser", async () => {
  const token = await w.meta.pageToken(KEVIN, BLUE);
  const first = await w.connect("messenger", BLUE, token);
  const again = await w.connect("messenger", BLUE, token);
  expect([again.status, again.json.id, again.json.authorizers.length]).toEqual([200, first.json.id, 1]);
  const other = await w.connect("messenger", BLUE, await w.meta.pageToken(MEI, BLUE));
  expect([other.status, other.json.id, other.json.authorizers.length]).toEqual([200, first.json.id, 2]);
  const both = await Promise.all([
    w.connect("messenger", TEA, await w.meta.pageToken(KEVIN, TEA)),
    w.connect("messenger", TEA, await w.meta.pageToken(MEI, TEA)),
  ]);
  expect(new Set(both.map((b) => b.json.id)).size).toBe(1);
});

test("a person's own token is exchanged for the Page's, and says whose it was; a system user's is known as durable", async () => {
  const { users } = await state();
  const byPerson = await w.connect("messenger", BLUE, users.find((u) => u.id === KEVIN)!.accessToken);
  expect([byPerson.status, byPerson.json.authorizers]).toMatchObject([201, [{ kind: "person", name: "Kevin Chou" }]]);
  const bySystem = await w.connect("messenger", BLUE, users.find((u) => u.id === DESK)!.accessToken);
  expect(bySystem.json.authorizers.find((a) => a.kind === "system_user")).toMatchObject({
    name: "Desk (system user)",
    state: "live",
    expiresAt: null,
  });
});

test("what is wrong with a token is named: dead, of another Page, without a role, without a permission, not a token at all", async () => {
  const page = await w.meta.pageToken(KEVIN, BLUE);
  expect(await refused("messenger", TEA, page)).toMatchObject({
    status: 422,
    code: "page_mismatch",
    detail: expect.stringContaining("Blue Harbour"),
  });
  expect(await refused("messenger", BLUE, "EAAnonsense0123456789")).toMatchObject({
    status: 422,
    code: "token_invalid",
  });
  expect(await refused("instagram", "17841400000009999", page)).toMatchObject({ status: 422, code: "page_mismatch" });
  expect(await refused("instagram", BLUE_INSTAGRAM, await w.meta.pageToken(KEVIN, TEA))).toMatchObject({
    status: 422,
    code: "instagram_link_broken",
  });
  const { users } = await state();
  const tomas = users.find((u) => u.id === TOMAS)!.accessToken;
  const withoutRole = await refused("messenger", TEA, tomas);
  expect([withoutRole.status, withoutRole.title.length > 0]).toEqual([422, true]);
  await w.meta.post(`/users/${KEVIN}/password`);
  expect(await refused("messenger", BLUE, page)).toMatchObject({ status: 422, code: "token_password_changed" });
  expect((await refused("messenger", "not digits", "EAA0123456789")).code).toBe("invalid_request");
  expect((await w.call<{ data: Channel[] }>("GET", "/channels", { headers: w.apiKey })).json.data).toEqual([]);
  expect(await subscribed(BLUE)).toEqual([]);
});

test("a token that lacks a permission is refused with the list of what is missing", async () => {
  const token = await tokenWithScopes(["pages_show_list", "pages_manage_metadata"]);
  expect(await refused("messenger", BLUE, token)).toMatchObject({
    status: 422,
    code: "token_missing_permission",
    missing: ["pages_messaging"],
  });
});

test("while Meta cannot be reached connecting fails as that, and nothing is half connected", async () => {
  const token = await w.meta.pageToken(KEVIN, BLUE);
  await w.meta.faults({ nextGraph: [{ path: "debug_token", cut: "before" }] });
  expect(await refused("messenger", BLUE, token)).toMatchObject({ status: 502, code: "meta_unreachable" });
  await w.meta.faults({ nextGraph: [{ path: "subscribed_apps", code: 2 }] });
  expect(await refused("messenger", BLUE, token)).toMatchObject({ status: 502, code: "meta_unavailable" });
  expect((await w.call<{ data: Channel[] }>("GET", "/channels", { headers: w.apiKey })).json.data).toEqual([]);
  expect((await w.connect("messenger", BLUE, token)).status).toBe(201);
});

test("an account belongs to one workspace: another is refused with 409, changes nothing, and may have it after it was let go", async () => {
  const { id } = await makeWorkspace(w.deps);
  const stranger = await w.asMember("administrator", { workspaceId: id });
  const mine = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json;
  const body = { platform: "messenger", externalId: BLUE, accessToken: await w.meta.pageToken(MEI, BLUE) };
  const taken = await w.call<Problem>("POST", "/channels", { headers: stranger.headers, body });
  expect([taken.status, taken.json.code]).toEqual([409, "page_in_other_workspace"]);
  expect((await w.call<Channel>("GET", `/channels/${mine.id}`, { headers: w.apiKey })).json.authorizers).toHaveLength(
    1,
  );
  await disconnect(mine.id);
  expect((await w.call("POST", "/channels", { headers: stranger.headers, body })).status).toBe(201);
});

test("O5 disconnecting unsubscribes, forgets every token and keeps the history; nothing can be sent and nothing arrives", async () => {
  const { id } = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json;
  await w.connect("messenger", BLUE, await w.meta.pageToken(MEI, BLUE));
  const c = await w.customerWrites(BLUE, ANN, "before");
  const gone = await disconnect(id);
  expect(gone.json).toMatchObject({
    state: "disconnected",
    stateReason: { code: "channel_disconnected" },
    authorizers: [],
  });
  expect(await subscribed(BLUE)).toEqual([]);
  const { rows } = await sql<{ n: number }>`select count(*) as n from authorizer`.execute(w.deps.db);
  expect(rows[0]!.n).toBe(0);
  expect((await w.messages(c.id)).map((m) => m.text)).toEqual(["before"]);
  const refusedReply = await w.reply(c.id, { text: "x" });
  expect([refusedReply.status, (refusedReply.json as unknown as Problem).code]).toEqual([409, "channel_disconnected"]);
  expect((await disconnect(id)).status).toBe(200);
});

test("O5 reconnecting joins the old history: the same channel, the same conversation", async () => {
  const { id } = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json;
  const before = await w.customerWrites(BLUE, ANN, "before");
  await disconnect(id);
  const again = await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  expect([again.status, again.json.id, again.json.state]).toEqual([200, id, "healthy"]);
  const after = await w.customerWrites(BLUE, ANN, "after");
  expect(after.id).toBe(before.id);
  expect((await w.messages(after.id)).map((m) => m.text)).toEqual(["after", "before"]);
});

test("I1 Messenger and Instagram of one Page are two channels over one subscription: letting one go leaves the other working", async () => {
  const token = await w.meta.pageToken(KEVIN, BLUE);
  const page = (await w.connect("messenger", BLUE, token)).json;
  const instagram = (await w.connect("instagram", BLUE_INSTAGRAM, token)).json;
  expect(instagram).toMatchObject({ platform: "instagram", name: "blueharbour" });
  await disconnect(page.id);
  expect(await subscribed(BLUE)).toHaveLength(1);
  const c = await w.customerWrites(BLUE, "6400000000000001", "hola");
  expect(c.channelId).toBe(instagram.id);
  await disconnect(instagram.id);
  expect(await subscribed(BLUE)).toEqual([]);
});

test("a channel whose token is already dead can still be disconnected", async () => {
  const { id } = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json;
  await w.meta.post(`/users/${KEVIN}/password`);
  expect((await disconnect(id)).json.state).toBe("disconnected");
});

/** Logs in at the dialog of the local Meta and grants only some permissions. Gives the token of the Page. */
async function tokenWithScopes(scopes: string[]): Promise<string> {
  const { app } = w.sim;
  const redirect = "https://example.test/back";
  const form = new URLSearchParams({
    client_id: app.id,
    redirect_uri: redirect,
    state: "s",
    scope: scopes.join(","),
    user: KEVIN,
    pages: BLUE,
    decision: "allow",
  });
  const answer = await fetch(`${w.sim.url}/dialog/oauth`, { method: "POST", body: form, redirect: "manual" });
  const code = new URL(answer.headers.get("location")!).searchParams.get("code")!;
  const get = async (path: string, query: Record<string, string>) =>
    (await (await fetch(`${w.sim.url}${path}?${new URLSearchParams(query)}`)).json()) as Record<string, string>;
  const user = await get("/oauth/access_token", {
    client_id: app.id,
    client_secret: app.secret,
    redirect_uri: redirect,
    code,
  });
  return (await get(`/${BLUE}`, { fields: "access_token", access_token: user.access_token! })).access_token!;
}
