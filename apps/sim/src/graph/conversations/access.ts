import type { Sim } from "../../sim.ts";
import type { Page, Platform } from "../../store/types.ts";
import { type Auth, scopesOf } from "../auth.ts";
import type { Call } from "../call.ts";
import { graphError } from "../error.ts";
import { instagramMessagesFault } from "../instagram-access.ts";

const SECOND = 1_000;
const HOUR = 3_600_000;
const SCOPES: Record<Platform, string[]> = {
  messenger: ["pages_messaging", "pages_manage_metadata", "pages_read_engagement"],
  instagram: ["instagram_manage_messages", "instagram_basic", "pages_manage_metadata"],
};

/** Times of the calls of the last hour, by Page and platform. In memory: a limit does not outlive a restart. */
const calls = new WeakMap<Sim, Map<string, number[]>>();

/**
 * Whether this token may read conversations now: permissions, a person with MESSAGING or MODERATE, an Instagram account
 * where one is asked for, and 2 calls per second for each Page and each Instagram account (Messenger Platform,
 * Conversations; Rate limiting, 2026-03-23; meta-receiving §4).
 */
export function openConversations(call: Call, auth: Auth, page: Page, platform: Platform): void {
  const missing = SCOPES[platform].find((scope) => !scopesOf(auth).includes(scope));
  if (missing) throw graphError(230, undefined, `(#230) Requires ${missing} permission to manage the object`);
  const tasks = auth.kind === "app" ? [] : (page.roles[auth.token.userId] ?? []);
  if (!tasks.includes("MESSAGING") && !tasks.includes("MODERATE")) {
    throw graphError(
      200,
      undefined,
      "(#200) User does not have sufficient administrative permission for this action on this page.",
    );
  }
  const hidden = platform === "instagram" ? instagramMessagesFault(auth, page) : null;
  if (hidden) throw hidden;
  limit(call, page, platform);
}

function limit(call: Call, page: Page, platform: Platform): void {
  const { sim, reply } = call;
  const now = sim.now();
  const perSecond = sim.store.state.faults.conversationRate;
  const all = calls.get(sim) ?? new Map<string, number[]>();
  calls.set(sim, all);
  const recent = (all.get(`${page.id}:${platform}`) ?? []).filter((at) => now - at < HOUR);
  all.set(`${page.id}:${platform}`, recent);
  const refused = perSecond !== null && recent.filter((at) => now - at < SECOND).length >= perSecond;
  if (!refused) recent.push(now);
  reply.header("x-business-use-case-usage", usage(page, platform, recent.length, perSecond));
  if (!refused) return;
  throw platform === "instagram"
    ? graphError(613, 2534040, "Calls to this api have exceeded the rate limit.")
    : graphError(613, undefined, "(#613) Calls to this api have exceeded the rate limit.");
}

/** Percent of an hour's calls at that pace; minutes until access returns (Graph API, Rate limiting; meta-sending §5). */
function usage(page: Page, platform: Platform, count: number, perSecond: number | null): string {
  const percent = perSecond === null ? 0 : Math.min(100, Math.round((count * 100) / (perSecond * 3600)));
  const type = platform === "instagram" ? "instagram" : "messenger";
  const figures = { call_count: percent, total_cputime: percent, total_time: percent };
  return JSON.stringify({ [page.id]: [{ type, ...figures, estimated_time_to_regain_access: 0 }] });
}
