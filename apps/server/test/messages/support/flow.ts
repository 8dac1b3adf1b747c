import { setTimeout as pause } from "node:timers/promises";
import type { Message } from "@firstline/contracts";
import { sql } from "kysely";
import { until } from "../../api/support/until.ts";
import { BLUE, BLUE_INSTAGRAM, type Control, controlOf, KEVIN } from "../../api/support/world.ts";
import { createTestApp, startTestSim, type TestApp, type TestSim } from "../../harness/index.ts";
import { type Death, type Mortal, startMortal } from "./mortal.ts";
import { bendTime } from "./time.ts";

/** A reply as the database has it, as far as waiting for it needs. */
export interface Reply {
  id: string;
  conversationId: string;
  text: string;
  state: Message["state"];
  lookedAbsent: boolean;
  /** When somebody will do something about it, ms; null: nobody will, or at once. */
  due: number | null;
}

const ENV = { META_SENDS_PER_SECOND: "40" };
const WORKERS = 2;
/** Nothing has changed for so long: then nothing will. */
const STUCK_AFTER_MS = 15_000;
const QUIET_WITHIN_MS = 60_000;
const DEAD_AFTER_LOOKS = 30;
/** States in which something will still happen by itself. */
const MOVING = new Set(["queued", "sending", "held"]);

/** The server on one database, its workers mortal, beside a local Meta; both on one clock that a test can put forward. */
export interface Flow extends AsyncDisposable {
  web: TestApp;
  meta: Control;
  sim: TestSim;
  /** Decides where the process dies that sends a text; asked once for each call. */
  dies: (text: string) => Death | null;
  /** A new customer who has written: the conversation and the customer's id. */
  customer(platform: "messenger" | "instagram"): Promise<{ customerId: string; conversationId: string }>;
  /** Kills one of the workers, as by SIGKILL. */
  kill(): void;
  /**
   * What became of the replies of these conversations, once nothing will happen by itself any more. `awaitNoEcho`: Meta's
   * webhooks are being held back.
   */
  quiet(conversationIds: readonly string[], awaitNoEcho?: boolean): Promise<Reply[]>;
  /** Nobody rests any more, and no fault is left at Meta. */
  rest(): Promise<void>;
}

/** What has to happen next: of each lane the one in flight, else its first; and whatever is to be looked up. */
function headsOf(open: readonly Reply[]): Reply[] {
  const lanes = new Map<string, Reply>();
  for (const r of open)
    if (r.state !== "uncertain" && (!lanes.has(r.conversationId) || r.state === "sending"))
      lanes.set(r.conversationId, r);
  return [...lanes.values(), ...open.filter((r) => r.state === "uncertain")];
}

