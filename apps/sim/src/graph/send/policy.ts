import type { Sim } from "../../sim.ts";
import type { Customer, Page, Platform, Thread } from "../../store/types.ts";
import { type GraphError, graphError } from "../error.ts";
import { knownError } from "../known/index.ts";
import { ready } from "../ready-errors.ts";
import { AD_WINDOW_MS, AD_WINDOW_SINCE, isAlive, policyAt, WAYS, WINDOW_MS, wayOf } from "./ways.ts";

export interface SendKind {
  messagingType: string;
  tag: string | null;
}

const bad = (message: string): GraphError => graphError(100, undefined, `(#100) ${message}`);

/**
 * Tags are judged before anything about the person: the refusals of retired and of unapproved ones were seen inside the
 * window (meta-sending §3.6). A retired tag is refused on Instagram too, where it never existed.
 */
export function tagFault(sim: Sim, kind: SendKind, platform: Platform, hasTemplate: boolean): GraphError | null {
  const { messagingType, tag } = kind;
  if (messagingType && !["RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"].includes(messagingType))
    return bad("Param messaging_type must be one of {RESPONSE, UPDATE, MESSAGE_TAG, UTILITY}");
  if (messagingType === "UTILITY" && !hasTemplate) return bad("Template cannot be found.");
  if (hasTemplate && messagingType && messagingType !== "UTILITY")
    return bad("Messaging type should be UTILITY for utility templates.");
  if (tag === null) return messagingType === "MESSAGE_TAG" ? bad("The parameter tag is required") : null;
  if (messagingType && messagingType !== "MESSAGE_TAG")
    return bad("Messaging type should be MESSAGE_TAG for tagged messages.");
  return refusedTag(sim, tag, platform);
}

function refusedTag(sim: Sim, tag: string, platform: Platform): GraphError | null {
  const at = policyAt(sim);
  const way = WAYS.find((one) => one.kind === "tag" && one.name === tag);
  if (!way) return bad("Invalid tag.");
  if (way.until !== null && at >= way.until) return ready.deadTag();
  if (!way.platforms.includes(platform) || !isAlive(way, at)) return bad("Invalid tag.");
  if (way.needs === "news_page_index") return ready.newsTag();
  if (way.needs === "human_agent" && !sim.store.state.faults.humanAgentApproved) return ready.humanAgentNotApproved();
  return null;
}

/** Whether the person can be found by this id from this Page: they wrote, or the Page answered a comment of theirs. */
export function recipientFault(
  customer: Customer | undefined,
  page: Page,
  platform: Platform,
  thread: Thread | undefined,
  now: number,
): GraphError | null {
  const unknown = platform === "instagram" ? ready.noMatchingInstagramUser() : ready.noMatchingUser();
  if (customer?.pageId !== page.id || !thread) return unknown;
  if (thread.lastActionAt === null && thread.messages.length === 0) return unknown;
  // A guest chat ends when the guest ends it, or 24 h after it began (meta-receiving §5.2).
  const began = thread.messages[0]?.at ?? now;
  const over = customer.chatEnded || now - began >= WINDOW_MS;
  return customer.kind === "guest" && over ? unknown : null;
}

/**
 * When the standard window closes, on Meta's clock; null where the person never acted. After an ad it may last seven days
 * from the first message that followed (policy page, 2026-09-28), where the switch says so.
 */
export function openUntil(sim: Sim, thread: Pick<Thread, "lastActionAt" | "pageId" | "adMessageAt">): number | null {
  if (thread.lastActionAt === null) return null;
  const { adWindow } = sim.store.state.faults;
  const applies = (adWindow || sim.store.page(thread.pageId)?.adWindow) && policyAt(sim) >= AD_WINDOW_SINCE;
  const byAd = applies && thread.adMessageAt ? thread.adMessageAt + AD_WINDOW_MS : 0;
  return Math.max(thread.lastActionAt + WINDOW_MS, byAd);
}

/**
 * The messaging window on Meta's clock, by the reach of the way that is asked for. There is no "24+1" (ended 2020-03-04).
 */
export function windowFault(
  sim: Sim,
  kind: SendKind & { utility?: unknown },
  thread: Pick<Thread, "lastActionAt" | "pageId" | "adMessageAt">,
  platform: Platform,
): GraphError | null {
  if (kind.utility) return null;
  const way = kind.tag === null ? undefined : wayOf(kind.tag, platform);
  if (way?.reach === null) return null;
  const closed = platform === "instagram" ? ready.windowClosedInstagram() : ready.windowClosed();
  if (thread.lastActionAt === null) return closed;
  const until = Math.max(openUntil(sim, thread) ?? 0, way ? thread.lastActionAt + way.reach : 0);
  return sim.now() < until ? null : closed;
}

/** Blocked the Page, deactivated or deleted: Meta never says which, and not always with the same numbers. */
export function personFault(customer: Customer): GraphError | null {
  if (!customer.blocked && customer.kind !== "deleted") return null;
  switch (customer.blockedAs) {
    case "200":
      return knownError(200, 1545041);
    case "2":
      return knownError(2);
    case "2018108":
      return knownError(10, 2018108);
    default:
      return ready.notAvailable();
  }
}
