import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import type { ModuleLife } from "../../../life.ts";
import type { Tx } from "../../../platform/db/pool.ts";

export { searchConversations } from "./find.ts";

const POSITION = "search.position";
const BACKFILL = "search.backfill";
const EVENTS_AT_ONCE = 2_000;
const ROWS_AT_ONCE = 5_000;
const LOOK_EVERY_MS = 1_000;
/** Pause between two portions while there is more. */
const BREATH_MS = 250;
/** While deliveries wait to be worked off a portion comes only so often: the messages themselves come first. */
const GIVE_WAY_MS = 5_000;
/** Any number that only this follower locks. */
const LOCK = 7_203_411;

export interface SearchIndex extends ModuleLife {
  /** Does what is left to do, at once; a running server does it by itself. */
  catchUp(): Promise<void>;
}

/**
 * Keeps `search_entry` behind the messages: follows the outbox below the oldest running transaction, so that nothing is passed over,
 * one process at a time. The first time it takes up everything there was before it.
 */
export function createSearchIndex(deps: Pick<Deps, "db" | "log">): SearchIndex {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let stopped = true;

  /** One portion. Gives whether there may be more. */
  const step = () =>
    deps.db.transaction().execute(async (tx) => {
      const { rows } = await sql<{
        mine: boolean;
      }>`select pg_try_advisory_xact_lock(${LOCK}) as mine`.execute(tx);
      if (!rows[0]!.mine) return false;
      return (await follow(tx)) || (await backfill(tx));
    });

  const deliveriesWait = async () => {
    const { rows } = await sql<{
      waiting: boolean;
    }>`select exists (select 1 from delivery where state = 'pending') as waiting`.execute(deps.db);
    return rows[0]!.waiting;
  };

  const run = async () => {
    try {
      while (!stopped && (await step()))
        for (const until = Date.now() + GIVE_WAY_MS; !stopped; ) {
          await new Promise((r) => setTimeout(r, BREATH_MS));
          if (Date.now() >= until || !(await deliveriesWait())) break;
        }
    } catch (err) {
      deps.log.warn({ err }, "the search index is behind");
    }
    running = null;
    if (!stopped) timer = setTimeout(begin, LOOK_EVERY_MS);
  };
  const begin = () => {
    running = run();
  };

  return {
    start(roles) {
      if (!roles.worker) return;
      stopped = false;
      begin();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
    async catchUp() {
      while (await step());
    },
  };
}

async function read(tx: Tx, key: string): Promise<string | null> {
  const { rows } = await sql<{ value: string }>`select value from installation where key = ${key}`.execute(tx);
  return rows[0]?.value ?? null;
}
const keep = (tx: Tx, key: string, value: string) =>
  sql`insert into installation (key, value) values (${key}, ${value}) on conflict (key) do update set value = excluded.value`.execute(
    tx,
  );

async function follow(tx: Tx): Promise<boolean> {
  const kept = await read(tx, POSITION);
  if (kept === null) {
    // What commits from now on is followed; what was there before is taken up by the backfill.
    const { rows } = await sql<{
      txid: string;
    }>`select pg_snapshot_xmin(pg_current_snapshot())::text as txid`.execute(tx);
    await keep(tx, POSITION, `${rows[0]!.txid}-0`);
    return true;
  }
  const [txid, id] = kept.split("-") as [string, string];
  const { rows } = await sql<{ txid: string; id: number; type: string; w: string; s: string }>`
    select txid::text, id, type, workspace_id as w, subject_id as s from event
    where (txid, id) > (${txid}::xid8, ${id}::bigint) and txid < pg_snapshot_xmin(pg_current_snapshot()) order by txid, id limit ${EVENTS_AT_ONCE}`.execute(
    tx,
  );
  const last = rows.at(-1);
  if (!last) return false;
  const of = (pattern: RegExp) => {
    const keys = new Map(rows.filter((r) => pattern.test(r.type)).map((r) => [r.s, { w: r.w, id: r.s }]));
    return JSON.stringify([...keys.values()]);
  };
  const keys = (json: string) => sql`(select * from json_to_recordset(${json}::json) as i(w uuid, id uuid))`;
  await indexMessages(tx, sql`message m join ${keys(of(/^message\./))} i on m.workspace_id = i.w and m.id = i.id`);
  await indexContacts(
    tx,
    // A contact whose name nobody has read yet is told of by its first message alone.
    sql`contact c join (select * from ${keys(of(/^contact\./))} a union select m.workspace_id, v.contact_id from message m join ${keys(of(/^message\.created/))} i on m.workspace_id = i.w and m.id = i.id
      join conversation v on v.workspace_id = m.workspace_id and v.id = m.conversation_id) i on c.workspace_id = i.w and c.id = i.id`,
  );
  await keep(tx, POSITION, `${last.txid}-${last.id}`);
  return rows.length === EVENTS_AT_ONCE;
}

/** Everything older than the follower's first position, by id, message table first. The key holds how far it is. */
async function backfill(tx: Tx): Promise<boolean> {
  const at = (await read(tx, BACKFILL)) ?? "message";
  if (at === "done") return false;
  const [table, w, id] = at.split(" ") as ["message" | "contact", string | undefined, string | undefined];
  const name = sql.table(table);
  const { rows } = await sql<{ w: string; id: string }>`
    select workspace_id as w, id from ${name} ${w ? sql`where (workspace_id, id) > (${w}::uuid, ${id}::uuid)` : sql``} order by workspace_id, id limit ${ROWS_AT_ONCE}`.execute(
    tx,
  );
  const last = rows.at(-1);
  if (last) {
    const keys = sql`(select * from json_to_recordset(${JSON.stringify(rows)}::json) as i(w uuid, id uuid)) i`;
    if (table === "message")
      await indexMessages(tx, sql`message m join ${keys} on m.workspace_id = i.w and m.id = i.id`);
    else await indexContacts(tx, sql`contact c join ${keys} on c.workspace_id = i.w and c.id = i.id`);
    await keep(tx, BACKFILL, `${table} ${last.w} ${last.id}`);
  } else await keep(tx, BACKFILL, table === "message" ? "contact" : "done");
  return true;
}

const indexMessages = (tx: Tx, from: ReturnType<typeof sql>) =>
  sql`
    with now as (select m.workspace_id, m.conversation_id, m.id, search_tokens(coalesce(m.text, '')) as tokens from ${from}),
      gone as (delete from search_entry e using now n where e.workspace_id = n.workspace_id and e.conversation_id = n.conversation_id and e.id = n.id and n.tokens = '')
    insert into search_entry as e (workspace_id, conversation_id, id, tokens) select * from now where tokens <> ''
    on conflict (workspace_id, conversation_id, id) do update set tokens = excluded.tokens where e.tokens <> excluded.tokens`.execute(
    tx,
  );

const indexContacts = (tx: Tx, from: ReturnType<typeof sql>) =>
  sql`
    insert into search_entry as e (workspace_id, conversation_id, id, tokens)
    select c.workspace_id, v.id, c.id, search_tokens(concat_ws(' ', c.own_name, c.meta_name, c.username, c.external_id))
    from ${from} join conversation v on v.workspace_id = c.workspace_id and v.channel_id = c.channel_id and v.contact_id = c.id
    on conflict (workspace_id, conversation_id, id) do update set tokens = excluded.tokens where e.tokens <> excluded.tokens`.execute(
    tx,
  );
