import { type ChannelFacts, classifyFault, type FaultCode } from "@firstline/core";
import { DebugToken, GraphPage } from "@firstline/meta-wire";
import { sql } from "kysely";
import type { Platform } from "../../adapters/channel.ts";
import type { Deps } from "../../deps.ts";
import type { Secret } from "../../platform/secrets/index.ts";
import { buryAuthorizer, reviveAuthorizer } from "./authorizers.ts";
import { bestFirst } from "./best.ts";
import { instagramReadable } from "./instagram-access.ts";
import { noteTasks } from "./roles.ts";
import { lackingScopes, misplacedScopes, missingUseful, UTILITY_SPELLINGS } from "./scopes.ts";
import { allowsTemplates } from "./template-permission.ts";
import { missingScopes } from "./verify.ts";

export type TokenFacts = NonNullable<ChannelFacts["token"]>;

interface Asked extends TokenFacts {
  /** Empty: Meta did not say. */
  scopes: string[];
  lacking: string[];
}

interface Stored {
  id: string;
  state: "live" | "dead";
  fault: FaultCode | null;
  token_ciphertext: Buffer;
  token_key_id: string;
  platform: Platform;
  page_id: string;
  external_id: string;
}

/**
 * What a dead token may be cured of without anybody connecting again: the person clears a checkpoint, confirms the account, turns
 * two-factor on, gets the role back, the Page is published again, or the Instagram account is linked or opened again. A changed password or a removed app kills for good.
 */
const CURABLE: ReadonlySet<FaultCode> = new Set<FaultCode>([
  "token_checkpoint",
  "token_account_unconfirmed",
  "page_two_factor_required",
  "page_role_lost",
  "page_permission_missing",
  "page_not_accessible",
  "instagram_link_broken",
  "instagram_access_off",
]);

/**
 * Asks Meta about every stored token of a channel (`debug_token`), the one in use first, and writes down what it says: a dead one
 * is buried before anybody's reply meets it (S4), one that has come back to life is used again; and about what each person may
 * still do on the Page. Gives what was learned of the one in use; null: there is none, or Meta did not say.
 */
export async function checkTokens(
  deps: Pick<Deps, "db" | "graph" | "vault" | "clock" | "log">,
  workspaceId: string,
  channelId: string,
  revived: (workspaceId: string, channelId: string) => Promise<void>,
): Promise<TokenFacts | null> {
  const { rows } = await sql<Stored>`
    select a.id, a.state, a.fault, a.token_ciphertext, a.token_key_id, c.platform, c.page_id, c.external_id from authorizer a
    join channel c on c.workspace_id = a.workspace_id and c.id = a.channel_id and c.state <> 'disconnected'
    where a.workspace_id = ${workspaceId} and a.channel_id = ${channelId} and a.token_ciphertext is not null
    order by (a.state = 'live') desc, ${bestFirst("a")}`.execute(deps.db);
  let inUse: TokenFacts | null = null;
  let living: { token: Secret; pageId: string } | null = null;
  // One time for all of a run: otherwise the one that was asked last would be used next.
  const at = new Date(deps.clock());
  for (const [n, one] of rows.filter((r) => r.state === "live" || (r.fault && CURABLE.has(r.fault))).entries()) {
    const token = open(deps, one, channelId);
    if (!token) continue;
    const facts = await ask(deps, one, token);
    if (n === 0 && one.state === "live") inUse = facts;
    if (!facts) continue;
    if (facts.valid) {
      await note(deps, { workspaceId, channelId, id: one.id, at }, facts);
      if (one.state === "live") living ??= { token, pageId: one.page_id };
      if (
        one.state === "dead" &&
        (await works(deps, { ...one, workspaceId, channelId }, token)) &&
        facts.missingPermissions?.length === 0
      )
        if (await reviveAuthorizer(deps, workspaceId, channelId, one.id)) await revived(workspaceId, channelId);
    } else if (one.state === "live" && facts.fault) {
      deps.log.warn({ channelId, fault: facts.fault }, "a token was found dead");
      await buryAuthorizer(deps, workspaceId, channelId, one.id, facts.fault);
    }
  }
  if (living) await noteTasks(deps, { workspaceId, channelId, pageId: living.pageId }, living.token);
  return inUse && { ...inUse, tasks: await tasksInUse(deps, workspaceId, channelId) };
}

/** What the person behind the token in use may do on the Page, as far as Meta has told. */
async function tasksInUse(
  deps: Pick<Deps, "db">,
  workspaceId: string,
  channelId: string,
): Promise<readonly string[] | null> {
  const { rows } = await sql<{ tasks: string[] | null }>`
    select a.tasks from authorizer a where a.workspace_id = ${workspaceId} and a.channel_id = ${channelId} and a.state = 'live' and a.token_ciphertext is not null
    order by ${bestFirst("a")} limit 1`.execute(deps.db);
  return rows[0]?.tasks ?? null;
}

function open(deps: Pick<Deps, "vault" | "log">, one: Stored, channelId: string): Secret | null {
  try {
    return deps.vault.open(one.token_ciphertext, one.token_key_id);
  } catch (err) {
    deps.log.error({ err, channelId }, "a stored token cannot be opened");
    return null;
  }
}

