import { claimSend } from "../../routing/send.ts";
import type { MessageContent } from "../../store/content.ts";
import type { Page, Platform, StoredAttachment, Thread } from "../../store/types.ts";
import { acceptFromPage } from "../../world/page-side.ts";
import type { Auth } from "../auth.ts";
import type { Call } from "../call.ts";
import { fillTemplate } from "../templates/fill.ts";
import { takeMedia } from "./media.ts";
import type { SendRequest } from "./shape.ts";
import { applyThreadControl, readThreadControl } from "./thread-control.ts";

/** Brings in what a message carries: media, a sticker, a filled utility template. */
export async function takeContent(
  call: Call,
  page: Page,
  platform: Platform,
  request: SendRequest,
): Promise<{ attachments: StoredAttachment[]; attachmentId: string | undefined }> {
  const media = [];
  for (const one of request.attachments) media.push(await takeMedia(call, page, platform, one, false));
  const attachments = media.map(({ stored }) => stored);
  if (request.utility) attachments.push(fillTemplate(page, request.utility));
  if (request.stickerId !== null) {
    const url = `${call.sim.baseUrl()}/_cdn/sticker/${request.stickerId}.png`;
    attachments.push({ type: "sticker", stickerId: request.stickerId, url });
  }
  return { attachments, attachmentId: media.find((one) => one.attachmentId)?.attachmentId ?? undefined };
}

/** Accepts a message into a conversation: control follows it, then echo and receipts (meta-sending §3.6, step 13). */
export async function acceptMessage(
  call: Call,
  auth: Auth,
  page: Page,
  thread: Thread,
  request: SendRequest,
  extras: Pick<MessageContent, "privateReplyTo"> = {},
): Promise<Record<string, unknown>> {
  const { sim } = call;
  const { attachments, attachmentId } = await takeContent(call, page, thread.platform, request);
  const after = readThreadControl(sim, page, thread, call.values.thread_control);
  const lost = claimSend(sim, page, thread, auth.app.id, { mayTake: request.tag === "HUMAN_AGENT" });
  if (lost) throw lost;
  const { utility } = request;
  const { mid, announce } = acceptFromPage(sim, thread, {
    appId: auth.app.id,
    attachments,
    ...(request.text !== null && { text: request.text }),
    ...(request.metadata !== null && { metadata: request.metadata }),
    ...(request.replyTo && { replyTo: request.replyTo }),
    ...(request.tag && { tag: request.tag }),
    ...(request.quickReplies.length > 0 && { quickReplies: request.quickReplies }),
    ...(utility && { utility: { name: utility.name, language: utility.language } }),
    ...extras,
  });
  await announce(call.reply.raw);
  // After the echo, so that the sender still hears its own message as the owner.
  if (after) call.reply.raw.once("close", () => applyThreadControl(sim, page, thread, after));
  return { recipient_id: thread.customerId, message_id: mid, ...(attachmentId && { attachment_id: attachmentId }) };
}
