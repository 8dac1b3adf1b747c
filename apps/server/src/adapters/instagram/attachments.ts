import { type AttachmentShape, fallback, media, share, story, template, unsupported } from "../shared/attachments.ts";

/**
 * Attachment types of an Instagram account (Instagram messaging webhooks, read 2026-11). `ephemeral` is disappearing
 * media and has no address; `unsupported_type` has one whose content Meta does not name.
 */
export const instagramAttachments: ReadonlyMap<string, AttachmentShape> = new Map([
  ["image", media("image")],
  ["video", media("video")],
  ["audio", media("audio")],
  ["file", media("file")],
  ["sticker", media("sticker")],
  ["like_heart", media("sticker")],
  ["share", share],
  ["ig_post", share],
  ["post", share],
  ["media", share],
  ["ig_reel", share],
  ["reel", share],
  ["story", story],
  ["story_mention", story],
  ["ig_story", story],
  ["template", template],
  ["fallback", fallback],
  ["ephemeral", unsupported],
  ["unsupported_type", unsupported],
]);
