import type { Sim } from "../../sim.ts";
import type { Page, Platform } from "../../store/types.ts";
import type { Call } from "../call.ts";
import { GraphError } from "../error.ts";
import { knownError } from "../known/index.ts";
import { businessUsage, limitHeaders } from "../limit-headers.ts";
import { asStructure } from "../params.ts";

const SECOND = 1_000;
const HOUR = 3_600_000;
/** Private replies an hour, per Page or Instagram account (Rate limiting, 2026-03-23). */
const PRIVATE_REPLIES_PER_HOUR = 750;

/** Times of what was taken, by Page, platform and kind. In memory: a limit does not outlive a restart. */
const taken = new WeakMap<Sim, Map<string, number[]>>();

function recent(sim: Sim, key: string, within: number): number[] {
  const all = taken.get(sim) ?? new Map<string, number[]>();
  taken.set(sim, all);
  const now = sim.now();
  const list = all.get(key) ?? [];
  while ((list[0] ?? now) <= now - within) list.shift();
  all.set(key, list);
  return list;
}

/** Audio and video have a ceiling of their own (Rate limiting, 2026-03-23). */
function kindOf(call: Call): "text" | "media" {
  const message = asStructure(call.values.message) as { attachment?: unknown } | undefined;
  const attachment = asStructure(message?.attachment) as { type?: unknown } | undefined;
  return attachment?.type === "audio" || attachment?.type === "video" ? "media" : "text";
}

function refuse(page: Page, platform: Platform): GraphError {
  const { init } = platform === "instagram" ? knownError(613, 2534040) : knownError(613);
  const limit = { code: 613, pageId: page.id, platform, regainMinutes: 1, retryAfter: undefined };
  return new GraphError({ ...init, headers: limitHeaders(limit) });
}

/**
 * The send rate of a Page or Instagram account, by the switch `sendRate`; how much of it is used is told with every
 * answer. Refused sends do not count.
 */
export function checkSendRate(call: Call, page: Page, platform: Platform): void {
  const { sim, reply } = call;
  const kind = kindOf(call);
  const ceiling = sim.store.state.faults.sendRate?.[kind] ?? null;
  const list = recent(sim, `${page.id}:${platform}:${kind}`, SECOND);
  const percent = ceiling === null ? 0 : Math.round(((list.length + 1) * 100) / ceiling);
  reply.header("x-business-use-case-usage", businessUsage(page.id, platform, Math.min(percent, 100)));
  if (ceiling !== null && list.length >= ceiling) throw refuse(page, platform);
  list.push(sim.now());
}

export function checkPrivateReplyRate(sim: Sim, page: Page, platform: Platform): void {
  const list = recent(sim, `${page.id}:${platform}:private`, HOUR);
  if (list.length >= PRIVATE_REPLIES_PER_HOUR) throw refuse(page, platform);
  list.push(sim.now());
}
