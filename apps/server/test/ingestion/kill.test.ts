import { signSha256 } from "@firstline/meta-wire";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServerProcess, startServerProcess } from "../api/support/child.ts";
import { until } from "../api/support/until.ts";
import { deliveryCounts, pageBody, wrote } from "../api/support/webhooks.ts";
import { createTestDeps, META_APP, makeChannel, makeWorkspace, type TestDeps } from "../harness/index.ts";

const MESSAGES = 5_000;
const CUSTOMERS = 40;
const AT_ONCE = 32;
const KILL_AFTER = [900, 2_400, 4_000];
const START = Date.parse("2026-11-01T00:00:00.000Z");

let t: TestDeps;
let server: ServerProcess;
beforeAll(async () => {
  t = await createTestDeps();
  server = await startServerProcess({
    DATABASE_URL: t.database.url,
    DATA_DIR: t.deps.config.dataDir,
    META_GRAPH_URL: "http://127.0.0.1:9",
    META_APP_ID: META_APP.id,
    META_APP_SECRET: META_APP.secret,
  });
});
afterAll(() => t.dispose());

interface Sent {
  mid: string;
  customer: string;
  at: number;
  acknowledged: boolean;
}

test("R5 killed three times in the middle of 5,000 webhooks, the server has every acknowledged message in its conversation exactly once", async () => {
  const { id: workspaceId } = await makeWorkspace(t.deps);
  const channel = await makeChannel(t.deps, { workspace_id: workspaceId });
  const sent: Sent[] = Array.from({ length: MESSAGES }, (_, n) => ({
    mid: `m_${n}`,
    customer: `${7_000 + (n % CUSTOMERS)}`,
    at: START + n,
    acknowledged: false,
  }));

  let next = 0;
  let acknowledged = 0;
  const kills: Promise<void>[] = [];
  const line = async () => {
    for (let one = sent[next++]; one; one = sent[next++]) {
      await server.up();
      one.acknowledged = await postTo(server.url, channel.external_id, one);
      if (one.acknowledged) acknowledged++;
      if (acknowledged >= (KILL_AFTER[kills.length] ?? Number.POSITIVE_INFINITY)) kills.push(server.killAndRestart());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  await Promise.all(kills);
  expect(kills).toHaveLength(KILL_AFTER.length);
  expect(acknowledged).toBeGreaterThan(MESSAGES - KILL_AFTER.length * (AT_ONCE + 1));
  await until("everything stored is worked off", async () => !("pending" in (await deliveryCounts(t))), 60_000);
  expect(await server.stop()).toBe(0);

  const { rows: stored } = await sql<{ mid: string; customer: string; sent_at: Date }>`
    select m.external_id as mid, c.external_id as customer, m.sent_at from message m
    join conversation v on v.workspace_id = m.workspace_id and v.id = m.conversation_id join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id`.execute(
    t.deps.db,
  );
  const byMid = new Map(stored.map((s) => [s.mid, s]));
  expect(byMid.size).toBe(stored.length);
  expect(sent.filter((s) => s.acknowledged && !byMid.has(s.mid))).toEqual([]);
  const known = new Map(sent.map((s) => [s.mid, s]));
  expect(
    stored.filter((s) => known.get(s.mid)?.customer !== s.customer || known.get(s.mid)?.at !== s.sent_at.getTime()),
  ).toEqual([]);

  const { rows: threads } = await sql<{ wrong: number; threads: number; unread: number; jobs: number }>`
    select count(*) as threads, sum(v.unread_count) as unread,
      count(*) filter (where v.last_message_id is distinct from (select m.id from message m where m.conversation_id = v.id order by m.sent_at desc limit 1)) as wrong,
      (select count(*) from pgboss.job where name = 'contacts.profile') as jobs
    from conversation v`.execute(t.deps.db);
  expect(threads[0]).toEqual({ wrong: 0, threads: CUSTOMERS, unread: stored.length, jobs: CUSTOMERS });
  const { rows: told } = await sql<{
    n: number;
  }>`select count(*) as n from event where type = 'message.created'`.execute(t.deps.db);
  expect(told[0]!.n).toBe(stored.length);
}, 240_000);

/** Whether the server acknowledged it. */
async function postTo(url: string, account: string, one: Sent): Promise<boolean> {
  const body = Buffer.from(
    JSON.stringify(
      pageBody(account, wrote({ account, customer: one.customer }, one.at, one.mid, `text of ${one.mid}`)),
    ),
  );
  try {
    const answer = await fetch(`${url}/webhooks/meta`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-hub-signature-256": signSha256(META_APP.secret, body) },
      body,
    });
    await answer.text();
    return answer.status === 200;
  } catch {
    return false;
  }
}
