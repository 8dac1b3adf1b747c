import { createHash } from "node:crypto";
import type { Actor } from "../../platform/http/actor.ts";

/** Longest time another process may go on believing a session or a role that this one has ended. */
const KEEP_MS = 5_000;
const MOST = 10_000;

interface Entry {
  actor: Actor;
  /** The user behind a session; null for an API key. */
  userId: string | null;
  until: number;
}

/**
 * Remembers for seconds who a cookie or key stands for, because every request asks. What is forgotten stays forgotten: an answer
 * that was being looked up meanwhile is not kept.
 */
export interface ActorCache {
  get(credential: string): Actor | null;
  /** Looks up and keeps the answer, if there is one. */
  fill(credential: string, find: () => Promise<Found | null>): Promise<Actor | null>;
  forget(credential: string): void;
  forgetUser(userId: string): void;
  forgetKey(keyId: string): void;
  forgetAll(): void;
}

export interface Found {
  actor: Actor;
  userId: string | null;
  /** When the session ends, milliseconds since 1970. */
  expiresAt?: number;
}

/** @param now milliseconds on a clock that only runs forward. */
export function createActorCache(now: () => number = () => performance.now()): ActorCache {
  const entries = new Map<string, Entry>();
  let generation = 0;
  const forget = (matches: (entry: Entry) => boolean) => {
    generation++;
    for (const [key, entry] of entries) if (matches(entry)) entries.delete(key);
  };
  // Credentials are not kept in memory longer than the request that carries them.
  const keyOf = (credential: string) => createHash("sha256").update(credential).digest("base64");
  return {
    get(credential) {
      const entry = entries.get(keyOf(credential));
      return entry && entry.until > now() ? entry.actor : null;
    },
    async fill(credential, find) {
      const before = generation;
      const found = await find();
      if (!found) return null;
      const left = found.expiresAt === undefined ? KEEP_MS : Math.min(KEEP_MS, found.expiresAt - Date.now());
      if (generation === before) {
        if (entries.size >= MOST) entries.clear();
        entries.set(keyOf(credential), { actor: found.actor, userId: found.userId, until: now() + left });
      }
      return found.actor;
    },
    forget(credential) {
      generation++;
      entries.delete(keyOf(credential));
    },
    forgetUser: (userId) => forget((e) => e.userId === userId),
    forgetKey: (keyId) => forget((e) => e.actor.apiKey?.id === keyId),
    forgetAll: () => forget(() => true),
  };
}
