import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepPartitions } from "../../src/modules/ingestion/partitions.ts";
import { createTestApp, FakeClock, type TestApp } from "../harness/index.ts";

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp({ clock: new FakeClock("2031-05-10T23:59:00.000Z") });
});
afterAll(() => t.close());

const keep = () => keepPartitions(t.deps.db, t.clock.now(), 30);
const partitions = async () =>
  (
    await sql<{
      name: string;
    }>`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'delivery'::regclass order by 1`.execute(
      t.deps.db,
    )
  ).rows.map((r) => r.name);
const insert = async (at: string) => {
  const { rows } = await sql<{
    id: number;
    home: string;
  }>`insert into delivery (received_at, body) values (${at}, 'x') returning id, tableoid::regclass::text as home`.execute(
    t.deps.db,
  );
  return rows[0]!.home;
};
const days = async () =>
  (
    await sql<{
      day: string;
    }>`select to_char(received_at at time zone 'UTC', 'YYYY-MM-DD') as day from delivery order by received_at`.execute(
      t.deps.db,
    )
  ).rows.map((r) => r.day);

test("every day has a table of its own, ready days ahead, cut at midnight UTC; doing it again changes nothing", async () => {
  await keep();
  const made = await partitions();
  expect(made).toEqual([
    "delivery_20310510",
    "delivery_20310511",
    "delivery_20310512",
    "delivery_20310513",
    "delivery_default",
  ]);
  expect(await insert("2031-05-10T23:59:59.999Z")).toBe("delivery_20310510");
  expect(await insert("2031-05-11T00:00:00.000Z")).toBe("delivery_20310511");
  await Promise.all([keep(), keep()]);
  expect(await partitions()).toEqual(made);
});

test("a day without a table is kept in the default one and found there; its table is simply never made", async () => {
  expect(await insert("2031-05-20T12:00:00.000Z")).toBe("delivery_default");
  t.clock.set("2031-05-19T00:00:00.000Z");
  await keep();
  expect(await partitions()).not.toContain("delivery_20310520");
  expect(await days()).toContain("2031-05-20");
  expect(await insert("2031-05-20T13:00:00.000Z")).toBe("delivery_default");
});

test("what is older than the retention goes, in whole days and in the default table, and nothing younger", async () => {
  await insert("2031-04-01T00:00:00.000Z");
  t.clock.set("2031-06-10T12:00:00.000Z");
  await keep();
  expect(await days()).toEqual(["2031-05-11", "2031-05-20", "2031-05-20"]);
  t.clock.set("2031-06-11T00:00:00.000Z");
  await keep();
  expect(await days()).toEqual(["2031-05-20", "2031-05-20"]);
  expect(await partitions()).not.toContain("delivery_20310511");
  t.clock.set("2031-06-19T23:59:59.999Z");
  await keep();
  expect(await days()).toEqual(["2031-05-20", "2031-05-20"]);
  t.clock.set("2031-06-20T00:00:00.000Z");
  await keep();
  expect(await days()).toEqual([]);
});
