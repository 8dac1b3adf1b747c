import { type IncidentWords, SAME_INCIDENT_MS } from "@firstline/core";
import { type RawBuilder, sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import type { Locale } from "../../platform/http/problems.ts";
import { duration } from "./duration.ts";
import { type AlertWords, tell } from "./tell.ts";

const AT_ONCE = 50;

interface Row {
  workspace_id: string;
  id: string;
  channel_id: string | null;
  severity: "critical" | "warning";
  told_as: "critical" | "warning" | null;
  words: Record<Locale, IncidentWords>;
  since: Date;
  until: Date | null;
}

/**
 * Tells of incidents that opened and of those that have been over for an hour. It reads rows, not changes: whatever happened to
 * this process or another, the next pass sees what is still to be told. One that was over before anybody was told is never told.
 */
export async function followIncidents(deps: Pick<Deps, "db" | "clock" | "config">): Promise<void> {
  const quiet = new Date(deps.clock() - SAME_INCIDENT_MS);
  const newOrWorse = sql`until is null and (opening_told_as is null or (opening_told_as = 'warning' and severity = 'critical'))`;
  await eachOf(deps, newOrWorse, opened);
  await eachOf(deps, sql`until < ${quiet}`, ended);
}

/** Rows are claimed, told and marked in one transaction; two processes at once share them. */
async function eachOf(
  deps: Pick<Deps, "db" | "clock" | "config">,
  which: RawBuilder<unknown>,
  write: (tx: Tx, deps: Pick<Deps, "clock" | "config">, row: Row) => Promise<void>,
): Promise<void> {
  let rows: Row[];
  do {
    rows = await deps.db.transaction().execute(async (tx) => {
      const { rows: claimed } = await sql<Row>`
        select workspace_id, id, channel_id, severity, opening_told_as as told_as, words, since, until from incident
        where confirmed_at is not null and ending_told_at is null and ${which} order by since limit ${AT_ONCE} for update skip locked`.execute(
        tx,
      );
      for (const row of claimed) await write(tx, deps, row);
      return claimed;
    });
  } while (rows.length === AT_ONCE);
}

async function opened(tx: Tx, deps: Pick<Deps, "clock" | "config">, row: Row): Promise<void> {
  const { id, severity, told_as: before } = row;
  await tell(tx, deps, {
    ...about(row),
    // Who wants everything knows of it already.
    key: before ? `incident:${id}:worse` : `incident:${id}:opened`,
    onlyCriticalChoice: before !== null,
    kind: "opened",
    severity,
    words: each((locale) => {
      const { title, evidence, fix } = row.words[locale];
      return { title, text: evidence, fix };
    }),
    at: row.since.getTime(),
  });
  await sql`
    update incident set opening_told_as = ${severity}, opening_told_at = coalesce(opening_told_at, ${new Date(deps.clock())})
    where workspace_id = ${row.workspace_id} and id = ${id}`.execute(tx);
}

async function ended(tx: Tx, deps: Pick<Deps, "clock" | "config">, row: Row): Promise<void> {
  const until = row.until!;
  if (row.told_as)
    await tell(tx, deps, {
      ...about(row),
      key: `incident:${row.id}:ended`,
      kind: "ended",
      severity: row.told_as,
      words: each((locale) => endWords(locale, row.words[locale].title, until.getTime() - row.since.getTime())),
      at: until.getTime(),
    });
  await sql`
    update incident set ending_told_at = ${new Date(deps.clock())} where workspace_id = ${row.workspace_id} and id = ${row.id}`.execute(
    tx,
  );
}

const about = ({ workspace_id, id, channel_id }: Row) => ({
  workspaceId: workspace_id,
  incidentId: id,
  channelId: channel_id,
  // What all channels of a platform share is the app's, and only administrators can mend it.
  audience: channel_id === null ? ("administrators" as const) : ("everybody" as const),
});

const each = (say: (locale: Locale) => AlertWords) => ({ en: say("en"), "zh-TW": say("zh-TW") });

function endWords(locale: Locale, title: string, lasted: number): AlertWords {
  const long = duration(lasted, locale);
  return locale === "zh-TW"
    ? { title: `已結束：${title}`, text: `持續了 ${long}，之後一小時內沒有再發生。`, fix: "" }
    : { title: `Over: ${title}`, text: `It lasted ${long} and has not come back for an hour.`, fix: "" };
}
