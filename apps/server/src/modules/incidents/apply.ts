import { decideIncidents, type IncidentStep, type Judgement, type KnownIncident } from "@firstline/core";
import { sql } from "kysely";
import type { Tx } from "../../platform/db/pool.ts";
import { writeEvents } from "../../platform/outbox/index.ts";

/** What an incident is about: a channel, or the app behind all channels of a platform (`channelId` null). */
export interface Subject {
  workspaceId: string;
  subject: string;
  channelId: string | null;
}

interface Known extends KnownIncident {
  words: Judgement["words"];
  owner: string;
}

/** One writer per workspace: two looks at once must not both open. Held until the transaction ends. */
export async function lockIncidents(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('incident'), hashtext(${workspaceId}))`.execute(tx);
}

/**
 * Writes what a look found, with the events of what changed. The caller holds {@link lockIncidents}.
 * @param since when it really began, where that is known (ms); otherwise it began with the first look
 */
export async function applyLook(
  tx: Tx,
  about: Subject,
  judgements: readonly Judgement[],
  now: number,
  since: Partial<Record<Judgement["code"], number>> = {},
): Promise<void> {
  const known = await knownOf(
    tx,
    about,
    judgements.map((j) => j.code),
  );
  const told: string[] = [];
  for (const step of decideIncidents(known, judgements, now)) {
    const before = "id" in step ? known.find((k) => k.id === step.id) : undefined;
    if (step.kind === "refresh" && before && isSame(before, step.judgement)) continue;
    const id = await write(tx, about, step, now, since);
    if (id) told.push(id);
  }
  await writeEvents(
    tx,
    told.map((id) => ({
      workspaceId: about.workspaceId,
      type: "incident.updated",
      conversationId: null,
      subjectId: id,
    })),
  );
}

async function knownOf(tx: Tx, { workspaceId, subject }: Subject, codes: readonly string[]): Promise<Known[]> {
  const { rows } = await sql<{
    id: string;
    code: Known["code"];
    severity: Known["severity"];
    owner: string;
    words: Known["words"];
    since: Date;
    confirmed_at: Date | null;
    until: Date | null;
  }>`
    select distinct on (code) id, code, severity, owner, words, since, confirmed_at, until from incident
    where workspace_id = ${workspaceId} and subject = ${subject} and code = any(${codes}::text[])
    order by code, (until is null) desc, until desc`.execute(tx);
  return rows.map((r) => ({
    ...r,
    phase: r.until !== null ? "closed" : r.confirmed_at === null ? "seen" : "open",
    since: r.since.getTime(),
    until: r.until?.getTime() ?? null,
  }));
}

const isSame = (before: Known, { severity, owner, words }: Judgement): boolean =>
  before.severity === severity &&
  before.owner === owner &&
  (["en", "zh-TW"] as const).every((locale) =>
    (["title", "evidence", "fix"] as const).every((part) => before.words[locale][part] === words[locale][part]),
  );

/** Gives the id of what people are to be shown anew; null: nobody knows of it. */
async function write(
  tx: Tx,
  { workspaceId, subject, channelId }: Subject,
  step: IncidentStep,
  at: number,
  since: Partial<Record<Judgement["code"], number>>,
): Promise<string | null> {
  const now = new Date(at);
  switch (step.kind) {
    case "see":
    case "open": {
      const { code, severity, owner, words } = step.judgement;
      const { rows } = await sql<{ id: string }>`
        insert into incident (workspace_id, subject, channel_id, code, severity, owner, words, since, confirmed_at)
        values (${workspaceId}, ${subject}, ${channelId}, ${code}, ${severity}, ${owner}, ${JSON.stringify(words)}::jsonb,
          ${new Date(since[code] ?? at)}, ${step.kind === "open" ? now : null}) returning id`.execute(tx);
      return step.kind === "open" ? rows[0]!.id : null;
    }
    case "confirm":
    case "reopen":
    case "refresh": {
      const { severity, owner, words } = step.judgement;
      const again =
        step.kind === "reopen" ? sql`, reopened = reopened + 1, acknowledged_at = null, acknowledged_by = null` : sql``;
      await sql`
        update incident set severity = ${severity}, owner = ${owner}, words = ${JSON.stringify(words)}::jsonb, until = null,
          confirmed_at = coalesce(confirmed_at, ${now}) ${again}
        where workspace_id = ${workspaceId} and id = ${step.id}`.execute(tx);
      return step.id;
    }
    case "close":
      await sql`update incident set until = ${now} where workspace_id = ${workspaceId} and id = ${step.id}`.execute(tx);
      return step.id;
    case "forget":
      await sql`delete from incident where workspace_id = ${workspaceId} and id = ${step.id}`.execute(tx);
      return null;
  }
}
