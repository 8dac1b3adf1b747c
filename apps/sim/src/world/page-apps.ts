import { releaseControl } from "../routing/move.ts";
import { routingOf } from "../routing/rules.ts";
import type { Sim } from "../sim.ts";
import type { Page } from "../store/types.ts";

/** An app that is gone from the Page holds nothing there and is no default app. */
export function forgetApp(sim: Sim, page: Page, appId: string): void {
  for (const thread of Object.values(sim.store.state.threads))
    if (thread.pageId === page.id && thread.control?.ownerAppId === appId) releaseControl(sim, thread);
  for (const platform of ["messenger", "instagram"] as const)
    if (routingOf(page, platform).defaultAppId === appId)
      page.routing = { ...page.routing, [platform]: { enabled: false, defaultAppId: null } };
}
