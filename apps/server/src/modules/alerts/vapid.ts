import { sql } from "kysely";
import webpush from "web-push";
import type { Deps } from "../../deps.ts";
import { Secret } from "../../platform/secrets/index.ts";

/** Where the keys are, in `installation`: `{publicKey, sealed, keyId}`. */
export const VAPID = "vapid";

interface Kept {
  publicKey: string;
  /** The private key, sealed, in base64. */
  sealed: string;
  keyId: string;
}

/**
 * The keys by which push services know this installation (RFC 8292), made once: with other keys every device would have to
 * subscribe again.
 */
export async function vapidKeys(
  deps: Pick<Deps, "db" | "vault">,
): Promise<{ publicKey: string; privateKey: () => Secret }> {
  const kept = (await read(deps)) ?? (await make(deps));
  return {
    publicKey: kept.publicKey,
    privateKey: () => deps.vault.open(Buffer.from(kept.sealed, "base64"), kept.keyId),
  };
}

async function read(deps: Pick<Deps, "db">): Promise<Kept | null> {
  const { rows } = await sql<{ value: string }>`select value from installation where key = ${VAPID}`.execute(deps.db);
  return rows[0] ? (JSON.parse(rows[0].value) as Kept) : null;
}

async function make(deps: Pick<Deps, "db" | "vault">): Promise<Kept> {
  const { publicKey, privateKey } = webpush.generateVAPIDKeys();
  const sealed = deps.vault.seal(new Secret(privateKey)).toString("base64");
  const mine = JSON.stringify({ publicKey, sealed, keyId: deps.vault.keyId } satisfies Kept);
  await sql`insert into installation (key, value) values (${VAPID}, ${mine}) on conflict (key) do nothing`.execute(
    deps.db,
  );
  // Of two processes that made them at once, both use those of the first.
  return (await read(deps))!;
}

/** Seals the private key anew with the key in use. @returns what was done; null: it was sealed with that key, or there is none */
export async function resealVapid(
  deps: Pick<Deps, "db" | "vault">,
): Promise<{ resealed: true } | { unopened: string } | null> {
  const kept = await read(deps);
  if (!kept || kept.keyId === deps.vault.keyId) return null;
  let secret: Secret;
  try {
    secret = deps.vault.open(Buffer.from(kept.sealed, "base64"), kept.keyId);
  } catch {
    return { unopened: kept.keyId };
  }
  const value = JSON.stringify({
    publicKey: kept.publicKey,
    sealed: deps.vault.seal(secret).toString("base64"),
    keyId: deps.vault.keyId,
  } satisfies Kept);
  await sql`update installation set value = ${value} where key = ${VAPID}`.execute(deps.db);
  return { resealed: true };
}
