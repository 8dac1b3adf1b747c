import { createHash, randomBytes } from "node:crypto";
import type { ReauthorizationLink, ReauthorizationLinkEnd } from "@firstline/contracts";
import type { FaultCode } from "@firstline/core";
import { type RawBuilder, sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import type { Q, Tx } from "../../../platform/db/pool.ts";
import { ApiError, type Locale, notFound } from "../../../platform/http/problems.ts";
import { reason } from "../../../platform/http/reason.ts";

const HOUR_MS = 3_600_000;
const LISTED = 50;

/** Only the hash is stored: who reads the database cannot use the link. The token is random enough to need no salt. */
export const hashOf = (secret: string) => createHash("sha256").update(secret).digest();

interface LinkRow {
  id: string;
  channel_id: string;
  created_by: string | null;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  used_at: Date | null;
  used_by: string | null;
  openings: number;
  attempts: number;
  last_fault: FaultCode | null;
}

/** Makes a link for one channel. Its token is given this once. @throws ApiError 409 for a channel that was disconnected */
export async function createLink(
  deps: Pick<Deps, "db" | "clock">,
  about: { workspaceId: string; channelId: string; memberId: string | null; hours: number },
): Promise<{ id: string; token: string }> {
  const token = randomBytes(32).toString("base64url");
  const now = deps.clock();
  const { rows } = await sql<{ id: string }>`
    insert into reauthorization_link (workspace_id, channel_id, token_hash, created_by, created_at, expires_at)
    select c.workspace_id, c.id, ${hashOf(token)}, ${about.memberId}, ${new Date(now)}, ${new Date(now + about.hours * HOUR_MS)}
    from channel c where c.workspace_id = ${about.workspaceId} and c.id = ${about.channelId} and c.state <> 'disconnected' returning id`.execute(
    deps.db,
  );
  if (!rows[0]) throw new ApiError(409, "channel_disconnected");
  return { id: rows[0].id, token };
}

/** Links of a channel, newest first, whatever became of them. */
export async function listLinks(
  deps: Pick<Deps, "db" | "clock">,
  workspaceId: string,
  channelId: string,
  locale: Locale,
  only: RawBuilder<unknown> = sql``,
): Promise<ReauthorizationLink[]> {
  const { rows } = await sql<LinkRow>`
    select l.id, l.channel_id, l.created_by, l.created_at, l.expires_at, l.revoked_at, l.used_at, l.openings, l.attempts, l.last_fault, a.name as used_by
    from reauthorization_link l left join authorizer a on a.workspace_id = l.workspace_id and a.channel_id = l.channel_id and a.id = l.authorizer_id
    where l.workspace_id = ${workspaceId} and l.channel_id = ${channelId} ${only} order by l.created_at desc, l.id desc limit ${LISTED}`.execute(
    deps.db,
  );
  return rows.map((row) => present(row, deps.clock(), locale));
}

/** @throws ApiError 404 */
export async function oneLink(
  deps: Pick<Deps, "db" | "clock">,
  workspaceId: string,
  channelId: string,
  id: string,
  locale: Locale,
): Promise<ReauthorizationLink> {
  const [link] = await listLinks(deps, workspaceId, channelId, locale, sql`and l.id = ${id}`);
  if (!link) throw notFound("link");
  return link;
}

/** Takes a link back. One that is over stays as it was. @throws ApiError 404 */
export async function revokeLink(
  deps: Pick<Deps, "db" | "clock">,
  workspaceId: string,
  channelId: string,
  id: string,
): Promise<void> {
  const now = new Date(deps.clock());
  const { rows } = await sql`
    update reauthorization_link set revoked_at = case when used_at is null and revoked_at is null and expires_at > ${now} then ${now} else revoked_at end
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and id = ${id} returning 1`.execute(deps.db);
  if (rows.length === 0) throw notFound("link");
}

/** Takes back all links of a channel: whoever disconnects it wants nobody to bring it back by one. */
export async function endLinks(
  tx: Tx,
  deps: Pick<Deps, "clock">,
  workspaceId: string,
  channelId: string,
): Promise<void> {
  const now = new Date(deps.clock());
  await sql`
    update reauthorization_link set revoked_at = ${now}
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and used_at is null and revoked_at is null and expires_at > ${now}`.execute(
    tx,
  );
}

/** A link that can be used, with the channel it is for. */
export interface OpenLink {
  workspaceId: string;
  id: string;
  channelId: string;
  expiresAt: Date;
}

/** @throws ApiError 404 for a token nobody has made, 410 for a link that is over */
export async function openLink(deps: Pick<Deps, "db" | "clock">, token: string): Promise<OpenLink> {
  const { rows } = await sql<OpenLink & { end: ReauthorizationLinkEnd | null }>`
    select l.workspace_id as "workspaceId", l.id, l.channel_id as "channelId", l.expires_at as "expiresAt", ${endOf(deps)} as "end"
    from reauthorization_link l
    where l.token_hash = ${hashOf(token)}`.execute(deps.db);
  if (!rows[0]) throw notFound("link");
  const { end, ...link } = rows[0];
  if (end) throw closed(end);
  return link;
}

/** Counts that the page of a link was opened. */
export async function countOpening(deps: Pick<Deps, "db">, link: OpenLink): Promise<void> {
  await sql`
    update reauthorization_link set openings = openings + 1 where workspace_id = ${link.workspaceId} and id = ${link.id}`.execute(
    deps.db,
  );
}

/** Why a link is over; null: it can be used. */
export async function linkEnd(
  q: Q,
  deps: Pick<Deps, "clock">,
  workspaceId: string,
  id: string,
): Promise<ReauthorizationLinkEnd | null> {
  const { rows } = await sql<{ end: ReauthorizationLinkEnd | null }>`
    select ${endOf(deps)} as "end" from reauthorization_link l
    where l.workspace_id = ${workspaceId} and l.id = ${id}`.execute(q);
  return rows[0] ? rows[0].end : "revoked";
}

/**
 * Uses a link up, in the transaction that keeps the access it gave: of several at once the first one does it, the others find it
 * used. @throws ApiError 410
 */
export async function useLink(
  tx: Tx,
  deps: Pick<Deps, "clock">,
  workspaceId: string,
  id: string,
  authorizerId: string | null,
): Promise<void> {
  await sql`select 1 from reauthorization_link where workspace_id = ${workspaceId} and id = ${id} for update`.execute(
    tx,
  );
  const end = await linkEnd(tx, deps, workspaceId, id);
  if (end) throw closed(end);
  await sql`
    update reauthorization_link set used_at = ${new Date(deps.clock())}, authorizer_id = ${authorizerId}, last_fault = null
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
}

const endOf = (deps: Pick<Deps, "clock">) => sql<ReauthorizationLinkEnd | null>`
  case when l.used_at is not null then 'used' when l.revoked_at is not null then 'revoked' when l.expires_at <= ${new Date(deps.clock())} then 'expired' end`;

export const closed = (why: ReauthorizationLinkEnd) => new ApiError(410, "reauthorization_link_closed", null, { why });

function present(row: LinkRow, now: number, locale: Locale): ReauthorizationLink {
  const ended = row.expires_at.getTime() <= now ? row.expires_at : null;
  const closedAt = row.used_at ?? row.revoked_at ?? ended;
  return {
    id: row.id,
    channelId: row.channel_id,
    state: row.used_at ? "used" : row.revoked_at ? "revoked" : ended ? "expired" : "open",
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    expiresAt: row.expires_at.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    usedBy: row.used_by,
    openings: row.openings,
    attempts: row.attempts,
    lastProblem: row.last_fault ? reason(row.last_fault, locale) : null,
  };
}
