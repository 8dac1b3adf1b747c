import type {
  Channel,
  Problem,
  ReauthorizationLink,
  ReauthorizationLinkCreated,
  ReauthorizationPreview,
  ReauthorizationResult,
} from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetOld } from "../../src/modules/channels/reauthorize/attempts.ts";
import { until } from "../api/support/until.ts";
import {
  ANN,
  BLUE,
  BLUE_INSTAGRAM,
  KEVIN,
  MEI,
  startWorld,
  surveyed,
  TEA,
  TOMAS,
  type World,
} from "../api/support/world.ts";
import { FakeClock, makeWorkspace, type Person } from "../harness/index.ts";

let w: World;
let admin: Person;
let channelId: string;

beforeAll(async () => {
  w = await startWorld({ clock: new FakeClock(Date.now()) });
  admin = await w.asMember("administrator", { name: "Olivia" });
});
beforeEach(async () => {
  w.clock.set(Date.now());
  await w.meta.post(`/users/${KEVIN}/grant`, { allPages: true });
  const connected = await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  expect([200, 201], connected.text).toContain(connected.status);
  channelId = connected.json.id;
});
afterAll(() => w.close());

const links = () => `/channels/${channelId}/reauthorization-links`;
const make = async (expiresInHours = 24) => {
  const { status, json } = await w.call<ReauthorizationLinkCreated>("POST", links(), {
    headers: admin.headers,
    body: { expiresInHours },
  });
  expect(status).toBe(201);
  return { ...json, token: json.url.split("/").at(-1)! };
};
const one = async (id: string) =>
  (await w.call<{ data: ReauthorizationLink[] }>("GET", links(), { headers: admin.headers })).json.data.find(
    (link) => link.id === id,
  )!;
const look = (token: string) =>
  w.call<ReauthorizationPreview & Problem & { why?: string }>("GET", `/reauthorizations/by-token/${token}`);
const begin = async (token: string) =>
  (await w.call<{ url: string }>("POST", `/reauthorizations/by-token/${token}/start`)).json.url;
/** What the browser does at Meta: the whole login at once. Gives the address it is sent back to. */
async function atMeta(url: string, choice: Record<string, string | string[]>): Promise<URL> {
  const form = new URLSearchParams(new URL(url).searchParams);
  for (const [name, value] of Object.entries(choice)) for (const one of [value].flat()) form.append(name, one);
  const answer = await fetch(url.split("?")[0]!, { method: "POST", body: form, redirect: "manual" });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get("location")!);
}
/** Back at our server, in a browser without a session unless one is given. Gives where it leads. */
const back = async (to: URL, who: Person | null = null) => {
  const url = `${to.pathname}${to.search}`;
  const answer = await w.inject({ method: "GET", url, headers: who?.headers ?? {} });
  return { status: answer.statusCode, to: String(answer.headers.location ?? "") };
};
const resultOf = async (state: string) =>
  (await w.call<ReauthorizationResult>("GET", `/reauthorizations/results/${state}`)).json;
