import type { ChannelHealth, SelfTest } from "@firstline/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { ANN, BLUE, BLUE_INSTAGRAM, KEVIN, startWorld, surveyed, type World } from "../api/support/world.ts";

// One world for all, in this order: each test leaves the channel as the next one finds it.
let w: World;
let id: string;
let token: string;
beforeAll(async () => {
  w = await startWorld();
  token = await w.meta.pageToken(KEVIN, BLUE);
  id = (await w.connect("messenger", BLUE, token)).json.id;
});
afterAll(() => w.close());

const tests = async (channelId = id) =>
  (await w.call<{ data: SelfTest[] }>("GET", `/channels/${channelId}/self-tests`, { headers: w.apiKey })).json.data;
const finished = (channelId = id, which = (_one: SelfTest) => true) =>
  until("the self-test is done", async () => (await tests(channelId)).find((t) => t.finishedAt !== null && which(t)));
const ask = () => w.call<SelfTest>("POST", `/channels/${id}/self-test`, { headers: w.apiKey });
const again = async () => {
  const { json } = await ask();
  return finished(id, (t) => t.id === json.id);
};
const statuses = (of: SelfTest) => Object.fromEntries(of.steps.map((s) => [s.code, s.status]));
const step = (of: SelfTest, code: string) => of.steps.find((s) => s.code === code)!;
const check = async (code: string, channelId = id) =>
  (await w.call<ChannelHealth>("GET", `/channels/${channelId}/health`, { headers: w.apiKey })).json.checks.find(
    (c) => c.code === code,
  )!;

test("S5 every connection tests itself from end to end, and says what cannot be tried without a customer", async () => {
  const first = await finished();
  expect(first.reason).toBe("connected");
  expect(statuses(first)).toEqual({
    token: "ok",
    identity: "ok",
    permissions: "ok",
    app_fields: "ok",
    page_fields: "ok",
    callback: "ok",
    routing: "ok",
    other_apps: "ok",
    round_trip: "not_possible",
  });
  expect(step(first, "callback").evidence).toContain(w.deps.config.publicUrl);
  // What it posted to itself is no delivery of Meta's and does not stay among them.
  expect((await w.call<{ data: [] }>("GET", "/deliveries", { headers: w.apiKey })).json.data).toEqual([]);

  await w.customerWrites(BLUE, ANN, "hello");
  const second = await again();
  expect(second).toMatchObject({ reason: "asked", askedBy: null });
  expect(step(second, "round_trip")).toMatchObject({ status: "ok", evidence: expect.stringContaining("is here too") });
  expect((await tests()).map((t) => t.id)).toEqual([second.id, first.id]);
  expect(await check("self_test")).toMatchObject({ status: "ok" });
});

test("Meta's figures, the clock and the app's refusals are read from what Meta answers anyway", async () => {
  expect(await check("clock")).toMatchObject({ status: "ok" });
  expect(await check("graph_version")).toMatchObject({ status: "ok", evidence: expect.stringContaining("v26.0") });
  expect((await check("app_access")).status).toBe("unknown");
  const { id: conversation } = (await w.conversationOf(ANN))!;
  const sent = (await w.reply(conversation, { text: "good day" })).json;
  await w.becomes(sent, "sent", "delivered", "read");
  expect((await check("app_access")).status).toBe("ok");
  expect((await check("rate_usage")).status).toBe("ok");
  const metrics = (await w.inject({ method: "GET", url: "/metrics" })).body;
  expect(metrics).toMatch(/firstline_self_tests_total\{result="ok"\} \d/);
  expect(metrics).toMatch(/firstline_clock_skew_seconds -?[0-9.]+/);
});

test("a self-test left behind by a process that died is made anew by whoever takes up its job", async () => {
  const { workspaceId } = w;
  const { rows } = await w.deps.database.pool.query<{ id: string }>(
    `insert into self_test (workspace_id, channel_id, reason, started_at, steps) values ($1, $2, 'asked', now(), '[{"code":"token","status":"fail"}]') returning id`,
    [workspaceId, id],
  );
  await w.deps.jobs.add("channels.self_test", [{ data: { workspaceId, channelId: id, id: rows[0]!.id } }]);
  const made = await finished(id, (t) => t.id === rows[0]!.id);
  expect(statuses(made)).toMatchObject({ token: "ok", callback: "ok" });
});

