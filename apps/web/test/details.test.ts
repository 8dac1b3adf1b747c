import type { Message } from "@firstline/contracts";
import { expect, test } from "vitest";
import { cardOf } from "../src/features/thread/details.ts";
import { message } from "./factories.ts";

const lines = (kind: Message["kind"], details: [string | null, string][], payload: string | null = null) =>
  message(1, { kind, payload, text: null, details: details.map(([label, value]) => ({ label, value, kind: "text" })) });

const appointment = message(1, {
  kind: "appointment",
  details: [
    { label: "status", value: "requested", kind: "text" },
    { label: "start", value: "2026-11-25T10:00:00.000Z", kind: "time" },
    { label: "end", value: "2026-11-25T11:00:00.000Z", kind: "time" },
    { label: "timezone", value: "Asia/Taipei", kind: "text" },
  ],
});

test("R5 an appointment is one time in the reader's zone, with its state; the rest stays in lines", () => {
  const card = cardOf(appointment, "en");
  expect(card).toMatchObject({ title: "appointment", status: "requested" });
  expect(card.when).toContain("Nov 25");
  expect(card.lines).toEqual([{ key: "0 timezone", label: "timezone", known: "timezone", value: "Asia/Taipei" }]);
});

test("R5 an appointment without a time loses nothing", () => {
  const card = cardOf({ ...appointment, details: appointment.details.slice(2) }, "en");
  expect(card.when).toBeNull();
  expect(card.lines.map((line) => line.label)).toEqual(["end", "timezone"]);
});

test("R2 a lead ad that was broken off says so; its questions keep their words", () => {
  const lead = lines("lead", [["Which city?", "Taichung"]], "LEAD_INCOMPLETE");
  expect(cardOf(lead, "en")).toMatchObject({
    title: "leadIncomplete",
    status: null,
    lines: [{ label: "Which city?", known: null, value: "Taichung" }],
  });
  expect(cardOf({ ...lead, payload: "LEAD_COMPLETE" }, "en").title).toBe("lead");
});

test("R5 a field of a form called status is a field, no state", () => {
  const form = cardOf(lines("form", [["status", "married"]]), "en");
  expect(form).toMatchObject({ status: null, lines: [{ label: "status", value: "married" }] });
});

test("R5 scores of Meta's feedback template get words of ours, free text stands alone", () => {
  const card = cardOf(
    lines("feedback", [
      ["csat", "5"],
      [null, "Quick and kind"],
      ["constructor", "x"],
    ]),
    "en",
  );
  expect(card.lines.map(({ label, known }) => [label, known])).toEqual([
    ["csat", "csat"],
    [null, null],
    ["constructor", null],
  ]);
});
