import { sql } from "kysely";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import type { ModuleLife } from "../../life.ts";
import type { Authenticate } from "../../platform/http/actor.ts";
import type { App } from "../../platform/http/server.ts";
import type { AlertsModule } from "../alerts/index.ts";
import type { ChannelsModule } from "../channels/index.ts";
import type { ContactsModule } from "../contacts/index.ts";
import type { ConversationsModule } from "../conversations/index.ts";
import type { IncidentsModule } from "../incidents/index.ts";
import type { MessagesModule } from "../messages/index.ts";
import type { TemplatesModule } from "../templates/index.ts";
import { type Client, createHub, parseCursor } from "./hub.ts";
import { createHydrate } from "./hydrate.ts";

const HEARTBEAT_MS = 15_000;
/** A reader this far behind is let go; it comes back with its cursor and reads on from there. */
const MOST_BUFFERED_BYTES = 2_000_000;
const EVENT_LIFE_DAYS = 7;

/** Server-sent events from the outbox. */
export function registerRealtime(
  app: App,
  deps: Deps,
  modules: {
    channels: ChannelsModule;
    contacts: ContactsModule;
    conversations: ConversationsModule;
    alerts: AlertsModule;
    incidents: IncidentsModule;
    messages: MessagesModule;
    templates: TemplatesModule;
    authenticate: Authenticate;
  },
): ModuleLife {
  const hub = createHub(deps, createHydrate(deps, modules));
  const open = new Set<() => void>();

  app.get(
    "/api/v1/events",
    {
      config: { permission: "conversations:read" },
      schema: {
        tags: ["events"],
        summary: "Server-sent events, resumable by Last-Event-ID",
        querystring: z.object({ after: z.string().max(60).optional() }),
      },
    },
    async (request, reply) => {
      const given = String(request.headers["last-event-id"] ?? request.query.after ?? "");
      const after = parseCursor(given);
      reply.hijack();
      const out = reply.raw;
      out.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        connection: "keep-alive",
        "x-accel-buffering": "no",
      });
      out.write("retry: 1500\n\n");
      const write = (type: string, data: unknown, id?: string) =>
        out.write(`${id ? `id: ${id}\n` : ""}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
      const client: Client = {
        workspaceId: request.actor.workspaceId,
        locale: request.locale,
        send(cursor, event) {
          if (!open.has(close)) return false;
          write(event.type, event, cursor);
          if (out.writableLength > MOST_BUFFERED_BYTES) close();
          return open.has(close);
        },
      };
      const beat = setInterval(async () => {
        if (open.has(close)) out.write(":\n\n");
        const still = await modules.authenticate(request.headers).catch(() => request.actor);
        if (!still) close();
      }, HEARTBEAT_MS);
      const close = () => {
        clearInterval(beat);
        hub.leave(client);
        open.delete(close);
        out.end();
      };
      open.add(close);
      out.on("close", close);
      try {
        const unreadable = given !== "" && after === null;
        if (unreadable || (await hub.join(client, after)) === "reset") {
          if (open.has(close)) write("reset", { type: "reset" });
          await hub.join(client, null);
        }
        if (open.has(close)) write("ready", { type: "ready" });
        // It may have gone while it was being joined.
        else hub.leave(client);
      } catch (err) {
        deps.log.warn({ err }, "an event stream could not begin");
        close();
      }
    },
  );

  deps.jobs.define("events.retention", { retryLimit: 2, schedule: "41 3 * * *" }, async () => {
    await sql`
      with gone as (delete from event where created_at < now() - make_interval(days => ${EVENT_LIFE_DAYS}) returning txid, id),
      last as (select txid, id from gone order by txid desc, id desc limit 1)
      insert into installation (key, value) select 'event_horizon', txid::text || '-' || id from last on conflict (key) do update set value = excluded.value`.execute(
      deps.db,
    );
  });

  return {
    async start(roles) {
      // Events of another cluster (a restored backup) carry transaction ids of its future: nobody could ever pass them.
      await sql`delete from event where txid > pg_current_xact_id()`.execute(deps.db);
      await sql`delete from installation where key = 'event_horizon' and split_part(value, '-', 1)::xid8 > pg_current_xact_id()`.execute(
        deps.db,
      );
      if (roles.web) hub.start();
    },
    async stop() {
      for (const close of [...open]) close();
      await hub.stop();
    },
  };
}
