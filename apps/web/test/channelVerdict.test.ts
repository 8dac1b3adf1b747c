import type { Check } from "@firstline/contracts";
import { checkChannel } from "@firstline/core";
import { expect, test } from "vitest";
import { renewable, verdictOf } from "../src/features/channels/state.ts";

const check = (code: string, group: Check["group"], status: Check["status"]): Check => ({
  code,
  group,
  status,
  title: code,
  evidence: "",
  fix: "",
  owner: "administrator",
});
const fine = [
  check("access_token", "access", "ok"),
  check("callback", "receiving", "ok"),
  check("restriction", "sending", "ok"),
];
const health = (checks: Check[]) => ({ state: "healthy" as const, checkedAt: "2026-11-23T04:00:00.000Z", checks });

test("a channel is called fine only when no check asks for anything", () => {
  expect(verdictOf("healthy", fine)).toMatchObject({ kind: "good", asks: 0, receiving: true, sending: true });
  const warned = verdictOf("healthy", [...fine, check("human_agent", "sending", "warn")]);
  expect(warned).toMatchObject({ kind: "look", tone: "warn", asks: 1, total: 4, sending: true });
});

test("what nobody can see neither counts nor spoils the verdict", () => {
  const verdict = verdictOf("healthy", [...fine, check("page_to_page", "blind_spots", "unknown")]);
  expect(verdict).toMatchObject({ kind: "good", total: 3, unread: 0 });
});

test("S3 a dead token is told as: messages arrive, replies cannot be sent", () => {
  const verdict = verdictOf("needs_reauthorization", [check("access_token", "access", "fail"), ...fine.slice(1)]);
  expect(verdict).toMatchObject({ kind: "needs_reauthorization", tone: "bad", receiving: true, sending: false });
});

test("a wrong callback is told as: sending works, messages may not arrive", () => {
  const verdict = verdictOf("healthy", [...fine, check("callback", "receiving", "fail")]);
  expect(verdict).toMatchObject({ kind: "broken", receiving: false, sending: true });
});

test("a disconnected channel neither receives nor sends", () => {
  expect(verdictOf("disconnected", [])).toMatchObject({ kind: "disconnected", receiving: false, sending: false });
});

test("connecting again is offered where Meta's dialog can help, and nowhere else", () => {
  expect(renewable("needs_reauthorization", undefined)).toBe(true);
  expect(renewable("healthy", health([check("data_access", "access", "warn")]))).toBe(true);
  expect(renewable("healthy", health([check("page_subscription", "receiving", "fail")]))).toBe(true);
  expect(renewable("healthy", health([check("callback", "receiving", "fail")]))).toBe(false);
  expect(renewable("restricted", health([check("restriction", "sending", "fail")]))).toBe(false);
});

test("this server's own clock and version make a channel neither deaf nor mute", () => {
  const verdict = verdictOf("healthy", [check("clock", "sending", "fail"), check("tasks", "access", "unknown")]);
  expect(verdict).toMatchObject({ kind: "broken", receiving: true, sending: true, unread: 0 });
});

test("every group of the catalogue's checks has a name on the screen", async () => {
  const { default: en } = await import("../src/locales/en/channels.json", { with: { type: "json" } });
  const now = Date.now();
  const none = { count: 0, lastAt: null };
  const checks = checkChannel(
    {
      platform: "messenger",
      state: "healthy",
      stateFault: null,
      stateSince: now,
      connectedAt: now,
      token: null,
      pageSubscription: null,
      appSubscription: null,
      callback: null,
      lastEventAt: null,
      humanAgentApproved: false,
      namesRefused: 1,
      receiving: {
        silence: { since: now, expected: 3 },
        reconciledAt: null,
        reconciliation: null,
        week: { received: 3, recovered: 1, unreadable: 1 },
        resubscribedAt: now,
        setAside: 0,
        kinds: [],
      },
      page: null,
      instagram: null,
      webhook: { acceptedAt: null, signature: none, storage: none, verifyToken: none },
      app: { graphVersion: "v26.0", skewMs: null, takenAt: null, refused: 0, refusedAt: null },
      usage: { percent: null, restsUntil: null, strikes: 0 },
      selfTest: null,
      notice: null,
      routing: null,
    },
    now,
    "en",
  );
  for (const { group, status } of checks) {
    expect(en.group).toHaveProperty(group);
    expect(en.status).toHaveProperty(status);
  }
});
