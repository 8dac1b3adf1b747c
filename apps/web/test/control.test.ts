import { expect, test } from "vitest";
import { controlsFor, type Holder } from "../src/lib/control.ts";
import { capped } from "../src/lib/counts.ts";
import { holdIsOver } from "../src/lib/replyNow.ts";
import { at, conversation, HOUR, noTemplate, T0 } from "./factories.ts";

const held = (kind: Holder["kind"], until: string | null = at(HOUR)): Holder => ({
  kind,
  appId: "7",
  name: null,
  since: at(0),
  until,
});
const reason = (code: string) => ({ code, title: "", explain: "", fix: "", owner: "agent" as const });

test.each([
  ["another app holds it, routing on", held("other_app"), "routing", ["take"]],
  ["another app holds it, nothing known of routing", held("other_app"), undefined, ["take", "request"]],
  ["Meta AI holds it, no default app", held("meta_ai"), "all_apps", ["take", "request"]],
  ["a lead ad asks its questions", held("lead_ad_flow"), "routing", []],
  ["nobody else holds it", null, "routing", ["pass", "release"]],
] as const)("R4 what may be tried: %s", (_, holder, mode, expected) => {
  expect(controlsFor(holder, mode)).toEqual(expected);
});

test("R2 a hold that has ended by itself blocks nothing any more, whatever was last told", () => {
  const blocked = {
    state: "blocked" as const,
    until: at(HOUR),
    ways: [],
    reasons: [reason("held_by_other_app")],
    template: noTemplate,
  };
  const thread = conversation(1, 0, { heldBy: held("other_app"), reply: blocked });
  expect(holdIsOver(thread, T0 + HOUR - 1)).toBe(false);
  expect(holdIsOver(thread, T0 + HOUR)).toBe(true);
  const dead = { ...blocked, reasons: [reason("held_by_other_app"), reason("channel_restricted")] };
  expect(holdIsOver({ ...thread, reply: dead }, T0 + HOUR)).toBe(false);
  expect(holdIsOver({ ...thread, heldBy: held("other_app", null) }, T0 + 99 * HOUR)).toBe(false);
});

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "999+"],
])("a count of %i is shown as %s: the server counts no further than 1,000", (count, shown) => {
  expect(capped(count)).toBe(shown);
});
