import type { Sim } from "../sim.ts";
import type { Page, Thread } from "../store/types.ts";

/**
 * An event of `messaging_handovers` (Instagram: `messaging_handover`), told to one app whoever holds the conversation.
 * Owner ids are strings there, the requesting app's id a number, as in Meta's samples (meta-receiving §2.12).
 */
export function emitHandover(
  sim: Sim,
  page: Page,
  thread: Thread,
  toAppId: string,
  what: Record<string, unknown>,
  at = sim.now(),
): void {
  const instagram = thread.platform === "instagram";
  sim.sender.emit({
    page,
    object: instagram ? "instagram" : "page",
    field: instagram ? "messaging_handover" : "messaging_handovers",
    customerId: thread.customerId,
    toAppId,
    event: {
      sender: { id: thread.customerId },
      recipient: { id: instagram ? (page.instagram?.id ?? page.id) : page.id },
      timestamp: at,
      ...what,
    },
  });
}
