import { Id, type Message, Message as MessageSchema, ReactToMessage } from "@firstline/contracts";
import { classifyFault, decideReply, type FaultCode, faultOf } from "@firstline/core";
import { sql } from "kysely";
import { z } from "zod";
import { adapterFor } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import type { GraphAnswer } from "../../platform/graph/client.ts";
import { ApiError, type Locale, notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { ChannelsModule } from "../channels/index.ts";
import { type ConversationRow, type ConversationsModule, lockThreads, replyFacts } from "../conversations/index.ts";
import { showEffects, upsertEffects } from "./receive/statements/index.ts";

const TIMEOUT_MS = 15_000;

interface ReactModules {
  channels: ChannelsModule;
  conversations: ConversationsModule;
  present(workspaceId: string, id: string, locale: Locale): Promise<Message>;
}

/** The Page's own reaction to one message. It is no message: it waits in no lane, and a refusal is the answer. */
export function reactRoute(app: App, deps: Deps, modules: ReactModules): void {
  app.post(
    "/api/v1/conversations/:id/messages/:messageId/reaction",
    {
      config: { permission: "conversations:write" },
      schema: {
        tags: ["messages"],
        summary: "React to a message as the Page, or take the reaction back",
        params: z.object({ id: Id, messageId: Id }),
        body: ReactToMessage,
        response: { 200: MessageSchema },
      },
    },
    async ({ actor: { workspaceId }, locale, params: { id, messageId }, body: { emoji } }) => {
      const conversation = await modules.conversations.row(deps.db, workspaceId, id);
      const mid = await target(deps, workspaceId, id, messageId);
      mayReact(deps, conversation);
      const { page_id: pageId } = await modules.channels.row(workspaceId, conversation.channel_id);
      const request = adapterFor(conversation.platform).buildReaction(
        pageId,
        conversation.contact_external_id,
        mid,
        emoji,
      );
      const refusal = refusalOf(
        await modules.channels.call(workspaceId, conversation.channel_id, request, { timeoutMs: TIMEOUT_MS }),
      );
      if (refusal) throw refusal;
      await show(deps, workspaceId, conversation, { messageId, mid, emoji });
      return modules.present(workspaceId, messageId, locale);
    },
  );
}

/** Meta's id of the message. @throws ApiError 404; 409 when Meta does not know it */
async function target(deps: Deps, workspaceId: string, conversationId: string, messageId: string): Promise<string> {
  const { rows } = await sql<{ external_id: string | null; deleted: boolean }>`
    select external_id, deleted_at is not null as deleted from message
    where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and id = ${messageId}`.execute(deps.db);
  const message = rows[0];
  if (!message) throw notFound("message");
  if (message.deleted) throw new ApiError(409, "reply_target_gone");
  if (message.external_id === null || message.external_id.startsWith("derived:"))
    throw new ApiError(409, "conflict", {
      en: "Meta does not know this message, so nobody can react to it.",
      "zh-TW": "Meta 不認得這則訊息，無法加上表情回應。",
    });
  return message.external_id;
}

/** Sender actions are taken while the ordinary window is open. @throws ApiError 409 with the deciding reason */
function mayReact(deps: Deps, conversation: ConversationRow): void {
  const { state, reasons, verdicts } = decideReply(replyFacts(conversation, deps.config.meta, "person"), deps.clock());
  if (state === "blocked") throw new ApiError(409, reasons[0] ?? "window_closed");
  const verdict = verdicts.find((v) => v.way === "sender_action");
  if (verdict?.state !== "open") throw new ApiError(409, verdict?.reason ?? "window_closed");
}

/** What Meta has against it; null: nothing. Doing it twice is doing it once, so whoever gets no answer may try again. */
function refusalOf(answer: GraphAnswer | null): ApiError | null {
  if (answer === null) return new ApiError(409, "channel_needs_reauthorization");
  if (answer.kind === "no_answer") return new ApiError(502, "meta_unreachable");
  const { httpStatus, error } = answer;
  if (!error) return httpStatus < 400 ? null : new ApiError(502, "meta_unavailable");
  const { code, subcode, message, transient: isTransient, traceId } = error;
  const fault = classifyFault({ httpStatus, code, subcode, message, isTransient, stage: "answered" });
  return new ApiError(passesByItself(fault) ? 502 : 409, fault, null, {
    metaCode: code,
    metaSubcode: subcode,
    metaMessage: message,
    traceId,
  });
}

const passesByItself = (fault: FaultCode) => ["backoff", "after_wait", "once"].includes(faultOf(fault).retry);

/** Shown at once; what Meta may tell of it later is the same effect of the same actor, so never a second one. */
async function show(
  deps: Deps,
  workspaceId: string,
  conversation: ConversationRow,
  { messageId, mid, emoji }: { messageId: string; mid: string; emoji: string | null },
): Promise<void> {
  const { channel_id: channelId, contact_external_id: contactExternalId, id: conversationId } = conversation;
  const key = { workspaceId, channelId, mid };
  await deps.db.transaction().execute(async (tx) => {
    await lockThreads(tx, [{ channelId, contactExternalId }]);
    const effect = { ...key, kind: "reaction", actor: "page", at: deps.clock(), edition: 0, value: emoji } as const;
    await upsertEffects(tx, [{ ...effect, threadKey: null, counted: null }]);
    await showEffects(tx, [key]);
    await writeEvents(tx, [{ workspaceId, type: "message.updated", conversationId, subjectId: messageId }]);
  });
}
