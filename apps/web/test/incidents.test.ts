import type { Incident } from "@firstline/contracts";
import { expect, test } from "vitest";
import { DAYS, daysOf, lasting } from "../src/features/channels/timeline/days.ts";
import { withIncident } from "../src/lib/cache/incidents.ts";
import { at, DAY, HOUR, MINUTE, T0 } from "./factories.ts";

const incident = (id: string, change: Partial<Incident> = {}): Incident => ({
  id,
  channelId: "c",
  channelName: "Blue",
  platform: "messenger",
  code: "silence",
  severity: "warning",
  title: "t",
  evidence: "e",
  fix: "f",
  owner: "meta",
  since: at(0),
  until: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  ...change,
});
const list = (...data: Incident[]) => ({ data, nextCursor: null as string | null });
const ids = (of: ReturnType<typeof list>) => of.data.map((each) => each.id);

test("an incident that opens is put in by its time, one that is over goes, one that is told again is renewed", () => {
  const two = withIncident(list(incident("a")), incident("b", { since: at(MINUTE) }));
  expect(ids(two)).toEqual(["b", "a"]);
  expect(ids(withIncident(two, incident("b", { until: at(HOUR) })))).toEqual(["a"]);
  const seen = withIncident(two, incident("a", { acknowledgedAt: at(HOUR) }));
  expect(seen.data.map((each) => [each.id, each.acknowledgedAt])).toEqual([
    ["b", null],
    ["a", at(HOUR)],
  ]);
});

test("each day shows the worst that lasted into it; what goes on reaches until today", () => {
  const days = daysOf(
    [
      incident("old", { since: at(-20 * DAY), until: at(-20 * DAY + MINUTE), severity: "critical" }),
      incident("now", { since: at(-DAY) }),
    ],
    T0,
  );
  expect(days).toHaveLength(DAYS);
  expect(days.flatMap((day, index) => (day.worst ? [[DAYS - 1 - index, day.worst]] : []))).toEqual([
    [20, "critical"],
    [1, "warning"],
    [0, "warning"],
  ]);
});

test.each([
  [30_000, "1 minute"],
  [90 * MINUTE, "2 hours"],
  [3 * DAY, "3 days"],
])("%i ms are told as %s", (ms, words) => expect(lasting(ms, "en")).toBe(words));
