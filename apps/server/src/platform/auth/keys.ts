import { defaultKeyHasher } from "@better-auth/api-key";
import { generateId } from "better-auth";
import type { Q } from "../db/pool.ts";
import type { Auth } from "./index.ts";
import { withAuth } from "./tables.ts";

/** An API key as it is kept: whose it is, what it may do, never its value. */
export interface StoredKey {
  id: string;
  name: string;
  role: string;
  /** The first characters, by which a person recognises it. */
  start: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** Who a presented key stands for. */
export interface KeyBearer {
  id: string;
  name: string;
  workspaceId: string;
  role: string;
}

/** Makes a key for a workspace. Its value is in the answer and nowhere else: only its hash is stored. */
export async function createKey(
  auth: Auth,
  key: { workspaceId: string; name: string; role: string },
): Promise<StoredKey & { key: string }> {
  const made = await auth.api.createApiKey({
    body: { userId: key.workspaceId, name: key.name, metadata: { role: key.role } },
  });
  return {
    id: made.id,
    name: key.name,
    role: key.role,
    start: made.start,
    createdAt: new Date(made.createdAt),
    lastUsedAt: null,
    key: made.key,
  };
}

/** @returns null for a key that is unknown, disabled or expired. @throws when the database does not answer. */
export async function verifyKey(auth: Auth, q: Q, value: string): Promise<KeyBearer | null> {
  const { valid, key } = await auth.api.verifyApiKey({ body: { key: value } });
  if (!valid || !key) {
    // The plugin says "invalid" of any key while the database is away. A client must hear "try again" then, not "signed out".
    await withAuth(q).selectFrom("auth.apikey").select("id").limit(1).execute();
    return null;
  }
  const role = (key.metadata as { role?: unknown } | null)?.role;
  if (typeof role !== "string") return null;
  return { id: key.id, name: key.name ?? "", workspaceId: key.referenceId, role };
}

/** Stores a key whose value was chosen elsewhere, hashed as the plugin hashes. Does nothing when it exists already. */
export async function importKey(
  q: Q,
  key: { workspaceId: string; name: string; role: string; hash: string; start: string; now: Date },
): Promise<void> {
  await withAuth(q)
    .insertInto("auth.apikey")
    .values({
      id: generateId(),
      configId: "default",
      name: key.name,
      start: key.start,
      prefix: null,
      referenceId: key.workspaceId,
      key: key.hash,
      enabled: true,
      rateLimitEnabled: false,
      requestCount: 0,
      lastRequest: null,
      expiresAt: null,
      createdAt: key.now,
      updatedAt: key.now,
      metadata: JSON.stringify({ role: key.role }),
    })
    .onConflict((c) => c.column("key").doNothing())
    .execute();
}

export const hashOfKey = (value: string) => defaultKeyHasher(value);

/** Newest first. */
export async function listKeys(q: Q, workspaceId: string): Promise<StoredKey[]> {
  const rows = await withAuth(q)
    .selectFrom("auth.apikey")
    .select(["id", "name", "start", "createdAt", "lastRequest", "metadata"])
    .where("referenceId", "=", workspaceId)
    .orderBy("createdAt", "desc")
    .orderBy("id")
    .execute();
  return rows.map((r) => ({
    id: r.id,
    name: r.name ?? "",
    role: (JSON.parse(r.metadata ?? "{}") as { role?: string }).role ?? "agent",
    start: r.start,
    createdAt: r.createdAt,
    lastUsedAt: r.lastRequest,
  }));
}

/** @returns whether the workspace had such a key. */
export async function deleteKey(q: Q, workspaceId: string, id: string): Promise<boolean> {
  const done = await withAuth(q)
    .deleteFrom("auth.apikey")
    .where("referenceId", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
  return done.numDeletedRows > 0n;
}
