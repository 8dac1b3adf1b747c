import { isRecord, readId, readName, readText, readUrl, toList, type WireRecord } from "@firstline/meta-wire";
import type { InboundAttachment } from "../channel.ts";
import { productsOf } from "./details.ts";

/** An attachment with what is needed to find its double. */
interface ReadAttachment {
  attachment: InboundAttachment;
  stickerId: string | null;
}

/** Reads the payload of one attachment type. */
export type AttachmentShape = (attachment: WireRecord, payload: WireRecord) => Omit<InboundAttachment, "type">;

const NOTHING: WireRecord = {};

/** Every attachment of a message, in order, without the doubles Meta sends; what is not known stays as `unsupported`. */
export function readAttachments(
  message: WireRecord,
  shapes: ReadonlyMap<string, AttachmentShape>,
): InboundAttachment[] {
  const found = toList(message.attachments)
    .flatMap(eachProduct)
    .map((value) => readOne(value, shapes));
  const topSticker = readId(message.sticker_id);
  // Old bodies give the sticker's id on the message and its picture as the only image.
  if (topSticker !== null && found.length === 1 && found[0]!.attachment.kind === "image")
    found[0]!.stickerId ??= topSticker;
  return withoutSharedTwins(withoutStickerTwins(found)).map((one) => one.attachment);
}

/** A template of several shared products shows each of them. */
function eachProduct(value: unknown): unknown[] {
  const products = isRecord(value) && isRecord(value.payload) ? productsOf(value.payload) : [];
  if (!isRecord(value) || value.type !== "template" || products.length < 2) return [value];
  return products.map((element) => ({ ...value, payload: { product: { elements: [element] } } }));
}

function readOne(value: unknown, shapes: ReadonlyMap<string, AttachmentShape>): ReadAttachment {
  if (!isRecord(value)) return { attachment: { ...unsupported(NOTHING, NOTHING), type: "malformed" }, stickerId: null };
  const payload = isRecord(value.payload) ? value.payload : NOTHING;
  const type = readName(value.type) ?? "unknown";
  const shape = shapes.get(type) ?? unsupported;
  return { attachment: { ...shape(value, payload), type }, stickerId: readId(payload.sticker_id) };
}

/**
 * One sticker is one attachment. Until 2026-08-30 Meta sent an `image` with `sticker_id` beside the `sticker`, since
 * then only the `sticker` (Messenger changelog, 2026-06-01).
 */
function withoutStickerTwins(found: ReadAttachment[]): ReadAttachment[] {
  const stickers = found.filter((one) => one.attachment.kind === "sticker");
  const kept: ReadAttachment[] = [];
  for (const one of found) {
    if (one.attachment.kind !== "image") {
      kept.push(one);
      continue;
    }
    if (stickers.some((sticker) => isSameSticker(one, sticker))) continue;
    const { stickerId } = one;
    kept.push(stickerId === null ? one : { stickerId, attachment: { ...one.attachment, kind: "sticker" } });
  }
  return kept;
}

function isSameSticker(image: ReadAttachment, sticker: ReadAttachment): boolean {
  if (image.stickerId !== null && (sticker.stickerId === null || image.stickerId === sticker.stickerId)) return true;
  return image.attachment.url !== null && image.attachment.url === sticker.attachment.url;
}

/**
 * One shared post is one attachment. Since 2025-11-03 `ig_post` comes beside `share`, which is being removed since
 * 2026-04-27 (Messenger changelog). The `ig_post` stays and takes an address it lacks from its twin.
 */
function withoutSharedTwins(found: ReadAttachment[]): ReadAttachment[] {
  const posts = found.filter((one) => one.attachment.type === "ig_post");
  if (posts.length === 0) return found;
  const twins = found.filter((one) => one.attachment.type === "share").slice(0, posts.length);
  twins.forEach((twin, index) => {
    const { attachment } = posts[index]!;
    attachment.url ??= twin.attachment.url;
    attachment.link ??= twin.attachment.link;
    attachment.title ??= twin.attachment.title;
  });
  return found.filter((one) => !twins.includes(one));
}

/** A file of the given kind behind `payload.url`; bodies of old apps have `url` on the attachment itself. */
export function media(kind: "image" | "audio" | "video" | "file" | "sticker"): AttachmentShape {
  return (attachment, payload) => ({
    kind,
    url: readUrl(payload.url) ?? readUrl(attachment.url),
    title: titleOf(attachment, payload),
    link: null,
  });
}

/** A post or reel: Messenger gives its public address, Instagram a file of it on Meta's delivery network. */
export const share: AttachmentShape = (attachment, payload) => {
  const address = readUrl(payload.url) ?? readUrl(payload.link) ?? readUrl(attachment.url);
  const stored = address !== null && isStoredFile(address);
  return {
    kind: "share",
    url: stored ? address : null,
    title: titleOf(attachment, payload),
    link: stored ? null : address,
  };
};

/** A story: always a file, gone when the story ends. */
export const story: AttachmentShape = (attachment, payload) => ({
  kind: "share",
  url: readUrl(payload.url),
  title: titleOf(attachment, payload),
  link: null,
});

/** Button, generic, product and other templates: the first title and picture stand for the whole. */
export const template: AttachmentShape = (attachment, payload) => {
  const product = isRecord(payload.product) ? payload.product : payload;
  const element = toList(product.elements).find(isRecord) ?? NOTHING;
  const text = readText(payload.text) ?? readText(payload.intro_message) ?? readText(payload.title);
  return {
    kind: "template",
    url: readUrl(element.image_url),
    title: text ?? readText(element.title) ?? readText(attachment.title),
    link: readUrl(element.item_url) ?? readUrl(attachment.url),
  };
};

/** A shared link, or anything Meta shows as one; with no payload at all for kinds it does not support. */
export const fallback: AttachmentShape = (attachment, payload) => ({
  kind: "fallback",
  url: null,
  title: titleOf(attachment, payload),
  link: readUrl(payload.url) ?? readUrl(attachment.url),
});

/** Kinds whose content Meta keeps to itself (disappearing media, calls) and kinds we do not know: all that is there is kept. */
export const unsupported: AttachmentShape = (attachment, payload) => ({
  kind: "unsupported",
  url: readUrl(payload.url),
  title: titleOf(attachment, payload),
  link: null,
});

function titleOf(attachment: WireRecord, payload: WireRecord): string | null {
  return readText(payload.title) ?? readText(attachment.title);
}

/** Hosts of Meta's delivery network: the address is the file itself and expires. */
function isStoredFile(url: string): boolean {
  return /^https?:\/\/([^/?#@]*\.)?(fbcdn\.net|fbsbx\.com|cdninstagram\.com)(:\d+)?([/?#]|$)/i.test(url);
}
