import type { InboundEvent, OtherEvent } from "../../../adapters/channel.ts";
import type { Q } from "../../../platform/db/pool.ts";
import { routeKey } from "./fold.ts";
import type { Route } from "./folded.ts";
import { routesOf } from "./statements/index.ts";

/** Pages and accounts of this installation that events name, on either side. */
export async function routesNamedBy(q: Q, events: readonly InboundEvent[]): Promise<Map<string, Route>> {
  const named = new Map<string, { platform: "messenger" | "instagram"; accountId: string }>();
  for (const { platform, accountId, contactId } of events)
    if (platform)
      for (const id of [accountId, contactId])
        if (id !== null) named.set(routeKey(platform, id), { platform, accountId: id });
  const found = named.size > 0 ? await routesOf(q, [...named.values()]) : [];
  return new Map(
    found.map((r) => [routeKey(r.platform, r.accountId), { workspaceId: r.workspaceId, channelId: r.channelId }]),
  );
}

/**
 * What one of our Pages or accounts wrote to another of ours is no customer's: it opens no thread and triggers nothing, on
 * neither side (R1). Whether Meta sends such events at all is unresolved. A Page's comment stays a comment.
 */
export function withoutPages(events: readonly InboundEvent[], routes: ReadonlyMap<string, unknown>): InboundEvent[] {
  return events.map((event) => {
    const { platform, contactId } = event;
    if (event.type === "comment" || event.type === "other" || !platform || contactId === null) return event;
    return routes.has(routeKey(platform, contactId)) ? pageToPage(event) : event;
  });
}

const pageToPage = ({ platform, accountId, contactId, at }: Exclude<InboundEvent, OtherEvent>): OtherEvent => ({
  type: "other",
  platform,
  accountId,
  contactId,
  at,
  standby: false,
  name: "page_to_page",
  understood: true,
});

/** The events of a delivery as they are understood here: as the adapter reads them, but for those between Pages of ours. */
export async function understandEvents(q: Q, events: readonly InboundEvent[]): Promise<InboundEvent[]> {
  return withoutPages(events, await routesNamedBy(q, events));
}
