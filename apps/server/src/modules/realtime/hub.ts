import type { RealtimeEvent } from "@firstline/contracts";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Locale } from "../../platform/http/problems.ts";
import type { Hydrate, OutboxRow } from "./hydrate.ts";

/** Position in the outbox: transaction and number, as `Last-Event-ID` carries it. */
export interface Position {
  txid: string;
  id: number;
}

export interface Client {
  workspaceId: string;
  locale: Locale;
  /** Gives false once it takes nothing more. */
  send(cursor: string, event: RealtimeEvent): boolean;
}

export function parseCursor(text: string | undefined): Position | null {
  const m = /^(\d{1,20})-(\d{1,18})$/.exec(text ?? "");
  return m ? { txid: m[1]!, id: Number(m[2]) } : null;
}
const isAfter = (a: Position, b: Position) => BigInt(a.txid) > BigInt(b.txid) || (a.txid === b.txid && a.id > b.id);

const PAGE = 500;
const LOOK_EVERY_MS = 1_000;
/** How soon to look again while a transaction older than some events is still running. */
const PATIENCE_MS = 10;

/**
 * Rows after a position, only up to the oldest transaction still running. A row numbered lower may commit later than one numbered
 * higher; read in (txid, id) order below that horizon, nothing can appear behind a position once passed.
 */
export async function readOutbox(
  deps: Pick<Deps, "db">,
  after: Position,
  limit: number,
  workspaceId?: string,
): Promise<{ rows: OutboxRow[]; pending: boolean }> {
  const { rows } = await sql<OutboxRow & { ready: boolean }>`
    select txid::text, id, workspace_id, type, conversation_id, subject_id, txid < pg_snapshot_xmin(pg_current_snapshot()) as ready from event
    where (txid, id) > (${after.txid}::xid8, ${after.id}) ${workspaceId ? sql`and workspace_id = ${workspaceId}` : sql``}
    order by txid, id limit ${limit}`.execute(deps.db);
  const firstOpen = rows.findIndex((r) => !r.ready);
  return firstOpen === -1
    ? { rows, pending: rows.length === limit }
    : { rows: rows.slice(0, firstOpen), pending: true };
}

/** Where the outbox ends now: a new reader begins here and misses nothing that commits after this call. */
export async function currentPosition(deps: Pick<Deps, "db">): Promise<Position> {
  const { rows } = await sql<{ txid: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as txid`.execute(
    deps.db,
  );
  // Everything below xmin is finished. Ids begin at 1, so 0 stands before every row of that transaction.
  return { txid: rows[0]!.txid, id: 0 };
}

/** One reader per process: it follows the outbox and hands every event to the clients of its workspace. */
export function createHub(deps: Deps, hydrate: Hydrate) {
  const clients = new Set<Client>();
  const joined = new WeakMap<Client, Client>();
  let position: Position | null = null;
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<void> | null = null;
  let again = false;

  async function follow(): Promise<void> {
    do {
      again = false;
      try {
        position ??= await currentPosition(deps);
        if (clients.size === 0) {
          const now = await currentPosition(deps);
          // Somebody may have joined during the query; what happened since is theirs to see.
          if (clients.size === 0) {
            position = now;
            continue;
          }
        }
        const { rows, pending } = await readOutbox(deps, position, PAGE);
        if (rows.length > 0) {
          await hand(rows);
          const last = rows.at(-1)!;
          position = { txid: last.txid, id: last.id };
        }
        if (pending) {
          if (rows.length === 0) await new Promise((r) => setTimeout(r, PATIENCE_MS));
          again = true;
        }
      } catch (err) {
        deps.log.warn({ err }, "the event outbox cannot be read");
        await new Promise((r) => setTimeout(r, 500));
      }
    } while (again && !stopped);
  }

  async function hand(rows: OutboxRow[]): Promise<void> {
    const groups = new Map<string, Client[]>();
    for (const c of clients) {
      const key = `${c.workspaceId}|${c.locale}`;
      groups.set(key, [...(groups.get(key) ?? []), c]);
    }
    for (const [key, audience] of groups) {
      const [workspaceId, locale] = key.split("|") as [string, Locale];
      const theirs = rows.filter((r) => r.workspace_id === workspaceId);
      if (theirs.length === 0) continue;
      for (const { cursor, event } of await hydrate(workspaceId, theirs, locale))
        for (const client of audience) client.send(cursor, event);
    }
  }

  function wake(): void {
    if (stopped) return;
    again = true;
    reading ??= follow().finally(() => {
      reading = null;
    });
  }

  return {
    /**
     * Adds a client after replaying what it missed. It is added first, with its events set aside, and what replay gave it is not
     * given again: between the two nothing is lost and nothing comes twice.
     */
    async join(client: Client, after: Position | null): Promise<"ready" | "reset"> {
      const waiting: [string, RealtimeEvent][] = [];
      const wrapped: Client = { ...client, send: (cursor, event) => waiting.push([cursor, event]) > 0 };
      clients.add(wrapped);
      joined.set(client, wrapped);
      if (after && (await isOutside(after))) {
        clients.delete(wrapped);
        return "reset";
      }
      // Asked only after joining: what the hub handed out before lies behind this position, the rest is set aside above.
      let seen = after ?? (await currentPosition(deps));
      while (after) {
        const { rows } = await readOutbox(deps, seen, PAGE, client.workspaceId);
        if (rows.length === 0) break;
        for (const { cursor, event } of await hydrate(client.workspaceId, rows, client.locale))
          if (!client.send(cursor, event)) return "ready";
        seen = { txid: rows.at(-1)!.txid, id: rows.at(-1)!.id };
      }
      const forward = (cursor: string, event: RealtimeEvent) => {
        const p = parseCursor(cursor)!;
        // Also when the outbox had to be read again after an error: nothing is given twice.
        if (!isAfter(p, seen)) return true;
        seen = p;
        return client.send(cursor, event);
      };
      for (const [cursor, event] of waiting) forward(cursor, event);
      wrapped.send = forward;
      deps.metrics.realtimeClients.set(clients.size);
      wake();
      return "ready";
    },
    leave(client: Client) {
      const wrapped = joined.get(client);
      if (wrapped) clients.delete(wrapped);
      deps.metrics.realtimeClients.set(clients.size);
    },
    start() {
      stopped = false;
      deps.signals.on("firstline_event", wake);
      timer = setInterval(wake, LOOK_EVERY_MS);
      wake();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await reading;
    },
  };

  /** Before what is kept, or after anything there is: a position of a database that was since replaced. */
  async function isOutside(after: Position): Promise<boolean> {
    const { rows } = await sql<{ next: string; horizon: string | null }>`
      select pg_snapshot_xmax(pg_current_snapshot())::text as next, (select value from installation where key = 'event_horizon') as horizon`.execute(
      deps.db,
    );
    const horizon = parseCursor(rows[0]!.horizon ?? undefined);
    return BigInt(after.txid) >= BigInt(rows[0]!.next) || (horizon !== null && isAfter(horizon, after));
  }
}
