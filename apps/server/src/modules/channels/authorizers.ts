import { classifyFault, type FaultCode, faultOf } from "@firstline/core";
import { type RawBuilder, sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Q } from "../../platform/db/pool.ts";
import type { GraphError } from "../../platform/graph/client.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { Secret } from "../../platform/secrets/index.ts";
import { bestFirst } from "./best.ts";

export interface LiveAuthorizer {
  id: string;
  token: Secret;
  /** Empty: not known. */
  scopes: string[];
}

/** The token to use: the best of the living authorisers ({@link bestFirst}). Null: none lives. */
export const liveAuthorizer = (
  deps: Pick<Deps, "db" | "vault" | "log">,
  workspaceId: string,
  channelId: string,
): Promise<LiveAuthorizer | null> => storedAuthorizer(deps, workspaceId, channelId, sql`a.state = 'live'`);

/**
 * For what is worth a try with any token: the best of the living authorisers, else of those found dead, for a token that opens an
 * Instagram account no more may still serve its Page. Null: none is kept.
 */
export const anyAuthorizer = (
  deps: Pick<Deps, "db" | "vault" | "log">,
  workspaceId: string,
  channelId: string,
): Promise<LiveAuthorizer | null> => storedAuthorizer(deps, workspaceId, channelId, sql`true`);

async function storedAuthorizer(
  deps: Pick<Deps, "db" | "vault" | "log">,
  workspaceId: string,
  channelId: string,
  which: RawBuilder<unknown>,
): Promise<LiveAuthorizer | null> {
  const { rows } = await sql<{ id: string; token_ciphertext: Buffer; token_key_id: string; scopes: string[] }>`
    select a.id, a.token_ciphertext, a.token_key_id, a.scopes from authorizer a
    join channel c on c.workspace_id = a.workspace_id and c.id = a.channel_id and c.state <> 'disconnected'
    where a.workspace_id = ${workspaceId} and a.channel_id = ${channelId} and ${which} and a.token_ciphertext is not null
    order by (a.state = 'live') desc, ${bestFirst("a")} limit 1`.execute(deps.db);
  const row = rows[0];
  if (!row) return null;
  try {
    return { id: row.id, token: deps.vault.open(row.token_ciphertext, row.token_key_id), scopes: row.scopes };
  } catch (err) {
    deps.log.error({ err, channelId }, "a stored token cannot be opened");
    return null;
  }
}

/** Keeps a proved token, in place of what the same person gave before. The same token again refreshes its row. */
export async function keepAuthorizer(
  q: Q,
  deps: Pick<Deps, "vault">,
  a: {
    workspaceId: string;
    channelId: string;
    kind: string;
    userId: string | null;
    name: string | null;
    token: Secret;
    scopes: string[];
    lacking: string[];
    expiresAt: Date | null;
    dataAccessExpiresAt: Date | null;
    /** The member who connected; null: an API key, or somebody by a link. */
    connectedBy: string | null;
  },
): Promise<void> {
  const sealed = deps.vault.seal(a.token);
  const fingerprint = deps.vault.fingerprint(a.token);
  // Two tokens of one person die together: the older one is no spare.
  if (a.userId !== null)
    await sql`
      delete from authorizer where workspace_id = ${a.workspaceId} and channel_id = ${a.channelId} and external_user_id = ${a.userId}
        and token_fingerprint <> ${fingerprint}`.execute(q);
  await sql`
    insert into authorizer as x (workspace_id, channel_id, kind, external_user_id, name, token_ciphertext, token_key_id, token_fingerprint, scopes, lacking, state, proved_at, expires_at, data_access_expires_at, connected_by)
    values (${a.workspaceId}, ${a.channelId}, ${a.kind}, ${a.userId}, ${a.name}, ${sealed}, ${deps.vault.keyId}, ${fingerprint}, ${a.scopes}, ${a.lacking}, 'live', now(), ${a.expiresAt}, ${a.dataAccessExpiresAt}, ${a.connectedBy})
    on conflict (workspace_id, channel_id, token_fingerprint) do update set state = 'live', fault = null, died_at = null, proved_at = now(), scopes = excluded.scopes, lacking = excluded.lacking, connected_by = coalesce(excluded.connected_by, x.connected_by), name = coalesce(excluded.name, x.name),
      token_ciphertext = excluded.token_ciphertext, token_key_id = excluded.token_key_id, expires_at = excluded.expires_at, data_access_expires_at = excluded.data_access_expires_at`.execute(
    q,
  );
}

/** What a refusal says about the channel, or null when it says nothing about it. */
export function channelFault(error: GraphError, httpStatus: number): { fault: FaultCode; tokenDead: boolean } | null {
  const fault = classifyFault({
    httpStatus,
    code: error.code,
    subcode: error.subcode,
    message: error.message,
    isTransient: error.transient,
    stage: "answered",
  });
  if (faultOf(fault).level !== "channel") return null;
  return { fault, tokenDead: faultOf(fault).retry === "after_reauthorization" };
}

/**
 * Buries a token at the first refusal that says it is dead (S3). The next living authoriser takes over; without one the channel
 * needs reauthorisation. Gives whether another takes over.
 */
