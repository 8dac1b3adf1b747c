import { createHmac } from "node:crypto";
import type { Role } from "@firstline/contracts";
import { generateId } from "better-auth";
import type { Deps } from "../../src/deps.ts";
import { addUser, withAuth } from "../../src/platform/auth/index.ts";

export interface Person {
  memberId: string;
  userId: string;
  email: string;
  name: string;
  /** Headers of the person's browser: a live session's cookie. */
  headers: { cookie: string };
}

let count = 0;

/** The workspace the server's start has made, or the oldest. */
export async function firstWorkspace(deps: Deps): Promise<string> {
  const row = await deps.db.selectFrom("workspace").select("id").orderBy("created_at").orderBy("id").executeTakeFirst();
  if (row) return row.id;
  return (await deps.db.insertInto("workspace").values({ name: "Default" }).returning("id").executeTakeFirstOrThrow())
    .id;
}

/**
 * A member with a session, without the cost of hashing passwords (nobody can sign in as this person; for that, go through the
 * API). Default: an administrator of the first workspace.
 */
export async function signedInMember(
  deps: Deps,
  wish: { role?: Role; name?: string; workspaceId?: string } = {},
): Promise<Person> {
  const n = ++count;
  const name = wish.name ?? `Member ${n}`;
  const email = `member${n}@example.test`;
  const workspaceId = wish.workspaceId ?? (await firstWorkspace(deps));
  return deps.db.transaction().execute(async (tx) => {
    const userId = await addUser(tx, { name, email, passwordHash: "none" });
    const { id: memberId } = await tx
      .insertInto("member")
      .values({ workspace_id: workspaceId, user_id: userId, role: wish.role ?? "administrator" })
      .returning("id")
      .executeTakeFirstOrThrow();
    return { memberId, userId, email, name, headers: { cookie: await sessionCookie(deps, tx, userId) } };
  });
}

async function sessionCookie(deps: Deps, q: Parameters<typeof withAuth>[0], userId: string): Promise<string> {
  const token = generateId(32);
  const now = new Date();
  await withAuth(q)
    .insertInto("auth.session")
    .values({
      id: generateId(),
      token,
      userId,
      expiresAt: new Date(now.getTime() + 30 * 86_400_000),
      createdAt: now,
      updatedAt: now,
    })
    .execute();
  const secret = deps.vault.derive("sessions").toString("base64");
  const signature = createHmac("sha256", secret).update(token).digest("base64");
  const secure = deps.config.publicUrl.startsWith("https:") ? "__Secure-" : "";
  return `${secure}better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
}
