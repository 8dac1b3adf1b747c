import {
  type GraphAttachment,
  type GraphMessage,
  type GraphShare,
  isRecord,
  readText,
  readUrl,
  toList,
} from "@firstline/meta-wire";
import type { InboundAttachment } from "../channel.ts";

/** Attachments, stickers and shares of a message of Meta's record: three members there, one list with us. */
export function recordedAttachments(message: GraphMessage): InboundAttachment[] {
  const files = message.attachments.map(fileOf);
  const sticker = message.sticker;
  const told = files.some((one) => one.kind === "sticker" || (sticker !== null && one.url === sticker));
  return [
    ...files.map((one) => (sticker !== null && one.url === sticker ? stickerAt(sticker) : one)),
    ...(sticker !== null && !told ? [stickerAt(sticker)] : []),
    ...message.shares.map(shareOf),
  ];
}

const stickerAt = (url: string): InboundAttachment => ({
  kind: "sticker",
  url,
  title: null,
  link: null,
  type: "sticker",
});

function fileOf(one: GraphAttachment): InboundAttachment {
  const base = { title: one.name, link: null };
  if (one.appointment_booking) return { ...base, kind: "unsupported", url: null, type: "appointment_booking" };
  if (one.image_data)
    return one.image_data.isSticker && one.image_data.url !== null
      ? stickerAt(one.image_data.url)
      : { ...base, kind: "image", url: one.image_data.url, type: "image" };
  if (one.video_data) return { ...base, kind: "video", url: one.video_data.url, type: "video" };
  if (one.generic_template) {
    const { title, media_url, cta } = one.generic_template;
    const link = isRecord(cta) ? readUrl(cta.url) : null;
    return { kind: "template", url: readUrl(media_url), title: readText(title) ?? one.name, link, type: "template" };
  }
  if (one.file_url !== null) {
    const kind = /^audio\//i.test(one.mime_type ?? "") ? "audio" : "file";
    return { ...base, kind, url: one.file_url, type: kind };
  }
  return { ...base, kind: "unsupported", url: null, type: one.mime_type ?? "unknown" };
}

/** A link, a post, a reel; a product of the Page's shop comes as a template (Messenger changelog, 2026-03-26). */
function shareOf(one: GraphShare): InboundAttachment {
  const product = productOf(one);
  if (product) return product;
  return { kind: "share", url: null, title: one.name, link: one.link, type: "share" };
}

function productOf(one: GraphShare): InboundAttachment | null {
  if (one.template === null) return null;
  const payload = isRecord(one.template.payload) ? one.template.payload : one.template;
  const product = isRecord(payload.product) ? payload.product : payload;
  const element = toList(product.elements).find(isRecord);
  const title = element ? readText(element.title) : null;
  return {
    kind: "template",
    url: element ? readUrl(element.image_url) : null,
    title: title ?? one.name,
    link: one.link,
    type: "template",
  };
}
