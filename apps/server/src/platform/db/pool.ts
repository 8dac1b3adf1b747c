import { Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import type { DB } from "./schema.gen.ts";

export type Db = Kysely<DB>;
export type Tx = Transaction<DB>;
/** A connection or a transaction: what a query needs. */
export type Q = Db | Tx;

// Counts and sizes fit a double; ids that do not are text in the schema.
pg.types.setTypeParser(pg.types.builtins.INT8, (v) => Number(v));

export interface Database {
  url: string;
  pool: pg.Pool;
  kysely: Db;
  close(): Promise<void>;
}

/** Opens a pool. It never throws by itself: a database that is away shows as failing queries, and comes back by itself. */
export function openDatabase(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 12,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: "firstline",
  });
  pool.on("error", (error) => options.onError?.(error));
  // A connection cut between two statements of a transaction belongs to nobody who listens: unheard, it would end the process.
  pool.on("connect", (client) => client.on("error", (error) => options.onError?.(error)));
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  return { url, pool, kysely, close: () => kysely.destroy() };
}

/** Postgres error codes after which the same work may simply be tried again. */
export function isTransient(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code ?? "";
  return (
    /^(40001|40P01|55P03|57P0[123]|08\d\d\d|53\d\d\d|ECONN\w+|EPIPE|ENOENT|ETIMEDOUT)$/.test(code) ||
    /timeout|terminated|Connection ended/i.test((error as Error)?.message ?? "")
  );
}
