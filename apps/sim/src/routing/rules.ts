import type { Hold, Routing } from "../store/routing.ts";
import type { Page, Platform, Thread } from "../store/types.ts";
import { isMetaApp, LEAD_ADS_APP_ID } from "./apps.ts";

const HOUR = 3_600_000;
/** Control ends this long after the customer's last activity (Conversation Routing, 2025-09-24). */
export const CONTROL_MS = 24 * HOUR;
/** Longest `extend_thread_control` (same page). */
export const EXTEND_AT_MOST_MS = 7 * 24 * HOUR;

/** `default`: no default app is set ("zero config"). `routing`: Conversation Routing is on. */
export type Mode = "default" | "routing";

export interface Owner {
  appId: string;
  since: number;
  /** When control ends by itself, ms; null: when what it is held for ends. */
  until: number | null;
  hold: Hold | null;
}

export function routingOf(page: Page, platform: Platform): Routing {
  return page.routing?.[platform] ?? { enabled: false, defaultAppId: null };
}

export function modeOf(page: Page, platform: Platform): Mode {
  return routingOf(page, platform).enabled ? "routing" : "default";
}

/** When control ends by itself: as extended, else 24 h after it was gained or the customer was last active. */
function expiryOf(thread: Thread): number | null {
  const control = thread.control;
  if (!control || control.hold === "lead_ads") return null;
  return control.until ?? Math.max(control.since, thread.lastActionAt ?? 0) + CONTROL_MS;
}

/**
 * Who holds a conversation; null: it is idle. With routing on, a customer's activity in an idle conversation makes it the
 * default app's (Conversation Routing: "any other entry point … to the default app").
 */
export function ownerOf(page: Page, thread: Thread, now: number): Owner | null {
  const control = thread.control;
  const until = expiryOf(thread);
  if (control?.ownerAppId && (until === null || until > now))
    return { appId: control.ownerAppId, since: control.since, until, hold: control.hold ?? null };
  const { enabled, defaultAppId } = routingOf(page, thread.platform);
  const at = thread.lastActionAt;
  if (!enabled || !defaultAppId || at === null || at + CONTROL_MS <= now) return null;
  if (control && at <= control.afterAction) return null;
  return { appId: defaultAppId, since: at, until: at + CONTROL_MS, hold: null };
}

/**
 * Before the customer's next activity is counted: control that had run out by then must not come back to life with it.
 */
export function settleExpiry(thread: Thread, at: number): void {
  const until = expiryOf(thread);
  if (thread.control?.ownerAppId && until !== null && until <= at) thread.control = null;
}

/**
 * Whether an owner keeps the others out. With routing on always. Without it all connected apps may hear and write
 * (Conversation Routing, "Default Behavior"); only Meta's own apps keep them out (seen in production, Aug 2026).
 */
export function keepsOthersOut(page: Page, thread: Thread, owner: Owner): boolean {
  return modeOf(page, thread.platform) === "routing" || isMetaApp(owner.appId);
}

/** Where an app hears a conversation's events: as the owner, aside, or not at all. */
export function channelFor(page: Page, thread: Thread, appId: string, now: number): "messaging" | "standby" | "silent" {
  const owner = ownerOf(page, thread, now);
  // A lead ad's questions and answers are not told unless apps may interrupt (Lead Generation Ads, 2026-05-05).
  if (thread.leadAd) return thread.leadAd.interrupt ? "messaging" : "silent";
  if (owner?.appId === LEAD_ADS_APP_ID) return "silent";
  if (!owner) {
    const { enabled, defaultAppId } = routingOf(page, thread.platform);
    return !enabled || defaultAppId === appId ? "messaging" : "standby";
  }
  return owner.appId === appId || !keepsOthersOut(page, thread, owner) ? "messaging" : "standby";
}
