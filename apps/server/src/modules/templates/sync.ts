import { isDeepStrictEqual } from "node:util";
import type { FaultCode } from "@firstline/core";
import { sql } from "kysely";
import { adapterFor } from "../../adapters/index.ts";
import type { TemplateAdapter, ToldTemplate } from "../../adapters/templates.ts";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { ChannelRow, ChannelsModule } from "../channels/index.ts";
import { ask } from "./meta.ts";
import { type TemplateRow, templatesOf } from "./rows.ts";

const MOST_PAGES = 50; // of 100 templates each

/**
 * Reads all templates of a channel from Meta and makes our rows say the same. Meta's present word wins, except over one that came by
 * webhook while the list was being read. Gives why Meta did not tell; null: it did.
 */
export async function syncTemplates(
  deps: Pick<Deps, "db" | "clock">,
  channels: ChannelsModule,
  workspaceId: string,
  channelId: string,
): Promise<FaultCode | null> {
  const channel = await channels.row(workspaceId, channelId);
  const { templates: adapter } = adapterFor(channel.platform);
  if (!adapter) return "way_not_available";
  const started = deps.clock();
  const before = new Map((await templatesOf(deps.db, workspaceId, channelId)).map((row) => [row.id, row]));
  const told = await readAll(channels, workspaceId, channel, adapter);
  const fault = "fault" in told ? told.fault : null;
  await deps.db.transaction().execute(async (tx) => {
    await sql`
      update channel set templates_read_at = case when ${fault === null} then ${new Date(started)} else templates_read_at end, templates_fault = ${fault}
      where workspace_id = ${workspaceId} and id = ${channelId}`.execute(tx);
    if ("all" in told) await write(tx, { workspaceId, channelId, started, before }, told);
  });
  return fault;
}

async function readAll(
  channels: ChannelsModule,
  workspaceId: string,
  channel: ChannelRow,
  adapter: TemplateAdapter,
): Promise<ToldList | { fault: FaultCode }> {
  const all: ToldTemplate[] = [];
  let plain = false;
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await ask(channels, workspaceId, channel, adapter.buildList(channel.page_id, { after, plain }));
    if ("fault" in answer) {
      // An older or newer version of the API may not know all members.
      if (answer.fault !== "request_rejected" || plain) return { fault: answer.fault };
      plain = true;
      continue;
    }
    const list = adapter.readList(answer.body);
    if (list === null) return { fault: "unknown_meta_error" };
    all.push(...list.templates);
    after = list.next;
    if (after === null) return { all, complete: true };
  }
  return { all, complete: false };
}

interface ToldList {
  all: ToldTemplate[];
  /** Read to its end: what is not in it is gone. */
  complete: boolean;
}

interface Reading {
  workspaceId: string;
  channelId: string;
  /** ms. */
  started: number;
  /** Our rows before Meta was asked. */
  before: ReadonlyMap<string, TemplateRow>;
}

async function write(tx: Tx, reading: Reading, { all, complete }: ToldList): Promise<void> {
  const { workspaceId, channelId } = reading;
  await sql`select 1 from template where workspace_id = ${workspaceId} and channel_id = ${channelId} and deleted_at is null order by id for update`.execute(
    tx,
  );
  const rows = await templatesOf(tx, workspaceId, channelId);
  const kept = new Set<string>();
  const changed: string[] = [];
  for (const told of all) {
    const row =
      rows.find((r) => r.external_id === told.externalId) ??
      rows.find((r) => r.external_id === null && r.name === told.name && r.language === told.language);
    if (!row) continue;
    kept.add(row.id);
    if (await renew(tx, reading, row, told)) changed.push(row.id);
  }
  // One that was made while Meta was being asked cannot be in the answer.
  for (const row of rows.filter((r) => complete && !kept.has(r.id) && reading.before.has(r.id))) {
    await markDeleted(tx, workspaceId, row.id, reading.started);
    changed.push(row.id);
  }
  // One that was known and is not now has been deleted while Meta was being asked.
  const known = new Set([...rows, ...reading.before.values()].map((r) => r.external_id));
  for (const told of all.filter((t) => !known.has(t.externalId))) {
    const id = await insert(tx, reading, told);
    if (id) changed.push(id);
  }
  await writeEvents(
    tx,
    changed.map((id) => ({ workspaceId, type: "template.updated", conversationId: null, subjectId: id })),
  );
}

async function renew(tx: Tx, reading: Reading, row: TemplateRow, told: ToldTemplate): Promise<boolean> {
  const untouched = reading.before.get(row.id)?.status_at.getTime() === row.status_at.getTime();
  const newWord = untouched && (row.status !== told.status || row.rejected_reason !== told.rejectedReason);
  const sameText = isDeepStrictEqual(row.components, told.components) && row.external_id === told.externalId;
  if (!newWord && sameText) return false;
  const { status, rejectedReason } = newWord ? told : { status: row.status, rejectedReason: row.rejected_reason };
  // Later than before even where our clock lags behind Meta's: whoever is reading at the same time sees that it was changed.
  const at = newWord ? Math.max(reading.started, row.status_at.getTime() + 1) : row.status_at.getTime();
  await sql`
    update template set external_id = ${told.externalId}, components = ${JSON.stringify(told.components)}::jsonb, parameter_format = ${told.parameterFormat},
      status = ${status}, rejected_reason = ${rejectedReason}, status_at = ${new Date(at)}
    where workspace_id = ${reading.workspaceId} and id = ${row.id}`.execute(tx);
  return true;
}

/** A name may be free again: the older template of it is gone then. */
async function insert(tx: Tx, reading: Reading, told: ToldTemplate): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into template (workspace_id, channel_id, external_id, name, language, parameter_format, components, status, rejected_reason, library_name, created_at, status_at)
    values (${reading.workspaceId}, ${reading.channelId}, ${told.externalId}, ${told.name}, ${told.language}, ${told.parameterFormat}, ${JSON.stringify(told.components)}::jsonb,
      ${told.status}, ${told.rejectedReason}, ${told.libraryName}, ${new Date(told.createdAt ?? reading.started)}, ${new Date(reading.started)})
    on conflict do nothing returning id`.execute(tx);
  return rows[0]?.id ?? null;
}

export async function markDeleted(tx: Tx, workspaceId: string, id: string, at: number): Promise<void> {
  await sql`update template set deleted_at = ${new Date(at)} where workspace_id = ${workspaceId} and id = ${id} and deleted_at is null`.execute(
    tx,
  );
}
