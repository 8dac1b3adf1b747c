import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Signatures Meta puts on its webhooks and expects on our Graph calls.
 * Source: Messenger Platform, Webhooks ("Validating payloads"), read 2026-09; `appsecret_proof`: Graph API, "Securing requests".
 */

/** `X-Hub-Signature-256` of a body: `sha256=` + lower-case hex HMAC-SHA256 keyed with the app secret, over the exact bytes. */
export function signSha256(appSecret: string, body: Uint8Array): string {
  return `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
}

/** The legacy `X-Hub-Signature` header. Sent by Meta beside the SHA-256 one; never sufficient alone. */
export function signSha1(appSecret: string, body: Uint8Array): string {
  return `sha1=${createHmac("sha1", appSecret).update(body).digest("hex")}`;
}

/** Compares a received `X-Hub-Signature-256` with the body in constant time. A missing or malformed header is simply false. */
export function verifySha256(appSecret: string, body: Uint8Array, header: string | undefined): boolean {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(header ?? "")?.[1];
  if (!hex) return false;
  return timingSafeEqual(createHmac("sha256", appSecret).update(body).digest(), Buffer.from(hex, "hex"));
}

/** `appsecret_proof` of a token: lower-case hex HMAC-SHA256 keyed with the app secret, over the token's characters. */
export function appSecretProof(appSecret: string, accessToken: string): string {
  return createHmac("sha256", appSecret).update(accessToken).digest("hex");
}
