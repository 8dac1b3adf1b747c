import { claimSend, sendRefused } from "../../routing/send.ts";
import type { Customer, Page, Platform, Thread } from "../../store/types.ts";
import { acceptFromPage } from "../../world/page-side.ts";
import { type Auth, scopesOf } from "../auth.ts";
import { type Call, refuseUnknown } from "../call.ts";
import { graphError } from "../error.ts";
import { ready } from "../ready-errors.ts";
import { applySenderAction } from "./actions.ts";
import { failAfter, failBefore, takeFault } from "./faults.ts";
import { takeMedia } from "./media.ts";
import { personFault, recipientFault, tagFault, WINDOW_MS, windowFault } from "./policy.ts";
import { checkLimits, readSendRequest, type SendRequest } from "./shape.ts";
import { applyThreadControl, readThreadControl } from "./thread-control.ts";
import { sendToUserRef } from "./user-ref.ts";

const KNOWN = [
  "recipient",
  "message",
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

const DAY = 24 * 3_600_000;

/**
 * The Send API. Order of the checks: permission, shape, tag, recipient, Page restriction, thread control, window, person,
 * attachment; then accepted, and only then echo and receipts (meta-sending §3.6). A 200 means accepted, not delivered.
 */
export async function sendMessage(call: Call, auth: Auth, page: Page): Promise<unknown> {
  const { sim } = call;
  const { faults } = sim.store.state;
  const fault = takeFault(sim, faults.nextSend, call, { pageId: page.id, recipientId: guessRecipient(call) });
  if (fault) failBefore(fault);
  const platform: Platform = sim.store.customer(guessRecipient(call))?.platform ?? "messenger";
  requireScope(auth, platform);
  refuseUnknown(call, KNOWN);
  const request = readSendRequest(call.values);
  const customer = sim.store.customer(request.recipientId);
  checkLimits(request, platform);
  const wrong = tagFault(request, faults.humanAgentApproved);
  if (wrong) throw wrong;
  if (request.userRef !== null) {
    const answer = await sendToUserRef(call, auth, page, request);
    failAfter(fault);
    return answer;
  }
  const thread = checkPolicy(call, auth, page, customer, request);
  if (request.senderAction) {
    const refused = applySenderAction(sim, thread, request);
    if (refused) throw refused;
    failAfter(fault);
    return { recipient_id: request.recipientId };
  }
  const answer = await accept(call, auth, page, thread, request);
  failAfter(fault);
  return answer;
}

function guessRecipient(call: Call): string {
  return /\d{6,}/.exec(JSON.stringify(call.values.recipient ?? ""))?.[0] ?? "";
}

function requireScope(auth: Auth, platform: Platform): void {
  const scope = platform === "instagram" ? "instagram_manage_messages" : "pages_messaging";
  if (!scopesOf(auth).includes(scope))
    throw graphError(230, undefined, `(#230) Requires ${scope} permission to manage the object`);
}

function checkPolicy(call: Call, auth: Auth, page: Page, customer: Customer | undefined, request: SendRequest): Thread {
  const { sim } = call;
  const platform: Platform = customer?.platform ?? "messenger";
  const thread = customer && customer.pageId === page.id ? sim.store.thread(customer) : undefined;
  const began = thread?.messages[0]?.at ?? sim.now();
  const unknown = recipientFault(customer, page, platform, customer?.chatEnded || sim.now() - began >= DAY);
  if (unknown || !customer || !thread) throw unknown ?? ready.noMatchingUser();
  if (page.restricted) throw ready.restricted();
  if (platform === "instagram" && page.instagramAccess === false) throw ready.instagramAccessOff();
  const held = sendRefused(sim, page, thread, auth.app.id, { mayTake: request.tag === "HUMAN_AGENT" });
  if (held) throw held;
  const closed = windowFault(request, thread.lastActionAt, platform, sim.now());
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

async function accept(call: Call, auth: Auth, page: Page, thread: Thread, request: SendRequest): Promise<unknown> {
  const { sim } = call;
  const media = [];
  for (const attachment of request.attachments) {
    media.push(await takeMedia(sim, page, thread.platform, attachment, call.files, false));
  }
  const attachments = media.map(({ stored }) => stored);
  if (request.stickerId !== null)
    attachments.push({
      type: "sticker",
      stickerId: request.stickerId,
      url: `${sim.baseUrl()}/_cdn/sticker/${request.stickerId}.png`,
    });
  const after = readThreadControl(sim, page, thread, call.values.thread_control);
  const lost = claimSend(sim, page, thread, auth.app.id, { mayTake: request.tag === "HUMAN_AGENT" });
  if (lost) throw lost;
  const { mid, announce } = acceptFromPage(sim, thread, {
    appId: auth.app.id,
    attachments,
    ...(request.text !== null && { text: request.text }),
    ...(request.metadata !== null && { metadata: request.metadata }),
    ...(request.replyTo && { replyTo: request.replyTo }),
    ...(request.tag && { tag: request.tag }),
    ...(request.quickReplies.length > 0 && { quickReplies: request.quickReplies }),
  });
  await announce(call.reply.raw);
  // After the echo, so that the sender still hears its own message as the owner.
  if (after) call.reply.raw.once("close", () => applyThreadControl(sim, page, thread, after));
  const attachmentId = media.find((one) => one.attachmentId)?.attachmentId;
  return { recipient_id: request.recipientId, message_id: mid, ...(attachmentId && { attachment_id: attachmentId }) };
}
