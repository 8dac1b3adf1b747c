import { readCount, readId, readText, type WireRecord } from "@firstline/meta-wire";
import type { InboundEvent } from "../channel.ts";
import { otherEvent, readEventTime, readParties, type Scene, unplacedEvent } from "./scene.ts";

/** `message_edit`: the new text; `num_edit` counts from 1, at most 5 (message_edits, Page since 2024-04-09, Instagram since 2025-09-10). */
export function readEdit(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const parties = readParties(event, scene, false);
  if (!parties.ok) return unplacedEvent(event, scene, "message_edit", parties.reason);
  const mid = readId(value.mid);
  if (mid === null) return otherEvent(event, scene, "message_edit", false);
  return {
    type: "edit",
    platform: scene.platform,
    accountId: parties.accountId,
    contactId: parties.contactId,
    at: readEventTime(event, scene),
    standby: scene.standby,
    mid,
    text: readText(value.text),
    edition: Math.min(readCount(value.num_edit) ?? 1, 1_000_000),
  };
}
