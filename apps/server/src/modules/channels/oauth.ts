import { createHash, randomBytes } from "node:crypto";
import type { GrantedPages } from "@firstline/contracts";
import { AccountsPage, type GraphPage, TokenAnswer } from "@firstline/meta-wire";
import { sql } from "kysely";
import type { Platform } from "../../adapters/channel.ts";
import type { Deps } from "../../deps.ts";
import type { Actor } from "../../platform/http/actor.ts";
import { ApiError, type Locale, notFound } from "../../platform/http/problems.ts";
import { reason } from "../../platform/http/reason.ts";
import { Secret } from "../../platform/secrets/index.ts";
import { UTILITY_SCOPE } from "./template-permission.ts";
import { bodyOf, NEEDED_SCOPES, nameOf } from "./verify.ts";

const GRANT_LIFE_MS = 10 * 60_000;
const MOST_PAGES = 40; // of 100 Pages each

interface GrantedAccount {
  platform: Platform;
  externalId: string;
  name: string;
  token: string;
  canMessage: boolean;
  /** Who granted it. */
  grantedBy: string | null;
}

const hash = (state: string) => createHash("sha256").update(state).digest();
const redirectUri = (deps: Deps) => `${deps.config.publicUrl}/api/v1/channels/authorizations/callback`;

/** The address of Meta's dialog, which leads back with `state`. @throws ApiError 422 without a Meta app. */
export function dialogAddress(deps: Deps, state: string, extra: Record<string, string> = {}): string {
  const { appId, configId, dialogUrl, version } = deps.config.meta;
  if (!appId)
    throw new ApiError(
      422,
      "invalid_request",
      "This server has no Meta app yet: META_APP_ID and META_APP_SECRET are not set.",
    );
  const scopes = [
    ...new Set([
      ...NEEDED_SCOPES.messenger,
      ...NEEDED_SCOPES.instagram,
      UTILITY_SCOPE,
      "pages_show_list",
      "pages_read_engagement",
      "business_management",
    ]),
  ];
  const url = new URL(`${dialogUrl}/${version}/dialog/oauth`);
  url.search = new URLSearchParams({
    client_id: appId,
    redirect_uri: redirectUri(deps),
    state,
    response_type: "code",
    ...(configId ? { config_id: configId } : { scope: scopes.join(",") }),
    ...extra,
  }).toString();
  return url.href;
}

/** The address of Meta's dialog for this member. The state is random, single-use, bound to the member and gone in ten minutes. */
export async function startAuthorization(deps: Deps, actor: Actor): Promise<string> {
  const state = randomBytes(24).toString("base64url");
  const url = dialogAddress(deps, state);
  // Tokens of a grant nobody took up are not kept.
  await sql`delete from channel_grant where expires_at < ${new Date(deps.clock())}`.execute(deps.db);
  await sql`insert into channel_grant (workspace_id, member_id, state_hash, expires_at) values (${actor.workspaceId}, ${actor.member?.id ?? null}, ${hash(state)}, ${new Date(deps.clock() + GRANT_LIFE_MS)})`.execute(
    deps.db,
  );
  return url;
}

/**
 * The person is back from the dialog: the code becomes a long-lived user token first (Page tokens derived from a short-lived one
 * die with it), then all Pages are read to the last. Gives the id of the grant to choose from.
 */
