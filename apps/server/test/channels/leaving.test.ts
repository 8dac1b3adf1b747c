import type { Channel, Problem } from "@firstline/contracts";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CHANNEL_TABLES } from "../../src/modules/privacy/erase-channel.ts";
import { openStream } from "../api/support/stream.ts";
import { until } from "../api/support/until.ts";
import {
  ANN,
  BLUE,
  BLUE_INSTAGRAM,
  KEVIN,
  MEI,
  profiled,
  ROSA,
  startWorld,
  surveyed,
  TEA,
  type World,
} from "../api/support/world.ts";
import { FakeClock } from "../harness/index.ts";
import { everythingKept, found } from "../privacy/support.ts";

const WORDS = ["my secret order ORD-111", "a reply to the secret", "a note about it"];

let w: World;
let clock: FakeClock;
let id: string;
beforeEach(async () => {
  clock = new FakeClock(Date.now());
  w = await startWorld({ clock });
  id = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json.id;
  await surveyed(w, id);
});
afterEach(() => w.close());

type Answer = Channel & Problem;
const channel = async (of = id) => w.call<Answer>("GET", `/channels/${of}`, { headers: w.apiKey });
const disconnect = (query: Record<string, string> = {}, headers: Record<string, string> = w.apiKey) =>
  w.call<Answer>("DELETE", `/channels/${id}`, { headers, query });
const deletion = (method: "POST" | "DELETE") =>
  w.call<Answer>(method, `/channels/${id}/deletion`, { headers: w.apiKey });
/** The night's job comes round, and what it began has ended. */
async function night(): Promise<void> {
  await w.deps.jobs.add("privacy.channels", [{ data: {} }]);
  await until("the night is over", async () => {
    const { rows } = await sql`
      select 1 from pgboss.job where name in ('privacy.channels', 'privacy.channel') and state in ('created', 'retry', 'active')`.execute(
      w.deps.db,
    );
    return rows.length === 0;
  });
}
async function annLivesHere() {
  const conversation = await w.customerWrites(BLUE, ANN, WORDS[0]!);
  // Its receipt comes after its echo: nothing of Meta's is on its way any more.
  await w.becomes((await w.reply(conversation.id, { text: WORDS[1] })).json, "delivered");
  const body = { text: WORDS[2] };
  await w.call("POST", `/conversations/${conversation.id}/notes`, { headers: w.apiKey, body });
  return conversation;
}

test("O5 a history that is to go is there for thirty days, then gone from every table and file, told to browsers; another channel is as it was", async () => {
  const owner = await w.asOwner();
  const tea = (await w.connect("messenger", TEA, await w.meta.pageToken(MEI, TEA))).json.id;
  const thread = await annLivesHere();
  const gone = await disconnect({ history: "delete" }, owner.headers);
  const at = new Date(clock.now() + 30 * 86_400_000).toISOString();
  expect(gone.json).toMatchObject({ state: "disconnected", historyDeletion: { at, by: "Olivia Owner" } });
  clock.advance({ days: 29 });
  await night();
  expect((await w.messages(thread.id)).map((m) => m.text)).toEqual([WORDS[1], WORDS[0]]);
  expect(found(await everythingKept(w), WORDS)).not.toEqual([]);

  const stream = await openStream(w.deps.config.publicUrl, owner.headers);
  await stream.ready();
  clock.advance({ days: 1, minutes: 1 });
  await night();
  await stream.next("channel.removed", (e) => e.channelId === id);
  await stream.close();
  expect((await channel()).status).toBe(404);
  expect((await channel(tea)).json.state).toBe("healthy");
  expect(found(await everythingKept(w), [...WORDS, ANN])).toEqual([]);
  const again = await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  expect([again.status, again.json.id === id]).toEqual([201, false]);
});

