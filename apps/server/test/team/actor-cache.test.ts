import { expect, test } from "vitest";
import { createActorCache } from "../../src/modules/team/actor-cache.ts";
import type { Actor } from "../../src/platform/http/actor.ts";

const actor: Actor = {
  workspaceId: "w",
  member: null,
  apiKey: { id: "k1", name: "" },
  role: "agent",
  permissions: new Set(),
};

test("an answer that was being looked up while it was revoked is not remembered", async () => {
  const cache = createActorCache();
  const lookup = Promise.withResolvers<void>();
  const filling = cache.fill("key a", async () => {
    await lookup.promise;
    return { actor, userId: null };
  });
  cache.forgetKey("k1");
  lookup.resolve();
  expect(await filling).toBe(actor);
  expect(cache.get("key a")).toBeNull();
});

test("only the key or user that changed is forgotten", async () => {
  const cache = createActorCache();
  await cache.fill("key a", async () => ({ actor, userId: null }));
  await cache.fill("session b", async () => ({ actor: { ...actor, apiKey: null }, userId: "u1" }));
  cache.forgetUser("u2");
  cache.forgetKey("k2");
  expect([cache.get("key a"), cache.get("session b")]).not.toContain(null);
  cache.forgetUser("u1");
  expect(cache.get("session b")).toBeNull();
  cache.forgetKey("k1");
  expect(cache.get("key a")).toBeNull();
});

test("nobody is not remembered, and a session is not remembered beyond its end", async () => {
  const cache = createActorCache();
  expect(await cache.fill("key a", async () => null)).toBeNull();
  await cache.fill("session b", async () => ({ actor, userId: "u1", expiresAt: Date.now() - 1 }));
  expect(cache.get("session b")).toBeNull();
});

test("what another process has ended is believed for five seconds at most", async () => {
  let now = 0;
  const cache = createActorCache(() => now);
  await cache.fill("key a", async () => ({ actor, userId: null }));
  now = 4_999;
  expect(cache.get("key a")).toBe(actor);
  now = 5_000;
  expect(cache.get("key a")).toBeNull();
});
