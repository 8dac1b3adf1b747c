import { appName, listedApps, ownAppId, takeoverAllowed } from "../routing/apps.ts";
import { modeOf, ownerOf, routingOf } from "../routing/rules.ts";
import type { Sim } from "../sim.ts";
import type { Page, Platform, Thread } from "../store/types.ts";

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** Who holds a conversation, as a person would like to read it. `ownerAppId` null: nobody. */
export function controlView(sim: Sim, page: Page, thread: Thread) {
  const owner = ownerOf(page, thread, sim.now());
  return {
    mode: modeOf(page, thread.platform),
    ownerAppId: owner?.appId ?? null,
    ownerName: owner ? (owner.hold === "meta_ai" ? "Meta AI" : appName(sim, page, owner.appId)) : null,
    own: owner ? owner.appId === ownAppId(sim) : null,
    hold: owner?.hold ?? null,
    since: iso(owner?.since ?? null),
    until: iso(owner?.until ?? null),
    folder: thread.folder ?? null,
  };
}

/** Conversation Routing of both platforms, with the default app's name. */
export function routingView(sim: Sim, page: Page) {
  const one = (platform: Platform) => {
    const { enabled, defaultAppId } = routingOf(page, platform);
    return { enabled, defaultAppId, defaultAppName: defaultAppId && appName(sim, page, defaultAppId) };
  };
  return { messenger: one("messenger"), instagram: one("instagram") };
}

/** The other apps on the Page, ours left out. */
export function appsView(sim: Sim, page: Page) {
  return listedApps(sim, page)
    .filter((app) => app.id !== ownAppId(sim))
    .map((app) => ({ ...app, takeoverAllowed: takeoverAllowed(page, app.id) }));
}
