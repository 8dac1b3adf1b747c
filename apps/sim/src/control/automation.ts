import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import type { Message, Page, Thread } from "../store/types.ts";
import { automationAnswers, metaAiAnswers, metaAiReleases, metaAiTakes, systemNotice } from "../world/automation.ts";
import { endLeadAd, startLeadAd } from "../world/lead-ad.ts";
import { ControlError, parseBody } from "./body.ts";
import { findCustomer, findPage } from "./find.ts";
import { controlView } from "./routing-view.ts";

type OnThread = { Params: { pageId: string; id: string } };
const CUSTOMER = "/_sim/pages/:pageId/customers/:id";

/** What Meta itself does in conversations: its automation, its AI, its notices, its lead ads. */
export function automationRoutes(app: FastifyInstance, sim: Sim): void {
  const of = (request: FastifyRequest<OnThread>) => {
    const page = findPage(sim, request.params.pageId);
    return { page, thread: sim.store.thread(findCustomer(sim, page.id, request.params.id)) };
  };
  const said = (page: Page, thread: Thread, message: Message) => ({
    mid: message.mid,
    control: controlView(sim, page, thread),
  });
  const Native = z.strictObject({
    kind: z.enum(["instant_reply", "away", "faq"]).default("instant_reply"),
    withAppId: z.boolean().default(false),
    text: z.string().min(1).optional(),
  });
  app.post<OnThread>(`${CUSTOMER}/automation`, async (request, reply) => {
    const { page, thread } = of(request);
    const { kind, ...options } = parseBody(Native, request);
    return await reply.code(201).send(said(page, thread, automationAnswers(sim, thread, kind, options)));
  });
  const Notice = z.strictObject({ text: z.string().min(1), withAppId: z.boolean().default(true) });
  app.post<OnThread>(`${CUSTOMER}/notice`, async (request, reply) => {
    const { page, thread } = of(request);
    const { text, withAppId } = parseBody(Notice, request);
    return await reply.code(201).send(said(page, thread, systemNotice(sim, thread, text, withAppId)));
  });
  const Ai = z.strictObject({ text: z.string().min(1).optional(), hold: z.boolean().default(true) });
  app.post<OnThread>(`${CUSTOMER}/meta-ai`, async (request, reply) => {
    const { page, thread } = of(request);
    const { text, hold } = parseBody(Ai, request);
    if (hold) metaAiTakes(sim, page, thread);
    return await reply.code(201).send(said(page, thread, metaAiAnswers(sim, thread, text)));
  });
  app.post<OnThread>(`${CUSTOMER}/meta-ai/release`, async (request) => {
    const { page, thread } = of(request);
    return { ok: true, released: metaAiReleases(sim, thread), control: controlView(sim, page, thread) };
  });
  app.post<{ Params: { pageId: string } }>("/_sim/pages/:pageId/meta-ai", async (request) => {
    const page = findPage(sim, request.params.pageId);
    page.metaAi = parseBody(z.strictObject({ on: z.boolean() }), request).on;
    sim.store.touch();
    sim.bus.emit({ type: "world" });
    return { ok: true, on: page.metaAi };
  });
  leadAdRoutes(app, sim, of);
}

const Lead = z.strictObject({
  adId: z.string().default("6302572858686"),
  adTitle: z.string().default("Harbour parka, 20 % off"),
  questions: z
    .array(z.strictObject({ question: z.string().min(1), answer: z.string() }))
    .min(1)
    .default([
      { question: "Which city do you live in?", answer: "Taipei" },
      { question: "What is your phone number?", answer: "0912 345 678" },
    ]),
  complete: z.boolean().default(true),
  interrupt: z.boolean().default(false),
  summary: z.boolean().default(false),
  durationMs: z.number().int().min(0).optional(),
  keepRunning: z.boolean().default(false),
});

function leadAdRoutes(
  app: FastifyInstance,
  sim: Sim,
  of: (request: FastifyRequest<OnThread>) => { page: Page; thread: Thread },
): void {
  app.post<OnThread>(`${CUSTOMER}/lead-ad`, async (request, reply) => {
    const { page, thread } = of(request);
    const { questions, durationMs, ...plan } = parseBody(Lead, request);
    if (thread.platform === "instagram") throw new ControlError(422, "Lead ads of this kind are Messenger's.");
    if (thread.leadAd) throw new ControlError(409, "A lead ad's questions are being asked already.");
    const written = startLeadAd(sim, thread, { ...plan, answers: questions, durationMs: durationMs ?? null });
    return await reply.code(201).send({
      running: thread.leadAd !== null && thread.leadAd !== undefined,
      mids: written.map(({ mid }) => mid),
      control: controlView(sim, page, thread),
    });
  });
  const Finish = z.strictObject({ complete: z.boolean().optional() });
  app.post<OnThread>(`${CUSTOMER}/lead-ad/finish`, async (request) => {
    const { page, thread } = of(request);
    const { complete } = parseBody(Finish, request);
    if (!thread.leadAd) throw new ControlError(409, "No lead ad's questions are being asked.");
    endLeadAd(sim, thread, { complete: complete ?? thread.leadAd.complete, pass: true });
    return { ok: true, control: controlView(sim, page, thread) };
  });
}
