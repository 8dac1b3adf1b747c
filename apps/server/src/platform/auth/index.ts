import { betterAuth } from "better-auth";
import { type AuthSettings, authOptions } from "./options.ts";

export type Auth = ReturnType<typeof createAuth>;

/** Identity: users, passwords, sessions, API keys. It knows nothing of workspaces and roles; membership is the team module's. */
export function createAuth(settings: AuthSettings) {
  return betterAuth(authOptions(settings));
}

export {
  createKey,
  deleteKey,
  hashOfKey,
  importKey,
  listKeys,
  type StoredKey,
  verifyKey,
} from "./keys.ts";
export { mountAuth } from "./mount.ts";
export { type HeaderBag, renewSession, SESSION_COOKIE, sessionOf } from "./sessions.ts";
export { withAuth } from "./tables.ts";
export { addUser, EmailTaken, emailTaken, endSessions, hashOf, normalEmail } from "./users.ts";