test("O5 until then it is kept after all by a click or by connecting again; a connected channel's history cannot be deleted", async () => {
  const refused = await deletion("POST");
  expect([refused.status, refused.json.code]).toEqual([409, "conflict"]);
  const thread = await annLivesHere();
  expect((await disconnect()).json.historyDeletion).toBeNull();
  const asked = (await deletion("POST")).json.historyDeletion;
  clock.advance({ days: 3 });
  expect((await deletion("POST")).json.historyDeletion).toEqual(asked);
  expect((await deletion("DELETE")).json.historyDeletion).toBeNull();
  clock.advance({ days: 40 });
  await night();
  await deletion("POST");
  const again = await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  expect(again.json).toMatchObject({ id, state: "healthy", historyDeletion: null });
  clock.advance({ days: 40 });
  await night();
  expect((await w.messages(thread.id)).map((m) => m.text)).toEqual([WORDS[1], WORDS[0]]);
});

test("every table that names a channel is emptied with it, or goes with its row", async () => {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where a.attname = 'channel_id' and not a.attisdropped and not exists (
      select from pg_constraint k where k.conrelid = c.oid and k.confrelid = 'channel'::regclass and k.confdeltype in ('c', 'n'))`.execute(
    w.deps.db,
  );
  // These go contact by contact, or when the channel is disconnected.
  const earlier = ["contact", "conversation", "message", "channel_route"];
  expect(rows.map((r) => r.name).sort()).toEqual([...CHANNEL_TABLES, ...earlier].sort());
});

test("O5 I1 an Instagram account that moved to another Page keeps its channel and history; the old Page's access is forgotten and let go", async () => {
  const instagram = (await w.connect("instagram", BLUE_INSTAGRAM, await w.meta.pageToken(KEVIN, BLUE))).json;
  await surveyed(w, instagram.id);
  await disconnect();
  const before = await w.customerWrites(BLUE, ROSA, "hola");
  await profiled(w, before);
  await w.meta.put(`/pages/${TEA}/instagram`, { accountId: BLUE_INSTAGRAM });
  // The old Page's token opens nothing here any more: found out before anybody connects anew.
  const { json: written } = await w.reply(before.id, { text: "aquí seguimos" });
  await w.becomes(written, "held");
  const again = await w.connect("instagram", BLUE_INSTAGRAM, await w.meta.pageToken(MEI, TEA));
  expect([again.status, again.json.id]).toEqual([200, instagram.id]);
  expect(again.json).toMatchObject({ state: "healthy", authorizers: [{ state: "live", inUse: true }] });
  const { pages } = await w.meta.get<{ pages: { id: string; subscribedApps: unknown[] }[] }>("/state");
  expect(pages.filter((p) => p.subscribedApps.length > 0).map((p) => p.id)).toEqual([TEA]);
  await w.becomes(written, "sent", "delivered", "read");
  expect((await w.messages(before.id)).map((m) => m.text)).toEqual(["aquí seguimos", "hola"]);
});

test.each([
  ["the next call", async () => void (await w.reply((await threadOfAnn()).id, { text: "into the void" }))],
  ["the check", async () => w.deps.jobs.add("channels.tokens", [{ data: {} }])],
])(
  "O5 the app removed from the Page at Facebook, of which no callback tells, is found by %s: the state, the words, and what is written waits",
  async (_, look) => {
    await profiled(w, await threadOfAnn());
    await w.meta.post(`/pages/${BLUE}/own-app`, { on: false });
    await look();
    const said = await until("it is found", async () => {
      const { json } = await channel();
      return json.state === "needs_reauthorization" && json.stateReason;
    });
    expect(said).toMatchObject({ code: "page_permission_missing", owner: "administrator" });
    expect(said.fix).not.toBe("");
    const { json } = await w.reply((await threadOfAnn()).id, { text: "kept" });
    expect(json.state).toBe("held");
  },
);
const threadOfAnn = async () => (await w.conversationOf(ANN)) ?? w.customerWrites(BLUE, ANN, "hello");
