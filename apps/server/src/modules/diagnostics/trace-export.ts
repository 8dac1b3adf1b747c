import type { TraceExport } from "@firstline/contracts";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Q } from "../../platform/db/pool.ts";
import { scrub } from "../../platform/log/index.ts";
import { VERSION } from "../../version.ts";
import type { ChannelsModule } from "../channels/index.ts";
import { presentBody } from "../ingestion/index.ts";
import type { TraceRun } from "./trace.ts";

/** A trace as one file for a report to Meta: ids, exact deliveries, send attempts with Meta's trace ids. No token, no secret. */
export async function exportTrace(
  deps: Deps,
  channels: ChannelsModule,
  workspaceId: string,
  contactExternalId: string,
  run: TraceRun,
): Promise<TraceExport> {
  const channel = await channels.row(workspaceId, run.trace.channelId);
  const { conversationId = null } = run.trace.contact ?? {};
  return {
    format: "firstline-trace/1",
    madeAt: new Date(deps.clock()).toISOString(),
    server: { version: VERSION, graphVersion: deps.config.meta.version, appId: deps.config.meta.appId },
    channel: {
      platform: channel.platform,
      externalId: channel.external_id,
      pageId: channel.page_id,
      name: channel.name,
    },
    contactExternalId,
    trace: run.trace,
    messages: run.kept.messages.map((m) => ({
      externalId: m.externalId,
      direction: m.direction,
      kind: m.kind,
      sentAt: new Date(m.sentAt).toISOString(),
      arrivedAt: new Date(m.arrivedAt).toISOString(),
      recovered: m.recovered,
      standby: m.standby,
      deliveryId: m.deliveryId,
    })),
    deliveries: run.deliveries.map((d) => ({
      id: d.id,
      receivedAt: d.receivedAt.toISOString(),
      state: d.state,
      error: d.error,
      headers: d.headers,
      ...presentBody(d.body),
    })),
    sends: conversationId ? await readSends(deps.db, workspaceId, conversationId, run.trace) : [],
  };
}

const MOST_SENDS = 200;

async function readSends(
  q: Q,
  workspaceId: string,
  conversationId: string,
  { from, to }: { from: string; to: string },
): Promise<TraceExport["sends"]> {
  const { rows } = await sql<{
    external_id: string | null;
    started_at: Date;
    finished_at: Date | null;
    http_status: number | null;
    code: number | null;
    subcode: number | null;
    trace_id: string | null;
    outcome: string | null;
    raw: string | null;
  }>`
    select m.external_id, a.started_at, a.finished_at, a.http_status, a.code, a.subcode, a.trace_id, a.outcome, a.raw
    from message m join send_attempt a on a.workspace_id = m.workspace_id and a.message_id = m.id
    where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} and m.direction = 'outbound'
      and a.started_at >= ${from}::timestamptz - interval '1 day' and a.started_at < ${to}::timestamptz + interval '1 day'
      and m.sent_at >= ${from}::timestamptz - interval '8 days' and m.sent_at < ${to}::timestamptz + interval '1 day'
    order by a.started_at limit ${MOST_SENDS}`.execute(q);
  return rows.map((r) => ({
    externalId: r.external_id,
    startedAt: r.started_at.toISOString(),
    finishedAt: r.finished_at?.toISOString() ?? null,
    httpStatus: r.http_status,
    code: r.code,
    subcode: r.subcode,
    traceId: r.trace_id,
    outcome: r.outcome,
    answer: r.raw === null ? null : scrub(r.raw),
  }));
}
