import {
  Cursor,
  Id,
  Limit,
  type Message,
  MessageList,
  Message as MessageSchema,
  SendMessage,
} from "@firstline/contracts";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import type { ModuleLife } from "../../life.ts";
import type { Q } from "../../platform/db/pool.ts";
import { decodeCursor, encodeCursor } from "../../platform/http/cursor.ts";
import type { Locale } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { ChannelsModule } from "../channels/index.ts";
import type { ConversationsModule } from "../conversations/index.ts";
import { releaseHeld } from "./change.ts";
import { changeRoutes } from "./change-routes.ts";
import { compose } from "./compose.ts";
import { createSender } from "./deliver.ts";
import { fetchMedia } from "./media.ts";
import { messagePage, messagesById, presentMessage } from "./present.ts";
import { definePrivateReplyPerson, privateReplyRoute } from "./private-reply/index.ts";
import { reactRoute } from "./react.ts";
import { createReceive, type ReceiveBatch } from "./receive/index.ts";
import { createLookUp, createOutcomeWatch, lookAgain } from "./uncertain/index.ts";
import { attachmentRoutes } from "./uploads/index.ts";

export {
  type DeliveryConcerns,
  type InsertedMessage,
  type ReceiveBatch,
  type ReceivedDelivery,
  understandEvents,
} from "./receive/index.ts";

export interface MessagesModule extends ModuleLife {
  receive: ReceiveBatch;
  load(q: Q, workspaceId: string, ids: readonly string[], locale: Locale): Promise<Map<string, Message>>;
}

/** Receive, compose, deliver, settle, media. */
export function registerMessages(
  app: App,
  deps: Deps,
  modules: { channels: ChannelsModule; conversations: ConversationsModule },
): MessagesModule {
  const { channels, conversations } = modules;
  const sender = createSender(deps, channels);
  const receive = createReceive(deps);
  const lookUp = createLookUp(deps, channels, receive);
  const outcomes = createOutcomeWatch(deps, lookUp);
  fetchMedia(deps);
  attachmentRoutes(app, deps);
  channels.onRevived(async (workspaceId, channelId) => {
    await lookAgain(deps.db, workspaceId, channelId, deps.clock());
    await deps.db.transaction().execute((tx) => releaseHeld(tx, workspaceId, channelId));
  });

  const load: MessagesModule["load"] = async (q, workspaceId, ids, locale) =>
    new Map((await messagesById(q, workspaceId, ids)).map((r) => [r.id, presentMessage(r, locale)]));
  const one = async (workspaceId: string, id: string, locale: Locale) =>
    (await load(deps.db, workspaceId, [id], locale)).get(id)!;
  privateReplyRoute(app, deps, one);
  definePrivateReplyPerson(deps);
  reactRoute(app, deps, { channels, conversations, present: one });
  changeRoutes(app, deps, { channels, lookUp, present: one });
  const tags = ["messages"];
  const params = z.object({ id: Id });

  app.get(
    "/api/v1/conversations/:id/messages",
    {
      config: { permission: "conversations:read" },
      schema: {
        tags,
        summary: "Messages of a conversation, newest first",
        params,
        querystring: z.object({ cursor: Cursor.optional(), limit: Limit }),
        response: { 200: MessageList },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const { cursor, limit } = request.query;
      await conversations.row(deps.db, workspaceId, request.params.id);
      const rows = await messagePage(deps.db, workspaceId, request.params.id, decodeCursor(cursor, 2), limit);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        data: page.map((r) => presentMessage(r, request.locale)),
        nextCursor: rows.length > limit && last ? encodeCursor([last.sent_at.toISOString(), last.id]) : null,
      };
    },
  );

  app.post(
    "/api/v1/conversations/:id/messages",
    {
      config: { permission: "conversations:write" },
      schema: {
        tags,
        summary: "Reply; the same clientId again answers with the same message",
        params,
        body: SendMessage,
        response: { 202: MessageSchema },
      },
    },
    async (request, reply) => {
      const id = await compose(deps, request.actor, request.params.id, request.body);
      return reply.status(202).send(await one(request.actor.workspaceId, id, request.locale));
    },
  );

  return {
    receive,
    load,
    start: (roles) => {
      if (!roles.worker) return;
      sender.start();
      outcomes.start();
    },
    async stop() {
      await Promise.all([sender.stop(), outcomes.stop()]);
    },
  };
}
