import { type Member, Role } from "@firstline/contracts";
import { withAuth } from "../../platform/auth/index.ts";
import type { Q } from "../../platform/db/pool.ts";

/** A membership with the person's name and address. */
export interface MemberRow {
  id: string;
  userId: string;
  name: string;
  email: string;
  role: Role;
  createdAt: Date;
  deactivatedAt: Date | null;
}

function select(q: Q, workspaceId: string) {
  return withAuth(q)
    .selectFrom("member")
    .innerJoin("auth.user", "auth.user.id", "member.user_id")
    .select([
      "member.id",
      "member.user_id as userId",
      "auth.user.name",
      "auth.user.email",
      "member.role",
      "member.created_at as createdAt",
      "member.deactivated_at as deactivatedAt",
    ])
    .where("member.workspace_id", "=", workspaceId);
}

const toRow = <T extends { role: string }>(row: T) => ({ ...row, role: Role.parse(row.role) });

export async function findMember(q: Q, workspaceId: string, id: string): Promise<MemberRow | null> {
  const row = await select(q, workspaceId).where("member.id", "=", id).executeTakeFirst();
  return row ? toRow(row) : null;
}

/** Everybody, deactivated members included, by name. */
export async function listMembers(q: Q, workspaceId: string): Promise<MemberRow[]> {
  const rows = await select(q, workspaceId).orderBy("auth.user.name").orderBy("member.id").execute();
  return rows.map(toRow);
}

/** Names of members by id, deactivated ones included, because what they wrote stays theirs. Unknown ids are left out. */
export async function namesOf(q: Q, workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await select(q, workspaceId)
    .where("member.id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((r) => [r.id, r.name]));
}

/** Whether work may be given to this member: of this workspace and not deactivated. */
export async function memberExists(q: Q, workspaceId: string, id: string): Promise<boolean> {
  const row = await q
    .selectFrom("member")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("deactivated_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

export function toMember(row: MemberRow): Member {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    createdAt: row.createdAt.toISOString(),
    deactivatedAt: row.deactivatedAt?.toISOString() ?? null,
  };
}