async function ask(deps: Pick<Deps, "graph" | "clock">, one: Stored, token: Secret): Promise<Asked | null> {
  const answer = await deps.graph.callAsApp({
    method: "GET",
    path: "/debug_token",
    query: { input_token: token.reveal() },
  });
  if (answer.kind === "no_answer" || answer.error) return null;
  const read = DebugToken.safeParse(answer.body);
  if (!read.success) return null;
  const { data } = read.data;
  const ms = (seconds: number | null) => (seconds ? seconds * 1000 : null);
  const targets = [one.page_id, one.external_id];
  return {
    valid: data.is_valid,
    fault: data.is_valid
      ? null
      : classifyFault({
          httpStatus: 400,
          code: data.error?.code ?? 190,
          subcode: data.error?.subcode ?? null,
          message: data.error?.message ?? null,
          isTransient: null,
          stage: "answered",
        }),
    checkedAt: deps.clock(),
    expiresAt: ms(data.expires_at),
    dataAccessExpiresAt: ms(data.data_access_expires_at),
    missingPermissions: data.is_valid ? missingScopes(data, one.platform, targets) : null,
    misplacedPermissions: data.is_valid ? misplacedScopes(data, one.platform, targets) : null,
    // Templates have a check of their own.
    lackingPermissions: data.is_valid
      ? missingUseful(data, one.platform, targets).filter((scope) => !UTILITY_SPELLINGS.includes(scope))
      : null,
    tasks: null,
    templatesAllowed: data.is_valid ? allowsTemplates(data.scopes) : null,
    scopes: data.scopes,
    lacking: data.is_valid ? lackingScopes(data, one.platform, targets) : [],
  };
}

async function note(
  deps: Pick<Deps, "db">,
  { workspaceId, channelId, id, at }: { workspaceId: string; channelId: string; id: string; at: Date },
  facts: Asked,
): Promise<void> {
  const date = (ms: number | null) => (ms === null ? null : new Date(ms));
  await sql`
    update authorizer set proved_at = ${at}, lacking = ${facts.lacking}, scopes = case when ${facts.scopes.length} = 0 then scopes else ${facts.scopes} end, expires_at = ${date(facts.expiresAt)}, data_access_expires_at = ${date(facts.dataAccessExpiresAt)}
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and id = ${id}`.execute(deps.db);
}

/**
 * A token may be valid and still open nothing: a role that is gone shows only when the Page is asked for, an Instagram account
 * that is unlinked or closed only when the account is.
 */
async function works(
  deps: Pick<Deps, "db" | "graph">,
  of: Stored & { workspaceId: string; channelId: string },
  token: Secret,
): Promise<boolean> {
  const instagram = of.platform === "instagram";
  const fields = instagram ? "id,instagram_business_account{id}" : "id";
  const answer = await deps.graph.call({ method: "GET", path: `/${of.page_id}`, query: { fields } }, token);
  if (answer.kind === "no_answer" || answer.error) return false;
  if (!instagram) return true;
  const linked = GraphPage.safeParse(answer.body).data?.instagram_business_account?.id;
  return linked === of.external_id && (await instagramReadable(deps, { ...of, pageId: of.page_id }, token));
}

const CHECK_JOB = "channels.token";

/** Deaths of a token that are the person's, not one Page's: what else rests on this person is likely dead too. */
const PERSONAL: ReadonlySet<FaultCode> = new Set<FaultCode>([
  "token_invalid",
  "token_password_changed",
  "token_expired",
  "token_app_removed",
  "token_revoked",
  "token_checkpoint",
  "token_account_unconfirmed",
]);

/**
 * A token died in use. Where the reason is the person's, their other channels, in whatever workspace, are asked about at once:
 * nobody's reply has to find out for each of them (S3, S4).
 */
export async function checkSamePerson(
  deps: Pick<Deps, "db" | "jobs">,
  authorizerId: string,
  fault: FaultCode,
): Promise<void> {
  if (!PERSONAL.has(fault)) return;
  const { rows } = await sql<{ workspaceId: string; channelId: string }>`
    select distinct o.workspace_id as "workspaceId", o.channel_id as "channelId" from authorizer a
    join authorizer o on o.external_user_id = a.external_user_id and o.id <> a.id and o.state = 'live'
    where a.id = ${authorizerId}`.execute(deps.db);
  await deps.jobs.add(
    CHECK_JOB,
    rows.map((data) => ({ data })),
  );
}

/** Every channel's tokens, three times an hour: a password changed at night is known before the first agent comes (S3, S4). */
export function defineTokenChecks(
  deps: Deps,
  check: (workspaceId: string, channelId: string) => Promise<unknown>,
): void {
  deps.jobs.define<{ workspaceId: string; channelId: string }>(
    CHECK_JOB,
    { retryLimit: 2, concurrency: 4 },
    async ({ workspaceId, channelId }) => void (await check(workspaceId, channelId)),
  );
  deps.jobs.define("channels.tokens", { retryLimit: 0, schedule: "7,27,47 * * * *" }, async () => {
    const { rows } = await sql<{ workspaceId: string; channelId: string }>`
      select workspace_id as "workspaceId", id as "channelId" from channel where state <> 'disconnected'`.execute(
      deps.db,
    );
    await deps.jobs.add(
      CHECK_JOB,
      rows.map((data) => ({ data, singletonKey: data.channelId })),
    );
  });
}
