import type { Erasure } from "@firstline/contracts";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import { lockThreads } from "../conversations/index.ts";
import { ERASE_JOB, type EraseWork, eraseRows } from "./erase-contact.ts";
import { eraseMessages } from "./erase-messages.ts";
import { redactDeliveries } from "./redact-deliveries.ts";

interface Running {
  workspace_id: string;
  id: string;
  channel_id: string;
  asked_at: Date;
  work: EraseWork;
}

const DAY_MS = 86_400_000;
/** A call to Meta that had begun has ended after this, and what came of it is written. */
const CALLS_END_SECONDS = 180;
/** The search index's follower writes under this lock. */
const SEARCH_LOCK = 7_203_411;

/** The steps of deleting a person that follow the rows. Each can be broken off and repeated. */
export function eraseSteps(deps: Deps): void {
  deps.jobs.define<{ workspaceId: string; id: string }>(ERASE_JOB, { retryLimit: 12 }, ({ workspaceId, id }) =>
    finishErasure(deps, workspaceId, id),
  );
  // Those whose job was given up, after days of a full disk, say.
  deps.jobs.define("privacy.erase-unfinished", { retryLimit: 0, schedule: "11 * * * *" }, async () => {
    const { rows } = await sql<{ workspaceId: string; id: string }>`
      select workspace_id as "workspaceId", id from erasure where done_at is null and asked_at < now() - interval '1 hour'`.execute(
      deps.db,
    );
    for (const { workspaceId, id } of rows) await finishErasure(deps, workspaceId, id);
  });
  // What came of a deleted person since and makes no contact: that they read an older message, who holds their thread.
  deps.jobs.define("privacy.traces", { retryLimit: 2, schedule: "47 2 * * *" }, () => forgetMarks(deps, deps.clock()));
}

/**
 * Deletes receipts, lines and evidence of people who were deleted and have not written since; and edits that found no message in a
 * day, of channels where somebody was deleted: an edit does not say whose it is.
 */
export async function forgetMarks(deps: Pick<Deps, "db">, now = Date.now()): Promise<void> {
  await sql`
    delete from message_effect t where t.kind = 'edit' and t.at < ${new Date(now - DAY_MS)}
      and exists (select from erasure e where e.workspace_id = t.workspace_id and e.channel_id = t.channel_id)
      and not exists (select from message m where m.workspace_id = t.workspace_id and m.channel_id = t.channel_id and m.external_id = t.external_id)`.execute(
    deps.db,
  );
  for (const table of ["thread_mark", "thread_event", "control_evidence"] as const)
    await sql`
      delete from ${sql.table(table)} t where not exists (
          select from contact c where c.workspace_id = t.workspace_id and c.channel_id = t.channel_id and c.external_id = t.contact_external_id)
        and exists (select from erasure e where e.workspace_id = t.workspace_id
          and e.person @> array[sha256(convert_to(t.workspace_id || '|' || t.channel_id || '|' || t.contact_external_id, 'UTF8'))])`.execute(
      deps.db,
    );
}

/** Does what is left of an erasure; nothing for one that is done. */
export async function finishErasure(
  deps: Pick<Deps, "db" | "blobs" | "jobs">,
  workspaceId: string,
  id: string,
): Promise<void> {
  const { rows } = await sql<Running>`
    select workspace_id, id, channel_id, asked_at, work from erasure where workspace_id = ${workspaceId} and id = ${id} and done_at is null`.execute(
    deps.db,
  );
  const running = rows[0];
  if (!running) return;
  await redactDeliveries(deps.db, running);
  const work = await eraseWhatCameMeanwhile(deps, running);
  for (const key of work.files) await deps.blobs.remove(key);
  for (const contactId of work.contactIds) await deps.blobs.removeFolder(`${workspaceId}/contacts/${contactId}`);
  await forgetTraces(deps, running, work);
  const { rows: ended } = await sql`
    update erasure set done_at = clock_timestamp(), work = null where workspace_id = ${workspaceId} and id = ${id}
      and (${work.sending.length === 0} or asked_at < clock_timestamp() - ${CALLS_END_SECONDS} * interval '1 second') returning id`.execute(
    deps.db,
  );
  if (ended.length === 0)
    await deps.jobs.add(ERASE_JOB, [{ data: { workspaceId, id }, startAfterSeconds: CALLS_END_SECONDS }]);
}

