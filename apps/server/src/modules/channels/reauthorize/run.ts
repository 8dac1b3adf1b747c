import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import type { Tx } from "../../../platform/db/pool.ts";
import { ApiError } from "../../../platform/http/problems.ts";
import { Secret } from "../../../platform/secrets/index.ts";
import { connect } from "../connect.ts";
import { refuseDialogError, userAccess } from "../dialog.ts";
import { type LoginGrant, readGrant } from "../granted.ts";
import { LISTING_SCOPE } from "../scopes.ts";
import { type ProvedToken, proveToken } from "../verify.ts";
import { type Attempt, type AttemptOutcome, finishAttempt } from "./attempts.ts";
import { closed, linkEnd, useLink } from "./links.ts";

interface ChannelFor {
  platform: ProvedToken["platform"];
  externalId: string;
  pageId: string;
  state: string;
}

/** What Meta's dialog came back with. */
export type DialogAnswer = Record<string, unknown> & { code?: string | undefined };

/**
 * The person is back from the dialog: gives the channel of this attempt, and no other, the access they granted. Keeps what came of
 * it. Channel, history and routing stay; both levels are subscribed again, and who was told of reviving goes on from there.
 */
export async function reauthorize(
  deps: Deps,
  attempt: Attempt,
  answer: DialogAnswer,
  revived: (workspaceId: string, channelId: string) => Promise<void>,
): Promise<void> {
  let outcome: AttemptOutcome;
  try {
    outcome = await tryIt(deps, attempt, answer, revived);
  } catch (error) {
    // It is a browser that waits: whatever happened is told on its screen.
    if (!(error instanceof ApiError)) deps.log.error({ err: error, channelId: attempt.channelId }, "reauthorising");
    outcome = error instanceof ApiError ? refusalOf(error) : { fault: "unexpected" };
  }
  deps.metrics.reauthorizations.inc({ by: attempt.linkId ? "link" : "member", outcome: outcome.fault ?? "done" });
  await finishAttempt(deps, attempt, outcome);
}

/** A refusal of ours or of Meta's, with Meta's own sentence where there is one. */
function refusalOf({ code, detail, extra }: ApiError): AttemptOutcome {
  const said = code === "connection_refused" || extra.metaCode !== undefined ? detail : null;
  return { fault: code, missing: (extra.missing as string[] | undefined) ?? [], said };
}

async function tryIt(
  deps: Deps,
  attempt: Attempt,
  answer: DialogAnswer,
  revived: (workspaceId: string, channelId: string) => Promise<void>,
): Promise<AttemptOutcome> {
  const { workspaceId, channelId, linkId } = attempt;
  refuseDialogError(answer);
  const channel = await channelOf(deps, workspaceId, channelId);
  if (!channel || channel.state === "disconnected") throw new ApiError(409, "channel_disconnected");
  // Asked here, and again when the access is kept: a link that is over need not trouble Meta.
  const end = linkId ? await linkEnd(deps.db, deps, workspaceId, linkId) : null;
  if (end) throw closed(end);

  const grant = await readGrant(deps, await userAccess(deps, answer.code!));
  const account = grant.accounts.find((a) => a.platform === channel.platform && a.externalId === channel.externalId);
  if (!account) return notAmong(channel, grant);
  const [fault] = account.missing;
  if (fault || !account.token)
    return {
      fault: fault ?? "page_not_accessible",
      missing: fault === "token_missing_permission" ? account.missingPermissions : [],
    };
  const proved = await proveToken(deps, channel.platform, channel.externalId, new Secret(account.token));
  const named: ProvedToken = {
    ...proved,
    authorName: grant.by.name ?? proved.authorName,
    // Of a Page's own token Meta does not tell that it came from a system user's.
    kind: grant.by.kind === "system_user" ? "system_user" : proved.kind,
  };
  const { revived: again } = await connect(deps, workspaceId, named, {
    connectedBy: attempt.memberId,
    within: linkId ? (tx) => claim(tx, deps, { ...attempt, linkId }, proved.token) : undefined,
  });
  // The access is kept by now. What should follow and does not is done by whoever looks for it on a schedule.
  if (again)
    await revived(workspaceId, channelId).catch((err) =>
      deps.log.error({ err, channelId }, "what follows a reauthorisation"),
    );
  return { fault: null };
}

/** This account was not granted. Says by name what was granted instead. */
function notAmong(channel: ChannelFor, { accounts, declined }: LoginGrant): AttemptOutcome {
  if (declined.includes(LISTING_SCOPE)) return { fault: "token_missing_permission", missing: [LISTING_SCOPE] };
  if (accounts.length === 0) return { fault: "no_pages_granted" };
  const alike = accounts.filter((a) => a.platform === channel.platform);
  if (alike.length === 0 || (channel.platform === "instagram" && accounts.some((a) => a.pageId === channel.pageId)))
    return { fault: "instagram_not_linked", granted: [...new Set(accounts.map((a) => a.pageName))].slice(0, NAMED) };
  return { fault: "page_mismatch", granted: alike.map((a) => a.name).slice(0, NAMED) };
}

/** Names of other Pages that are told. */
const NAMED = 20;

/** Uses the link up for the authorisation that was just kept. */
async function claim(tx: Tx, deps: Deps, attempt: Attempt & { linkId: string }, token: Secret): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from authorizer where workspace_id = ${attempt.workspaceId} and channel_id = ${attempt.channelId} and token_fingerprint = ${deps.vault.fingerprint(token)}`.execute(
    tx,
  );
  await useLink(tx, deps, attempt.workspaceId, attempt.linkId, rows[0]?.id ?? null);
}

async function channelOf(deps: Pick<Deps, "db">, workspaceId: string, id: string): Promise<ChannelFor | null> {
  const { rows } = await sql<ChannelFor>`
    select platform, external_id as "externalId", page_id as "pageId", state from channel where workspace_id = ${workspaceId} and id = ${id}`.execute(
    deps.db,
  );
  return rows[0] ?? null;
}
