import type { Permission, Role } from "@firstline/contracts";

export const roles = ["agent", "supervisor", "administrator"] as const satisfies readonly Role[];

/** What a person can do, in the order of a working day, with the permission behind it and the roles that have it. */
export const abilities = [
  { name: "answer", needs: "conversations:write", roles },
  { name: "seeChannels", needs: "channels:read", roles },
  { name: "seeTeam", needs: "team:read", roles },
  { name: "seeDeliveries", needs: "deliveries:read", roles: ["supervisor", "administrator"] },
  { name: "templates", needs: "templates:write", roles: ["supervisor", "administrator"] },
  { name: "connect", needs: "channels:write", roles: ["administrator"] },
  { name: "invite", needs: "team:write", roles: ["administrator"] },
  { name: "keys", needs: "apikeys:write", roles: ["administrator"] },
  { name: "privacy", needs: "privacy:write", roles: ["administrator"] },
  { name: "replay", needs: "deliveries:write", roles: ["administrator"] },
] as const satisfies readonly { name: string; needs: Permission; roles: readonly Role[] }[];
