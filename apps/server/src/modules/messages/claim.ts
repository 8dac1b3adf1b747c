import { currentWay, decideReply, type FaultCode } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { type ConversationRow, conversationsById, replyFacts } from "../conversations/index.ts";
import { mayGo, takeTurns } from "./pace.ts";
import { settle } from "./settle.ts";

/** Longer than any call may take: what is still `sending` after it was left by a process that died. */
const LEASE_MS = 150_000;

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
}

export interface Sending extends Claimed {
  conversation: ConversationRow;
  way: "reply" | "human_agent";
  /** Its Page, or the app, reached a limit of Meta's before. */
  slowed: boolean;
}

export const CLAIMED = sql.raw(
  "m.workspace_id, m.id, m.conversation_id, m.channel_id, m.text, m.kind, m.source_kind, m.reply_to, m.attempts",
);

/** One lane per conversation: the oldest waiting message whose thread has none in flight and none waiting before it. */
async function claim(tx: Tx, deps: Deps, now: Date, limit: number): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    select ${CLAIMED} from message m left join send_pace p on p.workspace_id = m.workspace_id and p.channel_id = m.channel_id
    where m.state = 'queued' and (m.next_attempt_at is null or m.next_attempt_at <= ${now})
      and not exists (select 1 from message e where e.workspace_id = m.workspace_id and e.conversation_id = m.conversation_id and e.state in ('queued', 'sending')
        and (e.state = 'sending' or (e.sent_at, e.id) < (m.sent_at, m.id)))
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
      const decided = decide(deps, m, conversation!, now);
      if (typeof decided === "string") wanted.push({ ...m, conversation: conversation!, way: decided });
      else await settle(tx, deps, m, conversation!, decided, null);
    }
    const { ready, nextMs } = await takeTurns(tx, deps, wanted);
    for (const m of ready) {
      m.attempts++;
      await sql`update message set state = 'sending', way = ${m.way}, attempts = ${m.attempts}, next_attempt_at = ${new Date(now + LEASE_MS)} where workspace_id = ${m.workspace_id} and id = ${m.id}`.execute(
        tx,
      );
    }
    return { ready, nextMs, settled: claimed.length - wanted.length };
  });
}

type Refused = { kind: "held" | "failed"; fault: FaultCode };

/** The way a message takes, or why it takes none. */
function decide(deps: Deps, m: Claimed, conversation: ConversationRow, now: number): Sending["way"] | Refused {
  const facts = replyFacts(conversation, deps.config.meta, authorOf(m.source_kind));
  // A reply that Meta put off for a lead ad's questions is tried again as announced: only Meta knows when they end.
  const putOff = m.attempts > 0 && facts.heldBy?.kind === "lead_ad_flow";
  const decision = decideReply(putOff ? { ...facts, heldBy: null } : facts, now);
  const way = currentWay(decision, now);
  if (decision.holds) return { kind: "held", fault: decision.reasons[0] ?? "channel_needs_reauthorization" };
  if (decision.state === "blocked" || decision.state === "closed" || !way)
    return { kind: "failed", fault: decision.reasons[0] ?? "window_closed" };
  return way;
}

const authorOf = (sourceKind: string) =>
  sourceKind === "agent" ? "person" : sourceKind === "automation" ? "automation" : "api";
