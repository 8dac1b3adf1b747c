import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** What a `signed_request` says: who, app-scoped, and when Meta wrote it. */
export interface SignedRequest {
  userId: string;
  /** Seconds since 1970; null: not told. */
  issuedAt: number | null;
}

export type SignedRequestRead =
  | { ok: true; request: SignedRequest; signature: Buffer }
  | { ok: false; reason: "malformed" | "algorithm" | "signature" };

const Payload = z.looseObject({
  algorithm: z.string(),
  issued_at: z.number().nullish(),
  user_id: z.union([z.string().min(1).max(64), z.number().int().nonnegative()]),
});

/**
 * Reads the `signed_request` of Meta's deauthorise and data-deletion callbacks: base64url signature, a dot, base64url JSON. The
 * signature is HMAC-SHA256 over the encoded payload as it stands, keyed with the app secret ("Data Deletion Request Callback",
 * read 2026-11). Another algorithm is refused whatever its signature. `user_id` may be a number or a string.
 */
export function readSignedRequest(appSecret: string, value: string): SignedRequestRead {
  const [encoded, payload, more] = value.split(".");
  if (!encoded || !payload || more !== undefined) return { ok: false, reason: "malformed" };
  const signature = Buffer.from(encoded, "base64url");
  const read = Payload.safeParse(jsonOf(payload));
  if (!read.success) return { ok: false, reason: "malformed" };
  if (read.data.algorithm.toUpperCase() !== "HMAC-SHA256") return { ok: false, reason: "algorithm" };
  const expected = createHmac("sha256", appSecret).update(payload).digest();
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected))
    return { ok: false, reason: "signature" };
  return {
    ok: true,
    request: { userId: String(read.data.user_id), issuedAt: read.data.issued_at ?? null },
    signature,
  };
}

function jsonOf(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}
