import type { Receiving } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { foldIntake, forgetIntake } from "../../src/modules/diagnostics/intake.ts";
import { withContract } from "../api/support/contract.ts";
import { createTestApp, FakeClock, makeChannel, makeWorkspace, type TestApp } from "../harness/index.ts";

const NOW = "2026-03-02T09:30:00.000Z";
let t: TestApp;
let id: string;
beforeAll(async () => {
  t = await withContract(await createTestApp({ clock: new FakeClock(NOW) }));
  id = (await makeChannel(t.deps, { workspace_id: t.workspaceId })).id;
});
afterAll(() => t.close());
beforeEach(() => t.deps.db.deleteFrom("intake").execute());

const count = (hour: string, field: string, counts: object, channel = id, workspace = t.workspaceId) =>
  t.deps.db
    .insertInto("intake")
    .values({ workspace_id: workspace, channel_id: channel, hour: new Date(hour), field, ...counts })
    .execute();
const report = async (query: Record<string, string> = {}, channel = id) =>
  t.call<Receiving & { code: string }>("GET", `/channels/${channel}/receiving`, { headers: t.apiKey, query });
const rows = async () => {
  const found = await sql<{ key: string; n: string }>`
    select concat_ws(' ', channel_id, hour at time zone 'UTC', field) as key, concat_ws(' ', sum(received), sum(duplicate), sum(late), sum(recovered), sum(incomplete), sum(unreadable)) as n
    from intake group by 1 order by 1`.execute(t.deps.db);
  return found.rows;
};
const size = async () => (await t.deps.db.selectFrom("intake").select("id").execute()).length;

test("R5 the loss report has every day of the range in UTC, also those in which nothing came, and sums by kind", async () => {
  await count("2026-02-27T23:00:00Z", "message", { received: 5, duplicate: 1 });
  await count("2026-02-28T00:00:00Z", "message", { received: 7, recovered: 2 });
  await count("2026-02-28T00:00:00Z", "read", { received: 9, late: 3 });
  await count("2026-03-02T09:00:00Z", "other", { received: 2, unreadable: 2, incomplete: 1 });
  await count("2026-03-02T10:00:00Z", "message", { received: 100 });
  const { json } = await report({ from: "2026-02-27T00:00:00.000Z", to: NOW });
  const nothing = { received: 0, duplicate: 0, late: 0, recovered: 0, incomplete: 0, unreadable: 0 };
  expect(json.days).toEqual([
    { ...nothing, day: "2026-02-27", received: 5, duplicate: 1 },
    { ...nothing, day: "2026-02-28", received: 16, recovered: 2, late: 3 },
    { ...nothing, day: "2026-03-01" },
    { ...nothing, day: "2026-03-02", received: 2, unreadable: 2, incomplete: 1 },
  ]);
  expect(json.fields.map((f) => [f.field, f.received])).toEqual([
    ["message", 12],
    ["read", 9],
    ["other", 2],
  ]);
  expect(json.totals).toEqual({ received: 23, duplicate: 1, late: 3, recovered: 2, incomplete: 1, unreadable: 2 });
});

test("R5 without a range the report is of the last 30 days; it ends before `to`, begins with the hour of `from`, and refuses nonsense", async () => {
  await count("2026-01-31T09:00:00Z", "message", { received: 1 });
  await count("2026-01-31T08:00:00Z", "message", { received: 100 });
  await count("2026-03-01T00:00:00Z", "message", { received: 10 });
  const { json } = await report();
  expect([json.from, json.to, json.days.length, json.totals.received]).toEqual([
    "2026-01-31T09:30:00.000Z",
    NOW,
    31,
    11,
  ]);
  const day = await report({ from: "2026-02-28T00:00:00.000Z", to: "2026-03-01T00:00:00.000Z" });
  expect(day.json.days.map((d) => [d.day, d.received])).toEqual([["2026-02-28", 0]]);
  for (const query of [
    { from: NOW, to: NOW },
    { from: "2020-01-01T00:00:00.000Z", to: NOW },
  ])
    expect((await report(query)).status).toBe(422);
});

test("R5 the report says whether the channel is silent, compared and resubscribed", async () => {
  expect((await report()).json).toMatchObject({
    silence: null,
    lastEventAt: null,
    reconciledAt: null,
    resubscribedAt: null,
  });
  const at = "2026-03-01T12:00:00.000Z";
  await t.deps.db
    .updateTable("channel")
    .set({
      silence: JSON.stringify({ since: at, expected: 12.5 }),
      last_event_at: new Date(at),
      reconciled_at: new Date(at),
      resubscribed_at: new Date(at),
    })
    .where("id", "=", id)
    .execute();
  expect((await report()).json).toMatchObject({
    silence: { since: at, expected: 12.5 },
    lastEventAt: at,
    reconciledAt: at,
    resubscribedAt: at,
  });
});

async function scatter(rounds: number): Promise<void> {
  const other = await makeChannel(t.deps, { workspace_id: (await makeWorkspace(t.deps)).id });
  for (let n = 0; n < rounds; n++) {
    const hour = `2026-03-02T0${n % 3}:00:00Z`;
    await count(hour, n % 2 ? "message" : "read", { received: n, duplicate: 1, late: n % 4, incomplete: n % 5 });
    await count(hour, "message", { recovered: 1, unreadable: n }, other.id, other.workspace_id);
  }
}

test("R5 folding leaves one row for each channel, hour and kind with the same sums, and does nothing a second time", async () => {
  await scatter(40);
  const before = await rows();
  expect(await foldIntake(t.deps.db, "recent")).toBe(80);
  expect([await rows(), await size()]).toEqual([before, before.length]);
  expect(await foldIntake(t.deps.db, "recent")).toBe(0);
  await count("2026-03-02T00:00:00Z", "message", { received: 1 });
  expect(await foldIntake(t.deps.db, "all")).toBe(before.some((r) => r.key.includes("message")) ? 2 : 0);
});

test("R5 while folded by many at once, written to, and with one folder killed in the middle, no count is lost or doubled", async () => {
  await scatter(60);
  const before = await rows();
  const dies = t.deps.db.transaction().execute(async (tx) => {
    await foldIntake(tx as never, "all");
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
  });
  await Promise.all([
    dies.catch(() => {}),
    ...Array.from({ length: 6 }, (_, n) => foldIntake(t.deps.db, n % 2 ? "all" : "recent")),
    ...Array.from({ length: 30 }, () => count("2026-03-02T00:00:00Z", "read", { received: 1 })),
  ]);
  await foldIntake(t.deps.db, "all");
  const after = await rows();
  expect(after.length).toBe(await size());
  const key = `${id} 2026-03-02 00:00:00 read`;
  const sums = (list: typeof before) => list.filter((r) => r.key !== key);
  expect(sums(after)).toEqual(sums(before));
  const received = (list: typeof before) => Number(list.find((r) => r.key === key)!.n.split(" ")[0]);
  expect(received(after)).toBe(received(before) + 30);
});

test("R5 counters are forgotten after 400 days, and not a day earlier", async () => {
  await count("2025-01-26T09:00:00Z", "message", { received: 1 });
  await count("2025-01-26T10:00:00Z", "message", { received: 1 });
  await forgetIntake(t.deps.db, Date.parse(NOW));
  expect((await rows()).map((r) => r.key.slice(37))).toEqual(["2025-01-26 10:00:00 message"]);
});
