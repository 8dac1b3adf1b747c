import type { Page, Platform } from "../../store/types.ts";
import { knownError } from "../known/index.ts";
import { ready } from "../ready-errors.ts";
import { bad } from "./checks.ts";
import type { AttachmentRequest, SendRequest } from "./shape.ts";
import { isKnown } from "./ways.ts";

/** Messenger: under 2000 characters. Instagram: 1000 **bytes** (Instagram API with Instagram Login, v25; meta-sending §1.2). */
export function checkLimits(request: SendRequest, platform: Platform, page: Page, at: number): void {
  checkAge(request, platform, at);
  // Personas are created at an edge that is not part of the local Meta: nobody has one.
  if (request.personaId !== null) throw bad("Param persona_id must be a persona of this Page.");
  for (const attachment of request.attachments) if (attachment.type === "template") checkTemplate(attachment);
  if (platform === "messenger") messenger(request);
  else instagram(request, page);
}

function messenger({ text, attachments }: SendRequest): void {
  if (text && [...text].length > 2000) throw bad("Length of param message[text] must be less than or equal to 2000");
  if (attachments.length > 30) throw bad("Param message[attachments] must have at most 30 items.");
  if (attachments.some(({ type }) => type === "like_heart" || type === "MEDIA_SHARE"))
    throw bad("This attachment type is for Instagram only.");
}

function instagram(request: SendRequest, page: Page): void {
  const { text, attachments, quickReplies } = request;
  if (text && Buffer.byteLength(text) > 1000) throw knownError(100, 2534015);
  if (attachments.length > 10) throw bad("Param message[attachments] must have at most 10 items.");
  if (attachments.length > 1 && page.severalImages === false) throw ready.severalImagesOff();
  if (request.stickerId !== null) throw bad("Stickers cannot be sent on Instagram.");
  if (request.utility) throw bad("Utility templates cannot be sent on Instagram.");
  if (quickReplies.length > 0 && !text) throw bad("Quick replies need a text.");
  const share = attachments.find(({ type }) => type === "MEDIA_SHARE");
  if (share && !/^\d+$/.test(String(share.payload.id ?? "")))
    throw bad("Param message[attachment][payload][id] must be the id of a post of this account.");
}

/** What Meta did not know yet on the day whose rules hold. */
function checkAge(request: SendRequest, platform: Platform, at: number): void {
  const { attachments, senderAction } = request;
  const asked = {
    "several images": attachments.length > 1,
    reply_to: request.replyTo !== null,
    react: senderAction === "react" || senderAction === "unreact",
    sticker_id: request.stickerId !== null,
    file: attachments.some(({ type }) => type === "file"),
    attachment_id: attachments.some(({ payload }) => payload.attachment_id !== undefined),
  };
  for (const [what, used] of Object.entries(asked))
    if (used && !isKnown(what, platform, at)) throw bad(`${what} is not supported yet.`);
}

/** Limits of the button and generic templates (Button template, 2026-04-22; meta-sending §1.2). */
function checkTemplate({ payload }: AttachmentRequest): void {
  const list = (value: unknown) => (Array.isArray(value) ? (value as Record<string, unknown>[]) : []);
  const name = "message[attachment][payload]";
  if (payload.template_type === "button") {
    const text = typeof payload.text === "string" ? payload.text : "";
    if (!text || [...text].length > 640) throw bad(`Length of param ${name}[text] must be between 1 and 640`);
    const { length } = list(payload.buttons);
    if (length < 1 || length > 3) throw bad(`Param ${name}[buttons] must have 1 to 3 items.`);
  }
  if (payload.template_type === "generic") {
    const elements = list(payload.elements);
    if (elements.length < 1 || elements.length > 10) throw bad(`Param ${name}[elements] must have 1 to 10 items.`);
    if (elements.some(({ buttons }) => list(buttons).length > 3))
      throw bad(`Param ${name}[elements][buttons] must have at most 3 items.`);
  }
}
