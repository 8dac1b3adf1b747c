import { channelEffect, type FaultCode, faultOf, LEAD_AD_APP, type PrivateReplyOutcome } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { type NewEvent, writeEvents } from "../../platform/outbox/index.ts";
import { canSend, restrict } from "../channels/index.ts";
import { addActivity, type ControlNote, type ConversationRow, learnControl } from "../conversations/index.ts";
import type { StoredFailure } from "./present.ts";
import { noteOnComment } from "./private-reply/send.ts";
import { notePrivateReplies, showEffects, takeBack } from "./receive/statements/index.ts";

interface Settled {
  workspace_id: string;
  id: string;
  conversation_id: string;
  /** A private reply to this comment; undefined: not known here. */
  comment_id?: string | null;
}

/** Refusals after which the window is closed by Meta's clock, whatever ours says (S8). */
const WINDOW_FAULTS: ReadonlySet<string> = new Set<FaultCode>(["window_closed"]);

/** Nobody else writes into the thread until this transaction ends: neither a batch of events nor the outcome of another send. */
export async function lockThread(
  tx: Tx,
  conversation: Pick<ConversationRow, "channel_id" | "contact_external_id">,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${conversation.channel_id + conversation.contact_external_id}, 7))`.execute(
    tx,
  );
}

/**
 * Writes what became of a send. Under the thread's lock, as receiving is, so that an echo that overtakes the answer is either
 * here already (and is joined with our message) or finds our message later by the id written here: never two bubbles.
 */
export async function settle(
  tx: Tx,
  deps: Pick<Deps, "clock" | "config" | "jobs">,
  m: Settled,
  conversation: ConversationRow,
  outcome: PrivateReplyOutcome,
  failure: StoredFailure | null,
): Promise<void> {
  await lockThread(tx, conversation);
  const events: NewEvent[] = [];
  const where = sql`workspace_id = ${m.workspace_id} and id = ${m.id}`;
  const stored = JSON.stringify(
    failure ??
      (outcome.kind === "sent" ? null : { fault: outcome.fault, code: null, subcode: null, traceId: null, raw: null }),
  );
  switch (outcome.kind) {
    case "sent": {
      const mid = outcome.externalId ?? (await echoAlike(tx, m));
      if (mid === null) {
        await sql`update message set state = 'sent', failure = null, next_attempt_at = null where ${where} and state in ('queued', 'sending')`.execute(
          tx,
        );
        break;
      }
      events.push(...(await joinEcho(tx, deps, m, conversation, mid)));
      // Reactions may have come first. Receipts are left to the echo: only it tells Meta's time of the message.
      await showEffects(tx, [{ workspaceId: m.workspace_id, channelId: conversation.channel_id, mid }]);
      break;
    }
    case "retry":
      await sql`update message set state = 'queued', failure = ${stored}::jsonb, next_attempt_at = ${new Date(deps.clock() + outcome.delayMs)} where ${where} and state = 'sending'`.execute(
        tx,
      );
      break;
    case "slowed":
      // Back in its place: a limit of the Page is no fault of the message, however often it is met.
      await sql`update message set state = 'queued', failure = ${stored}::jsonb, attempts = greatest(attempts - 1, 0), next_attempt_at = null where ${where} and state = 'sending'`.execute(
        tx,
      );
      break;
    default: {
      // The thread before its channel, as everybody locks them who writes into a thread.
      if (outcome.kind === "held")
        await sql`select 1 from conversation where workspace_id = ${m.workspace_id} and id = ${m.conversation_id} for update`.execute(
          tx,
        );
      if (channelEffect(outcome.fault) === "restricted")
        await restrict(tx, deps, m.workspace_id, conversation.channel_id, outcome.fault);
      const state =
        outcome.kind === "held" && (await canSend(tx, m.workspace_id, conversation.channel_id))
          ? "queued"
          : outcome.kind;
      // An echo may have settled it meanwhile: proof that the customer has it beats any belief that it failed.
      const lookAt = sql`coalesce(called_at, sent_at) + ${deps.config.meta.outcomeLooksMs[0] ?? 0}::float8 * interval '1 ms'`;
      await sql`update message set state = ${state}, failure = ${stored}::jsonb, next_attempt_at = null, looks = 0, looked = null,
        look_at = ${outcome.kind === "uncertain" ? lookAt : null}, after_control = ${outcome.kind === "held" ? null : sql`after_control`} where ${where} and state in ('queued', 'sending', 'held')`.execute(
        tx,
      );
      // Only a refusal by Meta teaches anything about contact or window; our own decision was made from what is known.
      if (outcome.kind === "failed" && failure?.code != null)
        events.push(...(await applyLevel(tx, deps, m, conversation, outcome.fault)));
    }
  }
  if (m.comment_id !== undefined)
    await noteOnComment(tx, deps, { ...m, comment_id: m.comment_id }, outcome, failure?.code != null);
  else if (outcome.kind === "sent") await notePrivateReplies(tx, [m.id]);
  const told = controlTold(deps, conversation, outcome, failure);
  if (told)
    await learnControl(tx, deps, {
      workspaceId: m.workspace_id,
      channelId: conversation.channel_id,
      contactExternalId: conversation.contact_external_id,
      ...told,
    });
  await sql`
    update conversation v set trouble_count = (select count(*) from message x where x.workspace_id = v.workspace_id and x.conversation_id = v.id and x.state in ('held', 'uncertain', 'failed'))
    where v.workspace_id = ${m.workspace_id} and v.id = ${m.conversation_id}`.execute(tx);
  await writeEvents(tx, [
    ...events,
    { workspaceId: m.workspace_id, type: "message.updated", conversationId: m.conversation_id, subjectId: m.id },
  ]);
  await sql`select pg_notify('firstline_send', '')`.execute(tx);
}

/**
 * What Meta's answer tells of who holds the thread. A refusal names nobody, but for a lead ad's questions; an accepted send shows
 * that nobody keeps us out any more.
 */
function controlTold(
  deps: Pick<Deps, "config">,
  conversation: ConversationRow,
  outcome: PrivateReplyOutcome,
  failure: StoredFailure | null,
): Pick<ControlNote, "kind" | "holder"> | null {
  if (outcome.kind === "sent") return conversation.held_by && { kind: "owner", holder: deps.config.meta.appId ?? "" };
  if (failure?.code == null) return null;
  if (outcome.fault === "held_by_other_app") return { kind: "refused", holder: "" };
  return outcome.fault === "automated_flow_running" ? { kind: "refused", holder: LEAD_AD_APP } : null;
}

/** It went out, but Meta does not say as which message: an echo that came before with the same text, which nobody's id claims. */
async function echoAlike(tx: Tx, m: Settled): Promise<string | null> {
  const { rows } = await sql<{ external_id: string }>`
    select e.external_id from message m join message e on e.workspace_id = m.workspace_id and e.conversation_id = m.conversation_id
    where m.workspace_id = ${m.workspace_id} and m.id = ${m.id} and m.external_id is null and e.direction = 'outbound' and e.client_id is null and e.text = m.text
      and (e.source_app_id is null or e.source_app_id = m.source_app_id) and e.sent_at between m.sent_at - interval '10 minutes' and now() + interval '10 minutes'
    order by e.sent_at limit 1`.execute(tx);
  return rows[0]?.external_id ?? null;
}

/** Sent: takes over what an echo, stored as somebody else's message because it came first, already knew. */
async function joinEcho(
  tx: Tx,
  deps: Pick<Deps, "clock">,
  m: Settled,
  conversation: ConversationRow,
  externalId: string,
): Promise<NewEvent[]> {
  const { rows } = await sql<{ id: string; sent_at: Date; state: string; guessed: boolean }>`
    select id, sent_at, state, client_id is not null as guessed from message where workspace_id = ${m.workspace_id} and channel_id = ${conversation.channel_id} and external_id = ${externalId} and id <> ${m.id} for update`.execute(
    tx,
  );
  const echo = rows[0];
  // Meta's answer is proof: another reply of ours has this id by its text alone.
  if (echo?.guessed) {
    await takeBack(tx, m.workspace_id, [echo.id], deps.clock());
    const { workspace_id: workspaceId, conversation_id: conversationId } = m;
    return [
      { workspaceId, type: "message.updated", conversationId, subjectId: echo.id },
      ...(await joinEcho(tx, deps, m, conversation, externalId)),
    ];
  }
  if (echo) {
    await sql`delete from attachment where workspace_id = ${m.workspace_id} and message_id = ${echo.id}`.execute(tx);
    await sql`update conversation set last_message_id = ${m.id} where workspace_id = ${m.workspace_id} and last_message_id = ${echo.id}`.execute(
      tx,
    );
    await sql`delete from message where workspace_id = ${m.workspace_id} and id = ${echo.id}`.execute(tx);
  }
  await sql`
    update message set external_id = ${externalId}, failure = null, next_attempt_at = null, sent_at = coalesce(${echo?.sent_at ?? null}::timestamptz, sent_at),
      state = case when state in ('delivered', 'read') then state else ${echo?.state ?? "sent"} end
    where workspace_id = ${m.workspace_id} and id = ${m.id}`.execute(tx);
  return [];
}

/** A fault of the contact or the thread is shown there, not only on the bubble; the channel's faults are its own matter. */
async function applyLevel(
  tx: Tx,
  deps: Pick<Deps, "clock">,
  m: Settled,
  conversation: ConversationRow,
  fault: FaultCode,
): Promise<NewEvent[]> {
  const { level } = faultOf(fault);
  const now = new Date(deps.clock());
  if (fault === "human_agent_not_approved") {
    await sql`update channel set human_agent_refused_at = ${now} where workspace_id = ${m.workspace_id} and id = ${conversation.channel_id}`.execute(
      tx,
    );
    return [
      {
        workspaceId: m.workspace_id,
        type: "channel.updated",
        conversationId: null,
        subjectId: conversation.channel_id,
      },
    ];
  }
  if (level === "contact") {
    await sql`update contact set cannot_receive_since = coalesce(cannot_receive_since, ${now}) where workspace_id = ${m.workspace_id} and id = ${conversation.contact_id}`.execute(
      tx,
    );
    return [
      {
        workspaceId: m.workspace_id,
        type: "contact.updated",
        conversationId: m.conversation_id,
        subjectId: conversation.contact_id,
      },
    ];
  }
  if (WINDOW_FAULTS.has(fault) && (conversation.qualifying_at?.getTime() ?? 0) > deps.clock() - 7 * 86_400_000) {
    // Not before the customer's own action, should our clock lag behind Meta's: only what they do next opens it again.
    await sql`update conversation set window_corrected_at = greatest(${now}, qualifying_at) where workspace_id = ${m.workspace_id} and id = ${m.conversation_id}`.execute(
      tx,
    );
    await addActivity(tx, {
      workspaceId: m.workspace_id,
      conversationId: m.conversation_id,
      kind: "window_corrected",
      memberId: null,
    });
  }
  return [];
}
