import { LEAD_ADS_APP_ID, ownAppId } from "../routing/apps.ts";
import { moveControl, releaseControl } from "../routing/move.ts";
import { emitEvent } from "../sender/events.ts";
import { emitHandover } from "../sender/handover.ts";
import type { Sim } from "../sim.ts";
import type { LeadAdRun } from "../store/routing.ts";
import type { Message, Thread } from "../store/types.ts";
import { customerWrites } from "./customer-side.ts";
import { changed, newMid, writeFromPage } from "./page-side.ts";

export type LeadAdPlan = Omit<LeadAdRun, "startedAt" | "finishAt"> & {
  durationMs: number | null;
  keepRunning: boolean;
};

const timers = new WeakMap<Sim, Map<Thread, NodeJS.Timeout>>();

/**
 * A lead ad's questions and answers: Meta's lead-ads app takes the conversation and, unless apps may interrupt, nobody is
 * told of any of it until it ends (Messenger Lead Generation Ads, 2026-05-05; meta-receiving §3.4). Returns what was written.
 */
export function startLeadAd(sim: Sim, thread: Thread, plan: LeadAdPlan): Message[] {
  const page = sim.store.page(thread.pageId);
  if (!page) return [];
  const { durationMs, keepRunning, ...run } = plan;
  moveControl(sim, page, thread, LEAD_ADS_APP_ID, { how: "silent", hold: "lead_ads" });
  const finishAt = durationMs === null ? null : sim.now() + durationMs;
  thread.leadAd = { ...run, startedAt: sim.now(), finishAt };
  const written = converse(sim, thread, thread.leadAd);
  if (finishAt !== null) schedule(sim, thread, thread.leadAd, finishAt);
  else if (!keepRunning) endLeadAd(sim, thread, { complete: run.complete, pass: true });
  changed(sim, thread);
  return written;
}

function converse(sim: Sim, thread: Thread, run: LeadAdRun): Message[] {
  const page = (text: string) => writeFromPage(sim, thread, { attachments: [], text, appId: LEAD_ADS_APP_ID });
  const written = [page(`Hi! Thanks for your interest in ${run.adTitle}. May we ask you a few questions?`)];
  for (const [index, { question, answer }] of run.answers.entries()) {
    written.push(page(question));
    // Who gives up leaves the last question open.
    if (run.complete || index < run.answers.length - 1) written.push(customerWrites(sim, thread, { text: answer }));
  }
  return written;
}

/** Answers given: all of them, or all but the last of someone who gave up. */
function given(run: LeadAdRun, complete: boolean) {
  return complete ? run.answers : run.answers.slice(0, run.complete ? undefined : -1);
}

/**
 * The flow ends: the lead referral goes to every subscriber whoever holds the conversation, control passes to our app, and
 * the summary (which is not part of the conversation) follows. Times are in seconds, as in Meta's samples of lead ads.
 */
export function endLeadAd(sim: Sim, thread: Thread, how: { complete: boolean; pass: boolean }): boolean {
  const run = thread.leadAd;
  const page = sim.store.page(thread.pageId);
  if (!run || !page) return false;
  cancel(sim, thread);
  thread.leadAd = null;
  releaseControl(sim, thread);
  const seconds = Math.floor(sim.now() / 1000);
  const answers = given(run, how.complete);
  const type = how.complete ? "LEAD_COMPLETE" : "LEAD_INCOMPLETE";
  const metadata = how.complete ? "messenger_lead_gen_complete" : "messenger_lead_gen_incomplete";
  const ads_context_data = { ad_title: run.adTitle, post_id: `${page.id}_${run.adId}` };
  emitEvent(
    sim,
    thread,
    "messaging_referrals",
    { referral: { source: "ADS", type, ad_id: run.adId, ads_context_data }, lead: { data: answers } },
    { at: seconds, toEverybody: true },
  );
  if (how.pass) {
    const own = ownAppId(sim);
    moveControl(sim, page, thread, own, { how: "silent" });
    const what = { previous_owner_app_id: LEAD_ADS_APP_ID, new_owner_app_id: own, metadata };
    emitHandover(sim, page, thread, own, { pass_thread_control: what }, seconds);
  }
  if (run.summary) {
    const text = `Lead summary:\n${answers.map(({ question, answer }) => `${question}: ${answer}`).join("\n")}`;
    const message = { mid: newMid(thread), text };
    const hop_context = { app_id: Number(LEAD_ADS_APP_ID), metadata };
    emitEvent(sim, thread, "messages", { message, hop_context }, { at: seconds });
  }
  changed(sim, thread);
  return true;
}

/** Ends a flow when its time has come. */
function schedule(sim: Sim, thread: Thread, run: LeadAdRun, at: number): void {
  const mine = timers.get(sim) ?? new Map<Thread, NodeJS.Timeout>();
  timers.set(sim, mine);
  const timer = setTimeout(
    () => {
      mine.delete(thread);
      if (thread.leadAd === run) endLeadAd(sim, thread, { complete: run.complete, pass: true });
    },
    Math.max(0, at - sim.now()),
  );
  mine.set(thread, timer.unref());
}

function cancel(sim: Sim, thread: Thread): void {
  clearTimeout(timers.get(sim)?.get(thread));
  timers.get(sim)?.delete(thread);
}

/** After a start: flows that were running end when they were to. */
export function resumeLeadAds(sim: Sim): void {
  for (const thread of Object.values(sim.store.state.threads))
    if (thread.leadAd?.finishAt) schedule(sim, thread, thread.leadAd, thread.leadAd.finishAt);
}

export function stopLeadAds(sim: Sim): void {
  for (const timer of timers.get(sim)?.values() ?? []) clearTimeout(timer);
  timers.delete(sim);
}
