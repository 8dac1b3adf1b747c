import { describe, expect, it } from "vitest";
import {
  type CommentFacts,
  DAY_MS,
  decidePrivateReply,
  decidePrivateReplyOutcome,
  decideReply,
  HOUR_MS,
  type PrivateReplyDecision,
  type PrivateReplyOutcome,
  type ReplyFacts,
  type SendAnswer,
} from "../src/index.ts";

const AT = Date.parse("2026-11-20T10:00:00Z");
const comment: CommentFacts = { at: AT, removed: false, byPage: false, replied: false, refusal: null };
const base: ReplyFacts = {
  platform: "messenger",
  lastQualifyingAt: null,
  adMessageAt: null,
  correctedClosedAt: null,
  channelState: "healthy",
  contactCannotReceiveSince: null,
  humanAgentApproved: false,
  author: "person",
  heldBy: null,
  guestEndedAt: null,
  isGuest: false,
  guestSince: null,
  privateReplyAt: null,
};
const until = AT + 7 * DAY_MS;
const refused = (reason: string, holds = false) => ({ state: "refused", reason, holds });

const TABLE: [string, Partial<CommentFacts>, Partial<ReplyFacts>, number, PrivateReplyDecision | object][] = [
  ["a fresh one of somebody who never wrote", {}, {}, 0, { state: "open", until }],
  ["one while our clock lags behind Meta's", {}, {}, -5_000, { state: "open", until }],
  ["in its last millisecond", {}, {}, 7 * DAY_MS - 1, { state: "open", until }],
  ["at exactly seven days", {}, {}, 7 * DAY_MS, refused("private_reply_too_late")],
  ["one answered already", { replied: true }, {}, HOUR_MS, refused("private_reply_used")],
  ["one that was removed", { removed: true }, {}, HOUR_MS, refused("private_reply_comment_gone")],
  ["the Page's own", { byPage: true }, {}, HOUR_MS, refused("private_reply_comment_gone")],
  ["one Meta refused for good", { refusal: "private_reply_too_late" }, {}, HOUR_MS, refused("private_reply_too_late")],
  ["another comment of somebody answered privately", {}, { privateReplyAt: AT - HOUR_MS }, HOUR_MS, { state: "open" }],
  ["by an automation", {}, { author: "automation" }, HOUR_MS, { state: "open" }],
  ["on Instagram", {}, { platform: "instagram" }, HOUR_MS, { state: "open", until }],
  [
    "while the Page must be connected again",
    {},
    { channelState: "needs_reauthorization" },
    HOUR_MS,
    refused("channel_needs_reauthorization", true),
  ],
  ["while Meta restricts the Page", {}, { channelState: "restricted" }, HOUR_MS, refused("channel_restricted", true)],
  ["of a disconnected Page", {}, { channelState: "disconnected" }, HOUR_MS, refused("channel_disconnected")],
  ["of who blocked the Page", {}, { contactCannotReceiveSince: AT }, HOUR_MS, refused("contact_cannot_receive")],
  [
    "while another app holds the thread",
    {},
    { heldBy: { kind: "other_app", until: null, requestedAt: null } },
    HOUR_MS,
    refused("held_by_other_app"),
  ],
  [
    "whose time is over, whatever the channel's state",
    {},
    { channelState: "needs_reauthorization" },
    8 * DAY_MS,
    refused("private_reply_too_late"),
  ],
];

describe("private replies", () => {
  it.each(TABLE)("S1 answering a comment privately: %s", (_name, wish, facts, later, expected) => {
    expect(decidePrivateReply({ ...base, ...facts, comment: { ...comment, ...wish } }, AT + later)).toMatchObject(
      expected,
    );
  });

  it("S1 after it nothing more may be written until the person writes, and that is the reason given", () => {
    const state = (facts: Partial<ReplyFacts>, now: number) => {
      const { state, reasons } = decideReply({ ...base, privateReplyAt: AT, ...facts }, now);
      return [state, ...reasons];
    };
    expect(state({}, AT + HOUR_MS)).toEqual(["closed", "private_reply_waiting"]);
    expect(state({ humanAgentApproved: true }, AT + HOUR_MS)).toEqual(["closed", "private_reply_waiting"]);
    // They had written before, and the window of that is over.
    expect(state({ lastQualifyingAt: AT - 2 * DAY_MS }, AT)).toEqual([
      "closed",
      "private_reply_waiting",
      "human_agent_not_approved",
    ]);
    expect(state({ lastQualifyingAt: AT - HOUR_MS }, AT)).toEqual(["open"]);
    expect(state({ lastQualifyingAt: AT + 1 }, AT + HOUR_MS)).toEqual(["open"]);
    expect(state({ lastQualifyingAt: AT + 1 }, AT + 2 * DAY_MS)[1]).toBe("window_closed");
    expect(state({ privateReplyAt: null }, AT)[1]).toBe("window_closed");
  });

  it("S1 a conversation alone has no comment to answer, so the way is not offered there", () => {
    const { verdicts, ways } = decideReply({ ...base, lastQualifyingAt: AT }, AT);
    expect(verdicts.find((v) => v.way === "private_reply")).toMatchObject({
      state: "refused",
      reason: "way_not_available",
    });
    expect(ways.map((w) => w.way)).toEqual(["reply"]);
  });
});

const error = (code: number, subcode: number | null = null, httpStatus = 400): SendAnswer => ({
  kind: "refused",
  httpStatus,
  code,
  subcode,
  message: null,
  isTransient: null,
});
const lost: SendAnswer = { kind: "no_answer" };

const OUTCOMES: [string, SendAnswer, number, boolean, Partial<PrivateReplyOutcome>][] = [
  ["taken", { kind: "accepted", httpStatus: 200, messageId: "m_1" }, 1, false, { kind: "sent", externalId: "m_1" }],
  ["10900 on the first call: somebody else", error(10900), 1, false, { kind: "failed", fault: "private_reply_used" }],
  ["10900 on a later call: our own", error(10900), 2, true, { kind: "sent", externalId: null }],
  ["10903 is final", error(10903), 2, true, { kind: "failed", fault: "private_reply_too_late" }],
  ["10901 is final", error(10901), 1, false, { kind: "failed", fault: "private_reply_too_late" }],
  ["100/33: the comment is gone", error(100, 33), 1, false, { kind: "failed", fault: "private_reply_comment_gone" }],
  ["2534025 on Instagram", error(100, 2534025), 1, false, { kind: "failed", fault: "private_reply_comment_gone" }],
  ["no answer: once more", lost, 1, false, { kind: "retry", fault: "outcome_unknown" }],
  ["an unreadable answer: once more", { kind: "unreadable", httpStatus: 502 }, 3, true, { kind: "retry" }],
  ["no answer, again and again", lost, 7, true, { kind: "retry" }],
  ["no answer to the end", lost, 8, true, { kind: "uncertain", fault: "outcome_unknown" }],
  ["a limit of the Page", error(613), 1, false, { kind: "slowed" }],
  ["a dead token", error(190, 460), 1, false, { kind: "held" }],
];

describe("what becomes of a private reply", () => {
  it.each(OUTCOMES)("S10 %s", (_name, answer, attempt, tried, expected) => {
    expect(decidePrivateReplyOutcome(answer, attempt, 0.5, tried)).toMatchObject(expected);
  });
});
