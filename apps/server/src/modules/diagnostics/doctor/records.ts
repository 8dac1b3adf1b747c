import { type IncidentWords, type SelfTestStep, STATE_CODES, selfTestTitle } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import { webhookFacts } from "../installation-facts.ts";
import type { DoctorFacts } from "./facts.ts";

/** What our own tables tell, each part by itself: an older schema leaves out only what it does not have. */
export async function readRecords({
  db,
}: Pick<Deps, "db">): Promise<Pick<DoctorFacts, "deliveries" | "jobs" | "channels" | "webhook">> {
  const [deliveries, jobs, channels, webhook] = await Promise.all([
    readDeliveries(db).catch(() => null),
    readJobs(db).catch(() => null),
    readChannels(db).catch(() => []),
    webhookFacts({ db }).catch(() => null),
  ]);
  return { deliveries, jobs, channels, webhook };
}

async function readDeliveries(db: Deps["db"]): Promise<DoctorFacts["deliveries"]> {
  const { rows } = await sql<{ pending: number; oldest: number | null; failed: number }>`
    select count(*) filter (where state = 'pending')::int as pending, count(*) filter (where state = 'failed')::int as failed,
      extract(epoch from now() - min(received_at) filter (where state = 'pending'))::float8 * 1000 as oldest
    from delivery where state in ('pending', 'failed')`.execute(db);
  const { pending, oldest, failed } = rows[0]!;
  return { pending, oldestMs: oldest, failed };
}

async function readJobs(db: Deps["db"]): Promise<DoctorFacts["jobs"]> {
  const { rows } = await sql<{ name: string; due: number; oldest: number }>`
    select name, count(*)::int as due, extract(epoch from now() - min(start_after))::float8 * 1000 as oldest
    from pgboss.job where state in ('created', 'retry') and start_after <= now() group by name order by oldest desc`.execute(
    db,
  );
  const due = rows.reduce((sum, r) => sum + r.due, 0);
  return { due, oldestMs: rows[0]?.oldest ?? null, longest: rows[0]?.name ?? null };
}

async function readChannels(db: Deps["db"]): Promise<DoctorFacts["channels"]> {
  const { rows } = await sql<{
    name: string;
    platform: DoctorFacts["channels"][number]["platform"];
    state: DoctorFacts["channels"][number]["state"];
    incidents: { en: IncidentWords }[];
    failed: SelfTestStep[] | null;
  }>`
    select c.name, c.platform, c.state, coalesce((
      select json_agg(i.words order by (i.code = any(${[...STATE_CODES]}::text[])) desc, i.since) from incident i
      where i.workspace_id = c.workspace_id and i.subject in (c.id::text, 'app:' || c.platform) and i.until is null and i.confirmed_at is not null), '[]') as incidents,
      (select array(select s->>'code' from jsonb_array_elements(t.steps) s where s->>'status' = 'fail') from self_test t
        where t.workspace_id = c.workspace_id and t.channel_id = c.id and t.finished_at is not null
        order by t.started_at desc, t.id desc limit 1) as failed
    from channel c order by c.name, c.id`.execute(db);
  return rows.map(({ incidents, failed, ...channel }) => ({
    ...channel,
    incidents: incidents.map((i) => i.en.title),
    selfTest: failed?.map((step) => selfTestTitle(step, "en")) ?? null,
  }));
}
