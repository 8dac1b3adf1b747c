import { inboxOf, PAGE_INBOX_APP_ID } from "../routing/apps.ts";
import { moveControl, releaseControl } from "../routing/move.ts";
import { modeOf, ownerOf } from "../routing/rules.ts";
import type { Sim } from "../sim.ts";
import type { Message, Page, Thread } from "../store/types.ts";
import { writeFromPage } from "./page-side.ts";

export type Automation = "instant_reply" | "away" | "faq";

const TEXTS: Record<Automation, string> = {
  instant_reply: "Hi, thanks for contacting us. We've received your message and appreciate you reaching out.",
  away: "We're away right now and will answer as soon as we are back.",
  faq: "We are open Monday to Saturday, 10 am to 7 pm.",
};

/** Page Inbox's own automation. Meta marks it in no way: the Inbox's app id or none (meta-receiving §2.2). */
export function automationAnswers(
  sim: Sim,
  thread: Thread,
  kind: Automation,
  options: { withAppId: boolean; text?: string },
): Message {
  return writeFromPage(sim, thread, {
    attachments: [],
    text: options.text ?? TEXTS[kind],
    ...(options.withAppId && { appId: PAGE_INBOX_APP_ID }),
  });
}

/** A notice of Meta's in the conversation ("Your AI agent will respond."): an ordinary text of the Page (same section). */
export function systemNotice(sim: Sim, thread: Thread, text: string, withAppId: boolean): Message {
  return writeFromPage(sim, thread, {
    attachments: [],
    text,
    notice: true,
    ...(withAppId && { appId: PAGE_INBOX_APP_ID }),
  });
}

/**
 * Meta AI takes the conversation in the Inbox's name. Without routing that too keeps apps out, and no handover event tells
 * of it (production, Aug 2026; meta-receiving §3.2); with routing it is ordinary control of the Inbox.
 */
export function metaAiTakes(sim: Sim, page: Page, thread: Thread): void {
  const owner = ownerOf(page, thread, sim.now());
  if (owner?.hold) return;
  const how = modeOf(page, thread.platform) === "routing" ? "take" : "silent";
  moveControl(sim, page, thread, inboxOf(thread.platform), { how, hold: "meta_ai" });
}

/** Meta AI's answer: the Inbox's app id, `ai_generated` and `{"source":"axon"}` (production sample, Aug 2026). */
export function metaAiAnswers(sim: Sim, thread: Thread, text?: string): Message {
  return writeFromPage(sim, thread, {
    attachments: [],
    text: text ?? "Thanks for your message! Our parkas are in stock in sizes S to XL. Can I help you choose one?",
    appId: PAGE_INBOX_APP_ID,
    metadata: '{"source":"axon"}',
    aiGenerated: true,
  });
}

/** Ends Meta AI's hold, without an event; false when it held nothing. */
export function metaAiReleases(sim: Sim, thread: Thread): boolean {
  if (thread.control?.hold !== "meta_ai") return false;
  releaseControl(sim, thread);
  return true;
}

/**
 * With Meta AI on for the Page it holds every conversation a customer writes in, before apps are told of the message, and
 * answers; the answer is returned as a step to be taken once they are told. A lead ad's questions are not its business.
 */
export function metaAiListens(sim: Sim, thread: Thread): (() => void) | null {
  const page = sim.store.page(thread.pageId);
  if (!page?.metaAi || thread.leadAd) return null;
  metaAiTakes(sim, page, thread);
  return () => void metaAiAnswers(sim, thread);
}
