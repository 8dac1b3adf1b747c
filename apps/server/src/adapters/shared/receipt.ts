import { readId, readTime, toList, type WireRecord } from "@firstline/meta-wire";
import type { InboundEvent } from "../channel.ts";
import { otherEvent, readEventTime, readParties, type Scene, unplacedEvent } from "./scene.ts";

/** `delivery`: a watermark, always there by the reference, and sometimes the mids (message_deliveries, read 2026-11). */
export function readDelivery(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  return receipt("delivered", "delivery", event, value, scene);
}

/** `read`: Messenger gives a watermark, Instagram the `mid` of the newest message seen (message_reads, messaging_seen, read 2026-11). */
export function readRead(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  return receipt("read", "read", event, value, scene);
}

function receipt(
  type: "delivered" | "read",
  name: string,
  event: WireRecord,
  value: WireRecord,
  scene: Scene,
): InboundEvent {
  const parties = readParties(event, scene, false);
  // A receipt of the account itself says nothing about the customer.
  if (!parties.ok || parties.outbound) return unplacedEvent(event, scene, name, parties.ok ? "self" : parties.reason);
  const mids = [...toList(value.mids), ...toList(value.mid)].map(readId).filter((mid) => mid !== null);
  const watermark = readTime(value.watermark);
  if (mids.length === 0 && watermark === null) return otherEvent(event, scene, name, false);
  return {
    type,
    platform: scene.platform,
    accountId: parties.accountId,
    contactId: parties.contactId,
    at: readEventTime(event, scene),
    standby: scene.standby,
    watermark,
    mids,
  };
}
