import { readId, readText, type WireRecord } from "@firstline/meta-wire";
import type { InboundEvent } from "../channel.ts";
import { otherEvent, type Scene } from "../shared/scene.ts";

/**
 * `message_template_status_update` (the guide's table calls it `messenger_template_status_update`): Meta's word on a template.
 * Its members are not described for Messenger; those of the field of the same name on WhatsApp are read, and the plainer names
 * beside them. At Meta's time of the entry.
 */
export function readTemplateStatus(value: WireRecord, scene: Scene, field: string): InboundEvent {
  const status = (readText(value.event) ?? readText(value.status))?.toUpperCase() ?? null;
  const templateId = readId(value.message_template_id) ?? readId(value.template_id) ?? readId(value.id);
  const name = readText(value.message_template_name) ?? readText(value.name);
  if (status === null || scene.accountId === null || (templateId === null && name === null))
    return otherEvent(null, scene, field, false);
  const reason = readText(value.reason) ?? readText(value.rejected_reason);
  return {
    type: "template",
    platform: scene.platform,
    accountId: scene.accountId,
    contactId: null,
    at: scene.entryAt,
    standby: scene.standby,
    templateId,
    name,
    language: readText(value.message_template_language) ?? readText(value.language),
    status,
    reason: reason === null || reason === "NONE" ? null : reason,
  };
}
