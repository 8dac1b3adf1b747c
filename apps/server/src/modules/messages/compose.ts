import type { SendMessage } from "@firstline/contracts";
import {
  currentWay,
  decideReply,
  decideTemplate,
  type FaultCode,
  groupFiles,
  isRetired,
  measureText,
  type TemplateDecision,
  WAYS,
  type Way,
  type WayName,
  wayNamed,
} from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import type { Actor } from "../../platform/http/actor.ts";
import { ApiError, notFound } from "../../platform/http/problems.ts";
import { reason } from "../../platform/http/reason.ts";
import { type NewEvent, writeEvents } from "../../platform/outbox/index.ts";
import { canSend } from "../channels/index.ts";
import { type ConversationRow, conversationsById, replyFacts } from "../conversations/index.ts";
import { fillIn, type StoredTemplate } from "../templates/index.ts";
import { mayGoTogether } from "./split-images.ts";

interface Part {
  text: string | null;
  /** One file, or several images. */
  files: { id: string; kind: string }[];
  sticker?: SendMessage["sticker"];
  template?: StoredTemplate;
}

/** Times between a message and the next: room for its images should Meta want them one by one. */
const placesOf = (part: Part) => Math.max(1, part.files.length);

/**
 * Takes a reply in: decided for the first time, then a row that is the queue, with its event, in one transaction.
 * The same `clientId` again gives the same message. Text and files become one message each, as Meta takes no caption;
 * neighbouring images become one together where Meta has opened that.
 * Gives the id of the first. @throws ApiError 409 with the deciding reason, 422 for what can never be sent.
 */
