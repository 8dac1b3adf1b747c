import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { writeEvents } from "../../platform/outbox/index.ts";

/** Meta's word on a template, as a webhook told it. At least one of id and name is known. */
export interface TemplateStatus {
  workspaceId: string;
  channelId: string;
  externalId: string | null;
  name: string | null;
  /** null: of all languages of that name. */
  language: string | null;
  status: string;
  reason: string | null;
  /** ms. */
  at: number;
  /** Another word of the same moment differs. */
  unclear: boolean;
}

export const SYNC_JOB = "templates.sync";
/** Meta tells the time of a word in whole seconds, and a row may hold a time of our own clock. */
const AS_GOOD_AS_SAME_MS = 60_000;

/**
 * Writes what webhooks told, in the caller's transaction. The later word wins, whichever comes first. Where two differ and their
 * times are too close to tell, or a template is not known here, Meta is asked what holds.
 */
export async function noteStatuses(tx: Tx, deps: Pick<Deps, "jobs">, told: readonly TemplateStatus[]): Promise<void> {
  const rows = told.map((s, n) => ({
    n,
    w: s.workspaceId,
    c: s.channelId,
    x: s.externalId,
    m: s.name,
    l: s.language,
    s: s.status,
    r: s.status === "REJECTED" ? s.reason : null,
    a: new Date(s.at).toISOString(),
  }));
  const { rows: found } = await sql<{
    n: number;
    workspace_id: string;
    id: string;
    changed: boolean;
    unclear: boolean;
  }>`
    with told as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as i(n int, w uuid, c uuid, x text, m text, l text, s text, r text, a timestamptz)),
    named as (
      select i.*, t.id, (t.status_at, t.status collate "C") < (i.a, i.s collate "C") as later, t.status is distinct from i.s or t.rejected_reason is distinct from i.r as other,
        t.status <> i.s and abs(extract(epoch from t.status_at - i.a)) * 1000 < ${AS_GOOD_AS_SAME_MS} as close
      from told i join template t on t.workspace_id = i.w and t.channel_id = i.c and t.deleted_at is null
        and (t.external_id = i.x or (i.x is null or t.external_id is null) and t.name = i.m and t.language = coalesce(i.l, t.language))),
    best as (select distinct on (w, id) * from named where later order by w, id, a desc, s collate "C" desc),
    written as (
      update template t set status = b.s, rejected_reason = b.r, status_at = b.a from best b where t.workspace_id = b.w and t.id = b.id returning t.id)
    select n.n, n.w as workspace_id, n.id, n.other and n.later as changed, n.close or count(*) over (partition by n.w, n.id) > 1 as unclear from named n`.execute(
    tx,
  );
  await writeEvents(
    tx,
    found.flatMap(({ workspace_id: workspaceId, id, changed }) =>
      changed ? [{ workspaceId, type: "template.updated", conversationId: null, subjectId: id }] : [],
    ),
  );
  const clear = new Set(found.filter((one) => !one.unclear).map(({ n }) => n));
  const channels = new Map(
    told.flatMap((s, n) =>
      clear.has(n) && !s.unclear ? [] : [[s.channelId, { workspaceId: s.workspaceId, channelId: s.channelId }]],
    ),
  );
  await deps.jobs.add(
    SYNC_JOB,
    [...channels.values()].map((data) => ({ data })),
    tx,
  );
}
