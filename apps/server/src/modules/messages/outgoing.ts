import { type FaultCode, goAsBytes, goOneByOne, type PrivateReplyOutcome, type SendOutcome } from "@firstline/core";
import { sql } from "kysely";
import type { GraphRequest, OutgoingMessage } from "../../adapters/channel.ts";
import { adapterFor } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import type { ChannelsModule } from "../channels/index.ts";
import { readyToSend } from "../templates/index.ts";
import type { Sending } from "./claim.ts";
import { beginCall } from "./lease.ts";
import { answersFor } from "./private-reply/send.ts";
import { type AtMeta, bringToMeta, forgetUploads, type Left, type OwnFile, type Stopped } from "./uploads/index.ts";

export interface Ready {
  kind: "ready";
  request: GraphRequest;
  /** Ids of uploaded files the request names. */
  files: AtMeta | null;
}

/**
 * Makes the request of one message. Its files are brought to Meta before, where the platform takes them by id, and the call counts
 * as begun only then: a message that stops here has certainly not been sent.
 */
export async function prepare(deps: Deps, channels: ChannelsModule, m: Sending): Promise<Ready | Stopped | Left> {
  const adapter = adapterFor(m.conversation.platform);
  const { page_id: pageId } = await channels.row(m.workspace_id, m.channel_id);
  const message: OutgoingMessage = {
    recipientId: m.conversation.contact_external_id,
    way: m.way,
    metadata: m.id,
    ...(m.reply_to ? { replyTo: m.reply_to } : {}),
    ...(await answersFor(deps.db, m)),
  };
  if (m.template !== null) {
    const template = await readyToSend(deps.db, m.workspace_id, m.template);
    if (typeof template === "string") return stopped(deps, template);
    return { kind: "ready", request: adapter.buildSend(pageId, { ...message, template }), files: null };
  }
  if (m.text !== null)
    return { kind: "ready", request: adapter.buildSend(pageId, { ...message, text: m.text }), files: null };

  if (m.kind === "sticker")
    return { kind: "ready", request: adapter.buildSend(pageId, { ...message, sticker: "like_heart" }), files: null };

  const own = await filesOf(deps, m);
  const [first] = own;
  if (!first) return gone(deps);
  if (own.every((file) => adapter.uploads.includes(file.kind))) {
    const files = await bringToMeta(deps, channels, m, adapter, pageId, own);
    if (files.kind === "at_meta") {
      if (!(await beginCall(deps, m))) return { kind: "left" };
      return { kind: "ready", request: adapter.buildSend(pageId, { ...message, uploaded: files.uploaded }), files };
    }
    if (own.length > 1 || !isAboutUploading(files)) return files;
    deps.log.warn({ channelId: m.channel_id, fault: files.outcome.fault }, "an upload was refused: sent as bytes");
  }
  const bytes = await deps.blobs.get(first.blob_key).catch(() => null);
  if (!bytes) return gone(deps);
  if (!(await beginCall(deps, m))) return { kind: "left" };
  const attachment = { kind: first.kind, name: first.name, contentType: first.content_type, bytes };
  return { kind: "ready", request: adapter.buildSend(pageId, { ...message, attachment }), files: null };
}

/**
 * What an outcome means for the files it was about. Ids Meta does not know are forgotten; where some of them were not of this
 * attempt, the message goes again at once with files uploaded anew, which cannot go on for ever.
 */
export async function afterFiles(deps: Deps, m: Sending, ready: Ready, outcome: SendOutcome): Promise<SendOutcome> {
  const { files } = ready;
  if (!files || outcome.kind === "sent" || outcome.fault !== "attachment_expired") return outcome;
  await forgetUploads(deps, m, files.uploaded);
  return files.reused ? { kind: "retry", fault: outcome.fault, delayMs: 0 } : { kind: "failed", fault: outcome.fault };
}

/** Whether it is better sent as single images: nothing of it was sent, and what it failed for may be about one of them alone. */
export async function isBetterSplit(
  deps: Pick<Deps, "db">,
  m: Sending,
  ready: Ready | Stopped,
  outcome: PrivateReplyOutcome,
): Promise<boolean> {
  if (outcome.kind !== "failed" || !(goOneByOne(outcome.fault) || isAboutUploading(ready))) return false;
  return (await filesOf(deps, m)).length > 1;
}

const isAboutUploading = (ended: Ready | Stopped | Left): ended is Stopped =>
  ended.kind === "stopped" && ended.outcome.kind === "failed" && goAsBytes(ended.outcome.fault);

async function filesOf(deps: Pick<Deps, "db">, m: Sending): Promise<OwnFile[]> {
  const { rows } = await sql<OwnFile>`
    select id, kind, name, content_type, blob_key, sha256 from attachment
    where workspace_id = ${m.workspace_id} and message_id = ${m.id} and state = 'stored' order by position`.execute(
    deps.db,
  );
  return rows;
}

const stopped = (deps: Pick<Deps, "clock">, fault: FaultCode): Stopped => ({
  ...{ kind: "stopped", outcome: { kind: "failed", fault }, answer: null },
  startedAt: deps.clock(),
});
const gone = (deps: Pick<Deps, "clock">) => stopped(deps, "attachment_not_found");
