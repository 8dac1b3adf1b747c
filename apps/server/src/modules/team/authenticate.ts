import { Role } from "@firstline/contracts";
import type { Deps } from "../../deps.ts";
import {
  type Auth,
  type HeaderBag,
  SESSION_COOKIE,
  sessionOf,
  verifyKey,
  withAuth,
} from "../../platform/auth/index.ts";
import type { Authenticate } from "../../platform/http/actor.ts";
import type { ActorCache, Found } from "./actor-cache.ts";
import { permissionsOf } from "./roles.ts";

/** Finds the actor of a request, for seconds from memory. */
export function createAuthenticate(deps: Deps, auth: Auth, cache: ActorCache): Authenticate {
  return async (headers) => {
    const credential = credentialOf(headers);
    if (!credential) return null;
    const known = cache.get(credential);
    if (known) return known;
    const key = credential.startsWith(KEY) ? credential.slice(KEY.length) : null;
    return cache.fill(credential, () => (key ? byKey(deps, auth, key) : bySession(deps, auth, headers)));
  };
}

const KEY = "key ";

/** What a request shows for itself. A Bearer key stands before a cookie: who sends one means it. */
export function credentialOf(headers: HeaderBag): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(String(headers.authorization ?? ""))?.[1];
  if (bearer) return KEY + bearer;
  const cookie = SESSION_COOKIE.exec(String(headers.cookie ?? ""))?.[1];
  return cookie ? `session ${cookie}` : null;
}

async function byKey(deps: Deps, auth: Auth, value: string): Promise<Found | null> {
  const key = await verifyKey(auth, deps.db, value);
  const role = Role.safeParse(key?.role);
  if (!key || !role.success) return null;
  return {
    userId: null,
    actor: {
      workspaceId: key.workspaceId,
      member: null,
      apiKey: { id: key.id, name: key.name },
      role: role.data,
      permissions: permissionsOf(role.data),
    },
  };
}

async function bySession(deps: Deps, auth: Auth, headers: Parameters<Authenticate>[0]): Promise<Found | null> {
  const session = await sessionOf(auth, deps.db, headers);
  if (!session) return null;
  const member = await withAuth(deps.db)
    .selectFrom("member")
    .innerJoin("auth.user", "auth.user.id", "member.user_id")
    .select(["member.id", "member.workspace_id", "member.role", "auth.user.name"])
    .where("member.user_id", "=", session.userId)
    .where("member.deactivated_at", "is", null)
    .orderBy("member.created_at")
    .executeTakeFirst();
  if (!member) return null;
  const role = Role.parse(member.role);
  return {
    userId: session.userId,
    expiresAt: session.expiresAt.getTime(),
    actor: {
      workspaceId: member.workspace_id,
      member: { id: member.id, name: member.name, role },
      apiKey: null,
      role,
      permissions: permissionsOf(role),
    },
  };
}
