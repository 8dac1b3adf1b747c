import { randomBytes } from "node:crypto";
import type { FaultCode } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import { ApiError } from "../../../platform/http/problems.ts";
import { dialogAddress } from "../dialog.ts";
import { hashOf } from "./links.ts";

/** For the dialog; the code it gives lives as long. */
const LIFE_MS = 10 * 60_000;
/** What came of an attempt is told for this long. */
const KEPT_MS = 24 * 3_600_000;
/** Ways to the dialog by one link within ten minutes: whoever needs more is no person. */
const MOST_AT_ONCE = 10;

/** After these the person must be able to choose anew, where Facebook would else go on with what was chosen before. */
const CHOOSE_ANEW: readonly FaultCode[] = [
  "page_mismatch",
  "no_pages_granted",
  "token_missing_permission",
  "instagram_not_linked",
];

export interface Attempt {
  workspaceId: string;
  id: string;
  channelId: string;
  linkId: string | null;
  memberId: string | null;
}

/** Why an attempt did not succeed, with what names it: the Pages allowed instead, the permissions or tasks not given. */
export interface AttemptOutcome {
  fault: FaultCode | null;
  granted?: string[];
  missing?: string[];
  /** Meta's own sentence. */
  said?: string | null;
}

const BY_LINK = "link.";
const BY_MEMBER = "again.";
/** The `state` of an attempt tells it from that of connecting a new Page, and whether it needs a session. */
export const isByLink = (state: string | undefined) => state?.startsWith(BY_LINK) ?? false;
export const isReauthorization = (state: string | undefined) =>
  isByLink(state) || (state?.startsWith(BY_MEMBER) ?? false);

/**
 * The address of Meta's dialog for one channel. The state is random, good once and for ten minutes, and bound to the link or the
 * member. @throws ApiError 429 for a link that is used like a machine
 */
export async function startAttempt(deps: Deps, about: Omit<Attempt, "id">): Promise<string> {
  const { workspaceId, channelId, linkId, memberId } = about;
  const now = deps.clock();
  const { rows } = await sql<{ recent: number; fault: FaultCode | null }>`
    select count(*) filter (where created_at > ${new Date(now - LIFE_MS)})::int as recent, (array_agg(fault order by created_at desc))[1] as fault
    from reauthorization_attempt where workspace_id = ${workspaceId} and channel_id = ${channelId}
      and link_id is not distinct from ${linkId} and member_id is not distinct from ${memberId}`.execute(deps.db);
  const { recent, fault } = rows[0]!;
  if (linkId && recent >= MOST_AT_ONCE)
    throw new ApiError(429, "rate_limited", null, { retryAfterSeconds: LIFE_MS / 1000 });
  const state = `${linkId ? BY_LINK : BY_MEMBER}${randomBytes(24).toString("base64url")}`;
  const anew: Record<string, string> = fault && CHOOSE_ANEW.includes(fault) ? { auth_type: "rerequest" } : {};
  const url = dialogAddress(deps, state, anew);
  await sql`
    insert into reauthorization_attempt (workspace_id, channel_id, link_id, member_id, state_hash, created_at, expires_at)
    values (${workspaceId}, ${channelId}, ${linkId}, ${memberId}, ${hashOf(state)}, ${new Date(now)}, ${new Date(now + LIFE_MS)})`.execute(
    deps.db,
  );
  if (linkId)
    await sql`update reauthorization_link set attempts = attempts + 1 where workspace_id = ${workspaceId} and id = ${linkId}`.execute(
      deps.db,
    );
  return url;
}

/** Takes an attempt that came back, once. Null: unknown, taken before, another member's, or older than ten minutes. */
export async function takeAttempt(
  deps: Pick<Deps, "db" | "clock">,
  state: string,
  member: { workspaceId: string; memberId: string | null } | null,
): Promise<Attempt | null> {
  const now = new Date(deps.clock());
  const whose = member
    ? sql`link_id is null and workspace_id = ${member.workspaceId} and member_id is not distinct from ${member.memberId}`
    : sql`link_id is not null`;
  const { rows } = await sql<Attempt>`
    update reauthorization_attempt set taken_at = ${now} where state_hash = ${hashOf(state)} and taken_at is null and expires_at > ${now} and ${whose}
    returning workspace_id as "workspaceId", id, channel_id as "channelId", link_id as "linkId", member_id as "memberId"`.execute(
    deps.db,
  );
  return rows[0] ?? null;
}

/** Keeps what came of an attempt, for the browser that waits and for whoever sent the link. */
export async function finishAttempt(
  deps: Pick<Deps, "db" | "clock">,
  attempt: Attempt,
  { fault, granted = [], missing = [], said = null }: AttemptOutcome,
): Promise<void> {
  await sql`
    update reauthorization_attempt set finished_at = ${new Date(deps.clock())}, fault = ${fault}, about = ${JSON.stringify({ granted, missing, said })}::jsonb
    where workspace_id = ${attempt.workspaceId} and id = ${attempt.id}`.execute(deps.db);
  if (attempt.linkId && fault)
    await sql`
      update reauthorization_link set last_fault = ${fault} where workspace_id = ${attempt.workspaceId} and id = ${attempt.linkId} and used_at is null`.execute(
      deps.db,
    );
}

export interface KeptAttempt extends Attempt {
  expiresAt: Date;
  takenAt: Date | null;
  finishedAt: Date | null;
  fault: FaultCode | null;
  about: { granted?: string[]; missing?: string[]; said?: string | null };
}

/** What is known of an attempt by its state. Null: nothing, or not any more. */
export async function keptAttempt(deps: Pick<Deps, "db" | "clock">, state: string): Promise<KeptAttempt | null> {
  const { rows } = await sql<KeptAttempt>`
    select workspace_id as "workspaceId", id, channel_id as "channelId", link_id as "linkId", member_id as "memberId", expires_at as "expiresAt",
      taken_at as "takenAt", finished_at as "finishedAt", fault, about
    from reauthorization_attempt where state_hash = ${hashOf(state)} and created_at > ${new Date(deps.clock() - KEPT_MS)}`.execute(
    deps.db,
  );
  return rows[0] ?? null;
}

/** Links are listed this long after their time. */
const LINKS_KEPT_MS = 90 * 86_400_000;

/** Forgets what came of attempts after a day, and links long over. */
export async function forgetOld(deps: Pick<Deps, "db" | "clock">): Promise<void> {
  const now = deps.clock();
  await sql`delete from reauthorization_attempt where created_at < ${new Date(now - KEPT_MS)}`.execute(deps.db);
  await sql`delete from reauthorization_link where expires_at < ${new Date(now - LINKS_KEPT_MS)}`.execute(deps.db);
}
