import type { Sim } from "../sim.ts";
import type { Page, Platform } from "../store/types.ts";

/** A person in Page Inbox or Business Suite (Messenger changelog, 2021-09-14); also the sender of Meta AI's answers. */
export const PAGE_INBOX_APP_ID = "263902037430900";
/** The Instagram Inbox, as owner of a conversation (Conversation Routing, 2025-09-24). */
export const INSTAGRAM_INBOX_APP_ID = "1217981644879628";
/** Asks the questions of a lead ad (Messenger Lead Generation Ads, 2026-05-05). */
export const LEAD_ADS_APP_ID = "413038776280800";
/** Another service's app, for playing several services on one Page. */
export const SALES_BOT_APP_ID = "1900000000000777";
export const SALES_BOT_NAME = "Sales Bot";

const META_APPS: Record<string, string> = {
  [PAGE_INBOX_APP_ID]: "Page Inbox",
  [INSTAGRAM_INBOX_APP_ID]: "Instagram Inbox",
  [LEAD_ADS_APP_ID]: "Messenger Lead Ads",
};

/** Meta's own apps exist on every Page and are not listed by `subscribed_apps`. */
export function isMetaApp(appId: string): boolean {
  return Object.hasOwn(META_APPS, appId);
}

export function inboxOf(platform: Platform): string {
  return platform === "instagram" ? INSTAGRAM_INBOX_APP_ID : PAGE_INBOX_APP_ID;
}

export function isInbox(appId: string): boolean {
  return appId === PAGE_INBOX_APP_ID || appId === INSTAGRAM_INBOX_APP_ID;
}

/** The app this simulator is about: the first of the world. */
export function ownAppId(sim: Sim): string {
  return sim.store.state.apps[0]?.id ?? "";
}

export function appName(sim: Sim, page: Page, appId: string): string {
  return (
    META_APPS[appId] ??
    page.apps?.find((app) => app.id === appId)?.name ??
    sim.store.state.apps.find((app) => app.id === appId)?.name ??
    appId
  );
}

/** Removed from the Page in Business Apps or Advanced Messaging, and not connected again since. */
export function isRemoved(page: Page, appId: string): boolean {
  return page.removedApps?.some((removed) => removed.appId === appId) ?? false;
}

/** Whether control can be given to the app on this Page: installed there, ours, or one of Meta's inboxes. */
export function isOnPage(sim: Sim, page: Page, appId: string): boolean {
  return (
    isInbox(appId) ||
    (appId === ownAppId(sim) && !isRemoved(page, appId)) ||
    page.installs.some((install) => install.appId === appId) ||
    (page.apps ?? []).some((app) => app.id === appId)
  );
}

export function takeoverAllowed(page: Page, appId: string): boolean {
  return !page.takeoverDenied?.includes(appId);
}

export interface ListedApp {
  id: string;
  name: string;
  category: string;
  link: string | null;
  fields: string[];
}

/** Every app of the Page as `subscribed_apps` lists it: those that subscribed themselves, then the others installed. */
export function listedApps(sim: Sim, page: Page): ListedApp[] {
  const subscribed = page.installs.map(({ appId, fields }) => ({
    id: appId,
    name: sim.store.state.apps.find((app) => app.id === appId)?.name ?? "App",
    category: "Business",
    link: null,
    fields,
  }));
  const others = (page.apps ?? []).filter((app) => !subscribed.some((one) => one.id === app.id));
  return [...subscribed, ...others.map((app) => ({ ...app, link: app.link ?? null }))];
}
