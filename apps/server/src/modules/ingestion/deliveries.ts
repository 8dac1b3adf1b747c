import {
  type Delivery,
  DeliveryDetail,
  DeliveryList,
  DeliveryQuery,
  Delivery as DeliverySchema,
} from "@firstline/contracts";
import { sql } from "kysely";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { decodeCursor, encodeCursor } from "../../platform/http/cursor.ts";
import { notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";

interface Row {
  id: number;
  state: Delivery["state"];
  received_at: Date;
  processed_at: Date | null;
  attempts: number;
  size: number;
  events: number | null;
  unsupported: number | null;
  error: string | null;
  replays: number;
  channels: string[] | null;
  contacts: string[] | null;
  headers?: string | null;
  body?: Buffer;
}

const COLUMNS = sql`id, state, received_at, processed_at, attempts, octet_length(body) as size, events, unsupported, error, replays, channels, contacts`;

/**
 * A delivery may hold events of several workspaces; it is shown only to a workspace that owns all of it. One that belongs to
 * nobody (an unknown Page, an unreadable body) is shown while the installation has a single workspace.
 */
const visible = (workspaceId: string) => sql`(
  (workspaces <@ array[${workspaceId}::uuid] and cardinality(workspaces) > 0)
  or (coalesce(cardinality(workspaces), 0) = 0 and (select count(*) from workspace) = 1))`;

const present = (r: Row): Delivery => ({
  id: String(r.id),
  state: r.state,
  receivedAt: r.received_at.toISOString(),
  processedAt: r.processed_at?.toISOString() ?? null,
  attempts: r.attempts,
  size: r.size,
  events: r.events,
  unsupported: r.unsupported,
  error: r.error,
  replays: r.replays,
  channelIds: r.channels ?? [],
  contactExternalIds: r.contacts ?? [],
});

/** Raw deliveries for operators: look and replay. Bodies go to the reader only, never to the log. */
export function deliveryRoutes(app: App, deps: Deps): void {
  const params = z.object({ id: z.string().regex(/^\d{1,18}$/) });
  const find = async (workspaceId: string, id: string) => {
    const { rows } =
      await sql<Row>`select ${COLUMNS}, body from delivery where id = ${id} and ${visible(workspaceId)}`.execute(
        deps.db,
      );
    if (!rows[0]) throw notFound("delivery");
    return rows[0];
  };

  app.get(
    "/api/v1/deliveries",
    {
      config: { permission: "deliveries:read" },
      schema: {
        tags: ["deliveries"],
        summary: "Raw webhook deliveries, newest first",
        querystring: DeliveryQuery,
        response: { 200: DeliveryList },
      },
    },
    async (request) => {
      const { state, from, to, cursor, limit } = request.query;
      const before = decodeCursor(cursor, 1)?.[0];
      const { rows } = await sql<Row>`
      select ${COLUMNS} from delivery
      where ${visible(request.actor.workspaceId)}
        ${state ? sql`and state = ${state}` : sql``} ${from ? sql`and received_at >= ${from}` : sql``} ${to ? sql`and received_at < ${to}` : sql``}
        ${before ? sql`and id < ${before}` : sql``}
      order by id desc limit ${limit + 1}`.execute(deps.db);
      const page = rows.slice(0, limit);
      return {
        data: page.map(present),
        nextCursor: rows.length > limit ? encodeCursor([page.at(-1)!.id]) : null,
        retentionDays: deps.config.deliveryRetentionDays,
      };
    },
  );

  app.get(
    "/api/v1/deliveries/:id",
    {
      config: { permission: "deliveries:read" },
      schema: {
        tags: ["deliveries"],
        summary: "One delivery with its exact body",
        params,
        response: { 200: DeliveryDetail },
      },
    },
    async (request) => {
      const row = await find(request.actor.workspaceId, request.params.id);
      const text = row.body!.toString("utf8");
      const exact = Buffer.from(text, "utf8").equals(row.body!);
      return {
        ...present(row),
        body: exact ? text : row.body!.toString("base64"),
        bodyEncoding: exact ? ("utf8" as const) : ("base64" as const),
        headers: [],
        read: [],
      };
    },
  );

  app.post(
    "/api/v1/deliveries/:id/replay",
    {
      config: { permission: "deliveries:write" },
      schema: {
        tags: ["deliveries"],
        summary: "Work a delivery off again; harmless for one that was understood",
        params,
        response: { 202: DeliverySchema },
      },
    },
    async (request, reply) => {
      const row = await find(request.actor.workspaceId, request.params.id);
      await sql`with again as (update delivery set state = 'pending', error = null where id = ${row.id}) select pg_notify('firstline_delivery', '')`.execute(
        deps.db,
      );
      return reply.status(202).send({ ...present(row), state: "pending" as const, error: null });
    },
  );
}
