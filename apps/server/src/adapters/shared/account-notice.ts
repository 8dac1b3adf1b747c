import { isRecord, readId, readJson, readText, type WireRecord } from "@firstline/meta-wire";
import type { InboundEvent, NoticeEvent } from "../channel.ts";
import { given, notice } from "./notice.ts";
import { otherEvent, type Scene } from "./scene.ts";

const POLICY = new Map<string | null, NoticeEvent["kind"]>([
  ["warning", "policy_warning"],
  ["block", "policy_block"],
  ["unblock", "policy_unblock"],
]);

/** `messaging_policy_enforcement`: about the Page, from nobody; `reason` is absent when a block ends (read 2026-11). */
export function readPolicy(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const kind = POLICY.get(readText(value.action)?.toLowerCase() ?? null);
  const text = readText(value.reason);
  return notice(event, scene, null, "policy_enforcement", kind === undefined ? null : { kind, text, data: {} });
}

/** Members that would say in words what happened, the clearest first. */
const TELLING = ["reason", "message", "title", "violation_type", "violation", "restriction_type", "status", "action"];

/**
 * `business_integrity` and `messaging_integrity` (Page Integrity webhook, announced 2026-01-30). No page describes their
 * members: everything on the first level is kept, and what reads like the matter is shown. `event` is null for a change.
 */
export function readIntegrity(event: WireRecord | null, value: WireRecord, scene: Scene, field: string): InboundEvent {
  const members = Object.entries(value).slice(0, 50);
  const data = { ...given(Object.fromEntries(members.map(([name, member]) => [name, readJson(member)]))), field };
  const text = TELLING.map((name) => readText(value[name])).find((one) => one !== null) ?? null;
  return notice(event, scene, null, field, { kind: "integrity", text, data });
}

/**
 * `inbox_labels`: a label of the Page put on a person or taken off. The reference prints a placeholder for `action`, so
 * what is no removal is an addition (custom labels, read 2026-11). At Meta's time of the entry.
 */
export function readLabel(value: WireRecord, scene: Scene): InboundEvent {
  const contactId = isRecord(value.user) ? readId(value.user.id) : null;
  const label = isRecord(value.label) ? value.label : {};
  const name = readText(label.page_label_name) ?? readText(label.name);
  const action = readText(value.action);
  if (contactId === null || contactId === scene.accountId || action === null)
    return otherEvent(null, scene, "inbox_labels", false);
  const kind = /^(remove|delete|un)/i.test(action) ? "label_removed" : "label_added";
  const data = { label: name, labelId: readId(label.id) };
  return notice(null, scene, contactId, "inbox_labels", { kind, text: name, data });
}
