import { readEnvelope, readName, type WireEntry, type WireItem } from "@firstline/meta-wire";
import type { InboundEvent, NormalizedDelivery, OtherEvent, Platform } from "./channel.ts";
import { normalizeInstagramItem } from "./instagram/normalize.ts";
import { normalizeMessengerItem } from "./messenger/normalize.ts";
import { memberNames } from "./shared/dispatch.ts";
import { otherEvent, type Scene } from "./shared/scene.ts";

type ItemReader = (item: WireItem, scene: Scene) => InboundEvent[];

const readers: ReadonlyMap<string, { platform: Platform; read: ItemReader }> = new Map([
  ["page", { platform: "messenger", read: normalizeMessengerItem }],
  ["instagram", { platform: "instagram", read: normalizeInstagramItem }],
]);

/**
 * Every event of one raw webhook body, in its order. Pure: the same bytes give the same events. Never throws; an element that
 * cannot be read is one `other` event beside the good ones.
 */
export function normalizeDelivery(body: Uint8Array): NormalizedDelivery {
  const envelope = readEnvelope(body);
  if (!envelope.ok) return { parsed: false, problem: envelope.problem, events: [] };
  const reader = readers.get(envelope.object ?? "");
  const events: InboundEvent[] = [];
  for (const entry of envelope.entries)
    for (const item of entry.items)
      if (reader === undefined) events.push(foreignEvent(envelope.object, entry, item));
      else events.push(...readSafely(reader.read, item, sceneOf(reader.platform, entry, item)));
  return { parsed: true, problem: null, events };
}

function sceneOf(platform: Platform, entry: WireEntry, item: WireItem): Scene {
  return { platform, accountId: entry.id, entryAt: entry.time, standby: item.where === "standby" };
}

function readSafely(read: ItemReader, item: WireItem, scene: Scene): InboundEvent[] {
  // The App Dashboard's test button sends made-up people under entry 0: shown to operators, no conversation.
  if (scene.accountId === "0") return [{ ...otherEvent(null, scene, nameOf(item), true), accountId: null }];
  try {
    return read(item, scene);
  } catch {
    return [otherEvent(null, scene, UNREADABLE, false)];
  }
}

/** Name of an element that broke its reader. The guards leave no known way to it; it keeps a fault of ours to one element. */
const UNREADABLE = "unreadable";

/** Another `object` than ours (`user`, `permissions`), or none: kept under that name. */
function foreignEvent(object: string | null, entry: WireEntry, item: WireItem): OtherEvent {
  return {
    type: "other",
    platform: null,
    accountId: null,
    contactId: null,
    at: entry.time,
    standby: item.where === "standby",
    name: readName(object === null ? nameOf(item) : `${object}/${nameOf(item)}`) ?? "unnamed",
    understood: false,
  };
}

function nameOf(item: WireItem): string {
  return item.field ?? (item.body === null ? "malformed" : (memberNames(item.body)[0] ?? "empty"));
}
