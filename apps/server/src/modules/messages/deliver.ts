import { channelEffect, decideOutcome, type FaultCode, type PrivateReplyOutcome } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import type { GraphAnswer } from "../../platform/graph/client.ts";
import { type ChannelsModule, probeAgain } from "../channels/index.ts";
import { type ConversationRow, conversationsById } from "../conversations/index.ts";
import { readAgainAfter } from "../templates/index.ts";
import { endControlWaits } from "./after-control.ts";
import { messageId, rawOf, recipientId, toSendAnswer } from "./answer.ts";
import { releaseAfterRestriction, releaseForgotten } from "./change.ts";
import { CLAIMED, type Claimed, type Sending, take, takeProbes } from "./claim.ts";
import { returnUncalled } from "./lease.ts";
import { afterFiles, isBetterSplit, prepare, type Ready } from "./outgoing.ts";
import { heed } from "./pace.ts";
import type { StoredFailure } from "./present.ts";
import { afterDeath, bringToPerson, outcomeOfPrivateReply } from "./private-reply/index.ts";
import { settle } from "./settle.ts";
import { splitImages } from "./split-images.ts";
import { CALL_TIMEOUT_MS, type Stopped } from "./uploads/index.ts";

const AT_ONCE = 20;
const LOOK_EVERY_MS = 2_000;

/** How one attempt ended, at whichever of its calls. */
interface Called {
  outcome: PrivateReplyOutcome;
  answer: GraphAnswer | null;
  started: number;
}

const endOf = ({ outcome, answer, startedAt: started }: Stopped): Called => ({ outcome, answer, started });

