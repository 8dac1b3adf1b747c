import { createHash } from "node:crypto";
import { signSha256 } from "@firstline/meta-wire";
import {
  brokenBytes,
  fromCustomer,
  fromFollower,
  IGID,
  instagramSamples,
  jsonOf,
  messengerSamples,
  mutate,
  PAGE,
  pick,
  type Random,
  seededRandom,
  type WebhookSample,
} from "@firstline/meta-wire/fixtures";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { normalizeDelivery } from "../../src/adapters/index.ts";
import { postPipelined } from "../api/support/pipeline.ts";
import { until } from "../api/support/until.ts";
import { createTestApp, META_APP, makeChannel, type TestApp } from "../harness/index.ts";

const BODIES = 100_000;
const TOO_LARGE = 12;
/** Every so many bodies a good event stands before and behind what is broken, in the same list. */
const PLANTED_EVERY = 20;
const CUSTOMERS = 40;

const samples: WebhookSample[] = [...Object.values(messengerSamples), ...Object.values(instagramSamples)];
const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

let t: TestApp;
let url: string;
beforeAll(async () => {
  t = await createTestApp();
  await makeChannel(t.deps, { workspace_id: t.workspaceId, external_id: PAGE });
  await makeChannel(t.deps, { workspace_id: t.workspaceId, external_id: IGID, platform: "instagram" });
  await t.start({ web: false, worker: true });
  url = await t.listen();
});
afterAll(() => t.close());

interface Sent {
  signed: boolean;
  hash: string;
}

test("R5 100,000 mutated bodies: each is answered 200, 401 or 413, every accepted one is kept as it came, and the good events beside bad ones are messages", async () => {
  const sent: Sent[] = [];
  const planted: string[] = [];
  const statuses = await postPipelined(url, () => {
    const seed = sent.length;
    if (seed === BODIES - TOO_LARGE) return null;
    const random = seededRandom(seed);
    const signed = random() >= 0.03;
    const body = seed % PLANTED_EVERY === 0 ? surrounded(seed, signed ? planted : [], random) : broken(random);
    sent.push({ signed, hash: md5(body) });
    return { body, signature: signed ? signSha256(META_APP.secret, body) : wrongSignature(body, random) };
  });
  const large = Buffer.alloc(4_000_001, 0x20);
  const signature = signSha256(META_APP.secret, large);
  for (let n = 0; n < TOO_LARGE; n++) expect(await postLarge(large, signature)).toBe(413);
  const accepted = sent.filter((one) => one.signed);

  expect(statuses).toHaveLength(BODIES - TOO_LARGE);
  expect(statuses.filter((status, n) => status !== (sent[n]!.signed ? 200 : 401))).toEqual([]);
  const { rows: stored } = await sql<{ hash: string }>`select md5(body) as hash from delivery`.execute(t.deps.db);
  expect(stored.map((row) => row.hash).sort()).toEqual(accepted.map((one) => one.hash).sort());

  await until(
    "every delivery is worked off",
    async () => {
      const { rows } = await sql`select 1 from delivery where state = 'pending' limit 1`.execute(t.deps.db);
      return rows.length === 0;
    },
    240_000,
  );
  const { rows: failed } = await sql<{ body: Buffer }>`select body from delivery where state = 'failed'`.execute(
    t.deps.db,
  );
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.filter((row) => normalizeDelivery(row.body).parsed).map((row) => String(row.body))).toEqual([]);

  const { rows: good } = await sql<{
    mid: string;
  }>`select external_id as mid from message where external_id like 'good_%' and text = 'good ' || external_id and deleted_at is null`.execute(
    t.deps.db,
  );
  expect(good.map((row) => row.mid).sort()).toEqual(planted.sort());
  expect((await t.call("GET", "/healthz")).status).toBe(200);
}, 360_000);

const broken = (random: Random) => brokenBytes(mutate(pick(random, samples).body, random), random);

function surrounded(seed: number, planted: string[], random: Random): Buffer {
  const sample = pick(random, samples);
  const object = String(sample.body.object);
  const entries = sample.body.entry as Record<string, unknown>[];
  const bad = mutate([...entries.flatMap((entry) => (entry.messaging as unknown[]) ?? []), {}], random);
  const messaging = [good(object, `good_${seed}a`, planted), ...bad, good(object, `good_${seed}b`, planted)];
  const entry = [...mutate(entries, random), { id: object === "page" ? PAGE : IGID, messaging }];
  return Buffer.from(jsonOf({ object, entry }));
}

function good(object: string, mid: string, planted: string[]): unknown {
  planted.push(mid);
  const from = object === "page" ? fromCustomer : fromFollower;
  return { ...from({ message: { mid, text: `good ${mid}` } }), sender: { id: `77${planted.length % CUSTOMERS}` } };
}

/** A signature of another secret, of no shape at all, or none. */
function wrongSignature(body: Buffer, random: Random): string {
  return pick(random, [signSha256("another secret", body), "sha256=", "", `sha256=${"0".repeat(64)}`, "sha1=abc"]);
}

async function postLarge(body: Buffer, signature: string): Promise<number> {
  const answer = await fetch(`${url}/webhooks/meta`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-hub-signature-256": signature },
    body: new Uint8Array(body),
  });
  await answer.arrayBuffer();
  return answer.status;
}
