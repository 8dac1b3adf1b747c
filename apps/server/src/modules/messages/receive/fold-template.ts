import type { TemplateEvent } from "../../../adapters/channel.ts";
import { clean, compareText, type Folded, type FoldedTemplate, type Route } from "./folded.ts";
import type { Counted } from "./intake.ts";

/** Meta's word on a template: of several the latest, of two of the same moment always the same one. */
export function foldTemplate(
  folded: Folded,
  route: Route,
  event: TemplateEvent,
  at: number,
  counted: Counted | null,
): void {
  const told: FoldedTemplate = {
    ...route,
    externalId: clean(event.templateId),
    name: clean(event.name),
    language: clean(event.language),
    status: clean(event.status),
    reason: clean(event.reason),
    at,
    unclear: false,
  };
  const key = `${route.channelId}|${told.externalId ?? ""}|${told.name ?? ""}|${told.language ?? ""}`;
  const before = folded.templates.get(key);
  const order = before ? compare(told, before) : 1;
  const same = before !== undefined && before.at === at;
  if (order > 0) folded.templates.set(key, { ...told, unclear: same });
  else if (same && order < 0) before.unclear = true;
  if (order === 0) folded.intake.add(counted, "duplicate");
}

const compare = (a: FoldedTemplate, b: FoldedTemplate) =>
  a.at - b.at || compareText(a.status, b.status) || compareText(a.reason, b.reason);
