import { MessageState as ContractState } from "@firstline/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decideOutcome,
  hasArrived,
  type MessageState,
  mergeState,
  retryDelayMs,
  type SendAnswer,
  type SendOutcome,
  waitDelayMs,
} from "../src/index.ts";

const STATES = ContractState.options satisfies readonly MessageState[];
const state = fc.constantFrom(...STATES);

describe("mergeState", () => {
  it("is commutative, associative and idempotent: order and repeats of evidence change nothing", () => {
    fc.assert(
      fc.property(state, state, state, (a, b, c) => {
        expect(mergeState(a, b)).toBe(mergeState(b, a));
        expect(mergeState(a, mergeState(b, c))).toBe(mergeState(mergeState(a, b), c));
        expect(mergeState(a, a)).toBe(a);
      }),
    );
  });

  it("R3 never loses proof of arrival", () => {
    fc.assert(
      fc.property(fc.array(state), (states) => {
        const end = states.reduce(mergeState, "queued");
        if (states.some(hasArrived)) expect(hasArrived(end)).toBe(true);
        if (states.includes("read")) expect(end).toBe("read");
      }),
    );
  });

  it.each<[name: string, a: MessageState, b: MessageState, expected: MessageState]>([
    ["an echo that overtakes the response", "sending", "sent", "sent"],
    ["a read mark before the delivery mark", "read", "delivered", "read"],
    ["S10 the echo settles an unknown outcome", "uncertain", "sent", "sent"],
    ["S10 a late time-out does not undo the echo", "sent", "uncertain", "sent"],
    ["the echo of a message believed failed", "failed", "sent", "sent"],
    ["a refusal after an unknown outcome", "uncertain", "failed", "failed"],
    ["a message cancelled too late", "cancelled", "delivered", "delivered"],
  ])("%s", (_name, a, b, expected) => {
    expect(mergeState(a, b)).toBe(expected);
  });
});

describe("waits", () => {
  it("S9 first after seconds, growing, a few times, then no more", () => {
    expect([1, 2, 3, 4].map((n) => retryDelayMs(n, 0.5))).toEqual([3_000, 15_000, 60_000, null]);
    expect(retryDelayMs(1, 0)).toBeGreaterThanOrEqual(2_000);
    expect(retryDelayMs(1, 0.999)).toBeLessThan(5_000);
  });

  it("S9 jitter never lets a later wait undercut an earlier one", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, r1, r2) => {
          for (const delay of [retryDelayMs, waitDelayMs]) {
            const now = delay(n, r1);
            const next = delay(n + 1, r2);
            if (now === null) expect(next).toBeNull();
            else if (next !== null) expect(next).toBeGreaterThan(now);
          }
        },
      ),
    );
  });
});

const refused = (code: number, subcode: number | null = null, isTransient: boolean | null = null): SendAnswer => ({
  kind: "refused",
  httpStatus: 400,
  code,
  subcode,
  message: null,
  isTransient,
});

describe("decideOutcome", () => {
  it.each<[name: string, answer: SendAnswer, attempt: number, expected: SendOutcome]>([
    ["accepted", { kind: "accepted", httpStatus: 200, messageId: "m_1" }, 1, { kind: "sent", externalId: "m_1" }],
    [
      "S10 accepted without an id",
      { kind: "accepted", httpStatus: 200, messageId: null },
      1,
      { kind: "uncertain", fault: "outcome_unknown" },
    ],
    ["S10 time-out after the request left", { kind: "no_answer" }, 1, { kind: "uncertain", fault: "outcome_unknown" }],
    [
      "S10 an HTML page of a proxy",
      { kind: "unreadable", httpStatus: 502 },
      1,
      { kind: "uncertain", fault: "outcome_unknown" },
    ],
    ["S10 -2", refused(-2), 1, { kind: "uncertain", fault: "attachment_upload_timed_out" }],
    ["S9 connection refused", { kind: "not_sent" }, 1, { kind: "retry", fault: "meta_unreachable", delayMs: 3_000 }],
    ["S9 -1, first time", refused(-1), 1, { kind: "retry", fault: "meta_internal_error", delayMs: 3_000 }],
    ["S9 -1, fourth time", refused(-1), 4, { kind: "failed", fault: "meta_internal_error" }],
    ["2 with is_transient:false", refused(2, null, false), 1, { kind: "failed", fault: "meta_refused" }],
    ["S3 password changed", refused(190, 460), 1, { kind: "held", fault: "token_password_changed" }],
    ["S8 window closed", refused(10, 2018278), 1, { kind: "failed", fault: "window_closed" }],
    ["S6 cannot receive", refused(551, 1545041), 1, { kind: "failed", fault: "contact_cannot_receive" }],
    [
      "S7 a good file refused is tried once more",
      refused(100, 2018047),
      1,
      { kind: "retry", fault: "attachment_refused", delayMs: 3_000 },
    ],
    ["S7 and not twice more", refused(100, 2018047), 2, { kind: "failed", fault: "attachment_refused" }],
    ["S11 rate limit waits longer", refused(613), 1, { kind: "retry", fault: "page_send_rate", delayMs: 30_000 }],
    ["S11 restricted", refused(10, 1893063), 1, { kind: "failed", fault: "channel_restricted" }],
    [
      "R2 held by another app is not repeated blindly",
      refused(10, 2018300),
      1,
      { kind: "failed", fault: "held_by_other_app" },
    ],
  ])("%s", (_name, answer, attempt, expected) => {
    expect(decideOutcome(answer, attempt, 0.5)).toEqual(expected);
  });

  it("repeats end: no answer is repeated for ever", () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 100_000 }), fc.integer({ min: 10, max: 1000 }), (code, attempt) => {
        expect(decideOutcome(refused(code), attempt, 0.5).kind).not.toBe("retry");
      }),
    );
  });
});
