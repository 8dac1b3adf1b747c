import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { besideMeta, type ServerProcess, startServerProcess } from "../api/support/child.ts";
import { until } from "../api/support/until.ts";
import { BLUE, type Control, controlOf, KEVIN } from "../api/support/world.ts";
import { BOOTSTRAP_KEY, createTestDeps, startTestSim, type TestDeps, type TestSim } from "../harness/index.ts";

let t: TestDeps;
let sim: TestSim;
let meta: Control;
let server: ServerProcess;
beforeAll(async () => {
  sim = await startTestSim("sample");
  t = await createTestDeps({ clock: "real", graphUrl: sim.url });
  meta = controlOf(sim.url);
  server = await startServerProcess(besideMeta(t, sim));
});
afterAll(async () => {
  await t.dispose();
  await sim.close();
});

const PEOPLE = 30;
const api = async <T>(method: string, path: string, body?: object): Promise<T> => {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
};

test("R5 killed in the middle of a comparison, the next one begins where the last finished one ended: nothing is lost, nothing is twice", async () => {
  const { id: channelId } = await api<{ id: string }>("POST", "/channels", {
    platform: "messenger",
    externalId: BLUE,
    accessToken: await meta.pageToken(KEVIN, BLUE),
  });
  await meta.faults({ lose: { rate: 1 } });
  const written: string[] = [];
  for (let n = 0; n < PEOPLE; n++) {
    const { id } = await meta.post<{ id: string }>(`/pages/${BLUE}/customers`, { name: `Person ${n}` });
    for (const m of [1, 2]) {
      const { mid } = await meta.post<{ mid: string }>(`/pages/${BLUE}/customers/${id}/messages`, {
        text: `${n}.${m}`,
      });
      written.push(mid);
    }
  }
  await meta.clearFaults();
  const stored = async () =>
    (
      await sql<{ mid: string }>`select external_id as mid from message where channel_id = ${channelId}`.execute(
        t.deps.db,
      )
    ).rows.map((r) => r.mid);

  await api("POST", `/channels/${channelId}/reconciliations`, {});
  await until("something has come back", async () => (await stored()).length > 3);
  await server.killAndRestart();
  const half = (await stored()).length;
  expect(half).toBeLessThan(written.length);
  const channel = await t.deps.db
    .selectFrom("channel")
    .selectAll()
    .where("id", "=", channelId)
    .executeTakeFirstOrThrow();
  expect(channel.reconciled_at).toBeNull();

  await api("POST", `/channels/${channelId}/reconciliations`, {});
  await until("everything has come back", async () => (await stored()).length === written.length);
  expect((await stored()).toSorted()).toEqual(written.toSorted());
  const counted = await sql<{ lost: number; lines: number; told: number }>`
    select (select sum(recovered) from intake where channel_id = ${channelId}) as lost,
      (select sum((data->>'count')::int) from thread_event where kind = 'recovered') as lines,
      (select sum(recovered) from reconciliation) as told`.execute(t.deps.db);
  const all = written.length;
  expect(counted.rows).toEqual([{ lost: all, lines: all, told: all }]);
  expect(await server.stop()).toBe(0);
}, 180_000);
