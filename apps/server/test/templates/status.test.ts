import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { noteStatuses } from "../../src/modules/templates/index.ts";
import { openStream, type Stream } from "../api/support/stream.ts";
import { until } from "../api/support/until.ts";
import { BLUE, BLUE_INSTAGRAM, KEVIN } from "../api/support/world.ts";
import { startTemplates, type Templates } from "./support.ts";

let t: Templates;
let stream: Stream;
beforeAll(async () => {
  t = await startTemplates();
  stream = await openStream(t.w.deps.config.publicUrl, t.agent.headers);
  await stream.ready();
});
afterAll(async () => {
  await stream.close();
  await t.w.close();
});
beforeEach(() => t.w.meta.clearFaults());

const TEXT = { body: "Your order {{1}} is on its way to you.", example: ["5667"] };
const waiting = (state: string) => sql<{ data: { look?: number }; seconds: number }>`
  select data, extract(epoch from start_after - created_on)::int as seconds from pgboss.job
  where name = 'templates.sync' and state::text = ${state} and data->>'look' is not null order by created_on`;
const look = (more: object) =>
  t.w.deps.jobs.add("templates.sync", [{ data: { workspaceId: t.w.workspaceId, channelId: t.channelId, ...more } }]);

test("O4 Meta's verdict arrives by webhook and is told to every screen, also of words told in the same second", async () => {
  await t.w.meta.faults({ templateReviewMs: null });
  const { json: made } = await t.create();
  expect([made.status, made.usable]).toEqual(["PENDING", false]);
  await stream.next("template.updated", (e) => e.template.id === made.id && e.template.status === "PENDING");
  await t.review(made.name, "APPROVED");
  const told = await stream.next("template.updated", (e) => e.template.id === made.id && e.template.usable);
  expect(told.template).toMatchObject({ name: made.name, status: "APPROVED", body: made.body });
  for (const status of ["PAUSED", "DISABLED"]) {
    await t.review(made.name, status);
    expect((await t.shows(made.id, status)).usable).toBe(false);
  }
  expect((await t.remove(made.id)).status).toBe(204);
  await stream.next("template.updated", (e) => e.template.id === made.id && e.template.status === "DELETED");
});

test("O4 a word about a template nobody here knows makes it known", async () => {
  await t.list();
  await t.w.meta.post(`/pages/${BLUE}/templates`, { name: "of_somebody_else", ...TEXT });
  const told = await stream.next("template.updated", (e) => e.template.name === "of_somebody_else");
  expect(told.template).toMatchObject({
    status: "APPROVED",
    body: TEXT.body,
    parameters: [{ key: "body.1", example: "5667" }],
  });
});

test("O4 the latest word counts, in whatever order and number the words arrive", async () => {
  const { json: made } = await t.create();
  await t.shows(made.id, "APPROVED");
  await t.settled();
  const start = Date.now() + 60_000;
  let round = 0;
  const words = fc.uniqueArray(
    fc.record({
      after: fc.integer({ min: 0, max: 5 }),
      status: fc.constantFrom("APPROVED", "PAUSED", "DISABLED", "REJECTED"),
    }),
    { minLength: 1, maxLength: 6, selector: (word) => word.after },
  );
  const story = words.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.subarray(list)),
  );
  await fc.assert(
    fc.asyncProperty(story, async ([list, order, again]) => {
      const base = start + ++round * 3_600_000;
      for (const { after, status } of [...order, ...again])
        await t.w.deps.db.transaction().execute((tx) =>
          noteStatuses(tx, t.w.deps, [
            {
              unclear: false,
              ...{ workspaceId: t.w.workspaceId, channelId: t.channelId, externalId: made.externalId },
              ...{ name: null, language: null, reason: null, status, at: base + after * 300_000 },
            },
          ]),
        );
      const last = list.toSorted((a, b) => b.after - a.after)[0]!;
      const row = await t.w.deps.db
        .selectFrom("template")
        .select(["status", "status_at"])
        .where("id", "=", made.id)
        .executeTakeFirstOrThrow();
      expect([row.status, row.status_at.getTime()]).toEqual([last.status, base + last.after * 300_000]);
    }),
    { numRuns: 25 },
  );
});

test("O4 a verdict whose event is lost is found by looking, with growing waits until it is there", async () => {
  await t.settled();
  await t.w.meta.faults({ templateReviewMs: null, lose: { rate: 1 } });
  const { json: made } = await t.create();
  const first = (await waiting("created").execute(t.w.deps.db)).rows.at(-1);
  expect([first?.data.look, first?.seconds]).toEqual([1, 15]);
  await look({ look: 1 });
  const next = await until("it looks again later", async () =>
    (await waiting("created").execute(t.w.deps.db)).rows.find((job) => job.data.look === 2),
  );
  expect(next.seconds).toBe(60);
  await t.settled();
  await t.review(made.name, "APPROVED");
  expect((await t.list()).data.find((one) => one.id === made.id)?.status).toBe("PENDING");
  await look({ look: 3 });
  await t.shows(made.id, "APPROVED");
  await until("the look has ended", async () => (await waiting("active").execute(t.w.deps.db)).rows.length === 0);
  expect((await waiting("created").execute(t.w.deps.db)).rows).toEqual([]);
});

test("O4 every Page is looked at once a day, spread over an hour; an account of Instagram is not", async () => {
  const token = await t.w.meta.pageToken(KEVIN, BLUE);
  expect((await t.w.connect("instagram", BLUE_INSTAGRAM, token)).status).toBe(201);
  await t.settled();
  await sql`delete from pgboss.job where name in ('templates.sync', 'templates.daily')`.execute(t.w.deps.db);
  await t.w.deps.jobs.add("templates.daily", [{ data: {} }]);
  await until("the looks are planned", async () => {
    const { rows } = await sql`select from pgboss.job where name = 'templates.daily' and state = 'completed'`.execute(
      t.w.deps.db,
    );
    return rows.length === 1;
  });
  const { rows } = await sql<{ channel: string; seconds: number }>`
    select data->>'channelId' as channel, extract(epoch from start_after - created_on)::int as seconds from pgboss.job
    where name = 'templates.sync'`.execute(t.w.deps.db);
  expect(rows.map((job) => job.channel)).toEqual([t.channelId]);
  expect(rows[0]!.seconds).toBeLessThanOrEqual(3_600);
});
