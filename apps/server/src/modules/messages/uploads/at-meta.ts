import { createHash } from "node:crypto";
import { decideUpload, type SendOutcome } from "@firstline/core";
import { sql } from "kysely";
import type { ChannelAdapter, FileKind, OutgoingMessage } from "../../../adapters/channel.ts";
import type { Deps } from "../../../deps.ts";
import type { GraphAnswer } from "../../../platform/graph/client.ts";
import type { ChannelsModule } from "../../channels/index.ts";
import { attachmentId, toSendAnswer } from "../answer.ts";
import type { Sending } from "../claim.ts";
import { keep } from "../lease.ts";
import { charge } from "../pace.ts";

/** Meta keeps an uploaded file for 90 days (Saving assets, 2026-04-22); one nearly that old is not relied on. */
const KEPT_MS = 85 * 86_400_000;
export const CALL_TIMEOUT_MS = 90_000;

/** A file of one message, as it lies here. */
export interface OwnFile {
  id: string;
  kind: FileKind;
  name: string;
  content_type: string;
  blob_key: string;
  sha256: Buffer | null;
}

/** The message is not sent: for what, and the answer that says so where Meta gave one. */
export interface Stopped {
  kind: "stopped";
  outcome: Exclude<SendOutcome, { kind: "sent" } | { kind: "uncertain" }>;
  answer: GraphAnswer | null;
  startedAt: number;
}

export interface AtMeta {
  kind: "at_meta";
  uploaded: NonNullable<OutgoingMessage["uploaded"]>;
  /** Some were there before: Meta may have forgotten those. */
  reused: boolean;
}

/** Somebody else has the message now. */
export interface Left {
  kind: "left";
}

/**
 * Brings the files of a message to Meta, each once per channel, content and name: what is there already is used again. Nothing is
 * sent by it, so whatever an upload ends with is certain, and the message may be tried again. An upload leaves a row in
 * `send_attempt` as any call does; one that ends the attempt leaves its row with the message's.
 */
export async function bringToMeta(
  deps: Deps,
  channels: ChannelsModule,
  m: Sending,
  adapter: ChannelAdapter,
  pageId: string,
  files: readonly OwnFile[],
): Promise<AtMeta | Stopped | Left> {
  const uploaded: AtMeta["uploaded"] = [];
  let reused = false;
  let made = 0;
  for (const file of files) {
    const startedAt = deps.clock();
    const known = file.sha256 && (await knownId(deps, m, file, file.sha256));
    if (known) {
      reused = true;
      uploaded.push({ kind: file.kind, attachmentId: known });
      continue;
    }
    const bytes = await deps.blobs.get(file.blob_key).catch(() => null);
    if (!bytes)
      return { kind: "stopped", outcome: { kind: "failed", fault: "attachment_not_found" }, answer: null, startedAt };
    if (!(await keep(deps, m))) return { kind: "left" };
    // A message has one turn, which is its first file's.
    if (made++ > 0) await charge(deps.db, deps, m, 1);
    const answer = await channels.call(
      m.workspace_id,
      m.channel_id,
      adapter.buildUpload(pageId, { kind: file.kind, name: file.name, contentType: file.content_type, bytes }),
      { timeoutMs: CALL_TIMEOUT_MS },
    );
    if (answer === null)
      return {
        ...{ kind: "stopped", answer, startedAt },
        outcome: { kind: "held", fault: "channel_needs_reauthorization" },
      };
    const outcome = decideUpload(toSendAnswer(answer, attachmentId), m.attempts, deps.random());
    if (outcome.kind !== "uploaded") return { kind: "stopped", outcome, answer, startedAt };
    await noteUploaded(deps, m, file, bytes, outcome.attachmentId, startedAt);
    uploaded.push({ kind: file.kind, attachmentId: outcome.attachmentId });
  }
  return { kind: "at_meta", uploaded, reused };
}

async function knownId(deps: Deps, m: Sending, file: OwnFile, sha256: Buffer): Promise<string | null> {
  const { rows } = await sql<{ external_id: string }>`
    select external_id from uploaded_file where workspace_id = ${m.workspace_id} and channel_id = ${m.channel_id}
      and sha256 = ${sha256} and kind = ${file.kind} and name = ${file.name} and uploaded_at > ${new Date(deps.clock() - KEPT_MS)}`.execute(
    deps.db,
  );
  return rows[0]?.external_id ?? null;
}

async function noteUploaded(
  deps: Deps,
  m: Sending,
  file: OwnFile,
  bytes: Buffer,
  id: string,
  startedAt: number,
): Promise<void> {
  const sha256 = file.sha256 ?? createHash("sha256").update(bytes).digest();
  await deps.db.transaction().execute(async (tx) => {
    await sql`
      insert into uploaded_file as u (workspace_id, channel_id, sha256, kind, name, external_id, uploaded_at)
      values (${m.workspace_id}, ${m.channel_id}, ${sha256}, ${file.kind}, ${file.name}, ${id}, ${new Date(startedAt)})
      on conflict (workspace_id, channel_id, sha256, kind, name) do update set external_id = excluded.external_id, uploaded_at = excluded.uploaded_at`.execute(
      tx,
    );
    await sql`
      insert into send_attempt (workspace_id, message_id, started_at, finished_at, http_status, outcome)
      values (${m.workspace_id}, ${m.id}, ${new Date(startedAt)}, ${new Date(deps.clock())}, 200, 'uploaded')`.execute(
      tx,
    );
  });
}

/** Meta does not know these ids, or no longer (100/2018074): the next attempt uploads the files anew. */
export async function forgetUploads(deps: Pick<Deps, "db">, m: Sending, uploaded: AtMeta["uploaded"]): Promise<void> {
  const ids = uploaded.map((u) => u.attachmentId);
  await sql`delete from uploaded_file where workspace_id = ${m.workspace_id} and channel_id = ${m.channel_id} and external_id = any(${ids})`.execute(
    deps.db,
  );
}
