import type { Channel, Reply } from "@firstline/contracts";
import { isRetired, WAY_NAMES, WAYS, type Way, type WayName } from "@firstline/core/ways";

/** One way to reply as the panel shows it. */
export interface WayShown {
  name: WayName;
  way: Way;
  /** `ended`: Meta took it away. `elsewhere`: not from a conversation: at a comment, or not sent by this product. */
  state: "now" | "later" | "not_now" | "ended" | "elsewhere";
  /** Times of `now` and `later`; both null: now and at any time. */
  opensAt: string | null;
  until: string | null;
  /** Code of what stands in its way, where that is known. */
  reason: string | null;
}

/** A newer server may say more of a way, or name one this page does not know. */
type Told = Omit<Reply["ways"][number], "way"> & { way: string; reason?: string | null };

/**
 * Every way Meta has or had for this platform, the usable ones first, at a moment. What the server does not list cannot be
 * used now; why is taken from its reasons.
 */
export function waysShown(reply: Reply, platform: Channel["platform"] | undefined, now: number): WayShown[] {
  const told = new Map((reply.ways as Told[]).map((each) => [each.way, each]));
  return WAY_NAMES.flatMap((name): WayShown[] => {
    const way: Way = WAYS[name];
    // What shows typing or a reaction is no reply.
    if (way.content.kinds.every((kind) => kind === "action")) return [];
    if (platform && !way.platforms.includes(platform)) return [];
    const nothing = { name, way, opensAt: null, until: null };
    if (isRetired(way, now)) return [{ ...nothing, state: "ended", reason: "tag_retired" }];
    // It has a verdict of its own, and no time at which it ends.
    if (name === "utility_template" && way.offered) {
      const { allowed, reason } = reply.template;
      return [{ ...nothing, state: allowed ? "now" : "not_now", reason: allowed ? null : (reason?.code ?? null) }];
    }
    const mine = told.get(name);
    if (!mine && (!way.offered || way.opens === "comment"))
      return [{ ...nothing, state: "elsewhere", reason: "way_not_available" }];
    if (mine && Date.parse(mine.until) > now) {
      const state = Date.parse(mine.opensAt) <= now ? "now" : "later";
      return [{ name, way, state, opensAt: mine.opensAt, until: mine.until, reason: mine.reason ?? null }];
    }
    return [{ ...nothing, state: "not_now", reason: mine?.reason ?? reasonOf(name, reply) }];
  }).sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}

const ORDER: readonly WayShown["state"][] = ["now", "later", "not_now", "elsewhere", "ended"];

function reasonOf(name: WayName, { reasons }: Reply): string | null {
  const codes = reasons.map(({ code }) => code);
  if (name === "human_agent" && codes.includes("human_agent_not_approved")) return "human_agent_not_approved";
  return codes.find((code) => code !== "human_agent_not_approved") ?? null;
}
