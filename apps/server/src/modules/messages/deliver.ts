import { channelEffect, decideOutcome, type FaultCode, type SendAnswer, type SendOutcome } from "@firstline/core";
import { SendAnswer as WireSendAnswer } from "@firstline/meta-wire";
import { sql } from "kysely";
import type { OutgoingMessage } from "../../adapters/channel.ts";
import { adapterFor } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import type { GraphAnswer } from "../../platform/graph/client.ts";
import { type ChannelsModule, probeAgain } from "../channels/index.ts";
import { conversationsById } from "../conversations/index.ts";
import { releaseAfterRestriction, releaseForgotten } from "./change.ts";
import { CLAIMED, type Claimed, type Sending, take, takeProbes } from "./claim.ts";
import { heed } from "./pace.ts";
import type { StoredFailure } from "./present.ts";
import { settle } from "./settle.ts";

const AT_ONCE = 20;
const CALL_TIMEOUT_MS = 90_000;
const LOOK_EVERY_MS = 2_000;

/** Sends what waits, several conversations at once, one message at a time in each. */
export function createSender(deps: Deps, channels: ChannelsModule) {
  /** Ids of what this process is sending. */
  const inFlight = new Set<string>();
  let stopped = true;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const done = new Set<Promise<void>>();

  async function send(m: Sending): Promise<void> {
    const started = deps.clock();
    const end = deps.metrics.sendSeconds.startTimer();
    const wire = await build(m);
    const answer = wire
      ? await channels.call(m.workspace_id, m.conversation.channel_id, wire, { timeoutMs: CALL_TIMEOUT_MS })
      : null;
    end();
    const outcome: SendOutcome = !wire
      ? { kind: "failed", fault: "attachment_not_found" }
      : answer === null
        ? { kind: "held", fault: "channel_needs_reauthorization" }
        : decideOutcome(toSendAnswer(answer), m.attempts, deps.random());
    deps.metrics.sends.inc({ outcome: outcome.kind, fault: outcome.kind === "sent" ? "" : outcome.fault });
    await heed(deps.db, deps, m, started, answer, outcome).catch((err) =>
      deps.log.warn({ err, channelId: m.channel_id }, "what Meta told of its limits could not be kept"),
    );
    await deps.db.transaction().execute(async (tx) => {
      await sql`
        insert into send_attempt (workspace_id, message_id, started_at, finished_at, http_status, code, subcode, trace_id, raw, outcome)
        values (${m.workspace_id}, ${m.id}, ${new Date(started)}, ${new Date(deps.clock())}, ${answer?.kind === "answer" ? answer.httpStatus : null}, ${answer?.kind === "answer" ? (answer.error?.code ?? null) : null},
          ${answer?.kind === "answer" ? (answer.error?.subcode ?? null) : null}, ${answer?.kind === "answer" ? (answer.error?.traceId ?? null) : null}, ${rawOf(answer)}, ${outcome.kind})`.execute(
        tx,
      );
      await settle(
        tx,
        deps,
        m,
        m.conversation,
        outcome,
        outcome.kind === "sent" ? null : storedFailure(outcome.fault, answer),
      );
    });
    if (m.probe) await learn(m, outcome);
  }

  /** What a try on a restricted Page has shown. */
  async function learn(m: Sending, outcome: SendOutcome): Promise<void> {
    if (outcome.kind === "sent") await releaseAfterRestriction(deps, m.workspace_id, m.channel_id);
    else if (channelEffect(outcome.fault) === null) await probeAgain(deps.db, deps, m.workspace_id, m.channel_id);
  }

  async function build(m: Sending) {
    const message: OutgoingMessage = {
      recipientId: m.conversation.contact_external_id,
      way: m.way,
      metadata: m.id,
      ...(m.reply_to ? { replyTo: m.reply_to } : {}),
    };
    const { page_id: pageId } = await channels.row(m.workspace_id, m.conversation.channel_id);
    const adapter = adapterFor(m.conversation.platform);
    if (m.text !== null) return adapter.buildSend(pageId, { ...message, text: m.text });
    const { rows } = await sql<{
      kind: "image" | "audio" | "video" | "file";
      name: string;
      content_type: string;
      blob_key: string;
    }>`
      select kind, name, content_type, blob_key from attachment where workspace_id = ${m.workspace_id} and message_id = ${m.id} and state = 'stored'`.execute(
      deps.db,
    );
    const file = rows[0];
    if (!file) return null;
    const bytes = await deps.blobs.get(file.blob_key).catch(() => null);
    return (
      bytes &&
      adapter.buildSend(pageId, {
        ...message,
        attachment: { kind: file.kind, name: file.name, contentType: file.content_type, bytes },
      })
    );
  }

  /** What a dead process left in flight: nobody knows what became of it, so it is never sent again blindly. */
  async function recover(): Promise<void> {
    const { rows } =
      await sql<Claimed>`select ${CLAIMED} from message m where m.state = 'sending' and m.next_attempt_at < ${new Date(deps.clock())} limit 100`.execute(
        deps.db,
      );
    // A clock that jumps is no death of this process.
    for (const m of rows.filter((r) => !inFlight.has(r.id)))
      await deps.db.transaction().execute(async (tx) => {
        const [conversation] = await conversationsById(tx, m.workspace_id, [m.conversation_id]);
        await settle(
          tx,
          deps,
          m,
          conversation!,
          { kind: "uncertain", fault: "outcome_unknown" },
          storedFailure("outcome_unknown", null),
        );
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

function toSendAnswer(answer: GraphAnswer): SendAnswer {
  if (answer.kind === "no_answer") return answer.written ? { kind: "no_answer" } : { kind: "not_sent" };
  if (answer.error)
    return {
      kind: "refused",
      httpStatus: answer.httpStatus,
      code: answer.error.code,
      subcode: answer.error.subcode,
      message: answer.error.message,
      isTransient: answer.error.transient,
    };
  const read = WireSendAnswer.safeParse(answer.body);
  if (answer.httpStatus >= 200 && answer.httpStatus < 300)
    return { kind: "accepted", httpStatus: answer.httpStatus, messageId: read.success ? read.data.message_id : null };
  return { kind: "unreadable", httpStatus: answer.httpStatus };
}

const rawOf = (answer: GraphAnswer | null) =>
  answer === null ? null : answer.kind === "answer" ? (answer.error?.message ?? null) : answer.message;

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
