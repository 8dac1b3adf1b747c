import { type LookResult, mayRepeat } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { ApiError, notFound } from "../../platform/http/problems.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import { liftRestriction } from "../channels/index.ts";
import type { StoredFailure } from "./present.ts";

/** From which states an agent may do what. */
const ALLOWED = {
  resend: { from: ["failed", "uncertain"], to: "queued", verb: "sent again" },
  confirm: { from: ["uncertain"], to: "sent", verb: "marked as arrived" },
  cancel: { from: ["queued", "held", "failed", "uncertain"], to: "cancelled", verb: "cancelled" },
} as const;

/**
 * Sends a reply again, gives one up, or marks one as arrived whose outcome is unknown. The same twice is once.
 * @throws ApiError 409 when its state does not allow it, or when nobody has looked yet whether the customer has it
 */
export async function changeMessage(
  deps: Deps,
  workspaceId: string,
  conversationId: string,
  id: string,
  action: keyof typeof ALLOWED,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const message = await lockMessage(tx, workspaceId, conversationId, id);
    const { from, to, verb } = ALLOWED[action];
    if (message.state === to || (action === "resend" && message.state === "sending")) return;
    if (!message.client_id || !(from as readonly string[]).includes(message.state))
      throw new ApiError(409, "conflict", {
        en: `A message that is ${message.state} cannot be ${verb}.`,
        "zh-TW": `這則訊息的狀態已經改變（${message.state}），無法再這樣處理。`,
      });
    if (action === "resend") refuseBlindRepeat(message);
    await sql`
      update message set ${CHANGES[action](new Date(deps.clock()))}, state = ${to}, next_attempt_at = null
      where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
    await tellChanged(tx, workspaceId, conversationId, id);
  });
}

const CHANGES = {
  resend: (now: Date) => sql`${afresh}, after_control = null, sent_at = ${now}`,
  confirm: () => sql`failure = null, look_at = null`,
  cancel: () => sql`look_at = null`,
} satisfies Record<keyof typeof ALLOWED, (now: Date) => unknown>;

/** Of a message that begins anew: nothing is known of it. */
export const afresh = sql`attempts = 0, failure = null, called_at = null, looks = 0, looked = null, look_at = null`;

export interface ChangedMessage {
  state: string;
  way: string | null;
  client_id: string | null;
  failure: StoredFailure | null;
  looked: { result: LookResult } | null;
  look_at: Date | null;
  after_control: Date | null;
}

/** @throws ApiError 404 */
export async function lockMessage(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  id: string,
): Promise<ChangedMessage> {
  const { rows } = await sql<ChangedMessage>`
    select state, way, client_id, failure, looked, look_at, after_control from message
    where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and id = ${id} and direction = 'outbound' for update`.execute(
    tx,
  );
  if (!rows[0]) throw notFound("message");
  return rows[0];
}

/** What the customer may have is not sent again before Meta's record has been looked at. */
function refuseBlindRepeat({ state, looked, look_at: lookAt }: ChangedMessage): void {
  if (state !== "uncertain" || mayRepeat(looked, lookAt?.getTime() ?? null)) return;
  throw new ApiError(409, "outcome_pending", null, { nextAt: lookAt?.toISOString() ?? null });
}

/** After a change to a message: its conversation's line, the clients, the sender. */
export async function tellChanged(tx: Tx, workspaceId: string, conversationId: string, id: string): Promise<void> {
  await refreshTrouble(tx, workspaceId, conversationId);
  await writeEvents(tx, [{ workspaceId, type: "message.updated", conversationId, subjectId: id }]);
  await sql`select pg_notify('firstline_send', '')`.execute(tx);
}

export async function refreshTrouble(
  tx: Parameters<typeof writeEvents>[0],
  workspaceId: string,
  conversationId: string,
): Promise<void> {
  await sql`
    update conversation v set trouble_count = (select count(*) from message m where m.workspace_id = v.workspace_id and m.conversation_id = v.id and m.state in ('held', 'uncertain', 'failed')),
      last_message_id = l.id, last_message_at = l.sent_at
    from (select id, sent_at from message where workspace_id = ${workspaceId} and conversation_id = ${conversationId} order by sent_at desc, id desc limit 1) l
    where v.workspace_id = ${workspaceId} and v.id = ${conversationId}`.execute(tx);
}

/**
 * Meta's restriction is over: in one step the channel can send and what is held goes before what is written from now on. Threads
 * are locked before their channel; what came between is released as forgotten.
 */
export async function releaseAfterRestriction(deps: Deps, workspaceId: string, channelId: string): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select v.id from conversation v where v.workspace_id = ${workspaceId} and v.channel_id = ${channelId}
        and v.id in (select m.conversation_id from message m where m.workspace_id = ${workspaceId} and m.channel_id = ${channelId} and m.state = 'held' and m.after_control is null)
      order by v.id for update of v`.execute(tx);
    if (await liftRestriction(tx, deps, workspaceId, channelId))
      await releaseHeld(
        tx,
        workspaceId,
        channelId,
        rows.map((r) => r.id),
      );
  });
}

/** The channel can send again: replies written meanwhile go back to their lanes, in order, and are decided anew there (S3, S11). */
export async function releaseHeld(
  tx: Tx,
  workspaceId: string,
  channelId: string,
  conversationIds?: readonly string[],
): Promise<void> {
  const only = conversationIds ? sql`and conversation_id = any(${conversationIds}::uuid[])` : sql``;
  const { rows } = await sql<{ id: string; conversation_id: string }>`
    update message set state = 'queued', next_attempt_at = null, attempts = 0, failure = null where workspace_id = ${workspaceId} and channel_id = ${channelId} and state = 'held' and after_control is null ${only} returning id, conversation_id`.execute(
    tx,
  );
  for (const conversationId of new Set(rows.map((r) => r.conversation_id)))
    await refreshTrouble(tx, workspaceId, conversationId);
  await writeEvents(
    tx,
    rows.map((r) => ({
      workspaceId,
      type: "message.updated" as const,
      conversationId: r.conversation_id,
      subjectId: r.id,
    })),
  );
  await sql`select pg_notify('firstline_send', '')`.execute(tx);
}

/** Releases what is held although its channel can send: whoever should have done it died in between. */
export async function releaseForgotten(deps: Pick<Deps, "db">): Promise<void> {
  const { rows } = await sql<{ workspaceId: string; channelId: string }>`
    select distinct m.workspace_id as "workspaceId", m.channel_id as "channelId" from message m
    join channel c on c.workspace_id = m.workspace_id and c.id = m.channel_id and c.state in ('healthy', 'degraded')
    where m.state = 'held' and m.after_control is null`.execute(deps.db);
  for (const { workspaceId, channelId } of rows)
    await deps.db.transaction().execute((tx) => releaseHeld(tx, workspaceId, channelId));
}
