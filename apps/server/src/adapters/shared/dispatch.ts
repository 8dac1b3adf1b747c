import { isRecord, type WireItem, type WireRecord } from "@firstline/meta-wire";
import type { InboundEvent } from "../channel.ts";
import { otherEvent, type Scene } from "./scene.ts";

/** Turns one member of an event (`message`, `reaction`, …) into ours. `value` is that member. */
export type MemberReader = (event: WireRecord, value: WireRecord, scene: Scene) => InboundEvent;

/** What an adapter knows of its product's events. */
export interface EventTable {
  /** Members that change a thread. */
  readers: ReadonlyMap<string, MemberReader>;
  /** Members and change fields that are documented and change no thread. */
  known: ReadonlySet<string>;
  /** Change fields whose value has the shape of a `messaging` element. */
  messagingFields: ReadonlySet<string>;
}

/** Every event of one element, at least one: what no reader takes is kept as `other`. */
export function readItem(item: WireItem, scene: Scene, table: EventTable): InboundEvent[] {
  const { field, body } = item;
  if (item.where === "messaging" || item.where === "standby" || (body !== null && carriesEvent(field, body, table)))
    return readMembers(body, { ...scene, standby: item.where === "standby" || field === "standby" }, field, table);
  return [otherEvent(null, scene, field ?? "malformed", field !== null && table.known.has(field))];
}

function carriesEvent(field: string | null, body: WireRecord, table: EventTable): boolean {
  return field !== null && table.messagingFields.has(field) && (isRecord(body.sender) || isRecord(body.recipient));
}

function readMembers(body: WireRecord | null, scene: Scene, field: string | null, table: EventTable): InboundEvent[] {
  if (body === null) return [otherEvent(null, scene, field ?? "malformed", false)];
  const events: InboundEvent[] = [];
  for (const key of Object.keys(body)) {
    const read = table.readers.get(key);
    if (read === undefined) continue;
    const value = body[key];
    events.push(isRecord(value) ? read(body, value, scene) : otherEvent(body, scene, key, false));
  }
  return events.length > 0 ? events : [nameEvent(body, scene, field, table)];
}

function nameEvent(body: WireRecord, scene: Scene, field: string | null, table: EventTable): InboundEvent {
  const members = memberNames(body);
  const known = members.find((name) => table.known.has(name));
  return otherEvent(body, scene, known ?? members[0] ?? field ?? "empty", known !== undefined);
}

const FRAME: ReadonlySet<string> = new Set(["sender", "recipient", "timestamp"]);

/** Names of what an element says, without its frame. */
export function memberNames(body: WireRecord): string[] {
  return Object.keys(body).filter((key) => key !== "" && !FRAME.has(key));
}
