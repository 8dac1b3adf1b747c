import { readFlag, readId, readText, type WireRecord } from "@firstline/meta-wire";
import type { InboundEvent } from "../channel.ts";
import { deriveId } from "./derived-id.ts";
import { plainMessage } from "./message.ts";
import { readReferral } from "./referral.ts";
import { readEventTime, readParties, type Scene, unplacedEvent } from "./scene.ts";

/**
 * A tapped button, ice breaker or Get Started: a message of the customer whose text is the button's title. `mid` came
 * with v11; in `standby` the payload is missing (Messenger Platform, messaging_postbacks and standby, read 2026-11).
 */
export function readPostback(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  if (readFlag(event.is_self)) return unplacedEvent(event, scene, "postback", "self");
  const parties = readParties(event, scene, false);
  if (!parties.ok || parties.outbound)
    return unplacedEvent(event, scene, "postback", parties.ok ? "self" : parties.reason);
  const { accountId, contactId } = parties;
  const at = readEventTime(event, scene);
  const text = readText(value.title);
  const payload = readText(value.payload);
  return {
    ...plainMessage(),
    platform: scene.platform,
    accountId,
    contactId,
    at,
    standby: scene.standby,
    direction: "inbound",
    mid: readId(value.mid) ?? deriveId("postback", accountId, contactId, at, payload ?? text),
    kind: "postback",
    text,
    payload,
    referral: readReferral(value.referral),
    incomplete: text === null && payload === null,
    opensWindow: true,
  };
}
