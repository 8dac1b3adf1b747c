import type { Template } from "@firstline/contracts";
import { isTemplateUsable, parametersOf, rejectionFault } from "@firstline/core";
import type { TemplateAdapter } from "../../adapters/templates.ts";
import type { Locale } from "../../platform/http/problems.ts";
import { reason } from "../../platform/http/reason.ts";
import type { TemplateRow } from "./rows.ts";

/** Our word in the place of Meta's for a template that is gone. */
export const DELETED = "DELETED";

export function presentTemplate(row: TemplateRow, adapter: TemplateAdapter, locale: Locale): Template {
  const { content, examples } = adapter.readComponents(row.components);
  const gone = row.deleted_at;
  const rejected = gone === null && row.status === "REJECTED";
  return {
    id: row.id,
    channelId: row.channel_id,
    externalId: row.external_id,
    name: row.name,
    language: row.language,
    status: gone ? DELETED : row.status,
    usable: gone === null && isTemplateUsable(row.status),
    rejection: rejected ? presentRejection(row.rejected_reason, locale) : null,
    header: content.header,
    body: content.body,
    buttons: content.buttons.map(({ kind, text, url, phone }) => ({ kind, text, url, phone })),
    parameters: parametersOf(content, examples),
    libraryName: row.library_name,
    createdAt: row.created_at.toISOString(),
    statusAt: (gone && gone > row.status_at ? gone : row.status_at).toISOString(),
  };
}

/** Meta's own word stands beside a reason nobody has described. */
function presentRejection(word: string | null, locale: Locale): Template["rejection"] {
  const fault = rejectionFault(word);
  const told = reason(fault, locale);
  return fault === "template_rejected" && word ? { ...told, explain: `${told.explain} (${word})` } : told;
}