test("a public address nobody answers at, or somebody else, is told with its reason and what to do", async () => {
  const ours = w.deps.config.publicUrl;
  try {
    w.deps.config.publicUrl = "http://127.0.0.1:9";
    // A customer wrote just now: Meta finds the way, so it is only this server that does not.
    expect(step(await again(), "callback")).toMatchObject({
      status: "warn",
      owner: "operator",
      evidence: expect.stringMatching(/127\.0\.0\.1:9.*Meta's calls arrive/),
    });
    w.deps.config.publicUrl = w.sim.url;
    expect(step(await again(), "callback")).toMatchObject({
      status: "fail",
      evidence: expect.stringContaining("status 400"),
      fix: expect.stringContaining("proxy"),
    });
  } finally {
    w.deps.config.publicUrl = ours;
  }
});

test("I1 an account that is shut to tools, and one that was unlinked, are each found by a check of their own", async () => {
  const { json } = await w.connect("instagram", BLUE_INSTAGRAM, token);
  const linked = await finished(json.id);
  expect(step(linked, "identity")).toMatchObject({ status: "ok", evidence: expect.stringContaining("@blueharbour") });
  expect((await check("instagram_access", json.id)).status).toBe("ok");
  await w.meta.post(`/pages/${BLUE}/instagram-access`, { allowed: false });
  expect(await check("instagram_access", json.id)).toMatchObject({
    status: "fail",
    fix: expect.stringContaining("Allow access to messages"),
  });
  await w.meta.post(`/pages/${BLUE}/instagram-access`, { allowed: true });
  await w.connect("instagram", BLUE_INSTAGRAM, token);
  // The first call that Meta refuses for the missing link takes the access away: it has to be the check's own.
  await surveyed(w, json.id);
  await fetch(`${w.sim.url}/_sim/pages/${BLUE}/instagram`, { method: "DELETE" });
  expect(await check("instagram_link", json.id)).toMatchObject({ status: "fail", owner: "administrator" });
});

test("S3 a dead access fails its step, and what needs it is not guessed; connecting again tests again", async () => {
  await w.meta.post(`/users/${KEVIN}/password`);
  const dead = await again();
  expect(statuses(dead)).toMatchObject({
    token: "fail",
    identity: "not_possible",
    page_fields: "not_possible",
    app_fields: "ok",
    callback: "ok",
  });
  expect(step(dead, "token")).toMatchObject({ owner: "administrator", evidence: expect.stringMatching(/password/i) });
  expect((await check("self_test")).status).toBe("warn");
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  const revived = await finished(id, (t) => t.reason === "reauthorized");
  expect(statuses(revived)).toMatchObject({ token: "ok", identity: "ok" });
});

test("R5 calls with a wrong signature are counted for the checks, unsigned ones are not", async () => {
  const post = (headers: Record<string, string>) =>
    w.inject({ method: "POST", url: "/webhooks/meta", headers, payload: '{"object":"page","entry":[]}' });
  expect((await check("signature_failures")).status).toBe("ok");
  const unsigned = { "content-type": "application/json" };
  const wrong = { ...unsigned, "x-hub-signature-256": `sha256=${"0".repeat(64)}` };
  await post(unsigned);
  await Promise.all([post(wrong), post(wrong)]);
  // They are written two seconds after the first: on a slow day not all at once.
  await until("both are counted", async () =>
    (await check("signature_failures")).evidence.startsWith("2 webhook calls"),
  );
});

test("asked for while one runs, that one counts; agents may look and not ask; a disconnected channel has none to make", async () => {
  const [one, two] = await Promise.all([ask(), ask()]);
  expect([one.status, two.status]).toEqual([202, 202]);
  expect(one.json.id).toBe(two.json.id);
  const agent = await w.asMember("agent");
  expect((await w.call("POST", `/channels/${id}/self-test`, { headers: agent.headers })).status).toBe(403);
  expect((await w.call("GET", `/channels/${id}/self-tests`, { headers: agent.headers })).status).toBe(200);
  await w.call("DELETE", `/channels/${id}`, { headers: w.apiKey });
  expect((await ask()).status).toBe(409);
});
