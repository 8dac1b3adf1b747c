import type { Page } from "../../store/types.ts";
import { type Call, param, refuseUnknown } from "../call.ts";
import { graphError } from "../error.ts";
import { asStructure } from "../params.ts";
import { takeMedia } from "./media.ts";
import { readAttachment } from "./shape.ts";

/** `POST /{page}/message_attachments` → `{attachment_id}` (Attachment Upload API, v25). */
export async function uploadAttachment(call: Call, page: Page): Promise<unknown> {
  refuseUnknown(call, ["message", "platform", "filedata"]);
  const message = asStructure(call.values.message);
  if (!message || typeof message !== "object")
    throw graphError(100, undefined, "(#100) The parameter message is required.");
  const request = readAttachment((message as Record<string, unknown>).attachment, "message[attachment]");
  const platform = param(call, "platform") === "instagram" ? "instagram" : "messenger";
  const media = await takeMedia(call, page, platform, request, true);
  return { attachment_id: media.attachmentId };
}
