import type { FaultCode } from "../faults/index.ts";
import type { Platform } from "../ways/index.ts";

/** The fields asked for and those Meta has, at one of the two subscription levels. */
export interface SubscriptionFacts {
  wanted: readonly string[];
  found: readonly string[];
}

/** Everything gathered about one channel. null anywhere: it could not be read, so nothing is claimed. Times are ms. */
export interface ChannelFacts {
  platform: Platform;
  state: "healthy" | "degraded" | "needs_reauthorization" | "restricted" | "disconnected";
  stateFault: FaultCode | null;
  stateSince: number | null;
  connectedAt: number;
  token: {
    valid: boolean | null;
    /** Why it is dead. */
    fault: FaultCode | null;
    checkedAt: number | null;
    /** null: no expiry date. */
    expiresAt: number | null;
    dataAccessExpiresAt: number | null;
    /** Permissions needed but not granted for this Page; null: not known. */
    missingPermissions: readonly string[] | null;
    /** Whether the permission for utility templates is granted (Messenger); null: not known. */
    templatesAllowed: boolean | null;
  } | null;
  /** `GET /{page}/subscribed_apps`. */
  pageSubscription: SubscriptionFacts | null;
  /** `GET /{app}/subscriptions`. */
  appSubscription: SubscriptionFacts | null;
  /** The callback address registered at the app and the one this server answers on. */
  callback: { registered: string | null; expected: string } | null;
  lastEventAt: number | null;
  humanAgentApproved: boolean;
  /** Contacts without a name because Meta lets the app read no profile. */
  namesRefused: number;
  receiving: ReceivingFacts;
  /** The newest thing Meta told about the Page itself; null: nothing in the last 30 days. */
  notice: {
    kind: "policy_warning" | "policy_block" | "policy_unblock" | "integrity";
    at: number;
    text: string | null;
  } | null;
  /** What the last survey of the Page found; null: none yet. */
  routing: RoutingFacts | null;
}

/** What came in, what did not and what was read back. */
export interface ReceivingFacts {
  /** Set while nothing arrives although the channel's habit says it should. */
  silence: { since: number; expected: number } | null;
  /** Everything of Meta's record up to this time has been compared with ours. */
  reconciledAt: number | null;
  /** The newest finished comparison. */
  reconciliation: { at: number; failed: boolean; recovered: number } | null;
  /** Sums of the last seven days. */
  week: { received: number; recovered: number; unreadable: number };
  /** When Meta had dropped our subscription and we made it anew. */
  resubscribedAt: number | null;
}

/** Who else is on the Page (R4). */
export interface RoutingFacts {
  surveyedAt: number;
  /** Conversation Routing; null: Meta did not tell. */
  enabled: boolean | null;
  /** Meta names the default app nowhere; it is known as far as its answers give it away. */
  defaultApp: { ours: boolean; name: string | null } | null;
  /** Names (else ids) of the other apps; null: could not be read. */
  otherApps: readonly string[] | null;
  /** What came of the last attempt to take a conversation over. */
  takeover: { allowed: boolean; at: number } | null;
  /** Conversations somebody else holds now. */
  heldNow: number;
}

/** One line of the channel's health. Same shape as `Check` in the API contracts. */
export interface Check {
  code: string;
  group: "access" | "receiving" | "sending" | "routing" | "blind_spots";
  status: "ok" | "warn" | "fail" | "unknown";
  title: string;
  evidence: string;
  fix: string;
  owner: "agent" | "administrator" | "operator" | "customer" | "meta" | "nobody";
}
