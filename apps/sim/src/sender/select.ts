import type { QueuedEvent, Selector } from "../store/types.ts";
import { kindsOf } from "./kinds.ts";

/** Whether a fault concerns this event; a counted fault is used up by saying yes. */
export function strikes(
  selector: Selector | null,
  event: Pick<QueuedEvent, "field" | "channel" | "pageId" | "lane" | "event">,
  random: () => number,
): boolean {
  if (!selector) return false;
  if (selector.count !== undefined && selector.count <= 0) return false;
  const names = event.channel === "standby" ? [event.field, "standby"] : [event.field];
  if (selector.fields && !names.some((name) => selector.fields?.includes(name))) return false;
  if (selector.kinds && !kindsOf(event.event).some((kind) => selector.kinds?.includes(kind))) return false;
  if (selector.pageId && selector.pageId !== event.pageId) return false;
  if (selector.customerId && !event.lane.endsWith(`:${selector.customerId}`)) return false;
  if (selector.rate !== undefined && random() >= selector.rate) return false;
  if (selector.count !== undefined) selector.count -= 1;
  return true;
}