/** The whole way by a link. */
async function through(token: string, choice: Record<string, string | string[]>) {
  const { to } = await back(await atMeta(await begin(token), choice));
  expect(to).toMatch(/^\/reauthorize\/result\//);
  return resultOf(to.split("/").at(-1)!);
}
const channel = async () => (await w.call<Channel>("GET", `/channels/${channelId}`, { headers: admin.headers })).json;
const allow = (user: string, ...pages: string[]) => ({ user, pages, decision: "allow" });
const scopesBut = (url: string, ...without: string[]) =>
  new URL(url).searchParams
    .get("scope")!
    .split(",")
    .filter((scope) => !without.includes(scope));

test("S5 another administrator of the Page opens the link and connects it: same channel, subscribed again, what waited is sent, and the link is used up", async () => {
  await surveyed(w, channelId);
  const thread = await w.customerWrites(BLUE, ANN, "hello");
  await until(
    "every profile is read",
    async () =>
      (await w.deps.db.selectFrom("contact").select("id").where("name_reason", "=", "pending").execute()).length === 0,
  );
  await w.meta.post(`/users/${KEVIN}/password`);
  const held = [(await w.reply(thread.id, { text: "one" })).json, (await w.reply(thread.id, { text: "two" })).json];
  for (const message of held) await w.becomes(message, "held");
  const link = await make();
  expect(link).toMatchObject({ state: "open", openings: 0, attempts: 0, createdBy: admin.memberId, closedAt: null });
  expect((await look(link.token)).json).toEqual({
    page: { name: "Blue Harbour", platform: "messenger" },
    reason: expect.objectContaining({ code: "token_password_changed" }),
    since: expect.any(String),
    expiresAt: link.expiresAt,
  });
  const done = await through(link.token, allow(TOMAS, BLUE));
  expect(done).toEqual({
    outcome: "done",
    page: { name: "Blue Harbour", platform: "messenger" },
    ...{ channelId: null, problem: null, granted: [], missing: [], said: null, linkEnd: "used" },
  });
  const now = await channel();
  expect([now.id, now.state, now.authorizers.filter((a) => a.state === "live").length]).toEqual([
    channelId,
    "healthy",
    1,
  ]);
  for (const message of held) await w.becomes(message, "sent", "delivered");
  const sent = (await w.meta.phone(BLUE, ANN)).messages.filter((m) => m.from === "page").map((m) => m.text);
  expect(sent.slice(-2)).toEqual(["one", "two"]);
  const tomas = now.authorizers.find((a) => a.state === "live")!.name;
  expect(await one(link.id)).toMatchObject({
    state: "used",
    usedBy: tomas,
    openings: 1,
    attempts: 1,
    lastProblem: null,
  });
  for (const answer of [await look(link.token), await w.call("POST", `/reauthorizations/by-token/${link.token}/start`)])
    expect([answer.status, answer.json]).toMatchObject([410, { code: "reauthorization_link_closed", why: "used" }]);
});

test("two who use a link at once: one connects, the other is told it was used and leaves no access behind", async () => {
  const { token, id } = await make();
  const first = await atMeta(await begin(token), allow(TOMAS, BLUE));
  const second = await atMeta(await begin(token), allow(MEI, BLUE));
  const before = (await channel()).authorizers;
  const results = await Promise.all(
    [first, second].map(async (to) => {
      await back(to);
      return resultOf(to.searchParams.get("state")!);
    }),
  );
  expect(results.map((r) => r.outcome).sort()).toEqual(["done", "refused"]);
  const refused = results.find((r) => r.outcome === "refused")!;
  expect([refused.problem!.code, refused.linkEnd]).toEqual(["reauthorization_link_closed", "used"]);
  const link = await one(id);
  expect(link).toMatchObject({ state: "used", attempts: 2 });
  const after = (await channel()).authorizers;
  expect(after.filter((a) => a.name === link.usedBy)).toMatchObject([{ state: "live" }]);
  // Either of them may have had access before; the one who came second has no other now.
  const others = (all: Channel["authorizers"]) =>
    all
      .filter((a) => a.name !== link.usedBy)
      .map((a) => a.id)
      .sort();
  expect(others(after)).toEqual(others(before));
});

test("the same return opened again tells the same and asks Meta nothing; a made-up or forgotten state leads nowhere", async () => {
  const { token } = await make();
  const to = await atMeta(await begin(token), allow(TOMAS, BLUE));
  const state = to.searchParams.get("state")!;
  expect((await resultOf(state)).outcome).toBe("pending");
  expect((await back(to)).to).toBe(`/reauthorize/result/${state}`);
  const exchanges = async () =>
    (await w.meta.get<{ data: { path: string }[] }>("/graph-calls?limit=500")).data.filter((call) =>
      call.path.endsWith("/oauth/access_token"),
    ).length;
  const asked = await exchanges();
  expect((await back(to)).to).toBe(`/reauthorize/result/${state}`);
  expect(await exchanges()).toBe(asked);
  expect((await resultOf(state)).outcome).toBe("done");
  to.searchParams.set("state", "link.made-up-by-somebody-else");
  expect((await back(to)).to).toBe("/reauthorize/result/link.made-up-by-somebody-else");
  expect((await w.call("GET", "/reauthorizations/results/link.made-up-by-somebody-else")).status).toBe(404);
  w.clock.advance({ hours: 25 });
  expect((await w.call("GET", `/reauthorizations/results/${state}`)).status).toBe(404);
});

test("a link ends at its time, also for who is at Meta by then; at most 72 hours may be asked for", async () => {
  const { token, id } = await make(1);
  w.clock.advance({ minutes: 55 });
  const to = await atMeta(await begin(token), allow(TOMAS, BLUE));
  w.clock.advance({ minutes: 5 });
  await back(to);
  const result = await resultOf(to.searchParams.get("state")!);
  expect([result.outcome, result.problem!.code, result.linkEnd]).toEqual([
    "refused",
    "reauthorization_link_closed",
    "expired",
  ]);
  expect((await look(token)).json).toMatchObject({ status: 410, why: "expired" });
  expect((await one(id)).state).toBe("expired");
  for (const expiresInHours of [0, 73])
    expect((await w.call("POST", links(), { headers: admin.headers, body: { expiresInHours } })).status).toBe(422);
});

test("ten minutes at Meta are enough: later the attempt is over, and the link still works", async () => {
  const { token } = await make();
  const to = await atMeta(await begin(token), allow(TOMAS, BLUE));
  w.clock.advance({ minutes: 10 });
  await back(to);
  const late = await resultOf(to.searchParams.get("state")!);
  expect([late.outcome, late.problem!.code, late.linkEnd]).toEqual(["refused", "connection_expired", null]);
  expect((await through(token, allow(TOMAS, BLUE))).outcome).toBe("done");
});

test("a link that is taken back is over at once, also for who is at Meta; taking it back twice changes nothing", async () => {
  const { token, id } = await make();
  const to = await atMeta(await begin(token), allow(TOMAS, BLUE));
  const revoke = () => w.call<ReauthorizationLink>("DELETE", `${links()}/${id}`, { headers: admin.headers });
  const taken = await revoke();
  expect([taken.status, taken.json.state]).toEqual([200, "revoked"]);
  expect((await revoke()).json).toEqual(taken.json);
  await back(to);
  const result = await resultOf(to.searchParams.get("state")!);
  expect([result.problem!.code, result.linkEnd]).toEqual(["reauthorization_link_closed", "revoked"]);
  expect((await look(token)).json).toMatchObject({ status: 410, why: "revoked" });
});

test("S5 another Page than the link's is refused with both names; the next try lets the person choose anew, and the right one succeeds", async () => {
  const { token, id } = await make();
  const known = async () => (await channel()).authorizers.map((a) => a.id).sort();
  const before = await known();
  const wrong = await through(token, allow(KEVIN, TEA));
  expect(wrong).toMatchObject({
    outcome: "refused",
    page: { name: "Blue Harbour" },
    problem: { code: "page_mismatch" },
    granted: ["Lantern Tea"],
    linkEnd: null,
  });
  expect(await known()).toEqual(before);
  const { rows } = await sql`select 1 from channel where external_id = ${TEA}`.execute(w.deps.db);
  expect(rows).toEqual([]);
  expect(await one(id)).toMatchObject({ state: "open", lastProblem: { code: "page_mismatch" } });
  const url = await begin(token);
  expect(new URL(url).searchParams.get("auth_type")).toBe("rerequest");
  await back(await atMeta(url, allow(KEVIN, BLUE)));
  expect((await one(id)).state).toBe("used");
});

test("S5 permissions and tasks that are missing are named; nothing changes, and the link still works", async () => {
  const { token, id } = await make();
  const url = await begin(token);
  const without = { ...allow(MEI, BLUE), permissions_shown: "1", permissions: scopesBut(url, "pages_messaging") };
  await back(await atMeta(url, without));
  const declined = await resultOf(new URL(url).searchParams.get("state")!);
  expect([declined.problem!.code, declined.missing]).toEqual(["token_missing_permission", ["pages_messaging"]]);
  await w.meta.post(`/users/${MEI}/role`, { pageId: BLUE, tasks: ["ANALYZE"] });
  expect((await through(token, allow(MEI, BLUE))).problem!.code).toBe("page_task_missing");
  await w.meta.post(`/users/${MEI}/role`, { pageId: BLUE, tasks: [] });
  expect(["page_mismatch", "no_pages_granted"]).toContain((await through(token, allow(MEI, BLUE, TEA))).problem!.code);
  expect(await one(id)).toMatchObject({ state: "open", attempts: 3 });
  expect((await through(token, allow(TOMAS, BLUE))).outcome).toBe("done");
});

test("I1 a link for an Instagram account takes the access through its Page; a login without the account is told so", async () => {
  const page = channelId;
  const { json } = await w.connect("instagram", BLUE_INSTAGRAM, await w.meta.pageToken(KEVIN, BLUE));
  channelId = json.id;
  const { token, id } = await make();
  expect((await look(token)).json.page).toEqual({ name: "blueharbour", platform: "instagram" });
  const without = await through(token, { ...allow(TOMAS, BLUE), instagram_shown: "1" });
  expect(["instagram_not_linked", "token_missing_permission"]).toContain(without.problem!.code);
  const whole = { ...allow(TOMAS, BLUE), instagram_shown: "1", instagram: BLUE_INSTAGRAM };
  expect((await through(token, whole)).outcome).toBe("done");
  expect((await one(id)).state).toBe("used");
  expect((await channel()).state).toBe("healthy");
  channelId = page;
});

test("what Meta refuses is told with its own sentence; the link still works", async () => {
  const { token } = await make();
  const to = await atMeta(await begin(token), allow(TOMAS, BLUE));
  to.searchParams.set("code", "AQinvalid");
  await back(to);
  const refused = await resultOf(to.searchParams.get("state")!);
  expect([refused.outcome, refused.problem!.code, refused.said]).toEqual([
    "refused",
    "connection_expired",
    expect.stringContaining("verification code"),
  ]);
  expect((await through(token, allow(TOMAS, BLUE))).outcome).toBe("done");
});

test("what came of logins is forgotten after a day, and links three months after their time", async () => {
  const { id, token } = await make(1);
  await begin(token);
  const left = async () => {
    await forgetOld(w.deps);
    const attempts = await w.deps.db.selectFrom("reauthorization_attempt").select("id").execute();
    return [attempts.length > 0, (await one(id)) !== undefined];
  };
  w.clock.advance({ hours: 23 });
  expect(await left()).toEqual([true, true]);
  w.clock.advance({ hours: 2 });
  expect(await left()).toEqual([false, true]);
  w.clock.advance({ days: 90 });
  expect(await left()).toEqual([false, false]);
});

test("cancelled at Meta: told so, nothing changed, and the link still works", async () => {
  const { token } = await make();
  const result = await through(token, { decision: "cancel" });
  expect([result.outcome, result.problem!.code, result.linkEnd]).toEqual(["refused", "connection_cancelled", null]);
  expect((await look(token)).status).toBe(200);
});

test("a member reauthorises the channel by the same way, in the same session only", async () => {
  const other = await w.asMember("administrator");
  const start = async () =>
    (await w.call<{ url: string }>("POST", `/channels/${channelId}/reauthorizations`, { headers: admin.headers })).json
      .url;
  const to = await atMeta(await start(), allow(TOMAS, BLUE));
  const state = to.searchParams.get("state")!;
  expect((await back(to)).status).toBe(401);
  expect((await back(to, other)).to).toContain("error=connection_other_session");
  expect((await back(to, admin)).to).toBe(`/settings/channels/${channelId}?reauthorization=${state}`);
  expect(await resultOf(state)).toMatchObject({ outcome: "done", channelId, linkEnd: null });
  expect((await back(to, admin)).to).toBe(`/settings/channels/${channelId}?reauthorization=${state}`);
  const wrong = await atMeta(await start(), allow(KEVIN, TEA));
  await back(wrong, admin);
  expect(await resultOf(wrong.searchParams.get("state")!)).toMatchObject({
    problem: { code: "page_mismatch" },
    granted: ["Lantern Tea"],
  });
});

test("another workspace can neither list, make nor take back a link, nor begin for the channel", async () => {
  const { id } = await make();
  const { id: workspaceId } = await makeWorkspace(w.deps, { name: "Other" });
  const { headers } = await w.asMember("administrator", { workspaceId });
  for (const [method, path, body] of [
    ["GET", links(), undefined],
    ["POST", links(), {}],
    ["DELETE", `${links()}/${id}`, undefined],
    ["POST", `/channels/${channelId}/reauthorizations`, undefined],
  ] as const)
    expect((await w.call(method, path, { headers, ...(body ? { body } : {}) })).status).toBe(404);
  expect((await one(id)).state).toBe("open");
});

test("only the hash of a link and of a state is kept, and no answer but the first tells the address", async () => {
  const { token } = await make();
  const state = new URL(await begin(token)).searchParams.get("state")!;
  const { rows } = await sql<{ text: string }>`
    select l::text as text from reauthorization_link l union all select a::text from reauthorization_attempt a union all select e::text from event e`.execute(
    w.deps.db,
  );
  const listed = JSON.stringify((await w.call("GET", links(), { headers: admin.headers })).json);
  for (const secret of [token, state])
    for (const text of [...rows.map((row) => row.text), listed]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString("hex"));
    }
});

