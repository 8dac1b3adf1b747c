import type { Sim } from "../sim.ts";
import { numericId } from "../store/ids.ts";
import type { TemplateStatus, UtilityTemplate } from "../store/templates.ts";
import type { Page } from "../store/types.ts";
import { emitChange } from "./comments.ts";
import { judgeTemplate } from "./template-text.ts";

const timers = new WeakMap<Sim, Map<string, NodeJS.Timeout>>();

export type NewTemplate = Pick<
  UtilityTemplate,
  "name" | "language" | "parameterFormat" | "components" | "libraryTemplateName"
>;

/**
 * A template of the Page: judged in the same moment, later, or by a person, as the switch `templateReviewMs` says.
 * Meta answers with the status, and judges within seconds (Utility messages, 2026-03-13).
 */
export function addTemplate(sim: Sim, page: Page, input: NewTemplate): UtilityTemplate {
  const wait = sim.store.state.faults.templateReviewMs;
  const now = sim.now();
  const template: UtilityTemplate = {
    id: numericId(15),
    ...input,
    status: "PENDING",
    rejectedReason: null,
    createdAt: now,
    updatedAt: now,
    reviewAt: wait === null ? null : now + wait,
  };
  page.templates = [...(page.templates ?? []), template];
  if (wait === 0) judge(sim, page, template);
  else if (wait !== null) schedule(sim, page, template);
  changed(sim);
  return template;
}

function judge(sim: Sim, page: Page, template: UtilityTemplate): void {
  const reason = judgeTemplate(template);
  reviewTemplate(sim, page, template, reason ? "REJECTED" : "APPROVED", reason);
}

/** What a review, a person or Meta's later doubts make of a template; told to apps. */
export function reviewTemplate(
  sim: Sim,
  page: Page,
  template: UtilityTemplate,
  status: TemplateStatus,
  reason: string | null,
): void {
  cancel(sim, template.id);
  template.status = status;
  template.rejectedReason = reason;
  template.reviewAt = null;
  template.updatedAt = sim.now();
  // The inner shape is not documented for Messenger: that of the field of the same name on WhatsApp.
  emitChange(sim, page, "page", sim.store.state.faults.versions.templateField, "page", {
    event: status,
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
    message_template_category: "UTILITY",
    reason: reason ?? "NONE",
  });
  changed(sim);
}

export function removeTemplates(sim: Sim, page: Page, which: (template: UtilityTemplate) => boolean): number {
  const all = page.templates ?? [];
  const gone = all.filter(which);
  for (const { id } of gone) cancel(sim, id);
  page.templates = all.filter((one) => !gone.includes(one));
  changed(sim);
  return gone.length;
}

function changed(sim: Sim): void {
  sim.store.touch();
  sim.bus.emit({ type: "world" });
}

function schedule(sim: Sim, page: Page, template: UtilityTemplate): void {
  const mine = timers.get(sim) ?? new Map<string, NodeJS.Timeout>();
  timers.set(sim, mine);
  const run = () => {
    mine.delete(template.id);
    const known = sim.store.page(page.id) === page && page.templates?.includes(template);
    if (template.status === "PENDING" && known) judge(sim, page, template);
  };
  const timer = setTimeout(run, Math.max(0, (template.reviewAt ?? 0) - sim.now()));
  mine.set(template.id, timer.unref());
}

function cancel(sim: Sim, id: string): void {
  clearTimeout(timers.get(sim)?.get(id));
  timers.get(sim)?.delete(id);
}

/** After a start: reviews that were under way go on. */
export function resumeReviews(sim: Sim): void {
  for (const page of sim.store.state.pages)
    for (const template of page.templates ?? []) if (template.reviewAt !== null) schedule(sim, page, template);
}

export function stopReviews(sim: Sim): void {
  for (const timer of timers.get(sim)?.values() ?? []) clearTimeout(timer);
  timers.delete(sim);
}
