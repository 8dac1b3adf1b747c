import { isRecord } from "@firstline/meta-wire";
import { type AttachmentShape, fallback, media, share, story, template, unsupported } from "../shared/attachments.ts";
import { APPOINTMENT } from "../shared/details.ts";

/** A shared place. No longer a documented kind, still in bodies of old apps; coordinates stand in for a title. */
const location: AttachmentShape = (attachment, payload) => {
  const place = fallback(attachment, payload);
  const { lat, long } = isRecord(payload.coordinates) ? payload.coordinates : {};
  if (place.title === null && typeof lat === "number" && typeof long === "number")
    return { ...place, title: `${lat}, ${long}` };
  return place;
};

/**
 * Attachment types of a Page (Messenger Platform, "messages" event, read 2026-11): `post` and `reel` with data since
 * 2026-03-26, `appointment_booking` since 2026-03-03.
 */
export const messengerAttachments: ReadonlyMap<string, AttachmentShape> = new Map([
  ["image", media("image")],
  ["audio", media("audio")],
  ["video", media("video")],
  ["file", media("file")],
  ["sticker", media("sticker")],
  ["reel", share],
  ["ig_reel", share],
  ["post", share],
  ["ig_post", share],
  ["share", share],
  ["story", story],
  ["story_mention", story],
  ["template", template],
  ["fallback", fallback],
  ["location", location],
  // Its content is in the details of the message; unsupported only where none can be read.
  [APPOINTMENT, unsupported],
]);
