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
    /** Of those, the ones granted for other Pages only (`granular_scopes`); null: not known. */
    misplacedPermissions: readonly string[] | null;
    /** Permissions the product uses where it has them, not granted for this Page; null: not known. */
    lackingPermissions: readonly string[] | null;
    /** What the person behind it may do on the Page, in Meta's names; null: Meta does not say. */
    tasks: readonly string[] | null;
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
  /** What the token opens (`/me`), and the Page it should be. */
  page: { id: string; expectedId: string; name: string; published: boolean | null } | null;
  /** Instagram only. */
  instagram: InstagramFacts | null;
  webhook: WebhookFacts;
  app: AppFacts;
  usage: UsageFacts;
  /** The newest finished self-test; null: none yet. */
  selfTest: { at: number; failed: number; warned: number } | null;
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
  /** Deliveries of this channel that could not be written and wait for a replay. */
  setAside: number;
  /** Kinds of events the channel received in the four weeks before, with what came since. */
  kinds: readonly KindFacts[];
}

/** One kind of event and its habit. */
export interface KindFacts {
  /** Our name of it, as in the loss report. */
  field: string;
  /** The hour in which the newest came. */
  lastAt: number;
  /** Days of the four weeks before `lastAt` on which it came, and events on an average one of all 28. */
  days: number;
  perDay: number;
}

/** The Instagram account behind the channel, by the Page and by a look at its conversations. */
export interface InstagramFacts {
  /** The id of the channel's account. */
  accountId: string;
  /** What the Page names as its professional account now; null: none. */
  linked: { id: string; name: string | null } | null;
  /** What a look at its conversations met; null: not tried or no answer. */
  access: FaultCode | "ok" | null;
}

/** Webhook calls to this installation, whosever they are. Counts of the last 24 hours. */
export interface WebhookFacts {
  /** The newest call that was accepted. */
  acceptedAt: number | null;
  signature: RefusalFacts;
  storage: RefusalFacts;
  verifyToken: RefusalFacts;
}
export interface RefusalFacts {
  count: number;
  lastAt: number | null;
}

/** What all channels of the installation share. */
export interface AppFacts {
  graphVersion: string;
  /** How far this clock is ahead of Meta's, ms; null: not compared yet. */
  skewMs: number | null;
  /** When Meta took a reply of this channel last, within seven days; null: none. */
  takenAt: number | null;
  /** Replies of the last seven days it refused because the app is in development or lacks access. */
  refused: number;
  refusedAt: number | null;
}

/** How much of Meta's limits this channel uses up. */
export interface UsageFacts {
  /** The highest figure Meta told lately, percent; null: none told. */
  percent: number | null;
  /** Until when Meta takes no calls, or sending rests. */
  restsUntil: number | null;
  /** Limits met and not yet made up for. */
  strikes: number;
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
