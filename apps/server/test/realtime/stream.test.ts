import { once } from "node:events";
import { connect } from "node:net";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { writeEvents } from "../../src/platform/outbox/index.ts";
import { openStream, type Stream } from "../api/support/stream.ts";
import { until } from "../api/support/until.ts";
import {
  createTestApp,
  makeChannel,
  makeConversation,
  makeMessage,
  makeWorkspace,
  type TestApp,
} from "../harness/index.ts";

let t: TestApp;
let base: string;
let conversation: Awaited<ReturnType<typeof makeConversation>>;
const streams: Stream[] = [];

beforeAll(async () => {
  t = await createTestApp();
  base = await t.listen();
  await t.start();
  conversation = await makeConversation(t.deps, await makeChannel(t.deps, { workspace_id: t.workspaceId }));
  await makeMessage(t.deps, conversation);
});
afterAll(() => t.close());
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(streams.splice(0).map((s) => s.close()));
});

const open = async (after?: string, headers: Record<string, string> = t.apiKey) => {
  const stream = await openStream(base, headers, after);
  streams.push(stream);
  return stream;
};
const changed = (of = conversation) => ({
  workspaceId: of.workspace_id,
  type: "conversation.updated" as const,
  conversationId: of.id,
  subjectId: of.id,
});
const write = (of = conversation) => writeEvents(t.deps.db, [changed(of)]);
const cursors = async (after = "0-0") => {
  const [txid, id] = after.split("-");
  return (
    await sql<{
      cursor: string;
    }>`select txid || '-' || id as cursor from event where workspace_id = ${t.workspaceId} and (txid, id) > (${txid}::xid8, ${id}::bigint) order by txid, id`.execute(
      t.deps.db,
    )
  ).rows.map((r) => r.cursor);
};
const idsOf = (stream: Stream) => stream.received.flatMap((r) => r.id ?? []);
/** Waits for a stream to have received up to a cursor. The end of what is committed may wait for a transaction of another test. */
const reaches = (stream: Stream, cursor: string | undefined) =>
  until(`the stream reaches ${cursor}`, () => cursor === undefined || idsOf(stream).includes(cursor));

test("a stream begins with ready, is never stored or buffered, and brings what is written from then on", async () => {
  const stream = await open();
  await stream.ready();
  expect([
    stream.status,
    stream.headers.get("content-type"),
    stream.headers.get("cache-control"),
    stream.headers.get("x-accel-buffering"),
  ]).toEqual([200, "text/event-stream; charset=utf-8", "no-store", "no"]);
  await write();
  const { conversation: shown } = await stream.next("conversation.updated");
  expect(shown.id).toBe(conversation.id);
});

test("nobody without credentials gets a stream", async () => {
  expect((await open(undefined, {})).status).toBe(401);
});

test("of transactions that overlap, one of them long and with the lowest number, every event comes once and in one order to everybody", async () => {
  const steady = await open();
  await steady.ready();
  const [from] = (await cursors()).slice(-1);

  let release = () => {};
  const long = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = t.deps.db.transaction().execute(async (tx) => {
    await writeEvents(tx, [changed()]);
    await long;
    await writeEvents(tx, [changed()]);
  });
  let random = 7;
  const dice = (n: number) => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return random % n;
  };
  let undone = 0;
  let rounds = 0;
  const writer = async () => {
    for (let n = 0; n < 25; n++) {
      if (++rounds === 60) release();
      await t.deps.db
        .transaction()
        .execute(async (tx) => {
          for (let k = 0; k <= dice(3); k++) {
            await writeEvents(tx, [changed()]);
            await sql`select pg_sleep(${dice(4) / 1000})`.execute(tx);
          }
          if (dice(10) === 0) throw new Error("undo");
        })
        .catch((error) => {
          if (error.message !== "undo") throw error;
          undone++;
        });
    }
  };
  // Readers that lose their connection all the time and take up where they were.
  let writing = true;
  const flaky = async () => {
    const seen: string[] = [];
    let last = from ?? "0-0";
    while (writing) {
      const stream = await open(last);
      await stream.ready();
      const before = stream.received.length;
      await until("something more", () => !writing || stream.received.length > before + dice(5));
      await stream.close();
      seen.push(...idsOf(stream));
      last = stream.last() ?? last;
    }
    const rest = await open(last);
    await reaches(rest, (await cursors(last)).at(-1));
    return [...seen, ...idsOf(rest)];
  };
  const readers = [flaky(), flaky(), flaky()];
  await Promise.all([slow, ...Array.from({ length: 6 }, writer)]);
  writing = false;

  const all = await cursors(from);
  expect(all.length).toBeGreaterThan(150);
  expect(undone).toBeGreaterThan(0);
  const gathered = await Promise.all(readers);
  for (const ids of gathered) expect(ids).toEqual(all);
  await reaches(steady, all.at(-1));
  expect(idsOf(steady)).toEqual(all);
});

test("a transaction that is still open holds back what commits after it, so that its events cannot be passed over", async () => {
  const stream = await open();
  await stream.ready();
  let finish = () => {};
  const open1 = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const early = t.deps.db.transaction().execute(async (tx) => {
    await writeEvents(tx, [changed()]);
    begun();
    await open1;
  });
  await hasBegun;
  await write();
  const late = (await cursors()).at(-1)!;
  // Two rounds of another reader prove that the outbox was looked at meanwhile.
  for (let n = 0; n < 2; n++) await (await open()).ready();
  expect(idsOf(stream)).not.toContain(late);
  finish();
  await early;
  await reaches(stream, late);
  expect(idsOf(stream)).toEqual((await cursors()).slice(-2));
});