export async function startFlow(): Promise<Flow> {
  const time = bendTime();
  const sim = await startTestSim("sample");
  const web = await createTestApp({ clock: "real", graphUrl: sim.url, env: ENV });
  web.deps.config.publicUrl = await web.listen();
  await web.start({ web: true, worker: false });
  const meta = controlOf(sim.url);
  const lost = new Set<string>();
  let workers: Mortal[] = [];
  const buried: Promise<void>[] = [];
  /** Since the last rest. */
  let someDied = false;
  const { db } = web.deps;

  const enough = async () => {
    for (const dead of workers.filter((one) => !one.alive)) {
      buried.push(dead.bury());
      someDied = true;
    }
    workers = workers.filter((one) => one.alive);
    while (workers.length < WORKERS)
      workers.push(
        await startMortal(
          { database: web.database, clock: "real", graphUrl: sim.url, env: ENV, config: web.deps.config },
          (text) => flow.dies(text),
          (text) => lost.add(text),
        ),
      );
  };
  const connect = async (platform: "messenger" | "instagram") => {
    const externalId = platform === "messenger" ? BLUE : BLUE_INSTAGRAM;
    const accessToken = await meta.pageToken(KEVIN, BLUE);
    const body = { platform, externalId, accessToken };
    const { status, text } = await web.call("POST", "/channels", { headers: web.apiKey, body });
    if (status >= 300) throw new Error(`connecting: ${status} ${text}`);
  };

  async function replies(conversationIds: readonly string[]): Promise<Reply[]> {
    const { rows } = await sql<Reply>`
      select m.id, m.conversation_id as "conversationId", m.text, m.state, coalesce(m.looked->>'result' = 'absent', false) as "lookedAbsent",
        extract(epoch from case m.state when 'uncertain' then m.look_at when 'held' then coalesce(m.next_attempt_at, c.probe_at)
          when 'queued' then greatest(m.next_attempt_at, p.paused_until, (select to_timestamp((value::jsonb->>'until')::float8 / 1000) from installation where key = 'send_pause'))
          when 'sending' then m.next_attempt_at end)::float8 * 1000 as due
      from message m join channel c on c.workspace_id = m.workspace_id and c.id = m.channel_id
      left join send_pace p on p.workspace_id = m.workspace_id and p.channel_id = m.channel_id
      where m.conversation_id = any(${[...conversationIds]}::uuid[]) and m.client_id is not null order by m.sent_at, m.id`.execute(
      db,
    );
    return rows;
  }

  /** A Page whose token died is authorised again. */
  async function reconnect(): Promise<boolean> {
    const dead = await db
      .selectFrom("channel")
      .select("platform")
      .where("state", "=", "needs_reauthorization")
      .execute();
    for (const { platform } of dead) await connect(platform as "messenger" | "instagram");
    return dead.length > 0;
  }

  async function quiet(conversationIds: readonly string[], awaitNoEcho = false): Promise<Reply[]> {
    const deadline = performance.now() + QUIET_WITHIN_MS;
    let changedAt = performance.now();
    for (let same = 0, before = ""; ; ) {
      await enough();
      // Turns are kept by the database's clock, which nobody bends.
      await sql`update send_pace set text_at = '-infinity', media_at = '-infinity'`.execute(db);
      await sql`update channel set record_free_at = null where record_free_at is not null`.execute(db);
      await sql`select pg_notify('firstline_send', '')`.execute(db);
      const rows = await replies(conversationIds);
      const open = rows.filter((r) => MOVING.has(r.state) || (r.state === "uncertain" && r.due !== null));
      if (open.length === 0) {
        if (awaitNoEcho || (await sim.idle(1))) return rows;
        // What waits for a neighbour to be swapped with goes as it is.
        await meta.post("/webhooks/flush");
      }
      const now = JSON.stringify(rows);
      same = now === before ? same + 1 : 0;
      if (now !== before) changedAt = performance.now();
      before = now;
      if (performance.now() > Math.min(deadline, changedAt + STUCK_AFTER_MS))
        throw new Error(`never quiet: ${JSON.stringify(open)}`);
      const heads = headsOf(open);
      // What a process has left between taking a message and calling Meta is nowhere in flight either.
      const dead = ({ state, text }: Reply) =>
        lost.has(text) || (someDied && state === "sending" && same > DEAD_AFTER_LOOKS);
      const busy = workers.some((one) => one.inFlight > 0) || heads.some((r) => r.state === "sending" && !dead(r));
      await pause(busy ? 4 : 8);
      if (busy || same < 2 || (await reconnect())) continue;
      const due = heads.map((r) => r.due);
      if (due.every((at) => at !== null && at > Date.now()) || same > DEAD_AFTER_LOOKS) {
        const next = Math.min(...(due.filter((at) => at !== null && at > Date.now()) as number[]));
        if (Number.isFinite(next)) time.forward(next - Date.now() + 50);
        same = 0;
      }
    }
  }

  const flow: Flow = {
    web,
    meta,
    sim,
    dies: () => null,
    async customer(platform) {
      const { id } = await meta.post<{ id: string }>(`/pages/${BLUE}/customers`, { name: "Ida Holm", platform });
      const { mid } = await meta.post<{ mid: string }>(`/pages/${BLUE}/customers/${id}/messages`, { text: "hello" });
      const row = await until(`${id} is here`, () =>
        db.selectFrom("message").select("conversation_id").where("external_id", "=", mid).executeTakeFirst(),
      );
      return { customerId: id, conversationId: row.conversation_id };
    },
    kill: () => workers.find((one) => one.alive)?.kill(),
    quiet,
    async rest() {
      await meta.clearFaults();
      flow.dies = () => null;
      lost.clear();
      await enough();
      someDied = false;
      await sql`delete from send_pace`.execute(db);
      await sql`delete from installation where key = 'send_pause'`.execute(db);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((one) => one.bury()));
      await Promise.all(buried);
      await web.close();
      await sim.close();
      time.restore();
    },
  };
  await enough();
  await connect("messenger");
  await connect("instagram");
  return flow;
}
