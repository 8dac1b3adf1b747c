import { expect, test } from "vitest";
import { remedyOf } from "../src/features/thread/useDelivery.ts";
import { at, conversation, HOUR, noTemplate, ours, T0 } from "./factories.ts";

const failed = (fault: string) =>
  ours(1, {
    state: "failed",
    failure: {
      ...{ code: null, subcode: null, fault, title: "", explain: "", fix: "" },
      ...{ owner: "agent", traceId: null, raw: null },
    },
  });
const held = (kind: "other_app" | "lead_ad_flow", until: string | null = null) =>
  conversation(1, HOUR, {
    heldBy: { kind, appId: "1", name: "Sales Bot", since: at(-HOUR), until },
    reply: { state: "blocked", until: null, ways: [], reasons: [], template: noTemplate },
  });

test("R4 a reply that failed for another holding the thread is taken over for and sent with one button", () => {
  expect(remedyOf(failed("held_by_other_app"), held("other_app"), T0)).toBe("take_and_resend");
  expect(remedyOf(failed("control_request_unanswered"), held("other_app"), T0)).toBe("take_and_resend");
});

test("nothing is taken over from a lead ad's questions, nor once the thread is back", () => {
  expect(remedyOf(failed("held_by_lead_ad_flow"), held("lead_ad_flow"), T0)).toBeNull();
  expect(remedyOf(failed("held_by_other_app"), conversation(1, HOUR), T0)).toBe("resend");
  const over = { ...conversation(1, HOUR), heldBy: held("other_app", at(-1)).heldBy };
  expect(remedyOf(failed("held_by_other_app"), over, T0)).toBe("resend");
});

test("a reply that failed for another reason is sent again only where a way is open", () => {
  const can = conversation(1, HOUR);
  const closed = conversation(1, HOUR, {
    reply: { state: "closed", until: null, ways: [], reasons: [], template: noTemplate },
  });
  expect(remedyOf(failed("contact_cannot_receive"), can, T0)).toBe("resend");
  expect(remedyOf(failed("window_closed"), closed, T0)).toBeNull();
  expect(remedyOf(ours(1, { state: "held" }), can, T0)).toBeNull();
});