/** What had been delivered before and was worked off after the rows were deleted. What the person wrote since then stays. */
async function eraseWhatCameMeanwhile(deps: Pick<Deps, "db">, running: Running): Promise<EraseWork> {
  const { workspace_id: workspaceId, channel_id: channelId, asked_at: askedAt, work } = running;
  return deps.db.transaction().execute(async (tx) => {
    await lockThreads(
      tx,
      work.people.map((contactExternalId) => ({ channelId, contactExternalId })),
    );
    const { rows } = await sql<{ id: string; later: boolean }>`
      select c.id, exists (select from conversation v join message m on m.workspace_id = v.workspace_id and m.conversation_id = v.id
        where v.workspace_id = c.workspace_id and v.contact_id = c.id and m.arrived_at > ${askedAt} and m.sent_at > ${askedAt}) as later
      from contact c where c.workspace_id = ${workspaceId} and c.channel_id = ${channelId} and c.external_id = any(${work.people}::text[])`.execute(
      tx,
    );
    const all: EraseWork = { ...work, contactIds: [...work.contactIds], conversationIds: [...work.conversationIds] };
    let messages = 0;
    for (const { id, later } of rows) {
      if (later) {
        const old = sql`(m.arrived_at <= ${askedAt} or m.sent_at <= ${askedAt}) and m.conversation_id in (select v.id from conversation v where v.workspace_id = ${workspaceId} and v.contact_id = ${id})`;
        const erased = await eraseMessages(tx, workspaceId, old);
        all.files = [...all.files, ...erased.files];
        messages += erased.count;
        continue;
      }
      const erased = await eraseRows(tx, { workspaceId, channelId, contactId: id, people: work.people });
      all.files = [...all.files, ...erased.work.files];
      all.contactIds.push(id);
      all.conversationIds.push(...erased.work.conversationIds);
      messages += erased.counts.messages;
    }
    const more = { messages } satisfies Partial<Erasure["counts"]>;
    await sql`
      update erasure set work = ${JSON.stringify(all)}::jsonb, counts = jsonb_set(counts, '{messages}', to_jsonb((counts->>'messages')::int + ${more.messages}::int))
      where workspace_id = ${workspaceId} and id = ${running.id}`.execute(tx);
    return all;
  });
}

/** Rows written beside the deletion by what had begun before it, and jobs that name the person. */
async function forgetTraces(deps: Pick<Deps, "db">, running: Running, work: EraseWork): Promise<void> {
  const { workspace_id: workspaceId, channel_id: channelId } = running;
  await deps.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${SEARCH_LOCK})`.execute(tx);
    await sql`delete from search_entry where workspace_id = ${workspaceId} and conversation_id = any(${work.conversationIds}::uuid[])`.execute(
      tx,
    );
  });
  await sql`delete from send_attempt where workspace_id = ${workspaceId} and message_id = any(${work.sending}::uuid[])`.execute(
    deps.db,
  );
  await sql`
    delete from control_evidence where workspace_id = ${workspaceId} and channel_id = ${channelId} and contact_external_id = any(${work.people}::text[]) and at <= ${running.asked_at}
      and not exists (select from contact c where c.workspace_id = ${workspaceId} and c.channel_id = ${channelId} and c.external_id = contact_external_id)`.execute(
    deps.db,
  );
  const names = [...work.people, ...work.contactIds, ...work.conversationIds];
  await sql`
    delete from pgboss.job j where j.created_on <= ${running.asked_at} and exists (
      select from unnest(${names}::text[]) n where position(n in coalesce(j.data::text, '') || coalesce(j.output::text, '')) > 0)`.execute(
    deps.db,
  );
}
