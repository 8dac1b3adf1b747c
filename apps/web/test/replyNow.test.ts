import { expect, test } from "vitest";
import { statusAt } from "../src/features/composer/status.ts";
import { heldNow, replyAt } from "../src/lib/replyNow.ts";
import { at, conversation, DAY, HOUR, T0 } from "./factories.ts";

const { reply } = conversation(1, HOUR);

test.each([
  ["inside 24 hours", 0, "open", 23 * HOUR],
  ["a millisecond before the end", 23 * HOUR - 1, "open", 1],
  ["at exactly 24 hours", 23 * HOUR, "human_agent", 6 * DAY],
  ["a millisecond before seven days", 7 * DAY - HOUR - 1, "human_agent", 1],
  ["at exactly seven days", 7 * DAY - HOUR, "closed", null],
])("S1 the state moves on by itself with the clock: %s", (_, after, state, left) => {
  expect(replyAt(reply, T0 + after)).toMatchObject({ state, left });
});

test("S1 without approval for human-agent replies the window closes after 24 hours", () => {
  const only = { ...reply, ways: reply.ways.slice(0, 1) };
  expect(replyAt(only, T0 + 22 * HOUR)).toMatchObject({ state: "open", endingSoon: true, next: null });
  expect(replyAt(only, T0 + 23 * HOUR)).toMatchObject({ state: "closed", part: 0 });
});

test("a block stays until the server lifts it, whatever the clock says", () => {
  const blocked = { ...reply, state: "blocked" as const, until: null };
  expect(replyAt(blocked, T0 + DAY).state).toBe("blocked");
});

test("S3 while the channel waits for reauthorisation a reply may be kept, but only inside a window", () => {
  const reason = {
    code: "channel_needs_reauthorization",
    title: "",
    explain: "",
    fix: "",
    owner: "administrator" as const,
  };
  const waiting = conversation(1, HOUR, { reply: { ...reply, state: "blocked", until: null, reasons: [reason] } });
  expect(statusAt(waiting, T0)).toMatchObject({ kind: "waits", canSend: false, canHold: true });
  expect(statusAt(waiting, T0 + 8 * DAY)).toMatchObject({ kind: "blocked", canSend: false, canHold: false });
});

test("a hold by another app ends with its time", () => {
  const held = { heldBy: { kind: "other_app" as const, appId: "7", name: "Sales Bot", since: at(0), until: at(HOUR) } };
  expect(heldNow(held, T0)?.name).toBe("Sales Bot");
  expect(heldNow(held, T0 + HOUR)).toBeNull();
});

test("S1 a window opened a moment after the clock was last read is open", () => {
  expect(replyAt(conversation(1, 0).reply, T0 - 20_000).state).toBe("open");
});
