import {
  DeliveryDetail,
  DeliveryList,
  DeliveryQuery,
  Delivery as DeliverySchema,
  ReplayDeliveries,
  ReplayedDeliveries,
} from "@firstline/contracts";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { decodeCursor, encodeCursor } from "../../platform/http/cursor.ts";
import { notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import { findDelivery, listDeliveries, presentDelivery } from "./delivery-query.ts";
import { readHeaders } from "./headers.ts";
import { readAgain } from "./read-again.ts";
import { replayDeliveries } from "./replay.ts";

const tags = ["deliveries"];

/** Raw deliveries for operators: look and replay. Bodies go to the reader only, never to the log. */
export function deliveryRoutes(app: App, deps: Deps): void {
  const params = z.object({ id: z.string().regex(/^\d{1,18}$/) });
  const find = async (workspaceId: string, id: string) => {
    const row = await findDelivery(deps.db, workspaceId, id);
    if (!row) throw notFound("delivery");
    return row;
  };

  app.get(
    "/api/v1/deliveries",
    {
      config: { permission: "deliveries:read" },
      schema: {
        tags,
        summary: "Raw webhook deliveries, newest first",
        querystring: DeliveryQuery,
        response: { 200: DeliveryList },
      },
    },
    async (request) => {
      const { cursor, limit, ...filter } = request.query;
      const rows = await listDeliveries(deps.db, request.actor.workspaceId, filter, decodeCursor(cursor, 2), limit);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        data: page.map(presentDelivery),
        nextCursor: rows.length > limit && last ? encodeCursor([last.place, last.id]) : null,
        retentionDays: deps.config.deliveryRetentionDays,
      };
    },
  );

  app.get(
    "/api/v1/deliveries/:id",
    {
      config: { permission: "deliveries:read" },
      schema: {
        tags,
        summary: "One delivery: headers, exact body, and what became of each event in it",
        params,
        response: { 200: DeliveryDetail },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const row = await find(workspaceId, request.params.id);
      return {
        ...presentDelivery(row),
        ...presentBody(row.body),
        headers: readHeaders(row.headers),
        read: await readAgain(deps.db, workspaceId, row.body),
      };
    },
  );

  app.post(
    "/api/v1/deliveries/:id/replay",
    {
      config: { permission: "deliveries:write" },
      schema: {
        tags,
        summary: "Work a delivery off again; harmless for one that was understood",
        params,
        response: { 202: DeliverySchema },
      },
    },
    async (request, reply) => {
      const { workspaceId } = request.actor;
      const row = await find(workspaceId, request.params.id);
      const replayed = await replayDeliveries(deps.db, workspaceId, { id: row.id });
      const now = { ...presentDelivery(row), state: "pending" as const, error: null };
      return reply.status(202).send({ ...now, replays: row.replays + replayed });
    },
  );

  app.post(
    "/api/v1/deliveries/replays",
    {
      config: { permission: "deliveries:write" },
      schema: {
        tags,
        summary: "Work a range of deliveries off again, in the order they arrived; at most 10,000",
        body: ReplayDeliveries,
        response: { 202: ReplayedDeliveries },
      },
    },
    async (request, reply) => {
      const count = await replayDeliveries(deps.db, request.actor.workspaceId, request.body);
      return reply.status(202).send({ count });
    },
  );
}

/** The exact bytes, as text where they are UTF-8. */
export function presentBody(body: Buffer): { body: string; bodyEncoding: "utf8" | "base64" } {
  const text = body.toString("utf8");
  return Buffer.from(text, "utf8").equals(body)
    ? { body: text, bodyEncoding: "utf8" }
    : { body: body.toString("base64"), bodyEncoding: "base64" };
}
