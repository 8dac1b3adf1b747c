import { type ControlThread, ControlThread as ControlThreadSchema, Conversation, Id } from "@firstline/contracts";
import { CONTROL_REQUEST_WAIT_MS, classifyControl, type FaultCode, faultOf } from "@firstline/core";
import { sql } from "kysely";
import { z } from "zod";
import { adapterFor } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import type { GraphAnswer } from "../../platform/graph/client.ts";
import type { Actor } from "../../platform/http/actor.ts";
import { ApiError, type Locale } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { ChannelsModule } from "../channels/index.ts";
import { addActivity } from "./change.ts";
import { learnControl } from "./control-learned.ts";
import { UNANSWERED_JOB } from "./control-upkeep.ts";
import type { ConversationRow } from "./present.ts";

export interface ControlModules {
  channels: ChannelsModule;
  /** @throws ApiError 404 */
  row(workspaceId: string, id: string): Promise<ConversationRow>;
  present(actor: Actor, id: string, locale: Locale): Promise<Conversation>;
}

/** Who may answer a customer may also say who holds the conversation; Meta decides. */
export function controlRoute(app: App, deps: Deps, modules: ControlModules): void {
  app.post(
    "/api/v1/conversations/:id/control",
    {
      config: { permission: "conversations:write" },
      schema: {
        tags: ["conversations"],
        summary: "Take, ask for, pass on or release the thread at Meta; a refusal says which clicks help",
        params: z.object({ id: Id }),
        body: ControlThreadSchema,
        response: { 200: Conversation },
      },
    },
    async (request) => {
      const row = await modules.row(request.actor.workspaceId, request.params.id);
      await control(deps, modules.channels, request.actor, row, request.body);
      return modules.present(request.actor, request.params.id, request.locale);
    },
  );
}

/**
 * Takes the thread, or asks for it where Meta does not let us take it; that it was asked for is no grant.
 * @throws ApiError 409 when Meta refuses both, 502 when it cannot be asked
 */
export async function obtainControl(
  deps: Deps,
  channels: ChannelsModule,
  actor: Actor,
  row: ConversationRow,
): Promise<void> {
  try {
    await control(deps, channels, actor, row, { action: "take" });
  } catch (refusal) {
    if (!(refusal instanceof ApiError) || refusal.status !== 409) throw refusal;
    // Where Meta takes no request either, what keeps it from being taken is what somebody can change.
    await control(deps, channels, actor, row, { action: "request" }).catch((second: unknown) => {
      throw second instanceof ApiError && second.status === 409 ? refusal : second;
    });
  }
}

/** @throws ApiError 409 when Meta refuses, 502 when it cannot be asked */
async function control(
  deps: Deps,
  channels: ChannelsModule,
  actor: Actor,
  row: ConversationRow,
  wish: ControlThread,
): Promise<void> {
  const { workspaceId } = actor;
  const thread = { workspaceId, channelId: row.channel_id, contactExternalId: row.contact_external_id };
  if (row.channel_state === "disconnected") throw new ApiError(409, "channel_disconnected");
  const { page_id: pageId, routing } = await channels.row(workspaceId, row.channel_id);
  const answer = await channels.call(
    workspaceId,
    row.channel_id,
    adapterFor(row.platform).buildControl(pageId, row.contact_external_id, {
      action: wish.action,
      ...(wish.appId ? { targetAppId: wish.appId } : {}),
    }),
  );
  const refusal = refusalOf(wish, answer);
  if (wish.action === "take" && (refusal === null || refusal.code === "takeover_not_allowed"))
    await channels.noteTakeover(workspaceId, row.channel_id, refusal === null);
  if (refusal) throw refusal;

  const ownAppId = deps.config.meta.appId ?? "";
  const owner =
    wish.action === "release" ? null : await channels.threadOwner(workspaceId, row.channel_id, row.contact_external_id);
  const granted = wish.action === "request" && owner?.appId === ownAppId;
  if (wish.action === "request" && !granted) return askedFor(deps, actor, row.id);
  const target = wish.appId ?? (routing?.defaultOurs ? ownAppId : (owner?.appId ?? ""));
  const learned = {
    take: { kind: "take", holder: ownAppId },
    request: { kind: "owner", holder: ownAppId },
    pass: { kind: "pass", holder: target, until: owner?.until ?? null },
    release: { kind: "released", holder: "" },
  } as const;
  await deps.db.transaction().execute((tx) => learnControl(tx, deps, { ...thread, ...learned[wish.action] }));
}

/** What Meta has against it; null: nothing. Holding the thread already is what a take wants. */
function refusalOf({ action }: ControlThread, answer: GraphAnswer | null): ApiError | null {
  if (answer === null) return new ApiError(409, "channel_needs_reauthorization");
  if (answer.kind === "no_answer") return new ApiError(502, "meta_unreachable");
  if (!answer.error) return null;
  const { code, subcode, message, transient: isTransient, traceId } = answer.error;
  const { httpStatus } = answer;
  const fault = classifyControl(action, { httpStatus, code, subcode, message, isTransient, stage: "answered" });
  if (fault === "already_ours") return null;
  return new ApiError(passesByItself(fault) ? 502 : 409, fault, null, {
    metaCode: code,
    metaSubcode: subcode,
    metaMessage: message,
    traceId,
  });
}

const passesByItself = (fault: FaultCode) =>
  faultOf(fault).retry === "backoff" || (faultOf(fault).retry === "after_wait" && faultOf(fault).level !== "thread");

/** Meta accepted the request, which is no grant: a line says so, and after a while the conversation says what helps instead. */
async function askedFor(deps: Deps, actor: Actor, conversationId: string): Promise<void> {
  const { workspaceId } = actor;
  await deps.db.transaction().execute(async (tx) => {
    await sql`update conversation set control_requested_at = greatest(${new Date(deps.clock())}::timestamptz, (held_by->>'since')::timestamptz) where workspace_id = ${workspaceId} and id = ${conversationId}`.execute(
      tx,
    );
    await addActivity(tx, {
      workspaceId,
      conversationId,
      kind: "control_requested",
      memberId: actor.member?.id ?? null,
    });
    await writeEvents(tx, [{ workspaceId, type: "conversation.updated", conversationId, subjectId: conversationId }]);
    await deps.jobs.add(
      UNANSWERED_JOB,
      [{ data: { workspaceId, conversationId }, startAfterSeconds: CONTROL_REQUEST_WAIT_MS / 1000 + 1 }],
      tx,
    );
  });
}
