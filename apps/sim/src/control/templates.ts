import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import type { UtilityTemplate } from "../store/templates.ts";
import { addTemplate, removeTemplates, reviewTemplate } from "../world/templates.ts";
import { ControlError, parseBody } from "./body.ts";
import { findPage } from "./find.ts";

type Path = { Params: { id: string; templateId: string } };

export function templateView(template: UtilityTemplate) {
  const { createdAt, updatedAt, reviewAt, ...rest } = template;
  return { ...rest, createdAt: iso(createdAt), updatedAt: iso(updatedAt), reviewAt: reviewAt ? iso(reviewAt) : null };
}

const iso = (at: number) => new Date(at).toISOString();

/** Utility templates of a Page, as a person of the Page and a reviewer of Meta's handle them. */
export function templateRoutes(app: FastifyInstance, sim: Sim): void {
  const find = (pageId: string, id: string) => {
    const page = findPage(sim, pageId);
    const template = page.templates?.find((one) => one.id === id || one.name === id);
    if (!template) throw new ControlError(404, `This Page has no template ${id}.`);
    return { page, template };
  };
  app.get<Path>("/_sim/pages/:id/templates", async (request) => ({
    data: (findPage(sim, request.params.id).templates ?? []).map(templateView),
  }));
  const New = z.strictObject({
    name: z.string().regex(/^[a-z0-9_]+$/),
    language: z.string().default("en"),
    body: z.string().min(1),
    example: z.array(z.string()).default([]),
  });
  app.post<Path>("/_sim/pages/:id/templates", async (request, reply) => {
    const page = findPage(sim, request.params.id);
    const { name, language, body, example } = parseBody(New, request);
    // Handed in again: the old one goes, as at Meta, where templates cannot be edited.
    removeTemplates(sim, page, (one) => one.name === name && one.language === language);
    const template = addTemplate(sim, page, {
      name,
      language,
      parameterFormat: "POSITIONAL",
      components: [{ type: "BODY", text: body, ...(example.length > 0 && { example: { body_text: [example] } }) }],
      libraryTemplateName: null,
    });
    return await reply.code(201).send(templateView(template));
  });
  const Review = z.strictObject({
    status: z.enum(["PENDING", "APPROVED", "REJECTED", "PAUSED", "DISABLED"]),
    reason: z.string().min(1).optional(),
  });
  app.post<Path>("/_sim/pages/:id/templates/:templateId/review", async (request) => {
    const { page, template } = find(request.params.id, request.params.templateId);
    const { status, reason } = parseBody(Review, request);
    const rejected = status === "REJECTED" ? (reason ?? "INCORRECT_PARAMS") : (reason ?? null);
    reviewTemplate(sim, page, template, status, rejected);
    return templateView(template);
  });
  app.delete<Path>("/_sim/pages/:id/templates/:templateId", async (request) => {
    const { page, template } = find(request.params.id, request.params.templateId);
    removeTemplates(sim, page, (one) => one === template);
    return { ok: true };
  });
}
