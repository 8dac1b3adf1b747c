import type { ChannelHealth } from "@firstline/contracts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestApp, makeChannel, makeContact, makeWorkspace, type TestApp } from "../harness/index.ts";

type Channel = Awaited<ReturnType<typeof makeChannel>>;
let t: TestApp;
let channel: Channel;

beforeAll(async () => {
  t = await createTestApp();
});
afterAll(() => t.close());
beforeEach(async () => {
  channel = await makeChannel(t.deps, { workspace_id: t.workspaceId });
});

const ago = (hours: number) => new Date(t.clock.now() - hours * 3_600_000);
const check = async (code: string) =>
  (await t.call<ChannelHealth>("GET", `/channels/${channel.id}/health`, { headers: t.apiKey })).json.checks.find(
    (c) => c.code === code,
  )!;
const ids = (of: Channel = channel) => ({ workspace_id: of.workspace_id, channel_id: of.id });
const intake = (hours: number, counts: object, of: Channel = channel) =>
  t.deps.db
    .insertInto("intake")
    .values({ ...ids(of), hour: ago(hours), field: "message", ...counts })
    .execute();
const notice = (kind: string, hours: number, more: object = {}) =>
  t.deps.db
    .insertInto("thread_event")
    .values({ ...ids(), kind, at: ago(hours), text: `about ${kind}`, dedup: `${kind}${hours}`, ...more })
    .execute();
const set = (values: object) => t.deps.db.updateTable("channel").set(values).where("id", "=", channel.id).execute();

test("R5 what the last seven days lost and did not understand is summed, of this channel alone", async () => {
  expect((await check("losses")).status).toBe("unknown");
  await set({ reconciled_at: ago(0) });
  expect((await check("losses")).status).toBe("ok");
  await intake(1, { received: 40, recovered: 2, unreadable: 1 });
  await intake(100, { received: 2, recovered: 1 });
  await intake(200, { received: 9, recovered: 9, unreadable: 9 });
  const { id: foreign } = await makeWorkspace(t.deps);
  await intake(1, { received: 7, recovered: 7 }, await makeChannel(t.deps, { workspace_id: foreign }));
  const losses = await check("losses");
  expect([losses.status, losses.evidence]).toEqual(["warn", expect.stringMatching(/recovered: 3; .* received: 42/)]);
  expect((await check("unreadable")).evidence).toContain("be read: 1");
});

test("R5 the newest finished comparison of the whole channel counts, not one of a single customer", async () => {
  const run = (hours: number, more: object) =>
    t.deps.db
      .insertInto("reconciliation")
      .values({
        ...ids(),
        reason: "scheduled",
        state: "done",
        from_at: ago(48),
        started_at: ago(hours),
        finished_at: ago(hours),
        ...more,
      })
      .execute();
  expect((await check("reconciliation")).status).toBe("unknown");
  await run(2, { recovered: 5 });
  await set({ reconciled_at: ago(1) });
  expect(await check("reconciliation")).toMatchObject({
    status: "ok",
    evidence: expect.stringContaining("recovered by it: 5"),
  });
  await run(1, { contact_external_id: "74", state: "failed" });
  expect((await check("reconciliation")).status).toBe("ok");
  await run(0.5, { state: "failed" });
  expect((await check("reconciliation")).status).toBe("warn");
});

test("R5 silence and a subscription made anew are told with their time", async () => {
  await set({
    silence: JSON.stringify({ since: ago(5).toISOString(), expected: 17.4 }),
    resubscribed_at: ago(3),
  });
  expect((await check("silence")).evidence).toContain("about 17 events");
  expect((await check("resubscription")).evidence).toContain(ago(3).toISOString().slice(0, 16).replace("T", " "));
});

test("S11 the newest notice about the Page counts; one about a customer, or an old one, does not", async () => {
  await notice("policy_block", 24 * 31);
  await notice("policy_warning", 1, { contact_external_id: "74" });
  expect((await check("notices")).status).toBe("ok");
  await notice("policy_warning", 3);
  expect(await check("notices")).toMatchObject({
    status: "warn",
    evidence: expect.stringContaining("about policy_warning"),
  });
  await notice("policy_block", 2);
  expect((await check("notices")).status).toBe("fail");
  await notice("policy_unblock", 1);
  expect((await check("notices")).status).toBe("ok");
});

test("O1 names refused for want of a permission are counted", async () => {
  for (const name_reason of ["permission_missing", "permission_missing", "no_consent"])
    await makeContact(t.deps, channel, { meta_name: null, name_reason });
  expect(await check("names")).toMatchObject({ status: "warn", evidence: expect.stringContaining("2 customers") });
});

test("R4 a Page never surveyed, and one that cannot be surveyed now, are unknown, whatever was known before", async () => {
  for (const code of ["other_apps", "default_app", "takeover"]) expect((await check(code)).status).toBe("unknown");
  await set({ surveyed_at: ago(1), apps: "[]", routing: JSON.stringify({ enabled: false }) });
  for (const code of ["other_apps", "default_app", "takeover"]) expect((await check(code)).status).toBe("unknown");
});
