import type { AlertError } from "@firstline/contracts";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Locale } from "../../platform/http/problems.ts";
import type { AlertWords } from "./tell.ts";

export type Way = "email" | "push" | "webhook";

/** Longer than any attempt may take. */
const LEASE_MS = 60_000;
const WAITS_MS = [10_000, 60_000, 300_000, 900_000, 3_600_000, 10_800_000];

/** One way to one person or webhook, with all there is to say. */
export interface Claimed {
  workspace_id: string;
  workspace_name: string;
  id: string;
  way: Way;
  attempts: number;
  alert_id: string;
  kind: "opened" | "ended" | "news" | "test";
  severity: "critical" | "warning";
  words: Record<Locale, AlertWords>;
  happened_at: Date;
  channel_id: string | null;
  channel_name: string | null;
  platform: string | null;
  incident_id: string | null;
  incident_code: string | null;
  member_id: string | null;
  language: Locale;
  /** Null: no such member, or deactivated. */
  address: string | null;
  push_subscription_id: string | null;
  /** Sealed: the browser's subscription, or the webhook's address and secret; null when it is gone. */
  target: Buffer | null;
  target_key_id: string | null;
}

/** What became of an attempt. */
export type Outcome =
  | { state: "sent"; status: number | null }
  | { state: "again" | "failed"; status: number | null; error: AlertError; detail: string | null }
  /** Nobody is there, and will not be. */
  | { state: "dropped"; status: number | null; error: AlertError | null };

/** Takes what is due on one way, oldest first; it is nobody else's until the lease ends. */
export async function claimDue(deps: Pick<Deps, "db" | "clock">, way: Way, limit: number): Promise<Claimed[]> {
  const now = deps.clock();
  const { rows } = await sql<{ id: string }>`
    update alert_delivery d set leased_until = ${new Date(now + LEASE_MS)}, attempts = attempts + 1, tried_at = ${new Date(now)}
    where (d.workspace_id, d.id) in (
      select workspace_id, id from alert_delivery where state = 'waiting' and way = ${way} and due_at <= ${new Date(now)}
        and (leased_until is null or leased_until < ${new Date(now)}) order by due_at limit ${limit} for update skip locked)
    returning d.id`.execute(deps.db);
  return claimed(
    deps,
    rows.map((r) => r.id),
  );
}

/** Claimed rows with all they need. */
export async function claimed(deps: Pick<Deps, "db">, ids: readonly string[]): Promise<Claimed[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Claimed>`
    select d.workspace_id, w.name as workspace_name, d.id, d.way, d.attempts, a.id as alert_id, a.kind, a.severity, a.words, a.happened_at,
      a.channel_id, c.name as channel_name, c.platform, a.incident_id, i.code as incident_code, d.member_id, coalesce(m.language, 'en') as language,
      u.email as address, d.push_subscription_id, coalesce(p.subscription_ciphertext, h.target_ciphertext) as target,
      coalesce(p.subscription_key_id, h.target_key_id) as target_key_id
    from alert_delivery d
    join alert a on a.workspace_id = d.workspace_id and a.id = d.alert_id
    join workspace w on w.id = d.workspace_id
    left join channel c on c.workspace_id = a.workspace_id and c.id = a.channel_id
    left join incident i on i.workspace_id = a.workspace_id and i.id = a.incident_id
    left join member m on m.workspace_id = d.workspace_id and m.id = d.member_id and m.deactivated_at is null
    left join auth."user" u on u.id = m.user_id
    left join push_subscription p on p.workspace_id = d.workspace_id and p.id = d.push_subscription_id
    left join alert_webhook h on h.workspace_id = d.workspace_id and d.way = 'webhook'
    where d.id = any(${ids}::uuid[]) order by d.due_at, d.id`.execute(deps.db);
  return rows;
}

/** Writes what became of an attempt, unless its lease ended and somebody else has taken it. */
export async function settle(deps: Pick<Deps, "db" | "clock">, row: Claimed, outcome: Outcome): Promise<void> {
  const wait = WAITS_MS[row.attempts - 1];
  const again = outcome.state === "again" && row.kind !== "test" && wait !== undefined;
  const state = outcome.state === "again" ? (again ? "waiting" : "failed") : outcome.state;
  const detail = "detail" in outcome ? (outcome.detail?.slice(0, 300) ?? null) : null;
  await sql`
    update alert_delivery set state = ${state}, leased_until = null, status = ${outcome.status}, detail = ${detail},
      error = ${outcome.state === "sent" ? null : outcome.error}, due_at = ${new Date(deps.clock() + (again ? wait : 0))}
    where workspace_id = ${row.workspace_id} and id = ${row.id} and attempts = ${row.attempts} and state = 'waiting'`.execute(
    deps.db,
  );
}