export async function compose(deps: Deps, actor: Actor, conversationId: string, body: SendMessage): Promise<string> {
  const { workspaceId } = actor;
  return deps.db.transaction().execute(async (tx) => {
    const { rows: same } = await sql<{
      id: string;
    }>`select id from message where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and client_id = ${body.clientId}`.execute(
      tx,
    );
    if (same[0]) return same[0].id;
    const { rows: locked } =
      await sql`select 1 from conversation where workspace_id = ${workspaceId} and id = ${conversationId} for update`.execute(
        tx,
      );
    const [conversation] = locked.length > 0 ? await conversationsById(tx, workspaceId, [conversationId]) : [];
    if (!conversation) throw notFound("conversation");
    const { rows: raced } = await sql<{
      id: string;
    }>`select id from message where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and client_id = ${body.clientId}`.execute(
      tx,
    );
    if (raced[0]) return raced[0].id;

    const parts = await partsOf(tx, deps, workspaceId, conversation, body);
    const { way, held: reason } = decide(deps, actor, conversation, body);
    const held = reason !== null && !(await canSend(tx, workspaceId, conversation.channel_id)) ? reason : null;
    const failure = held && { fault: held, code: null, subcode: null, traceId: null, raw: null };
    const at = Math.max(deps.clock(), conversation.last_message_at.getTime() + 1);
    const source = actor.member
      ? { kind: "agent", name: actor.member.name }
      : { kind: "api", name: actor.apiKey?.name ?? null };
    const ids: string[] = [];
    let place = at;
    for (const [n, part] of parts.entries()) {
      const { rows } = await sql<{ id: string }>`
        insert into message (workspace_id, conversation_id, channel_id, client_id, direction, kind, text, source_kind, source_name, source_app_id, member_id, way, state, failure, sent_at, reply_to, template)
        values (${workspaceId}, ${conversationId}, ${conversation.channel_id}, ${n === 0 ? body.clientId : `${body.clientId}#${n}`}, 'outbound', ${kindOf(part)}, ${part.text},
          ${source.kind}, ${source.name}, ${deps.config.meta.appId}, ${actor.member?.id ?? null}, ${way}, ${held ? "held" : "queued"}, ${failure && JSON.stringify(failure)}::jsonb, ${new Date(place)}, ${n === 0 && !part.template ? (body.replyTo ?? null) : null}, ${part.template ? JSON.stringify(part.template) : null}::jsonb)
        returning id`.execute(tx);
      const id = rows[0]!.id;
      ids.push(id);
      place += placesOf(part);
      if (part.sticker)
        await sql`insert into attachment (workspace_id, conversation_id, message_id, kind, meta_type, state) values (${workspaceId}, ${conversationId}, ${id}, 'sticker', ${part.sticker}, 'none')`.execute(
          tx,
        );
      if (part.files.length > 0)
        await sql`
          update attachment a set message_id = ${id}, position = i.n - 1 from unnest(${part.files.map((f) => f.id)}::uuid[]) with ordinality as i(id, n)
          where a.workspace_id = ${workspaceId} and a.id = i.id`.execute(tx);
    }
    await sql`
      update conversation set last_message_id = ${ids.at(-1)}, last_message_at = ${new Date(place - 1)}, unread_count = 0,
        trouble_count = trouble_count + ${held ? ids.length : 0} where workspace_id = ${workspaceId} and id = ${conversationId}`.execute(
      tx,
    );
    await writeEvents(
      tx,
      ids.map((id): NewEvent => ({ workspaceId, type: "message.created", conversationId, subjectId: id })),
    );
    await sql`select pg_notify('firstline_send', '')`.execute(tx);
    return ids[0]!;
  });
}

async function partsOf(
  tx: Tx,
  deps: Deps,
  workspaceId: string,
  conversation: ConversationRow,
  body: SendMessage,
): Promise<Part[]> {
  const text = body.text?.trim() ? body.text.trim().toWellFormed().replaceAll("\0", "") : null;
  const wanted = [...new Set(body.attachmentIds ?? [])];
  if (body.template) return [await templateOf(tx, workspaceId, conversation, body, text !== null || wanted.length > 0)];
  if (body.way && wayNamed(body.way) === "utility_template")
    throw new ApiError(422, "invalid_request", "A template must be named.");
  if (body.sticker) return [stickerOf(conversation, body.sticker, text !== null || wanted.length > 0)];
  if (!text && wanted.length === 0) throw new ApiError(422, "message_empty");
  if (text) {
    const { length, limit, unit } = measureText(conversation.platform, text);
    if (length > limit) throw new ApiError(422, "message_too_long", null, { length, limit, unit });
  }
  const { rows } = await sql<{ id: string; kind: string }>`
    select id, kind from attachment where workspace_id = ${workspaceId} and conversation_id = ${conversation.id} and id = any(${wanted}::uuid[]) and message_id is null and state = 'stored' for update`.execute(
    tx,
  );
  const found = new Map(rows.map((r) => [r.id, r]));
  if (found.size < wanted.length) throw new ApiError(422, "attachment_not_found");
  const files = wanted.map((id) => found.get(id)!);
  const together = files.length > 1 && (await mayGoTogether(tx, deps, workspaceId, conversation.channel_id));
  return [
    ...(text ? [{ text, files: [] }] : []),
    ...groupFiles(conversation.platform, files, { together }).map((group) => ({ text: null, files: group })),
  ];
}

const kindOf = (part: Part) =>
  part.template ? "template" : part.sticker ? "sticker" : (part.files[0]?.kind ?? "text");

/** A template goes alone, and answers no message. */
async function templateOf(
  tx: Tx,
  workspaceId: string,
  { platform, channel_id: channelId }: ConversationRow,
  { template, sticker, way }: SendMessage,
  more: boolean,
): Promise<Part> {
  const asked = way === undefined || way === "auto" ? null : wayNamed(way);
  if (more || sticker || (asked && asked !== "utility_template"))
    throw new ApiError(422, "invalid_request", "A template goes alone.");
  const { text, stored } = await fillIn(tx, { workspaceId, channelId, platform }, template!);
  return { text, files: [], template: stored };
}

/** A heart goes alone, and exists on Instagram only ("Send a Message", 2026-06-24). */
function stickerOf({ platform }: ConversationRow, sticker: NonNullable<Part["sticker"]>, more: boolean): Part {
  if (platform !== "instagram") throw new ApiError(422, "way_not_available");
  if (more) throw new ApiError(422, "invalid_request", "A sticker goes alone.");
  return { text: null, files: [], sticker };
}

function decide(
  deps: Deps,
  actor: Actor,
  conversation: ConversationRow,
  body: SendMessage,
): { way: string; held: FaultCode | null } {
  const now = deps.clock();
  const asked = body.way && body.way !== "auto" ? wayNamed(body.way) : null;
  if (asked) refuseRetired(asked, now);
  const facts = replyFacts(conversation, deps.config.meta, actor.member ? "person" : "api");
  if (body.template) return templateWay(decideTemplate(facts, now));
  const decision = decideReply(facts, now);
  const reasons = decision.reasons.map((code) => reason(code, "en"));
  if (decision.state === "closed" || (decision.state === "blocked" && !decision.holds))
    throw new ApiError(409, decision.reasons[0] ?? "window_closed", null, { reasons });
  const way = currentWay(decision, now) ?? "reply";
  const refusal = asked && asked !== way ? decision.verdicts.find((v) => v.way === asked)?.reason : null;
  if (refusal) throw new ApiError(409, refusal, null, { reasons });
  // A human-agent reply asked for inside the 24 hours is an ordinary one: Meta keeps the tag for what comes after them.
  return { way, held: decision.holds ? (decision.reasons[0] ?? null) : null };
}

function templateWay(decision: TemplateDecision): { way: string; held: FaultCode | null } {
  if (decision.state === "open") return { way: "utility_template", held: null };
  const [first] = decision.reasons;
  if (!decision.holds)
    throw new ApiError(409, first!, null, { reasons: decision.reasons.map((code) => reason(code, "en")) });
  return { way: "utility_template", held: first! };
}

/** Nothing of the conversation matters here: Meta refuses these even inside the window (2026-04-27). */
function refuseRetired(name: WayName, now: number): void {
  const way: Way = WAYS[name];
  if (way.tag === null || !isRetired(way, now)) return;
  throw new ApiError(422, "tag_retired", null, {
    way: name,
    tag: way.tag,
    retiredOn: way.validUntil,
    replacement: way.replacement?.en ?? null,
  });
}
