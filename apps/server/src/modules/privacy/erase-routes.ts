import { Readable } from "node:stream";
import { Erasure, ErasureList, Id } from "@firstline/contracts";
import { sql } from "kysely";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { TeamModule } from "../team/index.ts";
import { eraseContact, findPerson } from "./erase-contact.ts";
import { exportContact } from "./export-contact.ts";

interface Row {
  id: string;
  channel_id: string;
  asked_at: Date;
  asked_by: string | null;
  done_at: Date | null;
  counts: Erasure["counts"];
}

/** The newest are shown: it is a record for looking back, not an archive. */
const SHOWN = 100;

/** Exporting a contact, deleting one everywhere, and the record of such deletions. */
export function eraseRoutes(app: App, deps: Deps, team: TeamModule): void {
  const tags = ["privacy"];
  const load = async (workspaceId: string, id: string | null): Promise<Erasure[]> => {
    const { rows } = await sql<Row>`
      select id, channel_id, asked_at, asked_by, done_at, counts from erasure
      where workspace_id = ${workspaceId} and ${id ? sql`id = ${id}` : sql`retention_run_id is null`} order by asked_at desc, id desc limit ${SHOWN}`.execute(
      deps.db,
    );
    const names = await team.members.names(
      workspaceId,
      rows.flatMap((r) => r.asked_by ?? []),
    );
    return rows.map((r) => ({
      id: r.id,
      channelId: r.channel_id,
      askedAt: r.asked_at.toISOString(),
      askedBy: r.asked_by ? (names.get(r.asked_by) ?? null) : null,
      doneAt: r.done_at?.toISOString() ?? null,
      counts: r.counts,
    }));
  };

  app.delete(
    "/api/v1/contacts/:id",
    {
      config: { permission: "privacy:write" },
      schema: {
        tags,
        summary: "Delete a contact with everything about them; files and raw deliveries follow within minutes",
        params: z.object({ id: Id }),
        response: { 202: Erasure },
      },
    },
    async (request, reply) => {
      const { workspaceId, member } = request.actor;
      const id = await deps.db
        .transaction()
        .execute((tx) =>
          eraseContact(tx, deps, { workspaceId, contactId: request.params.id, memberId: member?.id ?? null }),
        );
      if (id === null) throw notFound("contact");
      const [made] = await load(workspaceId, id);
      return reply.status(202).send(made!);
    },
  );

  app.get(
    "/api/v1/contacts/:id/export",
    {
      config: { permission: "privacy:write" },
      schema: {
        tags,
        summary: "Everything kept about a contact as one JSON file; files in it by their addresses",
        params: z.object({ id: Id }),
      },
    },
    async (request, reply) => {
      const person = await findPerson(deps.db, request.actor.workspaceId, request.params.id);
      if (!person) throw notFound("contact");
      return reply
        .header("content-disposition", `attachment; filename="contact-${person.contactId}.json"`)
        .header("cache-control", "no-store")
        .type("application/json; charset=utf-8")
        .send(Readable.from(exportContact(deps, person)));
    },
  );

  app.get(
    "/api/v1/privacy/erasures",
    {
      config: { permission: "privacy:write" },
      schema: {
        tags,
        summary: "Contacts that somebody deleted, newest first, without who they were",
        response: { 200: ErasureList },
      },
    },
    async (request) => ({ data: await load(request.actor.workspaceId, null), nextCursor: null }),
  );
}
