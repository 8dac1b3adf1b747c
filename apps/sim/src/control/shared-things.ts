import type { StoredAttachment } from "../store/types.ts";

/** What a customer shares or sends besides media: told with a payload of its own (meta-receiving §2.1, §2.21). */
export const SHARED_TYPES = [
  "reel",
  "ig_reel",
  "post",
  "ig_post",
  "share",
  "appointment_booking",
  "story_mention",
  "ephemeral",
] as const; // prettier-ignore

type SharedType = (typeof SHARED_TYPES)[number];

interface Input {
  type: SharedType;
  url?: string;
  title?: string;
  id?: string | number;
  payload?: unknown;
}

export function isShared(type: string): type is SharedType {
  return (SHARED_TYPES as readonly string[]).includes(type);
}

const APPOINTMENT = { booking_id: "B1", status: "requested", timezone: "America/Los_Angeles" };
const HOUR = 3_600;

/** `payload` is told as it is; without one it is made of url, title and id, named as Meta names them for that type. */
export function sharedThing({ type, url, title, id, payload }: Input): StoredAttachment {
  const given = payload !== null && typeof payload === "object" ? (payload as Record<string, unknown>) : undefined;
  const shown = { ...(url && { url }), ...(title && { title }) };
  const named = type.endsWith("reel") ? { reel_video_id: id } : { id };
  const made = { ...shown, ...(id !== undefined && named) };
  return { type, ...shown, payload: given ?? (type === "appointment_booking" ? appointment() : made) };
}

/** Times in seconds (Messenger changelog, 2026-03-03). */
function appointment() {
  const start = Math.ceil(Date.now() / 1000 / HOUR) * HOUR + 24 * HOUR;
  return { ...APPOINTMENT, start_time: start, end_time: start + HOUR };
}
