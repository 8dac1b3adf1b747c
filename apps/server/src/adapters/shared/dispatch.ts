import { isRecord, type WireItem, type WireRecord } from "@firstline/meta-wire";
import type { InboundEvent } from "../channel.ts";
import { otherEvent, type Scene } from "./scene.ts";

/** Turns one member of an event (`message`, `reaction`, …) into ours; null where another member of it tells the same. */
export type MemberReader = (event: WireRecord, value: WireRecord, scene: Scene) => InboundEvent | null;

/** Turns a whole body into an event: the value of a change, or an element known by one of its keys. */
export type BodyReader = (body: WireRecord, scene: Scene, field: string) => InboundEvent;

/** What an adapter knows of its product's events. */
export interface EventTable {
  /** Members of a `messaging` element. */
  readers: ReadonlyMap<string, MemberReader>;
  /** Elements without such a member, by the key that tells what they are. */
  shapes: ReadonlyMap<string, BodyReader>;
  /** Change fields whose value is no `messaging` element. */
  changes: ReadonlyMap<string, BodyReader>;
  /** Members and change fields that are documented and have no effect here. */
  known: ReadonlySet<string>;
  /** Change fields whose value has the shape of a `messaging` element. */
  messagingFields: ReadonlySet<string>;
}

/** Every event of one element, at least one: what no reader takes is kept as `other`. */
export function readItem(item: WireItem, scene: Scene, table: EventTable): InboundEvent[] {
  const { field, body } = item;
  if (item.where === "messaging" || item.where === "standby" || (body !== null && carriesEvent(field, body, table)))
    return readMembers(body, { ...scene, standby: item.where === "standby" || field === "standby" }, field, table);
  const read = field === null ? undefined : table.changes.get(field);
  if (field !== null && read !== undefined && body !== null) return [read(body, scene, field)];
  return [otherEvent(null, scene, field ?? "malformed", field !== null && isKnown(field, table))];
}

function carriesEvent(field: string | null, body: WireRecord, table: EventTable): boolean {
  return field !== null && table.messagingFields.has(field) && (isRecord(body.sender) || isRecord(body.recipient));
}

/** A known field without a readable value tells nothing, and nothing is wrong with it. */
function isKnown(field: string, table: EventTable): boolean {
  return table.known.has(field) || table.changes.has(field);
}

function readMembers(
  element: WireRecord | null,
  scene: Scene,
  field: string | null,
  table: EventTable,
): InboundEvent[] {
  if (element === null) return [otherEvent(null, scene, field ?? "malformed", false)];
  const body = unwrap(element, table);
  const events: InboundEvent[] = [];
  for (const key of Object.keys(body)) {
    const read = table.readers.get(key);
    if (read === undefined) continue;
    const value = body[key];
    const event = isRecord(value) ? read(body, value, scene) : otherEvent(body, scene, key, false);
    if (event !== null) events.push(event);
  }
  if (events.length > 0) return events;
  const shape = Object.keys(body).find((key) => table.shapes.has(key));
  return [shape === undefined ? nameEvent(body, scene, field, table) : table.shapes.get(shape)!(body, scene, shape)];
}

/** An element may stand inside a member named like its field, alone or under `value` (webhook reference of `instagram`, read 2026-11). */
function unwrap(body: WireRecord, table: EventTable): WireRecord {
  const field = Object.keys(body).find((key) => table.messagingFields.has(key) && !table.readers.has(key));
  const wrapped = field === undefined ? undefined : body[field];
  if (field === undefined || !isRecord(wrapped)) return body;
  return { ...body, ...(isRecord(wrapped.value) ? wrapped.value : wrapped) };
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
