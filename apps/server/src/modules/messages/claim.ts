import { currentWay, decideReply, decideTemplate, type FaultCode, type TemplateDecision } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { dueProbes } from "../channels/index.ts";
import { type ConversationRow, conversationsById, replyFacts } from "../conversations/index.ts";
import type { StoredTemplate } from "../templates/index.ts";
import { mayGo, takeTurns } from "./pace.ts";
import { decideReplyToComment } from "./private-reply/send.ts";
import { settle } from "./settle.ts";

/** Longer than any call may take: what is still `sending` after it was left by a process that died. */
export const LEASE_MS = 150_000;

export interface Claimed {
  workspace_id: string;
  id: string;
  conversation_id: string;
  channel_id: string;
  text: string | null;
  kind: string;
  source_kind: string;
  reply_to: string | null;
  attempts: number;
  /** A private reply to this comment. */
  comment_id: string | null;
  template: StoredTemplate | null;
}

export interface Sending extends Claimed {
  conversation: ConversationRow;
  way: "reply" | "human_agent" | "utility_template" | "private_reply";
  /** Its Page, or the app, reached a limit of Meta's before. */
  slowed: boolean;
  /** Sent to learn whether Meta's restriction of the Page is over. */
  probe: boolean;
}

export const CLAIMED = sql.raw(
  "m.workspace_id, m.id, m.conversation_id, m.channel_id, m.text, m.kind, m.source_kind, m.reply_to, m.attempts, m.comment_id, m.template",
);

/**
 * One lane per conversation: the oldest waiting message whose thread has none in flight and none waiting before it, nor one that is
 * held and about to be released. One whose outcome is unknown holds up nobody: when it is settled nobody knows.
 */
async function claim(tx: Tx, deps: Deps, now: Date, limit: number): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    select ${CLAIMED} from message m join channel c on c.workspace_id = m.workspace_id and c.id = m.channel_id
    left join send_pace p on p.workspace_id = m.workspace_id and p.channel_id = m.channel_id
    where m.state = 'queued' and (m.next_attempt_at is null or m.next_attempt_at <= ${now})
      and not exists (select 1 from message e where e.workspace_id = m.workspace_id and e.conversation_id = m.conversation_id
        and (e.state = 'sending' or (e.sent_at, e.id) < (m.sent_at, m.id) and (e.state = 'queued' or e.state = 'held' and e.after_control is null and c.state in ('healthy', 'degraded'))))
      and ${mayGo(deps, now)}
    order by m.sent_at limit ${limit} for update of m skip locked`.execute(tx);
  return rows;
}

/**
 * Decides a second time, at the moment of sending, and commits `sending` before anything leaves. Gives what is to be called now,
 * and after how many ms more may go.
 */
export function take(deps: Deps, limit: number): Promise<{ ready: Sending[]; nextMs: number[]; settled: number }> {
  const now = deps.clock();
  return deps.db.transaction().execute(async (tx) => {
    const claimed = await claim(tx, deps, new Date(now), limit);
    const wanted: Omit<Sending, "slowed">[] = [];
    for (const m of claimed) {
      const [conversation] = await conversationsById(tx, m.workspace_id, [m.conversation_id]);
      const decided = await decide(tx, deps, m, conversation!, now);
      if (typeof decided === "string") wanted.push({ ...m, conversation: conversation!, way: decided, probe: false });
      else await settle(tx, deps, m, conversation!, decided, null);
    }
    const { ready, nextMs } = await takeTurns(tx, deps, wanted);
    for (const m of ready) await begin(tx, m, now);
    return { ready, nextMs, settled: claimed.length - wanted.length };
  });
}

/**
 * One message of each restricted channel whose time for a try has come: the oldest held one that could still go; those before it
 * that could not have failed. It is no faster than any other, for a try comes once in half an hour at most.
 */
export function takeProbes(deps: Deps): Promise<Sending[]> {
  const now = deps.clock();
  return deps.db.transaction().execute(async (tx) => {
    const ready: Sending[] = [];
    for (const { workspaceId, channelId } of await dueProbes(tx, now, mayGo(deps, new Date(now)))) {
      const { rows } = await sql<Claimed>`
        select ${CLAIMED} from message m where m.workspace_id = ${workspaceId} and m.channel_id = ${channelId} and m.state = 'held' and m.after_control is null
          and not exists (select 1 from message e where e.workspace_id = m.workspace_id and e.conversation_id = m.conversation_id
            and (e.state = 'sending' or e.state = 'queued' and (e.sent_at, e.id) < (m.sent_at, m.id)))
        order by m.sent_at, m.id limit ${PROBE_AMONG} for update skip locked`.execute(tx);
      for (const m of rows) {
        const [conversation] = await conversationsById(tx, workspaceId, [m.conversation_id]);
        const decided = await decide(tx, deps, m, { ...conversation!, channel_state: "healthy" }, now);
        if (typeof decided !== "string") {
          // Nothing to wait for: it could not go without the restriction either.
          if (decided.kind === "failed") await settle(tx, deps, m, conversation!, decided, null);
          continue;
        }
        const probe = { ...m, conversation: conversation!, way: decided, slowed: false, probe: true };
        await begin(tx, probe, now);
        ready.push(probe);
        break;
      }
    }
    return ready;
  });
}

/** Replies looked at for one that could still go. */
const PROBE_AMONG = 50;

/** Their call begins only when their files are at Meta ({@link "./lease.ts"}). */
const WITH_FILES = new Set(["image", "audio", "video", "file"]);

/** When the call began is committed before it does: what Meta's record holds from then on may be it. */
async function begin(tx: Tx, m: Sending, now: number): Promise<void> {
  m.attempts++;
  await sql`update message set state = 'sending', way = ${m.way}, attempts = ${m.attempts}, called_at = ${WITH_FILES.has(m.kind) ? null : new Date(now)}, next_attempt_at = ${new Date(now + LEASE_MS)} where workspace_id = ${m.workspace_id} and id = ${m.id}`.execute(
    tx,
  );
}

type Refused = { kind: "held" | "failed"; fault: FaultCode };

/** The way a message takes, or why it takes none. */
async function decide(
  tx: Tx,
  deps: Deps,
  m: Claimed,
  conversation: ConversationRow,
  now: number,
): Promise<Sending["way"] | Refused> {
  const facts = replyFacts(conversation, deps.config.meta, authorOf(m.source_kind));
  if (m.comment_id !== null) return decideReplyToComment(tx, m, facts, now);
  // A reply that Meta put off for a lead ad's questions is tried again as announced: only Meta knows when they end.
  const putOff = m.attempts > 0 && facts.heldBy?.kind === "lead_ad_flow";
  const present = putOff ? { ...facts, heldBy: null } : facts;
  if (m.template !== null) return templateWay(decideTemplate(present, now));
  const decision = decideReply(present, now);
  const way = currentWay(decision, now);
  if (decision.holds) return { kind: "held", fault: decision.reasons[0] ?? "channel_needs_reauthorization" };
  if (decision.state === "blocked" || decision.state === "closed" || !way)
    return { kind: "failed", fault: decision.reasons[0] ?? "window_closed" };
  return way;
}

function templateWay(decision: TemplateDecision): "utility_template" | Refused {
  if (decision.state === "open") return "utility_template";
  return { kind: decision.holds ? "held" : "failed", fault: decision.reasons[0] ?? "way_not_available" };
}

const authorOf = (sourceKind: string) =>
  sourceKind === "agent" ? "person" : sourceKind === "automation" ? "automation" : "api";
