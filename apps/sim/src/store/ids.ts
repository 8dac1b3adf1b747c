import { createHash, randomBytes, randomInt } from "node:crypto";

const BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Messenger message id: `m_` + 88 url-safe characters (Messenger Platform, Utility messages / Saving assets samples, 2026). */
export function messengerMid(): string {
  return `m_${randomBytes(66).toString("base64url")}`;
}

/** Instagram message id, as in Meta's samples: base64 of `ig_item:…`, beginning `aWdfZAG1faXRlbTo`. */
export function instagramMid(): string {
  return `aWdfZAG1faXRlbTo${randomBytes(78).toString("base64url")}`;
}

/** 23 characters, as in live bodies of 2023–2026 (e.g. `AxIIVeNpuf3y2jeXdufRcEX`). */
export function traceId(): string {
  return `A${Array.from({ length: 22 }, () => BASE62[randomInt(62)]).join("")}`;
}

/** Access tokens are opaque; Facebook's begin with `EAA`. Made from a seed, so that a reset world has the same ones. */
export function accessToken(seed: string): string {
  let out = "";
  for (let i = 0; out.length < 180; i += 1) {
    for (const byte of createHash("sha512").update(`${seed}#${i}`).digest()) out += BASE62[byte % 62];
  }
  return `EAAB${out.slice(0, 176)}`;
}

/** `digits` random decimal digits without a leading zero (page-scoped ids, attachment ids). */
export function numericId(digits: number): string {
  let out = String(randomInt(1, 10));
  while (out.length < digits) out += String(randomInt(10));
  return out;
}

export function opaque(bytes = 12): string {
  return randomBytes(bytes).toString("base64url");
}
