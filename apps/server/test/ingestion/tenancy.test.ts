import type { Delivery, DeliveryList } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { withContract } from "../api/support/contract.ts";
import { until } from "../api/support/until.ts";
import { deliveryCounts, pageBody, post, type Thread, wrote } from "../api/support/webhooks.ts";
import { createTestApp, makeChannel, makeWorkspace, type Person, type TestApp } from "../harness/index.ts";

const AT = Date.parse("2026-03-02T08:00:00.000Z");
let t: TestApp;
let a: { thread: Thread; admin: Person };
let b: { thread: Thread; admin: Person };

beforeAll(async () => {
  t = await withContract(await createTestApp());
  const tenant = async (workspaceId: string) => ({
    thread: { account: (await makeChannel(t.deps, { workspace_id: workspaceId })).external_id, customer: "7400111" },
    admin: await t.asMember("administrator", { workspaceId }),
  });
  a = await tenant(t.workspaceId);
  await t.start({ web: false, worker: true });
});
afterAll(() => t.close());

const send = async (body: unknown) => expect((await post(t, body)).statusCode).toBe(200);
const settled = () => until("every delivery is worked off", async () => !("pending" in (await deliveryCounts(t))));
const list = async (who: Person) =>
  (await t.call<z.infer<typeof DeliveryList>>("GET", "/deliveries", { headers: who.headers })).json.data;

test("a delivery is shown to the one workspace that owns all of it; of a shared or unowned one nobody sees the other's part", async () => {
  await send(pageBody("990000000000009", wrote({ account: "990000000000009", customer: "1" }, AT, "m_nobody", "x")));
  await settled();
  expect(await list(a.admin)).toHaveLength(1); // one workspace only: the operator's own installation
  const second = await makeWorkspace(t.deps);
  b = {
    thread: { account: (await makeChannel(t.deps, { workspace_id: second.id })).external_id, customer: "7400111" },
    admin: await t.asMember("administrator", { workspaceId: second.id }),
  };
  await send(pageBody(a.thread.account, wrote(a.thread, AT, "m_a", "for a")));
  await send(pageBody(b.thread.account, wrote(b.thread, AT, "m_b", "for b")));
  await send({
    object: "page",
    entry: [
      pageBody(a.thread.account, wrote(a.thread, AT, "m_ab1", "x")).entry[0],
      pageBody(b.thread.account, wrote(b.thread, AT, "m_ab2", "x")).entry[0],
    ],
  });
  await settled();
  const [ofA] = await list(a.admin);
  const [ofB] = await list(b.admin);
  expect(await list(a.admin)).toHaveLength(1);
  expect(await list(b.admin)).toHaveLength(1);
  expect(ofA!.id).not.toBe(ofB!.id);
  for (const [method, path] of [
    ["GET", `/deliveries/${ofA!.id}`],
    ["POST", `/deliveries/${ofA!.id}/replay`],
  ] as const)
    expect((await t.call(method, path, { headers: b.admin.headers })).status).toBe(404);
  expect(await deliveryCounts(t)).toEqual({ done: 4 });
  const range = { from: "2000-01-01T00:00:00.000Z", to: "2100-01-01T00:00:00.000Z" };
  for (const body of [range, { ...range, contactExternalId: a.thread.customer }]) {
    const answer = await t.call<{ count: number }>("POST", "/deliveries/replays", { headers: b.admin.headers, body });
    expect(answer.json.count).toBe(1);
    await settled();
  }
  expect((await list(a.admin))[0]!.replays).toBe(0);
  expect((await list(b.admin))[0]!.replays).toBe(2);
});

test("a delivery that could not be written is shown to its workspace too, though nothing of it was stored", async () => {
  await sql`create function refuse_poison() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`.execute(
    t.deps.db,
  );
  await sql`create trigger poison before insert on message for each row execute function refuse_poison()`.execute(
    t.deps.db,
  );
  await send(pageBody(b.thread.account, wrote(b.thread, AT + 5, "m_poison", "poison")));
  await settled();
  await sql`drop trigger poison on message`.execute(t.deps.db);
  const [failed] = await list(b.admin);
  expect(failed).toMatchObject({ state: "failed", error: "no" });
  expect((await list(a.admin)).map((d) => d.state)).toEqual(["done"]);
  expect(
    (await t.call<Delivery>("POST", `/deliveries/${failed!.id}/replay`, { headers: b.admin.headers })).status,
  ).toBe(202);
  await settled();
  expect((await list(b.admin))[0]).toMatchObject({ state: "done" });
});