/** Sends what waits, several conversations at once, one message at a time in each. */
export function createSender(deps: Deps, channels: ChannelsModule) {
  /** Ids of what this process is sending. */
  const inFlight = new Set<string>();
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const done = new Set<Promise<void>>();

  async function send(m: Sending): Promise<void> {
    const ready = await prepare(deps, channels, m);
    if (ready.kind === "left") return;
    const { outcome, answer, started } = ready.kind === "stopped" ? endOf(ready) : await call(m, ready);
    const split = await isBetterSplit(deps, m, ready, outcome);
    deps.metrics.sends.inc({ outcome: outcome.kind, fault: outcome.kind === "sent" ? "" : outcome.fault });
    await heed(deps.db, deps, m, started, answer, outcome).catch((err) =>
      deps.log.warn({ err, channelId: m.channel_id }, "what Meta told of its limits could not be kept"),
    );
    await deps.db.transaction().execute(async (tx) => {
      await sql`
        insert into send_attempt (workspace_id, message_id, started_at, finished_at, http_status, code, subcode, trace_id, raw, outcome)
        values (${m.workspace_id}, ${m.id}, ${new Date(started)}, ${new Date(deps.clock())}, ${answer?.kind === "answer" ? answer.httpStatus : null}, ${answer?.kind === "answer" ? (answer.error?.code ?? null) : null},
          ${answer?.kind === "answer" ? (answer.error?.subcode ?? null) : null}, ${answer?.kind === "answer" ? (answer.error?.traceId ?? null) : null}, ${rawOf(answer)}, ${attempted(outcome)})`.execute(
        tx,
      );
      const reached = m.comment_id !== null && outcome.kind === "sent" ? recipientId(answer) : null;
      const conversation = reached ? await conversationOf(tx, m, reached) : m.conversation;
      if (split && outcome.kind === "failed") await splitImages(tx, deps, m, outcome.fault);
      else
        await settle(
          tx,
          deps,
          { ...m, conversation_id: conversation.id },
          conversation,
          outcome,
          outcome.kind === "sent" ? null : storedFailure(outcome.fault, answer),
        );
    });
    if (m.probe) await learn(m, outcome);
    if (m.template && outcome.kind === "failed")
      await readAgainAfter(deps, { workspaceId: m.workspace_id, channelId: m.channel_id }, outcome.fault);
  }

  /** Where a private reply is, now that Meta has told whom it reached. */
  async function conversationOf(tx: Tx, m: Sending, contactExternalId: string): Promise<ConversationRow> {
    const { workspace_id: workspaceId, id: messageId } = m;
    const id = await bringToPerson(tx, deps, { workspaceId, messageId, contactExternalId });
    return (await conversationsById(tx, workspaceId, [id]))[0]!;
  }

  /** What a try on a restricted Page has shown. */
  async function learn(m: Sending, outcome: PrivateReplyOutcome): Promise<void> {
    if (outcome.kind === "sent") await releaseAfterRestriction(deps, m.workspace_id, m.channel_id);
    else if (channelEffect(outcome.fault) === null) await probeAgain(deps.db, deps, m.workspace_id, m.channel_id);
  }

  async function call(m: Sending, ready: Ready): Promise<Called> {
    const started = deps.clock();
    const end = deps.metrics.sendSeconds.startTimer();
    const answer = await channels.call(m.workspace_id, m.channel_id, ready.request, { timeoutMs: CALL_TIMEOUT_MS });
    end();
    if (answer === null) return { outcome: { kind: "held", fault: "channel_needs_reauthorization" }, answer, started };
    const told = toSendAnswer(answer, messageId);
    if (m.comment_id !== null) return { outcome: await outcomeOfPrivateReply(deps, m, told), answer, started };
    const outcome = decideOutcome(told, m.attempts, deps.random());
    return { outcome: await afterFiles(deps, m, ready, outcome), answer, started };
  }

  /** What a dead process left in flight: nobody knows what became of it, so it is never sent again blindly, but for a private reply. */
  async function recover(): Promise<void> {
    const { rows } = await sql<
      Claimed & { uncalled: boolean }
    >`select ${CLAIMED}, m.called_at is null as uncalled from message m where m.state = 'sending' and m.next_attempt_at < ${new Date(deps.clock())} limit 100`.execute(
      deps.db,
    );
    // A clock that jumps is no death of this process.
    const dead = rows.filter((r) => !inFlight.has(r.id));
    await returnUncalled(
      deps,
      dead.filter((r) => r.uncalled).map((r) => r.id),
    );
    for (const m of dead.filter((r) => !r.uncalled))
      await deps.db.transaction().execute(async (tx) => {
        const [conversation] = await conversationsById(tx, m.workspace_id, [m.conversation_id]);
        const outcome: PrivateReplyOutcome =
          m.comment_id === null ? { kind: "uncertain", fault: "outcome_unknown" } : await afterDeath(tx, deps, m);
        await settle(tx, deps, m, conversation!, outcome, storedFailure("outcome_unknown", null));
      });
  }

  function start(m: Sending): void {
    inFlight.add(m.id);
    const one = send(m)
      .catch((err) =>
        deps.log.error({ err, messageId: m.id }, "a send could not be settled; its echo or its lease will"),
      )
      .finally(() => {
        inFlight.delete(m.id);
        done.delete(one);
        wake();
      });
    done.add(one);
  }

  async function look(): Promise<void> {
    try {
      await recover();
      await releaseForgotten(deps);
      await endControlWaits(deps);
      for (const m of await takeProbes(deps)) start(m);
      while (!stopped && inFlight.size < AT_ONCE) {
        const { ready, nextMs, settled } = await take(deps, AT_ONCE - inFlight.size);
        for (const ms of nextMs) if (ms > 0) setTimeout(wake, ms).unref();
        if (ready.length + settled === 0) return;
        for (const m of ready) start(m);
      }
    } catch (err) {
      deps.log.warn({ err }, "sending waits for the database");
    }
  }

  let queued = false;
  function wake(): void {
    if (stopped || queued) return;
    queued = true;
    looking = looking.then(() => {
      queued = false;
      return look();
    });
  }

  return {
    start() {
      stopped = false;
      deps.signals.on("firstline_send", wake);
      timer = setInterval(wake, LOOK_EVERY_MS);
      wake();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await looking;
      await Promise.all(done);
    },
  };
}

/** A private reply goes again after an outcome nobody knows; that this attempt was one is what its next answer is read with. */
const attempted = (outcome: PrivateReplyOutcome): string =>
  outcome.kind === "retry" && outcome.fault === "outcome_unknown" ? "uncertain" : outcome.kind;

function storedFailure(fault: FaultCode, answer: GraphAnswer | null): StoredFailure {
  const error = answer?.kind === "answer" ? answer.error : null;
  return {
    fault,
    code: error?.code ?? null,
    subcode: error?.subcode ?? null,
    traceId: error?.traceId ?? null,
    raw: rawOf(answer),
  };
}
