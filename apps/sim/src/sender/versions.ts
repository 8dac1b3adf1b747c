import type { Versions } from "../store/switches.ts";
import type { QueuedEvent } from "../store/types.ts";

/** Writes digits as a JSON number without passing through a double: Instagram's ids do not fit into one. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

function id(value: unknown, versions: Versions): unknown {
  return versions.idsAs === "number" && typeof value === "string" && /^[1-9]\d*$/.test(value) ? rawJSON(value) : value;
}

function party(event: Record<string, unknown>, name: "sender" | "recipient", versions: Versions) {
  const value = event[name] as { id?: unknown } | undefined;
  return value?.id === undefined ? {} : { [name]: { ...value, id: id(value.id, versions) } };
}

/**
 * One entry of a webhook body in the units and types chosen. `time` is in milliseconds for messaging, in seconds for
 * `changes` (meta-receiving §1.5).
 */
export function entryOf(item: QueuedEvent, versions: Versions, now: number): Record<string, unknown> {
  const seconds = versions.timestampUnit === "s";
  const event: Record<string, unknown> = {
    ...item.event,
    ...party(item.event, "sender", versions),
    ...party(item.event, "recipient", versions),
  };
  if (seconds && typeof event.timestamp === "number") event.timestamp = Math.floor(event.timestamp / 1000);
  return {
    time: seconds || item.channel === "changes" ? Math.floor(now / 1000) : now,
    id: id(item.entryId, versions),
    [item.channel ?? "messaging"]: [event],
  };
}
