import type { GraphError } from "../graph/error.ts";
import { ready } from "../graph/ready-errors.ts";
import type { Sim } from "../sim.ts";
import type { Page, Thread } from "../store/types.ts";
import { endLeadAd } from "../world/lead-ad.ts";
import { LEAD_ADS_APP_ID, takeoverAllowed } from "./apps.ts";
import { moveControl } from "./move.ts";
import { keepsOthersOut, ownerOf, routingOf } from "./rules.ts";

export interface Claim {
  /** The send may take control from another owner: tagged HUMAN_AGENT, and the app's take-over switch is on. */
  mayTake: boolean;
}

/** Who holds the conversation stands in the way of a send (meta-receiving §3.5; Instagram: meta-sending §2.8). */
function otherApp(thread: Thread): GraphError {
  return thread.platform === "instagram" ? ready.notThreadOwner() : ready.otherApp();
}

/** Whether control stands in the way of a send, without changing anything. */
export function sendRefused(sim: Sim, page: Page, thread: Thread, appId: string, claim: Claim): GraphError | null {
  if (thread.leadAd) return thread.leadAd.interrupt ? null : ready.leadAd();
  const owner = ownerOf(page, thread, sim.now());
  if (owner?.appId === appId) return null;
  if (owner?.appId === LEAD_ADS_APP_ID) return ready.leadAd();
  const { enabled, defaultAppId } = routingOf(page, thread.platform);
  const mayTake = enabled && claim.mayTake && takeoverAllowed(page, appId);
  if (mayTake) return null;
  if (owner) return keepsOthersOut(page, thread, owner) ? otherApp(thread) : null;
  return !enabled || defaultAppId === appId ? null : otherApp(thread);
}

/** The same, and when nothing stands in the way control follows the send as routing wants it. */
export function claimSend(sim: Sim, page: Page, thread: Thread, appId: string, claim: Claim): GraphError | null {
  const refused = sendRefused(sim, page, thread, appId, claim);
  if (refused) return refused;
  if (thread.leadAd) endLeadAd(sim, thread, { complete: false, pass: false });
  const owner = ownerOf(page, thread, sim.now());
  if (routingOf(page, thread.platform).enabled && owner?.appId !== appId)
    moveControl(sim, page, thread, appId, { how: "take" });
  return null;
}
