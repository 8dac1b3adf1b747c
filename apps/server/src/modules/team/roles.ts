import { Permission, type Role } from "@firstline/contracts";

/** What each role may do. An agent answers customers; a supervisor also looks into deliveries and keeps templates; an administrator runs the place. */
const ALLOWED: Record<Role, readonly Permission[]> = {
  agent: ["conversations:read", "conversations:write", "channels:read", "team:read"],
  supervisor: [
    "conversations:read",
    "conversations:write",
    "channels:read",
    "team:read",
    "deliveries:read",
    "templates:write",
  ],
  administrator: Permission.options,
};

const SETS = Object.fromEntries(
  Object.entries(ALLOWED).map(([role, list]) => [role, new Set(list)]),
) as unknown as Record<Role, ReadonlySet<Permission>>;

export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return SETS[role];
}
