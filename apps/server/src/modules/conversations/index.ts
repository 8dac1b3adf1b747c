import {
  type Activity,
  ActivityList,
  Activity as ActivitySchema,
  type Conversation,
  ConversationCounts,
  ConversationList,
  ConversationQuery,
  Conversation as ConversationSchema,
  CreateNote,
  Cursor,
  Id,
  Limit,
  UpdateConversation,
} from "@firstline/contracts";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import type { ModuleLife } from "../../life.ts";
import type { Q } from "../../platform/db/pool.ts";
import type { Actor } from "../../platform/http/actor.ts";
import { decodeCursor, encodeCursor } from "../../platform/http/cursor.ts";
import { type Locale, notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { ChannelsModule } from "../channels/index.ts";
import type { TeamModule } from "../team/index.ts";
import { type ActivityRow, activitiesById, listActivity, presentActivity } from "./activity.ts";
import { addActivity, changeConversation, markRead } from "./change.ts";
import { commentRoutes } from "./comments.ts";
import { controlRoute } from "./control.ts";
import { defineControlUpkeep } from "./control-upkeep.ts";
import { defineEndingAlert } from "./ending.ts";
import { type ConversationRow, presentConversation } from "./present.ts";
import { conversationsById, countConversations, listConversations, positionAfter } from "./query.ts";
import { createSearchIndex, searchConversations } from "./search/index.ts";
import { signalCustomer } from "./signal.ts";

export { appName } from "./app-name.ts";
export { addActivity } from "./change.ts";
export { obtainControl } from "./control.ts";
export { type ControlNote, noteControl, writeControlEvidence } from "./control-evidence.ts";
export { learnControl } from "./control-learned.ts";
export { holderData, RETURNED_JOB, type Returned, refreshControl } from "./control-reading.ts";
export { type NewLine, writeLines } from "./lines.ts";
export { lockThreads } from "./lock.ts";
export { type ConversationRow, replyFacts } from "./present.ts";
export { conversationsById } from "./query.ts";

export interface ConversationsModule extends ModuleLife {
  /** Conversations as clients see them. Ids of other workspaces are simply missing. */
  load(q: Q, workspaceId: string, ids: readonly string[], locale: Locale): Promise<Map<string, Conversation>>;
  loadActivity(q: Q, workspaceId: string, ids: readonly string[]): Promise<Activity[]>;
  /** @throws ApiError 404 */
  row(q: Q, workspaceId: string, id: string): Promise<ConversationRow>;
}

/** List, open, assign, resolve, read state, notes. */
export function registerConversations(
  app: App,
  deps: Deps,
  modules: { channels: ChannelsModule; team: TeamModule },
): ConversationsModule {
  const context = (locale: Locale) => ({
    now: deps.clock(),
    locale,
    policy: deps.config.meta,
  });
  const params = z.object({ id: Id });
  const tags = ["conversations"];

  commentRoutes(app, deps);
  const search = createSearchIndex(deps);
  const module: ConversationsModule = {
    start: search.start,
    stop: search.stop,
    async load(q, workspaceId, ids, locale) {
      const rows = await conversationsById(q, workspaceId, ids);
      return new Map(rows.map((r) => [r.id, presentConversation(r, context(locale))]));
    },
    async loadActivity(q, workspaceId, ids) {
      return present(workspaceId, await activitiesById(q, workspaceId, ids));
    },
    async row(q, workspaceId, id) {
      const [row] = await conversationsById(q, workspaceId, [id]);
      if (!row) throw notFound("conversation");
      return row;
    },
  };
  const one = async (actor: Actor, id: string, locale: Locale) =>
    presentConversation(await module.row(deps.db, actor.workspaceId, id), context(locale));
  const present = async (workspaceId: string, rows: ActivityRow[]) => {
    const names = await modules.team.members.names(
      workspaceId,
      rows.flatMap((r) => [r.member_id, r.target_member_id].filter((i) => i !== null)),
    );
    return rows.map((r) => presentActivity(r, names));
  };

  defineControlUpkeep(deps);
  defineEndingAlert(deps);
  controlRoute(app, deps, {
    channels: modules.channels,
    row: (workspaceId, id) => module.row(deps.db, workspaceId, id),
    present: one,
  });

  app.get(
    "/api/v1/conversations",
    {
      config: { permission: "conversations:read" },
      schema: {
        tags,
        summary: "Conversations, a page at a time",
        querystring: ConversationQuery,
        response: { 200: ConversationList },
      },
    },
    async (request) => {
      const { query } = request;
      const now = deps.clock();
      const { workspaceId, member } = request.actor;
      const who = { memberId: member?.id ?? null, now, adWindow: deps.config.meta.adWindow };
      // What is searched comes newest first, whatever the order of the list.
      const order = query.q ? ({ ...query, sort: "newest" } as const) : query;
      const rows = query.q
        ? await searchConversations(deps.db, workspaceId, query.q, order, who)
        : await listConversations(deps.db, workspaceId, order, who);
      const page = rows.slice(0, query.limit);
      const last = page.at(-1);
      return {
        data: page.map((r) => presentConversation(r, context(request.locale))),
        nextCursor: rows.length > query.limit && last ? encodeCursor(positionAfter(last, order, who)) : null,
      };
    },
  );

  app.get(
    "/api/v1/conversations/counts",
    {
      config: { permission: "conversations:read" },
      schema: {
        tags,
        summary: "How many open conversations each filter holds",
        querystring: z.object({ channelId: Id.optional() }),
        response: { 200: ConversationCounts },
      },
    },
    (request) =>
      countConversations(deps.db, request.actor.workspaceId, request.query.channelId, {
        memberId: request.actor.member?.id ?? null,
        now: deps.clock(),
        adWindow: deps.config.meta.adWindow,
      }),
  );

  app.get(
    "/api/v1/conversations/:id",
    {
      config: { permission: "conversations:read" },
      schema: { tags, summary: "One conversation", params, response: { 200: ConversationSchema } },
    },
    (request) => one(request.actor, request.params.id, request.locale),
  );

  app.patch(
    "/api/v1/conversations/:id",
    {
      config: { permission: "conversations:write" },
      schema: {
        tags,
        summary: "Assign, resolve, reopen",
        params,
        body: UpdateConversation,
        response: { 200: ConversationSchema },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      await changeConversation(deps, request.actor, request.params.id, request.body, (id) =>
        modules.team.members.exists(workspaceId, id),
      );
      return one(request.actor, request.params.id, request.locale);
    },
  );

  app.post(
    "/api/v1/conversations/:id/read",
    {
      config: { permission: "conversations:write" },
      schema: {
        tags,
        summary: "Mark as read; the customer sees it too",
        params,
        response: { 200: ConversationSchema },
      },
    },
    async (request) => {
      if (await markRead(deps, request.actor.workspaceId, request.params.id, true)) {
        const { workspaceId } = request.actor;
        const row = await module.row(deps.db, workspaceId, request.params.id);
        await signalCustomer(deps, modules, workspaceId, row, "mark_seen");
      }
      return one(request.actor, request.params.id, request.locale);
    },
  );

  app.post(
    "/api/v1/conversations/:id/unread",
    {
      config: { permission: "conversations:write" },
      schema: { tags, summary: "Mark as unread", params, response: { 200: ConversationSchema } },
    },
    async (request) => {
      await markRead(deps, request.actor.workspaceId, request.params.id, false);
      return one(request.actor, request.params.id, request.locale);
    },
  );

  app.post(
    "/api/v1/conversations/:id/typing",
    {
      config: { permission: "conversations:write" },
      schema: {
        tags,
        summary: "Show or hide the typing bubble on the customer's side; best effort",
        params,
        body: z.object({ on: z.boolean() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { workspaceId } = request.actor;
      const row = await module.row(deps.db, workspaceId, request.params.id);
      await signalCustomer(deps, modules, workspaceId, row, request.body.on ? "typing_on" : "typing_off");
      return reply.status(204).send(null);
    },
  );

  app.get(
    "/api/v1/conversations/:id/activity",
    {
      config: { permission: "conversations:read" },
      schema: {
        tags,
        summary: "Notes and system lines, newest first",
        params,
        querystring: z.object({ cursor: Cursor.optional(), limit: Limit }),
        response: { 200: ActivityList },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const rows = await listActivity(
        deps.db,
        workspaceId,
        await module.row(deps.db, workspaceId, request.params.id),
        decodeCursor(request.query.cursor, 2),
        request.query.limit,
      );
      const page = rows.slice(0, request.query.limit);
      const last = page.at(-1);
      return {
        data: await present(workspaceId, page),
        nextCursor: rows.length > page.length && last ? encodeCursor([last.at.toISOString(), last.id]) : null,
      };
    },
  );

  app.post(
    "/api/v1/conversations/:id/notes",
    {
      config: { permission: "conversations:write" },
      schema: {
        tags,
        summary: "Write an internal note; the customer never sees it",
        params,
        body: CreateNote,
        response: { 201: ActivitySchema },
      },
    },
    async (request, reply) => {
      const { workspaceId, member } = request.actor;
      await module.row(deps.db, workspaceId, request.params.id);
      const id = await deps.db.transaction().execute((tx) =>
        addActivity(tx, {
          workspaceId,
          conversationId: request.params.id,
          kind: "note",
          memberId: member?.id ?? null,
          text: request.body.text,
        }),
      );
      const [note] = await module.loadActivity(deps.db, workspaceId, [id]);
      return reply.status(201).send(note!);
    },
  );

  return module;
}
