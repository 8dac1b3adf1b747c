import { createHmac } from "node:crypto";
import type { Channel, DeletionRequest } from "@firstline/contracts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ANN, BLUE, KEVIN, MEI, startWorld, surveyed, type World } from "../api/support/world.ts";
import { FakeClock } from "../harness/index.ts";

let w: World;
let clock: FakeClock;
let channelId: string;
beforeEach(async () => {
  clock = new FakeClock(Date.now());
  w = await startWorld({ clock });
  channelId = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json.id;
  await surveyed(w, channelId);
});
afterEach(() => w.close());

type Payload = Record<string, unknown>;
const seconds = (ms: number) => Math.floor(ms / 1000);
const payload = (more: Payload = {}): Payload => ({
  algorithm: "HMAC-SHA256",
  issued_at: seconds(Date.now()) + 1,
  user_id: KEVIN,
  ...more,
});
function sign(about: Payload, secret = w.sim.app.secret): string {
  const encoded = Buffer.from(JSON.stringify(about)).toString("base64url");
  return `${createHmac("sha256", secret).update(encoded).digest("base64url")}.${encoded}`;
}
const call = (what: "deauthorize" | "data-deletion", signed: string) =>
  fetch(`${w.deps.config.publicUrl}/webhooks/meta/${what}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ signed_request: signed }),
  });
const channel = async () => (await w.call<Channel>("GET", `/channels/${channelId}`, { headers: w.apiKey })).json;
const requests = async (headers = w.apiKey as Record<string, string>) =>
  (await w.call<{ data: DeletionRequest[] }>("GET", "/privacy/deletion-requests", { headers })).json.data;
const refused = async (kind: string, reason: string) =>
  (await w.deps.metrics.callbacksRefused.get()).values.find((v) => v.labels.kind === kind && v.labels.reason === reason)
    ?.value ?? 0;

test("O5 a person removes the app at Facebook: what they authorised is not used any more, and the channel says why", async () => {
  const answer = await call("deauthorize", sign(payload()));
  expect(answer.status).toBe(200);
  expect(await channel()).toMatchObject({
    state: "needs_reauthorization",
    stateReason: { code: "token_app_removed" },
    authorizers: [{ state: "dead", reason: { code: "token_app_removed" } }],
  });
  const thread = await w.customerWrites(BLUE, ANN, "still heard");
  expect((await w.reply(thread.id, { text: "kept" })).json.state).toBe("held");
});

test("O5 O3 a second authoriser goes on when the first removes the app", async () => {
  await w.connect("messenger", BLUE, await w.meta.pageToken(MEI, BLUE));
  await call("deauthorize", sign(payload({ user_id: Number(KEVIN) })));
  const found = await channel();
  expect(found.state).toBe("healthy");
  expect(found.authorizers.map((a) => a.state).sort()).toEqual(["dead", "live"]);
});

const REFUSED: [string, () => string, number, string][] = [
  ["forged", () => `${"A".repeat(43)}.${sign(payload()).split(".")[1]}`, 401, "signature"],
  ["of another app", () => sign(payload(), "0123456789abcdef0123456789abcdef"), 401, "signature"],
  [
    "changed after it was signed",
    () => `${sign(payload()).split(".")[0]}.${sign(payload({ user_id: MEI })).split(".")[1]}`,
    401,
    "signature",
  ],
  ["of another algorithm", () => sign(payload({ algorithm: "HMAC-SHA1" })), 401, "algorithm"],
  ["of another day", () => sign(payload({ issued_at: seconds(clock.now()) - 2 * 86_400 })), 400, "old"],
  ["of the far future", () => sign(payload({ issued_at: seconds(clock.now()) + 2 * 86_400 })), 400, "old"],
  ["unreadable", () => "nonsense", 400, "malformed"],
];
test("O5 a callback that is forged, of another app, changed, of another algorithm or day, or unreadable is refused, counted and without effect", async () => {
  for (const [path, kind] of [
    ["deauthorize", "deauthorize"],
    ["data-deletion", "data_deletion"],
  ] as const)
    for (const [what, value, status, reason] of REFUSED) {
      const before = await refused(kind, reason);
      const answer = await call(path, value());
      expect([what, answer.status, answer.headers.get("content-type")]).toEqual([
        what,
        status,
        "application/problem+json; charset=utf-8",
      ]);
      expect([what, await refused(kind, reason)]).toEqual([what, before + 1]);
    }
  expect((await channel()).state).toBe("healthy");
  expect(await requests()).toEqual([]);
  expect(await w.deps.db.selectFrom("callback_seen").selectAll().execute()).toEqual([]);
});

test("O5 a callback that is played again does not undo an authorisation given since", async () => {
  const signed = sign(payload());
  await call("deauthorize", signed);
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  expect((await channel()).state).toBe("healthy");
  expect((await call("deauthorize", signed)).status).toBe(200);
  expect((await channel()).state).toBe("healthy");
  expect(await refused("deauthorize", "repeated")).toBe(1);
});

test("O5 deletion asked by somebody who authorised a channel: forgotten at once, proved by a code and a page", async () => {
  const signed = sign(payload());
  const answer = await call("data-deletion", signed);
  const told = (await answer.json()) as { url: string; confirmation_code: string };
  expect(told.url).toBe(`${w.deps.config.publicUrl}/data-deletion/${told.confirmation_code}`);
  expect(await requests()).toMatchObject([
    {
      code: told.confirmation_code,
      externalUserId: KEVIN,
      state: "done",
      doneBy: null,
      matched: [{ channelId, name: "Blue Harbour" }],
    },
  ]);
  const kept = await w.deps.db.selectFrom("authorizer").selectAll().execute();
  expect(kept).toMatchObject([{ state: "dead", name: null, external_user_id: null, token_ciphertext: null }]);

  const page = await fetch(told.url, { headers: { "accept-language": "zh-TW" } });
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(await page.text()).toContain("您的申請已完成");
  // Meta may ask twice: the same request has the same answer.
  expect(await (await call("data-deletion", signed)).json()).toEqual(told);
  expect(await requests()).toHaveLength(1);
  expect(await refused("data_deletion", "repeated")).toBe(1);
});

test("O5 deletion asked by somebody we cannot know by that id is a task that an administrator ends", async () => {
  const { url } = (await (await call("data-deletion", sign(payload({ user_id: "999" })))).json()) as { url: string };
  const [open] = await requests();
  expect(open).toMatchObject({ state: "open", externalUserId: "999", matched: [] });
  expect(await (await fetch(url)).text()).toContain("being worked on");
  const kai = await w.asMember("administrator", { name: "Kai" });
  const { json } = await w.call<DeletionRequest>("POST", `/privacy/deletion-requests/${open!.id}/done`, {
    headers: kai.headers,
    body: { note: "Nobody found." },
  });
  expect(json).toMatchObject({ state: "done", doneBy: "Kai", note: "Nobody found." });
  expect(await (await fetch(url)).text()).toContain("is done");
  expect((await fetch(url.replace(/[0-9A-F]{4}$/, "XXXX"))).status).toBe(404);
});

test("O5 agents see no such requests and end none", async () => {
  await call("data-deletion", sign(payload({ user_id: "999" })));
  const [open] = await requests();
  const ada = await w.asMember("agent", { name: "Ada" });
  expect((await w.call("GET", "/privacy/deletion-requests", { headers: ada.headers })).status).toBe(403);
  expect(
    (await w.call("POST", `/privacy/deletion-requests/${open!.id}/done`, { headers: ada.headers, body: {} })).status,
  ).toBe(403);
});