test("after a reconnect exactly what was missed comes, and then what is new", async () => {
  const first = await open();
  await first.ready();
  await write();
  await first.next("conversation.updated");
  const last = first.last()!;
  await first.close();
  for (let n = 0; n < 5; n++) await write();
  const second = await open(last);
  await second.ready();
  await write();
  await reaches(second, (await cursors()).at(-1));
  expect(idsOf(second)).toHaveLength(6);
  expect(idsOf(second)).toEqual(await cursors(last));
});

test("more than a page of missed events comes whole", async () => {
  const from = (await cursors()).at(-1)!;
  await writeEvents(
    t.deps.db,
    Array.from({ length: 1_203 }, () => changed()),
  );
  const stream = await open(from);
  await reaches(stream, (await cursors()).at(-1));
  expect(idsOf(stream)).toEqual(await cursors(from));
});

test("a cursor older than what is kept, of another database or unreadable gets a reset, and the stream goes on live", async () => {
  const old = (await cursors())[0]!;
  await sql`update event set created_at = now() - interval '8 days' where txid <= ${old.split("-")[0]}::xid8`.execute(
    t.deps.db,
  );
  await t.deps.jobs.add("events.retention", [{ data: {} }]);
  await until("old events are gone", async () => !(await cursors()).includes(old));
  const just = (await cursors())[0]!;
  for (const cursor of ["1-1", "18446744073709551000-5", "nonsense"]) {
    const stream = await open(cursor);
    await stream.ready();
    expect(stream.received.map((r) => r.type)).toEqual(["reset", "ready"]);
    await write();
    await stream.next("conversation.updated");
  }
  const kept = await open(just);
  await reaches(kept, (await cursors()).at(-1));
  expect(kept.received.map((r) => r.type)).not.toContain("reset");
});

test("a workspace's stream holds nothing of another, live or replayed", async () => {
  const { id: otherId } = await makeWorkspace(t.deps);
  const other = await makeConversation(t.deps, await makeChannel(t.deps, { workspace_id: otherId }));
  const theirs = await t.asMember("agent", { workspaceId: otherId });
  const from = (await cursors()).at(-1)!;
  const [a, b] = [await open(), await open(undefined, theirs.headers)];
  await Promise.all([a.ready(), b.ready()]);
  await write();
  await write(other);
  // Named after a conversation of ours, but written for them: it must not be filled from our rows.
  await writeEvents(t.deps.db, [{ ...changed(), workspaceId: otherId }]);
  await write(other);
  await until("theirs came", () => idsOf(b).length === 2);
  await a.next("conversation.updated");
  for (const r of b.received)
    if (r.event.type === "conversation.updated") expect(r.event.conversation.id).toBe(other.id);
  const replayed = await open(from, theirs.headers);
  await reaches(replayed, idsOf(b).at(-1));
  expect(idsOf(replayed)).toEqual(idsOf(b));
  expect(idsOf(a)).toEqual(await cursors(from));
});

test("a reader that does not read is let go, harms nobody, and reads on from its cursor when it comes back", async () => {
  const long = await makeMessage(t.deps, conversation, { text: "x".repeat(20_000) });
  const from = (await cursors()).at(-1)!;
  const steady = await open();
  await steady.ready();
  const { hostname, port } = new URL(base);
  const socket = connect(Number(port), hostname);
  socket.write(
    `GET /api/v1/events HTTP/1.1\r\nhost: x\r\nauthorization: ${t.apiKey.authorization}\r\nlast-event-id: ${from}\r\n\r\n`,
  );
  await once(socket, "readable");
  const created = {
    workspaceId: t.workspaceId,
    type: "message.created" as const,
    conversationId: conversation.id,
    subjectId: long.id,
  };
  for (let n = 0; n < 18; n++) {
    await writeEvents(
      t.deps.db,
      Array.from({ length: 50 }, () => created),
    );
    await reaches(steady, (await cursors()).at(-1));
  }
  let size = 0;
  let ending = "";
  socket.on("data", (chunk) => {
    size += chunk.length;
    ending = (ending + chunk.toString("latin1")).slice(-5);
  });
  await until("the server ended it", () => ending === "0\r\n\r\n");
  socket.destroy();
  expect(size).toBeLessThan(900 * 20_000);
  // Coming back again and again, as a browser does, it gets everything once.
  const all = await cursors(from);
  const seen: string[] = [];
  while (seen.length < all.length) {
    const stream = await open(seen.at(-1) ?? from);
    let over = false;
    void stream.ended.then(() => {
      over = true;
    });
    await until("it is through or let go", () => over || idsOf(stream).includes(all.at(-1)!));
    await stream.close();
    seen.push(...idsOf(stream));
  }
  expect(seen).toEqual(all);
});

test("a stream ends with its session, within one heartbeat; those of others go on", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const leaving = await t.asMember("agent");
  const staying = await t.asMember("agent");
  const [a, b] = [await open(undefined, leaving.headers), await open(undefined, staying.headers)];
  await Promise.all([a.ready(), b.ready()]);
  await vi.advanceTimersByTimeAsync(15_000);
  const out = await t.call("POST", "/api/auth/sign-out", {
    headers: { ...leaving.headers, origin: "http://localhost" },
    body: {},
  });
  expect(out.status).toBe(200);
  await vi.advanceTimersByTimeAsync(15_000);
  await a.ended;
  await write();
  await b.next("conversation.updated");
});
