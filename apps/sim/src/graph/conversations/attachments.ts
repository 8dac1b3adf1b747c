import { createHash } from "node:crypto";
import type { Sim } from "../../sim.ts";
import { attachmentUrl } from "../../store/media-url.ts";
import type { Message, Platform, StoredAttachment } from "../../store/types.ts";
import { type Field, pick, type Resolver } from "../fields.ts";

const MEDIA = new Set(["image", "video", "audio", "file", "media"]);
const SHARED = new Set(["fallback", "share", "post", "ig_post", "reel", "ig_reel"]);
const MIME: Record<string, string> = {
  image: "image/jpeg",
  media: "image/jpeg",
  video: "video/mp4",
  audio: "audio/mp4",
};

function digitsOf(text: string): string {
  return String(
    100_000_000_000_000n + (createHash("sha256").update(text).digest().readBigUInt64BE() % 900_000_000_000_000n),
  );
}

type Json = Record<string, unknown>;

function asRecord(value: unknown): Json {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Json) : {};
}

/** A product someone shared: told among `shares`, not among `attachments`. */
function isProduct(one: StoredAttachment): boolean {
  return one.type === "template" && asRecord(one.template).product !== undefined;
}

/** `attachments.data[]` of a message (Graph API, Message; meta-receiving §4). Pixels and seconds are not measured. */
export function attachmentsOf(sim: Sim, message: Message, field: Field): { data: unknown[] } | undefined {
  const data = message.attachments.flatMap((one, index) => {
    const resolvers = resolversOf(sim, one, `${message.mid}:${index}`);
    if (!resolvers) return [];
    const defaults = Object.keys(resolvers).join(",");
    return [
      pick("MessageAttachment", String(resolvers.id?.(field)), field.children, defaults, { ...NONE, ...resolvers }),
    ];
  });
  return data.length > 0 ? { data } : undefined;
}

const nothing = () => undefined;
/** Fields of every attachment, for the kinds that do not have them. */
const NONE: Record<string, Resolver> = {
  id: nothing,
  mime_type: nothing,
  name: nothing,
  size: nothing,
  file_url: nothing,
  image_data: nothing,
  video_data: nothing,
  generic_template: nothing,
  appointment_booking: nothing,
};

function resolversOf(sim: Sim, one: StoredAttachment, seed: string): Record<string, Resolver> | null {
  const url = attachmentUrl(sim, one);
  const id = () => one.attachmentId ?? digitsOf(seed);
  if (one.type === "appointment_booking") return { id, appointment_booking: () => one.payload };
  if (one.type === "template") return isProduct(one) ? null : { id, generic_template: () => genericTemplate(one) };
  if (!MEDIA.has(one.type) || url === undefined) return null;
  const mime = one.contentType ?? MIME[one.type] ?? "application/octet-stream";
  const basics: Record<string, Resolver> = {
    id,
    mime_type: () => mime,
    name: () => one.name ?? new URL(url, sim.baseUrl()).pathname.split("/").at(-1),
    size: () => one.size,
  };
  if (one.type === "image" || one.type === "media") return { ...basics, image_data: () => imageData(url, mime) };
  if (one.type === "video")
    return { ...basics, video_data: () => ({ url, preview_url: url, video_type: "FILE_ATTACHMENT" }) };
  return { ...basics, file_url: () => url };
}

function imageData(url: string, mime: string) {
  const animated = mime === "image/gif" && { animated_gif_url: url, animated_gif_preview_url: url };
  return { url, preview_url: url, image_type: 1, render_as_sticker: false, ...animated };
}

function genericTemplate(one: StoredAttachment) {
  const payload = asRecord(one.template);
  const element = asRecord(Array.isArray(payload.elements) ? payload.elements[0] : undefined);
  const buttons = element.buttons ?? payload.buttons;
  const cta = asRecord(Array.isArray(buttons) ? buttons[0] : undefined);
  return {
    title: element.title ?? payload.text ?? "",
    ...(element.subtitle !== undefined && { subtitle: element.subtitle }),
    ...(element.image_url !== undefined && { media_url: element.image_url }),
    ...(cta.title !== undefined && {
      cta: { title: cta.title, type: cta.type, ...(cta.url !== undefined && { url: cta.url }) },
    }),
  };
}

/** `shares.data[]`: links, posts, reels and products. Instagram's are limited to the address (Conversations). */
export function sharesOf(message: Message, platform: Platform, field: Field): { data: unknown[] } | undefined {
  const shared = message.attachments.filter((one) => SHARED.has(one.type) || isProduct(one));
  const data = shared.map((one, index) => {
    const payload = one.payload ?? {};
    const full = platform === "messenger";
    return pick("MessageShare", null, field.children, "id,link,name,description,template", {
      id: () =>
        String(
          payload.id ?? payload.reel_video_id ?? payload.ig_post_media_id ?? digitsOf(`${message.mid}:share:${index}`),
        ),
      link: () => payload.url ?? one.url,
      name: () => (full ? (payload.title ?? one.title) : undefined),
      description: () => (full ? payload.description : undefined),
      template: () => (isProduct(one) ? { payload: one.template } : undefined),
    });
  });
  return data.length > 0 ? { data } : undefined;
}
