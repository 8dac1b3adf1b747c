import type { Reply } from "@firstline/contracts";
import { expect, test } from "vitest";
import { waysShown } from "../src/features/composer/waysShown.ts";
import { noTemplate } from "./factories.ts";

const now = Date.parse("2026-11-24T10:00:00.000Z");
const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
const reason = (code: string) => ({ code, title: "", explain: "", fix: "", owner: "customer" as const });
const open: Reply = {
  state: "open",
  until: at(2),
  ways: [
    { way: "reply", opensAt: at(-22), until: at(2) },
    { way: "human_agent", opensAt: at(2), until: at(146) },
  ],
  reasons: [],
  template: noTemplate,
};
const states = (reply: Reply, platform: "messenger" | "instagram" = "messenger") =>
  Object.fromEntries(waysShown(reply, platform, now).map(({ name, state }) => [name, state]));

test("every way Meta has or had is listed: now, later, not offered here, ended", () => {
  expect(states(open)).toEqual({
    reply: "now",
    human_agent: "later",
    utility_template: "not_now",
    private_reply: "elsewhere",
    confirmed_event_update: "ended",
    post_purchase_update: "ended",
    account_update: "ended",
    one_more_message: "ended",
  });
});

test("a template goes at any time where the server allows it, and says why where not", () => {
  const template = (reply: Reply) => waysShown(reply, "messenger", now).find((one) => one.name === "utility_template");
  const closed: Reply = { ...open, state: "closed", until: null, ways: [], reasons: [reason("window_closed")] };
  expect(template({ ...closed, template: { allowed: true, reason: null } })).toMatchObject({
    state: "now",
    until: null,
    reason: null,
  });
  const missing = { allowed: false, reason: reason("utility_permission_missing") };
  expect(template({ ...open, template: missing })).toMatchObject({
    state: "not_now",
    reason: "utility_permission_missing",
  });
});

test("Instagram is shown no way of Messenger's", () => {
  expect(states(open, "instagram")).toEqual({ reply: "now", human_agent: "later", private_reply: "elsewhere" });
});

test("a way that cannot be used says why: the approval where that is missing, else what stands first", () => {
  const closed: Reply = {
    state: "closed",
    until: null,
    ways: [],
    reasons: [reason("window_closed"), reason("human_agent_not_approved")],
    template: noTemplate,
  };
  const told = new Map(waysShown(closed, "messenger", now).map((one) => [one.name, one]));
  expect(told.get("reply")).toMatchObject({ state: "not_now", reason: "window_closed", until: null });
  expect(told.get("human_agent")).toMatchObject({ state: "not_now", reason: "human_agent_not_approved" });
});

test("a way whose time is over is not shown as open, though the server listed it", () => {
  const old = { ...open, ways: [{ way: "reply" as const, opensAt: at(-25), until: at(-1) }] };
  expect(states(old)).toMatchObject({ reply: "not_now", human_agent: "not_now" });
});

test("what a newer server lists is taken over: another way, with its own reason", () => {
  const more = [
    { way: "private_reply", opensAt: at(-1), until: at(100), reason: null },
    { way: "of_tomorrow", opensAt: at(-1), until: at(1) },
    { way: "human_agent", opensAt: at(-3), until: at(-2), reason: "human_agent_not_approved" },
  ];
  const told = new Map(
    waysShown({ ...open, ways: more } as unknown as Reply, "messenger", now).map((w) => [w.name, w]),
  );
  expect(told.get("private_reply")).toMatchObject({ state: "now", until: at(100) });
  expect(told.get("human_agent")).toMatchObject({ state: "not_now", reason: "human_agent_not_approved" });
  expect(told.size).toBe(8);
});
