import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import type { Locale } from "../../platform/http/problems.ts";
import { writeEvents } from "../../platform/outbox/index.ts";

export interface AlertWords {
  title: string;
  /** What happened, in a sentence or two. */
  text: string;
  /** What to do; empty: nothing. */
  fix: string;
}

/** A thing to be told once. */
export interface News {
  workspaceId: string;
  /** Makes it one: a second piece of news with the same key is none. Begin it with what it is about: `authorizer:<id>:lost`. */
  key: string;
  severity: "critical" | "warning";
  /** `administrators`: only they can do something about it. */
  audience: "everybody" | "administrators";
  channelId: string | null;
  words: Record<Locale, AlertWords>;
  /** When it happened, ms; now if left out. */
  at?: number;
}

/** Of the parts of this module only: what an incident or a test adds to {@link News}. */
interface Told extends News {
  kind?: "opened" | "ended" | "news";
  incidentId?: string | null;
  /** It grew worse: who wants all, the webhook and the desk have been told already. */
  onlyCriticalChoice?: boolean;
}

/**
 * Tells members what happened, in the transaction of the change: at the desk, and by e-mail, push and webhook as each has chosen.
 * It returns at once; sending, repeating and counting failures is the workers' business and never comes back to the caller.
 * Incidents are told by themselves: this is for what is none.
 * @returns whether it was new
 */
export async function tell(tx: Tx, deps: Pick<Deps, "clock" | "config">, news: Told): Promise<boolean> {
  const now = new Date(deps.clock());
  const { rows } = await sql<{ id: string }>`
    insert into alert (workspace_id, key, kind, severity, audience, incident_id, channel_id, words, happened_at, created_at)
    values (${news.workspaceId}, ${news.key}, ${news.kind ?? "news"}, ${news.severity}, ${news.audience}, ${news.incidentId ?? null}::uuid,
      ${news.channelId}::uuid, ${JSON.stringify(news.words)}::jsonb, ${new Date(news.at ?? now)}, ${now})
    on conflict (workspace_id, key) do nothing returning id`.execute(tx);
  const id = rows[0]?.id;
  if (!id) return false;
  const choices = news.onlyCriticalChoice ? ["critical"] : news.severity === "critical" ? ["all", "critical"] : ["all"];
  await sql`
    with who as (
      select m.id, coalesce(s.email, case m.role when 'administrator' then 'all' else 'none' end) as email, coalesce(s.push, 'all') as push
      from member m left join alert_settings s on s.workspace_id = m.workspace_id and s.member_id = m.id
      where m.workspace_id = ${news.workspaceId} and m.deactivated_at is null
        and (${news.audience} = 'everybody' or m.role = 'administrator')),
    ways as (
      select 'email' as way, w.id as member_id, null::uuid as device from who w where ${deps.config.mail !== null} and w.email = any(${choices})
      union all
      select 'push', w.id, p.id from who w join push_subscription p on p.workspace_id = ${news.workspaceId} and p.member_id = w.id where w.push = any(${choices})
      union all
      select 'webhook', null, null from alert_webhook h where h.workspace_id = ${news.workspaceId} and not ${news.onlyCriticalChoice ?? false})
    insert into alert_delivery (workspace_id, alert_id, way, member_id, push_subscription_id, due_at)
    select ${news.workspaceId}, ${id}, way, member_id, device, ${now} from ways`.execute(tx);
  await writeEvents(
    tx,
    news.onlyCriticalChoice
      ? []
      : [{ workspaceId: news.workspaceId, type: "alert.created", conversationId: null, subjectId: id }],
  );
  return true;
}
