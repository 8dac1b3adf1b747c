import { createHash } from "node:crypto";

const PREFIX = "derived:";

/**
 * An external id for a message Meta sent without `mid` (postbacks before v11, some plugins): the same content at the same
 * time from the same person is the same message, so a redelivery matches.
 */
export function deriveId(...parts: readonly unknown[]): string {
  return PREFIX + createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}

/** Meta does not know a derived id; it must not appear in a request. */
export function isDerivedId(id: string): boolean {
  return id.startsWith(PREFIX);
}
