import { readId, readText, type WireRecord } from "@firstline/meta-wire";
import type { InboundEvent } from "../channel.ts";
import { deriveId } from "./derived-id.ts";
import { readReferral } from "./referral.ts";
import { readEventTime, readParties, type Scene, unplacedEvent } from "./scene.ts";

/**
 * A tapped button, ice breaker or Get Started: a message of the customer whose text is the button's title. `mid` came
 * with v11; in `standby` the payload is missing (Messenger Platform, messaging_postbacks and standby, read 2026-11).
 */
export function readPostback(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const parties = readParties(event, scene, false);
  if (!parties.ok || parties.outbound)
    return unplacedEvent(event, scene, "postback", parties.ok ? "self" : parties.reason);
  const { accountId, contactId } = parties;
  const at = readEventTime(event, scene);
  const text = readText(value.title);
  const payload = readText(value.payload);
  return {
    type: "message",
    platform: scene.platform,
    accountId,
    contactId,
    at,
    standby: scene.standby,
    direction: "inbound",
    mid: readId(value.mid) ?? deriveId("postback", accountId, contactId, at, payload ?? text),
    kind: "postback",
    text,
    details: [],
    attachments: [],
    replyTo: null,
    payload,
    referral: readReferral(value.referral),
    appId: null,
    metadata: null,
    aiGenerated: false,
    incomplete: text === null && payload === null,
    opensWindow: true,
    priorRef: null,
  };
}
