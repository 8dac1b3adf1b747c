import { generateId } from "better-auth";
import { hashPassword } from "better-auth/crypto";
import type { Q, Tx } from "../db/pool.ts";
import { withAuth } from "./tables.ts";

/** Thrown by {@link addUser} when the e-mail address has an account already. */
export class EmailTaken extends Error {
  constructor() {
    super("An account with this e-mail address exists.");
    this.name = "EmailTaken";
  }
}

/** Addresses are compared without regard to case, as better-auth does. */
export const normalEmail = (email: string) => email.trim().toLowerCase();

/** scrypt, some tens of milliseconds: call it before a transaction, not inside. */
export const hashOf = (password: string) => hashPassword(password);

/**
 * Adds a person who signs in with e-mail and password. better-auth's own sign-up cannot take part in our transaction, and a user
 * without a membership (or the reverse) must never remain.
 * @returns the user's id. @throws {EmailTaken}
 */
export async function addUser(tx: Tx, user: { name: string; email: string; passwordHash: string }): Promise<string> {
  const now = new Date();
  const id = generateId();
  const added = await withAuth(tx)
    .insertInto("auth.user")
    .values({
      id,
      name: user.name,
      email: normalEmail(user.email),
      emailVerified: false,
      createdAt: now,
      updatedAt: now,
    })
    .onConflict((c) => c.column("email").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!added) throw new EmailTaken();
  await withAuth(tx)
    .insertInto("auth.account")
    .values({
      id: generateId(),
      accountId: id,
      providerId: "credential",
      userId: id,
      password: user.passwordHash,
      createdAt: now,
      updatedAt: now,
    })
    .execute();
  return id;
}

export async function emailTaken(q: Q, email: string): Promise<boolean> {
  const row = await withAuth(q)
    .selectFrom("auth.user")
    .select("id")
    .where("email", "=", normalEmail(email))
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends every session of a user. */
export async function endSessions(q: Q, userId: string): Promise<void> {
  await withAuth(q).deleteFrom("auth.session").where("userId", "=", userId).execute();
}
