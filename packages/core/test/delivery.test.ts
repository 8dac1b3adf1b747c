import { MessageState as ContractState } from "@firstline/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decideOutcome,
  decideUpload,
  goAsBytes,
  goOneByOne,
  hasArrived,
  limitScope,
  type MessageState,
  mergeState,
  paceOf,
  restMs,
  retryDelayMs,
  type SendAnswer,
  type SendOutcome,
  spend,
  type UploadOutcome,
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
    [
      "S7 an uploaded file Meta has forgotten",
      refused(100, 2018074),
      1,
      { kind: "retry", fault: "attachment_expired", delayMs: 3_000 },
    ],
    ["S11 the Page's limit", refused(613), 9, { kind: "slowed", fault: "page_send_rate", scope: "page" }],
    ["S11 Meta's limit for Messenger", refused(80006), 1, { kind: "slowed", fault: "page_send_rate", scope: "page" }],
    [
      "S11 the limit of the person behind the token",
      refused(17),
      1,
      { kind: "slowed", fault: "user_rate", scope: "page" },
    ],
    ["S11 the app's limit", refused(4, null, true), 1, { kind: "slowed", fault: "app_rate", scope: "app" }],
    [
      "R2 a lead ad's questions waits longer",
      refused(10, 2018321),
      1,
      { kind: "retry", fault: "automated_flow_running", delayMs: 30_000 },
    ],
    ["S11 restricted", refused(10, 1893063), 1, { kind: "held", fault: "channel_restricted" }],
    ["S11 reported", refused(2022), 1, { kind: "held", fault: "page_reported" }],
    ["S11 a breach of policy", refused(368), 1, { kind: "held", fault: "policy_block" }],
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

describe("pace", () => {
  const pace = paceOf(10);

  it("S11 in any stretch of time goes what a burst and the rate allow, and no more, whoever asks how often", () => {
    const asks = fc.array(
      fc.record({ afterMs: fc.integer({ min: 0, max: 400 }), wanted: fc.integer({ min: 1, max: 9 }) }),
    );
    fc.assert(
      fc.property(asks, fc.constantFrom(0.5, 2, 10, 40), fc.integer({ min: 0, max: 3 }), (list, rate, strikes) => {
        const limit = paceOf(rate);
        let at = 0;
        let now = 1_000_000;
        const gone: number[] = [];
        for (const { afterMs, wanted } of list) {
          now += afterMs;
          const spent = spend(at, now, limit, strikes, wanted);
          at = spent.at;
          gone.push(...Array<number>(spent.granted).fill(now));
        }
        const burst = strikes > 0 ? 1 : limit.burst;
        for (const [n, from] of gone.entries())
          for (const [k, to] of gone.entries())
            if (k >= n) expect(k - n + 1).toBeLessThanOrEqual(burst + ((to - from) / 1000) * rate + 1e-6);
      }),
    );
  });

  it("S11 a Page that rested may send a few at once, then one every 100 ms; each strike makes it half as fast", () => {
    expect(spend(0, 1e6, pace, 0, 9)).toEqual({ granted: 3, at: 1e6 });
    expect(spend(1e6, 1e6 + 99, pace, 0, 9).granted).toBe(0);
    expect(spend(1e6, 1e6 + 100, pace, 0, 9).granted).toBe(1);
    expect(spend(0, 1e6, pace, 1, 9).granted).toBe(1);
    expect(spend(1e6, 1e6 + 399, pace, 2, 9).granted).toBe(0);
    expect(spend(1e6, 1e6 + 400, pace, 2, 9).granted).toBe(1);
  });

  it("S11 limits concern the Page or the app; what concerns a thread, a token or a restriction is none", () => {
    expect(limitScope("app_rate")).toBe("app");
    for (const fault of ["page_send_rate", "user_rate"] as const) expect(limitScope(fault)).toBe("page");
    for (const fault of ["automated_flow_running", "channel_restricted", "token_expired", "meta_unavailable"] as const)
      expect(limitScope(fault)).toBeNull();
  });

  it("S11 Meta's own figures make a Page rest: what is nearly used up a little, what is used up until it is free", () => {
    expect([null, { percent: 74, minutesToRegain: 0 }].map(restMs)).toEqual([0, 0]);
    expect(restMs({ percent: 75, minutesToRegain: 0 })).toBe(1_000);
    expect(restMs({ percent: 100, minutesToRegain: 0 })).toBe(5_000);
    expect(restMs({ percent: 10, minutesToRegain: 3 })).toBe(180_000);
  });
});

describe("goAsBytes, goOneByOne", () => {
  it("S7 what is about the file or the person is told, not tried in another way", () => {
    for (const fault of ["attachment_refused", "attachment_too_large", "token_expired", "page_send_rate"] as const)
      expect([fault, goAsBytes(fault)]).toEqual([fault, false]);
    for (const fault of ["window_closed", "contact_cannot_receive", "human_agent_not_approved", "tag_retired"] as const)
      expect([fault, goOneByOne(fault)]).toEqual([fault, false]);
    expect([goAsBytes("capability_missing"), goOneByOne("images_one_by_one")]).toEqual([true, true]);
  });
});

describe("decideUpload", () => {
  const broken = { kind: "retry", fault: "attachment_not_taken", delayMs: 3_000 } as const;
  it.each<[name: string, answer: SendAnswer, attempt: number, expected: UploadOutcome]>([
    ["taken", { kind: "accepted", httpStatus: 200, messageId: "185" }, 1, { kind: "uploaded", attachmentId: "185" }],
    ["S10 taken without an id", { kind: "accepted", httpStatus: 200, messageId: null }, 1, broken],
    ["S10 a connection that broke after the file had left", { kind: "no_answer" }, 1, broken],
    ["S10 an HTML page of a proxy", { kind: "unreadable", httpStatus: 502 }, 1, broken],
    ["S10 -2", refused(-2), 1, broken],
    ["S10 no answer, every time", { kind: "no_answer" }, 4, { kind: "failed", fault: "attachment_not_taken" }],
    ["S9 connection refused", { kind: "not_sent" }, 1, { kind: "retry", fault: "meta_unreachable", delayMs: 3_000 }],
    [
      "S7 a good file refused is tried once more",
      refused(100, 2018047),
      1,
      { kind: "retry", fault: "attachment_refused", delayMs: 3_000 },
    ],
    ["S7 and not twice more", refused(100, 2018047), 2, { kind: "failed", fault: "attachment_refused" }],
    ["S3 password changed", refused(190, 460), 1, { kind: "held", fault: "token_password_changed" }],
    ["S11 the Page's limit", refused(613), 9, { kind: "slowed", fault: "page_send_rate", scope: "page" }],
  ])("%s", (_name, answer, attempt, expected) => {
    expect(decideUpload(answer, attempt, 0.5)).toEqual(expected);
  });
});
