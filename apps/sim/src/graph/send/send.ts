import { sendRefused } from "../../routing/send.ts";
import type { Customer, Page, Platform, Thread } from "../../store/types.ts";
import type { Auth } from "../auth.ts";
import { type Call, refuseUnknown } from "../call.ts";
import { graphError } from "../error.ts";
import { instagramMessagesFault, linkedInstagram } from "../instagram-access.ts";
import { ready } from "../ready-errors.ts";
import { requireScope, requireTask } from "../tasks.ts";
import { requireUtilityScope } from "../templates/api.ts";
import { fillTemplate } from "../templates/fill.ts";
import { acceptMessage } from "./accept.ts";
import { applySenderAction } from "./actions.ts";
import { checkLimits } from "./channel-limits.ts";
import { failAfter, failBefore, takeFault } from "./faults.ts";
import { personFault, recipientFault, tagFault, windowFault } from "./policy.ts";
import { commentOf, replyPrivately } from "./private-reply.ts";
import { checkSendRate } from "./rate.ts";
import { readSendRequest, type SendRequest } from "./shape.ts";
import { sendToUserRef } from "./user-ref.ts";
import { isAlive, policyAt, WINDOW_MS, wayOf } from "./ways.ts";

const KNOWN = [
  "recipient",
  "message",
  "template",
  "messaging_type",
  "tag",
  "sender_action",
  "payload",
  "reply_to",
  "notification_type",
  "persona_id",
  "filedata",
  "platform",
  "thread_control",
]; // prettier-ignore

/**
 * The Send API. Order of the checks: limits, permission, shape, tag, recipient, Page restriction, thread control, window,
 * person, attachment; then accepted, and only then echo and receipts (meta-sending §3.6). A 200 means accepted, not delivered.
 */
export async function sendMessage(call: Call, auth: Auth, page: Page): Promise<unknown> {
  const recipientId = guessRecipient(call);
  checkSendRate(call, page, call.sim.store.customer(recipientId)?.platform ?? "messenger");
  const fault = takeFault(call.sim, call.sim.store.state.faults.nextSend, call, { pageId: page.id, recipientId });
  await failBefore(fault, call, page.id);
  const answer = await send(call, auth, page);
  await failAfter(fault, answer, call, page.id);
  return answer;
}

async function send(call: Call, auth: Auth, page: Page): Promise<unknown> {
  const { sim } = call;
  const named = sim.store.customer(guessRecipient(call))?.platform;
  requireScope(auth, named === "instagram" ? "instagram_manage_messages" : "pages_messaging");
  requireTask(auth, page, ["MESSAGING"]);
  refuseUnknown(call, KNOWN);
  const request = readSendRequest(call.values);
  const customer = sim.store.customer(request.recipientId);
  const platform = customer?.platform ?? commentOf(page, request)?.platform ?? "messenger";
  checkContent(call, auth, page, request, platform);
  const wrong = tagFault(sim, request, platform, request.utility !== null);
  if (wrong) throw wrong;
  if (request.userRef !== null) return await sendToUserRef(call, auth, page, request);
  if (request.commentId !== null || request.postId !== null) return await replyPrivately(call, auth, page, request);
  const thread = checkPolicy(call, auth, page, customer, request);
  if (!request.senderAction) return await acceptMessage(call, auth, page, thread, request);
  const refused = applySenderAction(sim, thread, request);
  if (refused) throw refused;
  return { recipient_id: request.recipientId };
}

/** Digits of whoever is named, before the request is read. */
function guessRecipient(call: Call): string {
  return /\d{6,}/.exec(JSON.stringify(call.values.recipient ?? ""))?.[0] ?? "";
}

/** What the request alone gets wrong: lengths, kinds, a template that is not there or filled in wrongly. */
function checkContent(call: Call, auth: Auth, page: Page, request: SendRequest, platform: Platform): void {
  const at = policyAt(call.sim);
  checkLimits(request, platform, page, at);
  const action = request.senderAction ? wayOf("SENDER_ACTION", platform) : undefined;
  if (action && !isAlive(action, at)) throw graphError(100, undefined, "(#100) sender_action is not supported yet.");
  if (!request.utility) return;
  requireUtilityScope(auth);
  fillTemplate(page, request.utility);
}

function checkPolicy(call: Call, auth: Auth, page: Page, customer: Customer | undefined, request: SendRequest): Thread {
  const { sim } = call;
  const platform: Platform = customer?.platform ?? "messenger";
  const thread = customer?.pageId === page.id ? sim.store.thread(customer) : undefined;
  // An account that is not linked has no people to be found.
  if (platform === "instagram" && !linkedInstagram(page)) throw instagramMessagesFault(auth, page);
  const unknown = recipientFault(customer, page, platform, thread, sim.now());
  if (unknown || !customer || !thread) throw unknown ?? ready.noMatchingUser();
  if (sim.store.state.faults.appMode === "development" && !customer.tester) throw ready.development();
  if (page.restricted) throw ready.restricted(page.restrictedAs);
  const hidden = platform === "instagram" ? instagramMessagesFault(auth, page) : null;
  if (hidden) throw hidden;
  const held = sendRefused(sim, page, thread, auth.app.id, { mayTake: request.tag === "HUMAN_AGENT" });
  if (held) throw held;
  const closed = windowFault(sim, request, thread, platform);
  if (closed) throw closed;
  const unreachable = personFault(customer);
  if (unreachable) throw unreachable;
  if (request.replyTo) checkReplyTo(thread, request.replyTo, sim.now());
  return thread;
}

/** The quoted message may be either side's; a reply needs an incoming message within 24 h (Send messages, 2026-05-05). */
function checkReplyTo(thread: Thread, mid: string, now: number): void {
  const quoted = thread.messages.find((message) => message.mid === mid);
  if (quoted?.removed) throw ready.messageGone();
  if (!quoted) throw graphError(100, undefined, "(#100) Param reply_to[mid] is not a message of this conversation.");
  if (thread.lastActionAt === null || now - thread.lastActionAt >= WINDOW_MS) {
    throw thread.platform === "instagram" ? ready.windowClosedInstagram() : ready.windowClosed();
  }
}
