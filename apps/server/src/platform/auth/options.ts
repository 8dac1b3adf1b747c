import { apiKey } from "@better-auth/api-key";
import type { BetterAuthOptions } from "better-auth";
import { APIError } from "better-auth/api";
import type { Db } from "../db/pool.ts";
import type { Logger } from "../log/index.ts";

export interface AuthSettings {
  db: Db;
  log: Logger;
  /** Address people open; its origin is trusted, and https there makes the cookies secure. */
  publicUrl: string;
  /** Signs the session cookies. */
  secret: string;
  /** Counts sign-ins per address and refuses too many. */
  rateLimit: boolean;
  /** Asked before every new session: may this user come in? */
  maySignIn(userId: string): Promise<boolean>;
}

export const BASE_PATH = "/api/auth";
export const KEY_PREFIX = "fl_";
export const PASSWORD = { min: 10, max: 128 };
/** The address of the client as the HTTP layer resolved it. Set there on every request, so nobody can send their own. */
export const CLIENT_ADDRESS_HEADER = "x-firstline-client-address";

const DAY = 86_400;

/**
 * Everything we tell better-auth. Its tables live in the schema `auth` (migration 0002) and are reached over the common pool.
 * More ways to sign in are more `plugins` here, their tables in a migration, and their paths in `mount.ts`.
 */
export function authOptions(settings: AuthSettings) {
  return {
    appName: "Firstline",
    baseURL: new URL(settings.publicUrl).origin,
    basePath: BASE_PATH,
    secret: settings.secret,
    database: { db: settings.db.withSchema("auth"), type: "postgres" as const },
    trustedOrigins: (request?: Request) => ownOrigins(request),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD.min,
      maxPasswordLength: PASSWORD.max,
    },
    session: { expiresIn: 30 * DAY, updateAge: DAY },
    rateLimit: {
      enabled: settings.rateLimit,
      storage: "database" as const,
      // A team signs in from one address in the morning; a guesser still gets nowhere near a ten-character password.
      customRules: { "/sign-in/email": { window: 60, max: 30 }, "/change-password": { window: 60, max: 10 } },
    },
    plugins: [
      apiKey({
        defaultPrefix: KEY_PREFIX,
        defaultKeyLength: 48,
        maximumNameLength: 100,
        enableMetadata: true,
        startingCharactersConfig: { charactersLength: 8 },
        rateLimit: { enabled: false },
      }),
    ],
    databaseHooks: {
      session: {
        create: {
          before: async (session: { userId: string }) => {
            if (await settings.maySignIn(session.userId)) return;
            throw new APIError("FORBIDDEN", { code: "ACCOUNT_DEACTIVATED", message: "This account was deactivated." });
          },
        },
      },
    },
    telemetry: { enabled: false },
    // Faults go up to our own error handler (problem document, our log); otherwise better-call prints them on the console.
    onAPIError: { throw: true },
    logger: { level: "warn" as const, log: logTo(settings.log) },
    advanced: {
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      // The tables come from our migrations; a test compares them with what better-auth expects.
      database: { validateSchema: false },
    },
  } satisfies BetterAuthOptions;
}

/** Pages served by this server may talk to it under whatever name it was reached: localhost, 127.0.0.1, a port, a proxy's host. */
function ownOrigins(request?: Request): string[] {
  const host = request?.headers.get("host");
  return host ? [`http://${host}`, `https://${host}`] : [];
}

/** Only the sentence and the kind of error go to the log: arguments may hold addresses, tokens and whole rows. */
function logTo(log: Logger): (level: string, message: string, ...args: unknown[]) => void {
  return (_level, message, ...args) => {
    const error = args.find((a) => a instanceof Error);
    // A wrong key or password is the caller's business and shows in the answer.
    if (!error || error.name === "APIError") log.debug({ source: "auth" }, message);
    else log.warn({ source: "auth", err: error }, message);
  };
}
