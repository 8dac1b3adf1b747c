import { createHash, randomBytes } from "node:crypto";
import { type Invitation, Role } from "@firstline/contracts";
import type { Selectable } from "kysely";
import type { z } from "zod";
import { normalEmail, withAuth } from "../../platform/auth/index.ts";
import type { Db, Q } from "../../platform/db/pool.ts";
import type { DB } from "../../platform/db/schema.gen.ts";
import { conflict } from "./context.ts";

type InvitationRow = Selectable<DB["invitation"]>;

const LASTS_MS = 7 * 86_400_000;
const LISTED = 200;

/** Only the hash is stored: who reads the database cannot join with it. The token is random enough to need no salt. */
export const hashOfToken = (token: string) => createHash("sha256").update(token).digest();

/**
 * Makes an invitation, good once and for seven days. An open one for the same address is replaced, so that only the last link
 * works. @throws ApiError 409 when the person is a member.
 */
export async function invite(
  db: Db,
  wish: { workspaceId: string; email: string; role: Role; invitedBy: string | null; now: number },
): Promise<{ row: InvitationRow; token: string }> {
  const email = normalEmail(wish.email);
  const token = randomBytes(32).toString("base64url");
  const row = await db.transaction().execute(async (tx) => {
    const member = await withAuth(tx)
      .selectFrom("member")
      .innerJoin("auth.user", "auth.user.id", "member.user_id")
      .select("member.deactivated_at")
      .where("member.workspace_id", "=", wish.workspaceId)
      .where("auth.user.email", "=", email)
      .executeTakeFirst();
    if (member?.deactivated_at)
      throw conflict({
        en: `${email} is a deactivated member. Reactivate the member instead.`,
        "zh-TW": `${email} 是已停用的成員，請改為重新啟用。`,
      });
    if (member) throw conflict({ en: `${email} is a member already.`, "zh-TW": `${email} 已經是成員。` });
    await tx
      .deleteFrom("invitation")
      .where("workspace_id", "=", wish.workspaceId)
      .where("email", "=", email)
      .where("accepted_at", "is", null)
      .execute();
    return tx
      .insertInto("invitation")
      .values({
        workspace_id: wish.workspaceId,
        email,
        role: wish.role,
        token_hash: hashOfToken(token),
        invited_by: wish.invitedBy,
        created_at: new Date(wish.now),
        expires_at: new Date(wish.now + LASTS_MS),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
  return { row, token };
}

/** The latest invitations, newest first, whatever became of them. */
export function listInvitations(q: Q, workspaceId: string): Promise<InvitationRow[]> {
  return q
    .selectFrom("invitation")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(LISTED)
    .execute();
}

/** @returns whether there was an open invitation to take back. */
export async function withdraw(q: Q, workspaceId: string, id: string): Promise<boolean> {
  const done = await q
    .deleteFrom("invitation")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("accepted_at", "is", null)
    .executeTakeFirst();
  return done.numDeletedRows > 0n;
}

export function toInvitation(row: InvitationRow): z.infer<typeof Invitation> {
  return {
    id: row.id,
    email: row.email,
    role: Role.parse(row.role),
    expiresAt: row.expires_at.toISOString(),
    acceptedAt: row.accepted_at?.toISOString() ?? null,
  };
}