export async function finishAuthorization(
  deps: Deps,
  actor: Actor,
  query: { code?: string; state?: string; error?: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from channel_grant where workspace_id = ${actor.workspaceId} and member_id is not distinct from ${actor.member?.id ?? null}
      and state_hash = ${hash(query.state ?? "")} and pages_ciphertext is null and expires_at > ${new Date(deps.clock())}`.execute(
    deps.db,
  );
  const grant = rows[0];
  if (!grant)
    throw new ApiError(
      409,
      "conflict",
      "This connection was started in another session, or more than ten minutes ago. Start it again.",
    );
  if (query.error || !query.code)
    throw new ApiError(403, "not_allowed", "The connection was cancelled at Facebook. Nothing was changed.");
  const user = await userToken(deps, query.code);
  const grantedBy = await nameOf(deps, user);
  const accounts = (await readPages(deps, user)).flatMap((page) => accountsOf(page, grantedBy));
  const sealed = deps.vault.seal(new Secret(JSON.stringify(accounts)));
  await sql`update channel_grant set pages_ciphertext = ${sealed}, key_id = ${deps.vault.keyId}, expires_at = ${new Date(deps.clock() + GRANT_LIFE_MS)} where workspace_id = ${actor.workspaceId} and id = ${grant.id}`.execute(
    deps.db,
  );
  return grant.id;
}

/** A long-lived token of the person, for the code the dialog gave. @throws ApiError saying what Meta said. */
export async function userToken(deps: Deps, code: string): Promise<Secret> {
  const { appId, appSecret } = deps.config.meta;
  const exchange = async (parameters: Record<string, string>) =>
    new Secret(
      TokenAnswer.parse(
        bodyOf(
          await deps.graph.callAsApp({
            method: "GET",
            path: "/oauth/access_token",
            query: { client_id: appId!, client_secret: appSecret!, ...parameters },
          }),
        ),
      ).access_token,
    );
  const shortLived = await exchange({ code, redirect_uri: redirectUri(deps) });
  return exchange({ grant_type: "fb_exchange_token", fb_exchange_token: shortLived.reveal() });
}

/** All Pages a person gave to this app, read to the last. */
export async function readPages(deps: Deps, user: Secret): Promise<GraphPage[]> {
  const pages: GraphPage[] = [];
  let after: string | undefined;
  for (let n = 0; n < MOST_PAGES; n++) {
    const answer = AccountsPage.parse(
      bodyOf(
        await deps.graph.call(
          {
            method: "GET",
            path: "/me/accounts",
            query: {
              fields: "id,name,access_token,tasks,instagram_business_account{id,username}",
              limit: "100",
              ...(after ? { after } : {}),
            },
          },
          user,
        ),
      ),
    );
    pages.push(...answer.data);
    after = answer.paging?.next ? answer.paging.cursors?.after : undefined;
    if (!after) break;
  }
  return pages;
}

function accountsOf(page: GraphPage, grantedBy: string | null): GrantedAccount[] {
  const token = page.access_token ?? "";
  const canMessage =
    page.tasks.includes("MESSAGING") && page.tasks.some((t) => ["MANAGE", "MODERATE", "CREATE_CONTENT"].includes(t));
  const ig = page.instagram_business_account;
  return [
    { platform: "messenger" as const, externalId: page.id, name: page.name, token, canMessage, grantedBy },
    ...(ig
      ? [
          {
            platform: "instagram" as const,
            externalId: ig.id,
            name: ig.username ?? page.name,
            token,
            canMessage,
            grantedBy,
          },
        ]
      : []),
  ];
}

async function openGrant(deps: Deps, actor: Actor, id: string): Promise<GrantedAccount[]> {
  const { rows } = await sql<{ pages_ciphertext: Buffer; key_id: string }>`
    select pages_ciphertext, key_id from channel_grant where workspace_id = ${actor.workspaceId} and id = ${id} and member_id is not distinct from ${actor.member?.id ?? null}
      and pages_ciphertext is not null and expires_at > ${new Date(deps.clock())}`.execute(deps.db);
  if (!rows[0]) throw notFound("grant; it may have expired");
  return JSON.parse(deps.vault.open(rows[0].pages_ciphertext, rows[0].key_id).reveal());
}

/** The Pages and accounts to choose from, each with what it lacks. */
export async function grantedPages(deps: Deps, actor: Actor, id: string, locale: Locale): Promise<GrantedPages> {
  const accounts = await openGrant(deps, actor, id);
  const { rows } = await sql<{
    platform: string;
    external_id: string;
  }>`select platform, external_id from channel where workspace_id = ${actor.workspaceId} and state <> 'disconnected'`.execute(
    deps.db,
  );
  const connected = new Set(rows.map((r) => `${r.platform}:${r.external_id}`));
  return {
    grantId: id,
    pages: accounts.map((a) => ({
      platform: a.platform,
      externalId: a.externalId,
      name: a.name,
      connected: connected.has(`${a.platform}:${a.externalId}`),
      missing: a.canMessage && a.token ? [] : [reason("page_role_lost", locale)],
    })),
  };
}

/** The token of one granted account. @throws ApiError 404 when it was not among those granted. */
export async function grantedToken(
  deps: Deps,
  actor: Actor,
  grantId: string,
): Promise<(platform: Platform, externalId: string) => { token: Secret; grantedBy: string | null }> {
  const accounts = await openGrant(deps, actor, grantId);
  return (platform, externalId) => {
    const found = accounts.find((a) => a.platform === platform && a.externalId === externalId);
    if (!found?.token) throw notFound("Page among those granted");
    return { token: new Secret(found.token), grantedBy: found.grantedBy };
  };
}
