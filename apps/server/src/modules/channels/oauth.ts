import { createHash, randomBytes } from "node:crypto";
import type { GrantedPages } from "@firstline/contracts";
import { sql } from "kysely";
import type { Platform } from "../../adapters/channel.ts";
import type { Deps } from "../../deps.ts";
import type { Actor } from "../../platform/http/actor.ts";
import { ApiError, type Locale, notFound } from "../../platform/http/problems.ts";
import { reason } from "../../platform/http/reason.ts";
import { Secret } from "../../platform/secrets/index.ts";
import { dialogAddress, refuseDialogError, userAccess } from "./dialog.ts";
import { type LoginGrant, readGrant } from "./granted.ts";
import { LISTING_SCOPE } from "./scopes.ts";

const GRANT_LIFE_MS = 10 * 60_000;

const hash = (state: string) => createHash("sha256").update(state).digest();

/**
 * The address of Meta's dialog for this member. The state is random, bound to the member and gone in ten minutes. `again`: shows what
 * was declined before once more, which Meta does only when asked.
 */
export async function startAuthorization(deps: Deps, actor: Actor, again = false): Promise<string> {
  const state = randomBytes(24).toString("base64url");
  const url = dialogAddress(deps, state, again ? { auth_type: "rerequest" } : {});
  // Tokens of a grant nobody took up are not kept.
  await sql`delete from channel_grant where expires_at < ${new Date(deps.clock())}`.execute(deps.db);
  await sql`insert into channel_grant (workspace_id, member_id, state_hash, expires_at) values (${actor.workspaceId}, ${actor.member?.id ?? null}, ${hash(state)}, ${new Date(deps.clock() + GRANT_LIFE_MS)})`.execute(
    deps.db,
  );
  return url;
}

interface Started {
  id: string;
  /** Pages are waiting for a choice already. */
  ready: boolean;
}

/**
 * The person is back from the dialog. Gives the id of the grant to choose from; the same answer opened again by the same member, in
 * a second tab or by a reload, leads to the same choice. @throws ApiError for everything else, with its own code.
 */
export async function finishAuthorization(
  deps: Deps,
  actor: Actor,
  query: { code?: string | undefined; state?: string | undefined; error?: string | undefined },
): Promise<string> {
  const started = await startedBy(deps, actor, query.state ?? "");
  if (started.ready) return started.id;
  refuseDialogError(query);
  try {
    const grant = await readGrant(deps, await userAccess(deps, query.code!));
    await keepGrant(deps, actor, started.id, grant);
  } catch (error) {
    // The other tab was faster, and what it got is this one's too.
    const used = error instanceof ApiError && error.code === "connection_used";
    if (!used || !(await startedBy(deps, actor, query.state ?? "")).ready) throw error;
  }
  return started.id;
}

/** @throws ApiError 409 for a state nobody here started, another member's, or one that is over. */
async function startedBy(deps: Deps, actor: Actor, state: string): Promise<Started> {
  const { rows } = await sql<Started & { mine: boolean }>`
    select id, pages_ciphertext is not null as ready, workspace_id = ${actor.workspaceId} and member_id is not distinct from ${actor.member?.id ?? null}::uuid as mine
    from channel_grant where state_hash = ${hash(state)} and expires_at > ${new Date(deps.clock())}`.execute(deps.db);
  const [row] = rows;
  if (!row) throw new ApiError(409, "connection_expired");
  if (!row.mine) throw new ApiError(409, "connection_other_session");
  return row;
}

async function keepGrant(deps: Deps, actor: Actor, id: string, grant: LoginGrant): Promise<void> {
  const sealed = deps.vault.seal(new Secret(JSON.stringify(grant)));
  await sql`update channel_grant set pages_ciphertext = ${sealed}, key_id = ${deps.vault.keyId}, expires_at = ${new Date(deps.clock() + GRANT_LIFE_MS)} where workspace_id = ${actor.workspaceId} and id = ${id}`.execute(
    deps.db,
  );
}

async function openGrant(deps: Deps, actor: Actor, id: string): Promise<LoginGrant & { expiresAt: Date }> {
  const { rows } = await sql<{ pages_ciphertext: Buffer; key_id: string; expires_at: Date }>`
    select pages_ciphertext, key_id, expires_at from channel_grant where workspace_id = ${actor.workspaceId} and id = ${id} and member_id is not distinct from ${actor.member?.id ?? null}
      and pages_ciphertext is not null and expires_at > ${new Date(deps.clock())}`.execute(deps.db);
  const [row] = rows;
  if (!row) throw notFound("grant; it may have expired");
  const grant: LoginGrant = JSON.parse(deps.vault.open(row.pages_ciphertext, row.key_id).reveal());
  return { ...grant, expiresAt: row.expires_at };
}

/** The Pages and accounts to choose from, each with what it lacks and where it is connected. */
export async function grantedPages(deps: Deps, actor: Actor, id: string, locale: Locale): Promise<GrantedPages> {
  const grant = await openGrant(deps, actor, id);
  const taken = await whereConnected(
    deps,
    grant.accounts.map((a) => a.externalId),
  );
  const pages = grant.accounts.map((a) => {
    const workspace = taken.get(`${a.platform}:${a.externalId}`);
    const elsewhere = workspace !== undefined && workspace !== actor.workspaceId;
    const codes = elsewhere ? (["page_in_other_workspace", ...a.missing] as const) : a.missing;
    return {
      platform: a.platform,
      externalId: a.externalId,
      name: a.name,
      pageName: a.pageName,
      connected: workspace === actor.workspaceId,
      missing: codes.map((code) => reason(code, locale)),
      missingPermissions: a.missingPermissions,
      notes: a.notes.map((code) => reason(code, locale)),
      without: a.without,
    };
  });
  const why = grant.declined.includes(LISTING_SCOPE) ? "token_missing_permission" : "no_pages_granted";
  return {
    grantId: id,
    expiresAt: grant.expiresAt.toISOString(),
    by: grant.by,
    declined: grant.declined,
    nothing: pages.length === 0 ? reason(why, locale) : null,
    pages,
  };
}

/** The workspace each account is connected in, by `platform:id`. */
async function whereConnected(deps: Deps, externalIds: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ account: string; workspace: string }>`
    select platform || ':' || external_id as account, workspace_id as workspace from channel_route where external_id = any(${externalIds})`.execute(
    deps.db,
  );
  return new Map(rows.map((r) => [r.account, r.workspace]));
}

/** A token that came with a login, and whose it is. */
export interface GrantedToken {
  token: Secret;
  grantedBy: string | null;
  kind: LoginGrant["by"]["kind"];
}

/** The token of one granted account. @throws ApiError 404 when it was not among those granted. */
export async function grantedToken(
  deps: Deps,
  actor: Actor,
  grantId: string,
): Promise<(platform: Platform, externalId: string) => GrantedToken> {
  const { accounts, by } = await openGrant(deps, actor, grantId);
  return (platform, externalId) => {
    const found = accounts.find((a) => a.platform === platform && a.externalId === externalId);
    if (!found?.token) throw notFound("Page among those granted");
    return { token: new Secret(found.token), grantedBy: by.name, kind: by.kind };
  };
}
