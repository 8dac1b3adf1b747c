import type { WebhookFacts } from "@firstline/core";

/** What `npm run doctor` found. null: it could not be read. Times are ms, sizes bytes. */
export interface DoctorFacts {
  publicUrl: string;
  /** Whether a Meta app is configured. */
  app: boolean;
  /** Null: it does not answer, and nothing behind it is known. */
  database: {
    /** Of PostgreSQL, as 18. */
    major: number;
    /** Files that are not applied yet. */
    missing: readonly string[];
    /** One that was applied and is unknown to this program. */
    newer: string | null;
  } | null;
  /** Deliveries stored and not worked off, the age of the oldest, and those set aside as unreadable. */
  deliveries: { pending: number; oldestMs: number | null; failed: number } | null;
  /** Jobs that are due, by queue; null: no server ever ran here. */
  jobs: { due: number; oldestMs: number | null; longest: string | null } | null;
  disk: { free: number; total: number } | null;
  meta: { reached: boolean; message: string; skewMs: number | null } | null;
  graphVersion: string;
  now: number;
  /** Webhook calls of the last 24 hours that were not accepted; null: could not be read. */
  webhook: WebhookFacts | null;
  /** Meta's subscriptions of the app; null: not told. */
  subscriptions: { object: string; callback: string | null; missing: readonly string[] }[] | null;
  /** Our own callback, asked at its public address. */
  callback: { answered: boolean; message: string };
  /** The mail server for alerts; null: none is set. */
  mail: { answered: boolean; message: string } | null;
  channels: {
    name: string;
    platform: "messenger" | "instagram";
    state: "healthy" | "degraded" | "needs_reauthorization" | "restricted" | "disconnected";
    /** Titles of what is wrong. */
    incidents: readonly string[];
    /** Titles of the steps that failed in the newest finished self-test; null: none was made. */
    selfTest: readonly string[] | null;
  }[];
}

/** One line of the page. `fail` makes the command fail. */
export interface DoctorLine {
  area: string;
  status: "ok" | "warn" | "fail" | "unknown";
  text: string;
}
