import type { ReauthorizationResult } from "@firstline/contracts";
import type { FaultCode } from "@firstline/core";
import { sql } from "kysely";
import type { Platform } from "../../../adapters/channel.ts";
import type { Deps } from "../../../deps.ts";
import type { Actor } from "../../../platform/http/actor.ts";
import { ApiError, type Locale, notFound } from "../../../platform/http/problems.ts";
import { reason } from "../../../platform/http/reason.ts";
import { type Attempt, isByLink, keptAttempt, takeAttempt } from "./attempts.ts";
import { linkEnd } from "./links.ts";
import { type DialogAnswer, reauthorize } from "./run.ts";

/** An attempt that was taken and never finished died with its process. */
const LONGEST_RUN_MS = 3 * 60_000;

/**
 * A browser is back from Meta's dialog with the state of an attempt. Gives the address of the screen that tells what came of it; the
 * same answer opened again leads there too. @throws ApiError 409 for a member's attempt that is over or another member's
 */
export async function cameBack(
  deps: Deps,
  query: DialogAnswer & { state?: string | undefined },
  actor: Actor | null,
  revived: (workspaceId: string, channelId: string) => Promise<void>,
): Promise<string> {
  const state = query.state ?? "";
  const member =
    isByLink(state) || !actor ? null : { workspaceId: actor.workspaceId, memberId: actor.member?.id ?? null };
  const attempt = await takeAttempt(deps, state, member);
  if (attempt) await reauthorize(deps, attempt, query, revived);
  if (isByLink(state)) return `/reauthorize/result/${encodeURIComponent(state)}`;
  const channelId = attempt?.channelId ?? (await beforeOf(deps, state, member)).channelId;
  return `/settings/channels/${channelId}?${new URLSearchParams({ reauthorization: state })}`;
}

/** The member's attempt that was finished before. @throws ApiError 409 */
async function beforeOf(
  deps: Deps,
  state: string,
  member: { workspaceId: string; memberId: string | null } | null,
): Promise<Attempt> {
  const kept = await keptAttempt(deps, state);
  if (!kept) throw new ApiError(409, "connection_expired");
  if (kept.workspaceId !== member?.workspaceId || kept.memberId !== member.memberId)
    throw new ApiError(409, "connection_other_session");
  if (!kept.takenAt) throw new ApiError(409, "connection_expired");
  return kept;
}

/** What came of an attempt, for the browser that was sent to Meta with this state. @throws ApiError 404 */
export async function resultOf(deps: Deps, state: string, locale: Locale): Promise<ReauthorizationResult> {
  const kept = await keptAttempt(deps, state);
  const { rows } = kept
    ? await sql<{ name: string; platform: Platform }>`
        select name, platform from channel where workspace_id = ${kept.workspaceId} and id = ${kept.channelId}`.execute(
        deps.db,
      )
    : { rows: [] };
  if (!kept || !rows[0]) throw notFound("attempt; it may be too long ago");
  const fault: FaultCode | null = kept.finishedAt ? kept.fault : endedBy(deps, kept);
  return {
    outcome: fault ? "refused" : kept.finishedAt ? "done" : "pending",
    page: rows[0],
    channelId: kept.linkId ? null : kept.channelId,
    problem: fault ? reason(fault, locale) : null,
    granted: kept.about.granted ?? [],
    missing: kept.about.missing ?? [],
    said: kept.about.said ?? null,
    linkEnd: kept.linkId ? await linkEnd(deps.db, deps, kept.workspaceId, kept.linkId) : null,
  };
}

/** Why an attempt that is not finished never will be. Null: it may be yet. */
function endedBy(deps: Pick<Deps, "clock">, attempt: { expiresAt: Date; takenAt: Date | null }): FaultCode | null {
  if (attempt.takenAt) return deps.clock() - attempt.takenAt.getTime() > LONGEST_RUN_MS ? "unexpected" : null;
  return attempt.expiresAt.getTime() <= deps.clock() ? "connection_expired" : null;
}
