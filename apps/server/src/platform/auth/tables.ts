import type { Kysely, Transaction } from "kysely";
import type { Db, Q, Tx } from "../db/pool.ts";
import type { DB } from "../db/schema.gen.ts";

/** The columns of better-auth's tables (migration 0002) that we read or write ourselves. */
export interface AuthTables {
  "auth.user": {
    id: string;
    name: string;
    email: string;
    emailVerified: boolean;
    createdAt: Date;
    updatedAt: Date;
  };
  "auth.session": {
    id: string;
    token: string;
    userId: string;
    expiresAt: Date;
    createdAt: Date;
    updatedAt: Date;
  };
  "auth.account": {
    id: string;
    accountId: string;
    providerId: string;
    userId: string;
    password: string | null;
    createdAt: Date;
    updatedAt: Date;
  };
  "auth.apikey": {
    id: string;
    configId: string;
    name: string | null;
    start: string | null;
    prefix: string | null;
    referenceId: string;
    key: string;
    enabled: boolean | null;
    rateLimitEnabled: boolean | null;
    requestCount: number | null;
    lastRequest: Date | null;
    expiresAt: Date | null;
    createdAt: Date;
    updatedAt: Date;
    metadata: string | null;
  };
}

/** The same connection, seen with our tables and better-auth's, so that one statement can join them. */
export function withAuth(q: Tx): Transaction<DB & AuthTables>;
export function withAuth(q: Db): Kysely<DB & AuthTables>;
export function withAuth(q: Q): Kysely<DB & AuthTables>;
export function withAuth(q: Q): Kysely<DB & AuthTables> {
  return q as unknown as Kysely<DB & AuthTables>;
}
