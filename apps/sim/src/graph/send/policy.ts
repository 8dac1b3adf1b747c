import type { Customer, Page, Platform } from "../../store/types.ts";
import { type GraphError, graphError } from "../error.ts";
import { ready } from "../ready-errors.ts";

const HOUR = 3_600_000;
/** Standard messaging window. Source: Messenger Platform, "Send messages" (2026-05-05). */
export const WINDOW_MS = 24 * HOUR;
/** Reach of the HUMAN_AGENT tag, counted from the person's last message. Source: same page; Human Agent feature. */
export const HUMAN_AGENT_MS = 7 * 24 * HOUR;

/** Refused for every app since 2026-04-27. Source: Messenger changelog; live: 100/1893061 "Invalid parameter". */
const DEAD_TAGS = ["CONFIRMED_EVENT_UPDATE", "POST_PURCHASE_UPDATE", "ACCOUNT_UPDATE"];

export interface SendKind {
  messagingType: string;
  tag: string | null;
}

/** Tags are judged before anything about the person: both refusals were seen inside the window (meta-sending §3.6). */
export function tagFault(kind: SendKind, humanAgentApproved: boolean): GraphError | null {
  const { messagingType, tag } = kind;
  if (messagingType && !["RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"].includes(messagingType)) {
    return graphError(
      100,
      undefined,
      "(#100) Param messaging_type must be one of {RESPONSE, UPDATE, MESSAGE_TAG, UTILITY}",
    );
  }
  if (messagingType === "UTILITY") return graphError(100, undefined, "(#100) Template cannot be found.");
  if (tag === null) {
    return messagingType === "MESSAGE_TAG" ? graphError(100, undefined, "(#100) The parameter tag is required") : null;
  }
  if (messagingType && messagingType !== "MESSAGE_TAG") {
    return graphError(100, undefined, "(#100) Messaging type should be MESSAGE_TAG for tagged messages.");
  }
  if (DEAD_TAGS.includes(tag)) return ready.deadTag();
  if (tag !== "HUMAN_AGENT") return graphError(100, undefined, "(#100) Invalid tag.");
  return humanAgentApproved ? null : ready.humanAgentNotApproved();
}

/** Whether the person can be found by this id from this Page. A guest chat ends 24 h after it began (§5.2). */
export function recipientFault(
  customer: Customer | undefined,
  page: Page,
  platform: Platform,
  guestEnded: boolean,
): GraphError | null {
  const unknown = platform === "instagram" ? ready.noMatchingInstagramUser() : ready.noMatchingUser();
  if (!customer || customer.pageId !== page.id) return unknown;
  return customer.kind === "guest" && guestEnded ? unknown : null;
}

/**
 * The messaging window on Meta's clock. Closed when 24 h have passed since the last qualifying action; with an approved
 * HUMAN_AGENT tag when 7 days have passed. There is no "24+1" (ended 2020-03-04).
 */
export function windowFault(
  kind: SendKind,
  lastActionAt: number | null,
  platform: Platform,
  now: number,
): GraphError | null {
  const reach = kind.tag === "HUMAN_AGENT" ? HUMAN_AGENT_MS : WINDOW_MS;
  if (lastActionAt !== null && now - lastActionAt < reach) return null;
  return platform === "instagram" ? ready.windowClosedInstagram() : ready.windowClosed();
}

/** Blocked the Page, deactivated or deleted: Meta never says which. */
export function personFault(customer: Customer): GraphError | null {
  return customer.blocked || customer.kind === "deleted" ? ready.notAvailable() : null;
}
