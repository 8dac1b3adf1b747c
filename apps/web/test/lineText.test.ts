import type { Activity } from "@firstline/contracts";
import { ActivityKind } from "@firstline/contracts";
import { expect, test } from "vitest";
import { lineSubject, lineText } from "../src/features/thread/lineText.ts";
import english from "../src/locales/en/thread.json" with { type: "json" };
import { at, uuid } from "./factories.ts";

const activity = (kind: Activity["kind"], change: Partial<Activity> = {}): Activity => ({
  id: uuid(700),
  conversationId: uuid(900),
  kind,
  at: at(0),
  memberId: null,
  memberName: null,
  text: null,
  targetName: null,
  data: {},
  ...change,
});

test.each(ActivityKind.options.filter((kind) => kind !== "note" && kind !== "recovered"))(
  "a line of the kind %s has words, with and without all that may stand beside it",
  (kind) => {
    const bare = activity(kind);
    const full = activity(kind, {
      memberId: uuid(1),
      memberName: "Kai",
      targetName: "Mei",
      text: "Good response",
      data: { appId: "7", appName: "Sales Bot", holder: "other_app", mid: "m_1", label: "VIP", formId: "1" },
    });
    for (const each of [bare, full]) expect(english.line).toHaveProperty(lineText(each).key);
  },
);

test("R4 who asks for the conversation is told apart: the team of a holder, another app of us", () => {
  expect(lineText(activity("control_requested", { memberId: uuid(1) })).key).toBe("control_requested");
  const asked = activity("control_requested", { data: { appId: "7", appName: null, holder: "other_app" } });
  expect(lineText(asked).key).toBe("control_requestedFromUs");
});

test("R5 a rating leads to the answer it is about", () => {
  const good = activity("response_feedback", { text: "Good response", data: { mid: "m_9" } });
  expect(lineText(good)).toEqual({ key: "feedbackGood", mid: "m_9" });
  expect(lineText({ ...good, text: "Bad response" }).key).toBe("feedbackBad");
  expect(lineText({ ...good, text: "gut", data: {} })).toEqual({ key: "feedback", mid: null });
});

test("the one thing a line names is its text, else its label or form", () => {
  expect(lineSubject(activity("label_added", { data: { label: "VIP" } }))).toBe("VIP");
  expect(lineSubject(activity("lead_form_submitted", { data: { formId: 12 } }))).toBe("12");
  expect(lineSubject(activity("optin", { text: "News", data: { ref: "FOOTER" } }))).toBe("News");
  expect(lineSubject(activity("optin"))).toBe("");
});
