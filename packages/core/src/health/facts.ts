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
  } | null;
  /** `GET /{page}/subscribed_apps`. */
  pageSubscription: SubscriptionFacts | null;
  /** `GET /{app}/subscriptions`. */
  appSubscription: SubscriptionFacts | null;
  /** The callback address registered at the app and the one this server answers on. */
  callback: { registered: string | null; expected: string } | null;
  lastEventAt: number | null;
  humanAgentApproved: boolean;
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
