import { readId, readText, type WireRecord } from "@firstline/meta-wire";
import type { ControlEvent, InboundEvent } from "../channel.ts";
import type { BodyReader, MemberReader } from "./dispatch.ts";
import { readEventTime, readParties, type Scene, unplacedEvent } from "./scene.ts";

const MEMBERS = {
  pass: "pass_thread_control",
  take: "take_thread_control",
  request: "request_thread_control",
} as const;

/**
 * `messaging_handovers` of Messenger, `messaging_handover` of Instagram (read 2026-11). Ids come as strings and as numbers;
 * the previous owner is null where the thread was idle. `requested_owner_app_id` is the app that asks for it.
 */
export const controlReaders: readonly (readonly [string, MemberReader])[] = Object.entries(MEMBERS).map(
  ([action, member]) => [
    member,
    (event, value, scene) => readControl(action as ControlEvent["action"], event, value, scene),
  ],
);

/** The same without the member that names the action: who asks is a request, every other change is told as a pass. */
const readBareControl: BodyReader = (body, scene, key) =>
  readControl(key === "requested_owner_app_id" ? "request" : "pass", body, body, scene);

export const controlShapes: readonly (readonly [string, BodyReader])[] = [
  ["requested_owner_app_id", readBareControl],
  ["new_owner_app_id", readBareControl],
];

function readControl(action: ControlEvent["action"], event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const parties = readParties(event, scene, false);
  if (!parties.ok) return unplacedEvent(event, scene, MEMBERS[action], parties.reason);
  return {
    type: "control",
    platform: scene.platform,
    accountId: parties.accountId,
    contactId: parties.contactId,
    at: readChangeTime(event, scene),
    standby: scene.standby,
    action,
    previousAppId: readId(value.previous_owner_app_id),
    newAppId: readId(action === "request" ? value.requested_owner_app_id : value.new_owner_app_id),
    metadata: readText(value.metadata),
  };
}

/**
 * The end of a lead ad is told in whole seconds ("Lead generation ads", 2026-05-05). The change came somewhere in that second,
 * after what else is known of it: the refusal of a send that its questions were still in the way of, above all.
 */
function readChangeTime(event: WireRecord, scene: Scene): number | null {
  const at = readEventTime(event, scene);
  return at !== null && /^\d{1,10}$/.test(readText(event.timestamp) ?? "") ? at + 999 : at;
}