export async function buryAuthorizer(
  deps: Pick<Deps, "db">,
  workspaceId: string,
  channelId: string,
  authorizerId: string,
  fault: FaultCode,
): Promise<boolean> {
  return deps.db.transaction().execute(async (tx) => {
    // Of two that die at once, the second sees that it was the last.
    await sql`select 1 from channel where workspace_id = ${workspaceId} and id = ${channelId} for update`.execute(tx);
    await sql`update authorizer set state = 'dead', fault = ${fault}, died_at = coalesce(died_at, now()) where workspace_id = ${workspaceId} and channel_id = ${channelId} and id = ${authorizerId}`.execute(
      tx,
    );
    const { rows } =
      await sql`select 1 from authorizer where workspace_id = ${workspaceId} and channel_id = ${channelId} and state = 'live' limit 1`.execute(
        tx,
      );
    if (rows.length === 0) await setState(tx, workspaceId, channelId, "needs_reauthorization", fault);
    else await writeEvents(tx, [{ workspaceId, type: "channel.updated", conversationId: null, subjectId: channelId }]);
    return rows.length > 0;
  });
}

/**
 * A token that Meta has accepted again after it refused it. Gives whether the channel can send again through it; one that had
 * another authoriser, or is restricted or disconnected, goes on as it was.
 */
export async function reviveAuthorizer(
  deps: Pick<Deps, "db">,
  workspaceId: string,
  channelId: string,
  authorizerId: string,
): Promise<boolean> {
  return deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ state: string }>`
      select state from channel where workspace_id = ${workspaceId} and id = ${channelId} for update`.execute(tx);
    await sql`update authorizer set state = 'live', fault = null, died_at = null where workspace_id = ${workspaceId} and channel_id = ${channelId} and id = ${authorizerId}`.execute(
      tx,
    );
    const waits = rows[0]?.state === "needs_reauthorization";
    if (waits) await setState(tx, workspaceId, channelId, "healthy", null);
    else await writeEvents(tx, [{ workspaceId, type: "channel.updated", conversationId: null, subjectId: channelId }]);
    return waits;
  });
}

/** A channel that a person had authorised. */
export interface AuthorizedChannel {
  workspaceId: string;
  channelId: string;
  name: string;
}

/**
 * A person removed the app at Facebook (190/458 would be the next answer): what they had authorised before `at` (ms) is not used
 * any more. By Meta's id of the person for this app, in whatever workspace.
 */
export async function removePerson(deps: Pick<Deps, "db">, externalUserId: string, at: number): Promise<void> {
  const { rows } = await sql<{ workspaceId: string; channelId: string; id: string }>`
    select workspace_id as "workspaceId", channel_id as "channelId", id from authorizer
    where external_user_id = ${externalUserId} and state = 'live' and granted_at <= ${new Date(at)}`.execute(deps.db);
  for (const { workspaceId, channelId, id } of rows)
    await buryAuthorizer(deps, workspaceId, channelId, id, "token_app_removed");
}

/** Forgets name, id and token of a person who had authorised channels. Gives those channels. */
export async function forgetPerson(deps: Pick<Deps, "db">, externalUserId: string): Promise<AuthorizedChannel[]> {
  const { rows } = await sql<AuthorizedChannel & { id: string }>`
    select a.workspace_id as "workspaceId", a.channel_id as "channelId", a.id, c.name from authorizer a
    join channel c on c.workspace_id = a.workspace_id and c.id = a.channel_id where a.external_user_id = ${externalUserId}`.execute(
    deps.db,
  );
  for (const { workspaceId, channelId, id } of rows) {
    await buryAuthorizer(deps, workspaceId, channelId, id, "token_app_removed");
    await sql`
      update authorizer set name = null, external_user_id = null, token_ciphertext = null, token_key_id = null
      where workspace_id = ${workspaceId} and channel_id = ${channelId} and id = ${id}`.execute(deps.db);
  }
  return rows.map(({ workspaceId, channelId, name }) => ({ workspaceId, channelId, name }));
}

/**
 * No token can be used although none was refused: one sealed with another key, say. Then the channel must not look healthy. Looks
 * again under the channel's lock: somebody may have connected since the caller found none.
 */
export async function noteTokenless(
  deps: Pick<Deps, "db" | "vault" | "log">,
  workspaceId: string,
  channelId: string,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql`
      select 1 from channel where workspace_id = ${workspaceId} and id = ${channelId} and state in ('healthy', 'degraded') for update`.execute(
      tx,
    );
    if (rows.length > 0 && !(await liveAuthorizer({ ...deps, db: tx }, workspaceId, channelId)))
      await setState(tx, workspaceId, channelId, "needs_reauthorization", "token_invalid");
  });
}

/** Moves the channel to a state, with its event, unless it is there already or was disconnected by us. */
export async function setState(
  q: Q,
  workspaceId: string,
  channelId: string,
  state: string,
  fault: FaultCode | null,
): Promise<void> {
  const { rows } = await sql`
    update channel set state = ${state}, state_fault = ${fault}, state_since = now()
    where workspace_id = ${workspaceId} and id = ${channelId} and (state <> ${state} or state_fault is distinct from ${fault}) and state <> 'disconnected' returning id`.execute(
    q,
  );
  if (rows.length > 0)
    await writeEvents(q, [{ workspaceId, type: "channel.updated", conversationId: null, subjectId: channelId }]);
}
