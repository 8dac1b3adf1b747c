import type { Permission, Role } from "@firstline/contracts";

/** Who makes a request: a member in a browser, or an API key (which may stand for nobody in particular). */
export interface Actor {
  workspaceId: string;
  member: { id: string; name: string; role: Role } | null;
  apiKey: { id: string; name: string } | null;
  role: Role;
  permissions: ReadonlySet<Permission>;
}

/** Finds the actor of a request from its cookie or its Bearer key; null when it has none. */
export type Authenticate = (headers: Record<string, string | string[] | undefined>) => Promise<Actor | null>;
