import { type Contact, Contact as ContactSchema, Id, UpdateContact } from "@firstline/contracts";
import { guestChatEnd } from "@firstline/core";
import { sql } from "kysely";
import { z } from "zod";
import type { Referral } from "../../adapters/channel.ts";
import type { Deps } from "../../deps.ts";
import type { ModuleLife } from "../../life.ts";
import type { Q } from "../../platform/db/pool.ts";
import { notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { ChannelsModule } from "../channels/index.ts";
import { askAgain } from "./ask-again.ts";
import { guestSince } from "./guest.ts";
import { metaLabels } from "./labels.ts";
import { nameParticipants, type Participant } from "./participants.ts";
import { readProfiles } from "./profile.ts";

export { guestSince } from "./guest.ts";

export interface ContactRow {
  id: string;
  channel_id: string;
  external_id: string;
  own_name: string | null;
  meta_name: string | null;
  username: string | null;
  name_reason: Contact["nameReason"];
  picture_key: string | null;
  locale: string | null;
  is_guest: boolean;
  cannot_receive_since: Date | null;
  referral: (Omit<Referral, "isGuest" | "productId"> & { productId?: string | null; at: number }) | null;
  name_source: Contact["nameSource"];
  guest_ended_at: Date | null;
  guest_since: Date | null;
  created_at: Date;
  conversation_id: string | null;
  meta_labels: string[];
}

export interface ContactsModule extends ModuleLife {
  load(
    q: Q,
    workspaceId: string,
    ids: readonly string[],
  ): Promise<{ contact: Contact; conversationId: string | null }[]>;
  /** Names people without a profile by what stands in their conversations at Meta (O1). */
  nameParticipants(scope: { workspaceId: string; channelId: string }, people: readonly Participant[]): Promise<void>;
}

/** People behind page-scoped ids, and the reading of their profiles. */
export function registerContacts(app: App, deps: Deps, channels: ChannelsModule): ContactsModule {
  readProfiles(deps, channels);
  askAgain(deps, channels);
  const params = z.object({ id: Id });

  const load: ContactsModule["load"] = async (q, workspaceId, ids) => {
    if (ids.length === 0) return [];
    const { rows } = await sql<ContactRow>`
      select c.id, c.channel_id, c.external_id, c.own_name, c.meta_name, c.username, c.name_reason, c.picture_key, c.locale, c.is_guest, c.guest_ended_at, ${guestSince} as guest_since, c.name_source, c.cannot_receive_since, c.referral, c.created_at, v.id as conversation_id, ${metaLabels} as meta_labels
      from contact c left join conversation v on v.workspace_id = c.workspace_id and v.channel_id = c.channel_id and v.contact_id = c.id
      where c.workspace_id = ${workspaceId} and c.id = any(${ids}::uuid[])`.execute(q);
    return rows.map((r) => ({ contact: present(r), conversationId: r.conversation_id }));
  };
  const one = async (workspaceId: string, id: string) => {
    const [found] = await load(deps.db, workspaceId, [id]);
    if (!found) throw notFound("contact");
    return found;
  };

  app.get(
    "/api/v1/contacts/:id",
    {
      config: { permission: "conversations:read" },
      schema: { tags: ["contacts"], summary: "One contact", params, response: { 200: ContactSchema } },
    },
    async (request) => (await one(request.actor.workspaceId, request.params.id)).contact,
  );

  app.patch(
    "/api/v1/contacts/:id",
    {
      config: { permission: "conversations:write" },
      schema: {
        tags: ["contacts"],
        summary: "Give a contact our own name; Meta's never overwrites it",
        params,
        body: UpdateContact,
        response: { 200: ContactSchema },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const { conversationId } = await one(workspaceId, request.params.id);
      await deps.db.transaction().execute(async (tx) => {
        await sql`update contact set own_name = ${request.body.ownName || null} where workspace_id = ${workspaceId} and id = ${request.params.id}`.execute(
          tx,
        );
        await writeEvents(tx, [
          { workspaceId, type: "contact.updated", conversationId, subjectId: request.params.id },
          ...(conversationId
            ? [{ workspaceId, type: "conversation.updated" as const, conversationId, subjectId: conversationId }]
            : []),
        ]);
      });
      return (await one(workspaceId, request.params.id)).contact;
    },
  );

  app.get(
    "/api/v1/contacts/:id/picture",
    {
      config: { permission: "conversations:read" },
      schema: { tags: ["contacts"], summary: "The profile picture", params },
    },
    async (request, reply) => {
      const { rows } = await sql<{
        picture_key: string | null;
      }>`select picture_key from contact where workspace_id = ${request.actor.workspaceId} and id = ${request.params.id}`.execute(
        deps.db,
      );
      const key = rows[0]?.picture_key;
      if (!key) throw notFound("picture");
      return reply
        .header("cache-control", "private, max-age=86400")
        .type("image/webp")
        .send(await deps.blobs.stream(key));
    },
  );

  return { load, nameParticipants: (scope, people) => nameParticipants(deps, scope, people) };
}

function present(r: ContactRow): Contact {
  const metaName = r.meta_name ?? r.username;
  return {
    id: r.id,
    externalId: r.external_id,
    name: r.own_name ?? metaName ?? `Guest ${r.external_id.slice(-4)}`,
    // A name read elsewhere leaves the reason why the profile is closed.
    nameReason: metaName ? (r.name_source === "participants" ? r.name_reason : null) : (r.name_reason ?? "unknown"),
    isGuest: r.is_guest,
    pictureUrl: r.picture_key ? `/api/v1/contacts/${r.id}/picture?v=${r.picture_key.slice(-8)}` : null,
    ownName: r.own_name,
    metaName: r.meta_name,
    username: r.username,
    locale: r.locale,
    channelId: r.channel_id,
    createdAt: r.created_at.toISOString(),
    nameSource: r.name_source,
    guest: r.is_guest
      ? {
          endsAt: new Date(guestChatEnd((r.guest_since ?? r.created_at).getTime())).toISOString(),
          endedAt: r.guest_ended_at?.toISOString() ?? null,
        }
      : null,
    metaLabels: r.meta_labels,
    cannotReceiveSince: r.cannot_receive_since?.toISOString() ?? null,
    referral: r.referral
      ? {
          source: r.referral.source,
          type: r.referral.type,
          ref: r.referral.ref,
          adId: r.referral.adId,
          adTitle: r.referral.adTitle,
          productId: r.referral.productId ?? null,
          at: new Date(r.referral.at).toISOString(),
        }
      : null,
  };
}
