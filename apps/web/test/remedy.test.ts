import { FAULTS, faultOf } from "@firstline/core/faults";
import { expect, test } from "vitest";
import { isAsked, type Remedy, remedyOf, repeatRisk } from "../src/features/thread/remedy.ts";
import { at, conversation, HOUR, MINUTE, noTemplate, ours, T0 } from "./factories.ts";

const failed = (fault: string, change: Parameters<typeof ours>[1] = {}) =>
  ours(1, {
    state: "failed",
    failure: {
      ...{ code: null, subcode: null, fault, title: "", explain: "", fix: "" },
      ...{ owner: "agent", traceId: null, raw: null },
    },
    ...change,
  });
const remedy = (message: ReturnType<typeof ours>, at: ReturnType<typeof conversation>) =>
  remedyOf(message, at, T0, message.failure ? faultOf(message.failure.fault) : null);
const replying = (state: "closed" | "blocked", codes: string[] = [], template = false) =>
  conversation(1, HOUR, {
    reply: {
      ...{ state, until: null, ways: [], template: { ...noTemplate, allowed: template } },
      reasons: codes.map((code) => ({ code, title: "", explain: "", fix: "", owner: "customer" })),
    },
  });
const held = (kind: "other_app" | "lead_ad_flow", until: string | null = null) =>
  conversation(1, HOUR, {
    heldBy: { kind, appId: "1", name: "Sales Bot", since: at(-HOUR), until },
    reply: replying("blocked").reply,
  });
const open = conversation(1, HOUR);
const picture = { text: null, kind: "image" } as const;

test("R4 a reply that failed for another holding the thread is taken over for and sent with one button", () => {
  expect(remedy(failed("held_by_other_app"), held("other_app"))).toBe("take");
  expect(remedy(failed("control_request_unanswered"), held("other_app"))).toBe("take");
});

test("nothing is taken over from a lead ad's questions, nor once the thread is back", () => {
  expect(remedy(failed("held_by_lead_ad_flow"), held("lead_ad_flow"))).toBe("edit");
  expect(remedy(failed("held_by_other_app"), open)).toBe("resend");
  const over = { ...open, heldBy: held("other_app", at(-1)).heldBy };
  expect(remedy(failed("held_by_other_app"), over)).toBe("resend");
});

test.each<[string, ReturnType<typeof ours>, ReturnType<typeof conversation>, Remedy | null]>([
  ["blocked before, reachable now", failed("contact_cannot_receive"), open, "resend"],
  ["window closed, no template", failed("window_closed"), replying("closed"), "edit"],
  ["window closed, a file", failed("window_closed", picture), replying("closed"), "cancel"],
  ["window closed, templates", failed("window_closed"), replying("closed", [], true), "template"],
  ["Page not connected", failed("window_closed"), replying("blocked", ["channel_needs_reauthorization"]), "channel"],
  ["app not approved", failed("app_not_approved"), open, "channel"],
  ["app's limit", failed("app_rate"), open, "resend"],
  ["too long", failed("message_too_long"), open, "edit"],
  ["quoted message gone", failed("reply_target_gone"), open, "edit"],
  ["damaged picture", failed("attachment_damaged", picture), open, "attach"],
  ["file refused by Meta", failed("attachment_refused", picture), open, "attach"],
  ["Meta busy", failed("meta_internal_error", picture), open, "resend"],
  ["unknown code", failed("unknown_meta_error"), open, "resend"],
  ["a code of another version", failed("of_tomorrow"), open, "resend"],
  ["held, Page not connected", ours(1, { state: "held" }), replying("blocked", ["channel_disconnected"]), "channel"],
  ["held for control", ours(1, { state: "held", waitsForControl: true }), held("other_app"), null],
  ["sent", ours(1), open, null],
])("the button for: %s", (_name, message, at, expected) => {
  expect(remedy(message, at)).toBe(expected);
});

test("every fault has exactly one button that helps, whatever the conversation allows", () => {
  const states = [open, replying("closed"), replying("closed", ["window_closed"], true), held("other_app")];
  for (const code of Object.keys(FAULTS))
    for (const where of states)
      for (const what of [{}, picture]) expect(remedy(failed(code, what), where), code).not.toBeNull();
});

test("S10 an unknown outcome is looked up, and sent again only after Meta's record lacks it or could not be read to the last", () => {
  const uncertain = (state: "pending" | "absent" | "unreadable", nextAt: string | null) =>
    ours(1, { state: "uncertain", check: { state, at: at(0), nextAt, reason: null } });
  const later = at(5 * MINUTE);
  const rows = (["pending", "absent", "unreadable"] as const).flatMap((state) =>
    [later, null].map((next) => {
      const message = uncertain(state, next);
      return [state, next !== null, remedy(message, open), repeatRisk(message), isAsked(message)];
    }),
  );
  expect(rows).toEqual([
    ["pending", true, "check", null, false],
    ["pending", false, "check", null, false],
    ["absent", true, "check", "late", false],
    ["absent", false, "resend", "none", true],
    ["unreadable", true, "check", null, false],
    ["unreadable", false, "check", "unread", true],
  ]);
});