test("a channel that was disconnected gets no link, and the links it had are over", async () => {
  const { token } = await make();
  await w.call("DELETE", `/channels/${channelId}`, { headers: admin.headers });
  expect((await look(token)).json).toMatchObject({ status: 410, why: "revoked" });
  for (const path of [links(), `/channels/${channelId}/reauthorizations`])
    expect((await w.call("POST", path, { headers: admin.headers, body: {} })).json).toMatchObject({
      status: 409,
      code: "channel_disconnected",
    });
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  expect((await look(token)).json).toMatchObject({ status: 410, why: "revoked" });
});

test("a link is not used like a machine, and tokens are not guessed: 429 until ten minutes are over", async () => {
  w.clock.advance({ days: 3 });
  const { token } = await make();
  for (let n = 0; n < 10; n++) await begin(token);
  const start = () => w.call<Problem>("POST", `/reauthorizations/by-token/${token}/start`);
  expect((await start()).json).toMatchObject({ status: 429, code: "rate_limited" });
  w.clock.advance({ minutes: 10, ms: 1 });
  expect((await start()).status).toBe(201);
  for (let n = 0; n < 20; n++) expect((await look(`nobody-has-made-this-one-${n}`)).status).toBe(404);
  expect((await look(token)).status).toBe(429);
  w.clock.advance({ minutes: 10 });
  expect((await look(token)).status).toBe(200);
});
