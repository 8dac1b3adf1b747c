import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CONTROL_REQUEST_WAIT_MS,
  currentWay,
  DAY_MS,
  decideReply,
  guestChatEnd,
  HOUR_MS,
  type HoldFacts,
  isHeldReason,
  type ReplyDecision,
  type ReplyFacts,
} from "../src/index.ts";

const LAST = Date.parse("2026-11-20T10:00:00Z");
const base: ReplyFacts = {
  platform: "messenger",
  lastQualifyingAt: LAST,
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
const reply = { way: "reply", opensAt: LAST, until: LAST + DAY_MS } as const;
const human = { way: "human_agent", opensAt: LAST + DAY_MS, until: LAST + 7 * DAY_MS } as const;
const salesBot: HoldFacts = { kind: "other_app", until: null, requestedAt: null };

const held = (kind: HoldFacts["kind"], more: Partial<HoldFacts> = {}): Partial<ReplyFacts> => ({
  heldBy: { ...salesBot, kind, ...more },
});

const table: [name: string, facts: Partial<ReplyFacts>, now: number, expected: Partial<ReplyDecision>][] = [
  ["S1 open right after the message", {}, LAST, { state: "open", until: LAST + DAY_MS, ways: [reply], reasons: [] }],
  ["S1 open while our clock lags behind Meta's", {}, LAST - 5_000, { state: "open", until: LAST + DAY_MS }],
  ["S1 open in the last millisecond", {}, LAST + DAY_MS - 1, { state: "open", until: LAST + DAY_MS }],
  [
    "S1 closed at exactly 24 hours, no +1",
    {},
    LAST + DAY_MS,
    { state: "closed", until: null, ways: [], reasons: ["window_closed", "human_agent_not_approved"] },
  ],
  [
    "S1 closed when the customer never wrote",
    { lastQualifyingAt: null },
    LAST,
    { state: "closed", reasons: ["window_closed", "human_agent_not_approved"] },
  ],
  [
    "S2 both ways known ahead when approved",
    { humanAgentApproved: true },
    LAST + HOUR_MS,
    { state: "open", ways: [reply, human] },
  ],
  [
    "S2 inside 24 hours an approved app still replies plainly",
    { humanAgentApproved: true },
    LAST + DAY_MS - 1,
    { state: "open", until: LAST + DAY_MS },
  ],
  [
    "S2 human agent from 24 hours on",
    { humanAgentApproved: true },
    LAST + DAY_MS,
    { state: "human_agent", until: LAST + 7 * DAY_MS, ways: [human], reasons: [] },
  ],
  [
    "I1 S2 human agent on Instagram too",
    { humanAgentApproved: true, platform: "instagram" },
    LAST + 2 * DAY_MS,
    { state: "human_agent" },
  ],
  [
    "S1 a thread begun by an ad stays open seven days from the message after it, where that is switched on",
    { adMessageAt: LAST - HOUR_MS },
    LAST + 6 * DAY_MS,
    { state: "open", until: LAST - HOUR_MS + 7 * DAY_MS, ways: [{ ...reply, until: LAST - HOUR_MS + 7 * DAY_MS }] },
  ],
  [
    "S1 an old ad takes nothing from the 24 hours",
    { adMessageAt: LAST - 20 * DAY_MS },
    LAST + HOUR_MS,
    { state: "open", until: LAST + DAY_MS },
  ],
  [
    "S8 Meta's refusal closes an ad's window too, and leaves the human-agent way",
    { adMessageAt: LAST, correctedClosedAt: LAST + 2 * DAY_MS, humanAgentApproved: true },
    LAST + 2 * DAY_MS,
    { state: "human_agent", until: LAST + 7 * DAY_MS },
  ],
  [
    "S2 closed after 7 days",
    { humanAgentApproved: true },
    LAST + 7 * DAY_MS,
    { state: "closed", ways: [], reasons: ["window_closed"] },
  ],
  [
    "S2 never for automations",
    { humanAgentApproved: true, author: "automation" },
    LAST + DAY_MS,
    { state: "closed", ways: [], reasons: ["window_closed", "human_agent_not_for_automation"] },
  ],
  [
    "S2 never for a key without a member",
    { humanAgentApproved: true, author: "api" },
    LAST + DAY_MS,
    { state: "closed", reasons: ["window_closed", "human_agent_not_for_automation"] },
  ],
  [
    "S2 automations may reply inside 24 hours",
    { humanAgentApproved: true, author: "automation" },
    LAST,
    { state: "open", ways: [reply] },
  ],
  [
    "S8 Meta's refusal closes a window we thought open",
    { correctedClosedAt: LAST + HOUR_MS },
    LAST + 2 * HOUR_MS,
    { state: "closed", ways: [], reasons: ["window_closed", "human_agent_not_approved"] },
  ],
  [
    "S8 a refusal older than the newest action counts no more",
    { correctedClosedAt: LAST - 1 },
    LAST + HOUR_MS,
    { state: "open" },
  ],
  [
    "S8 a refused reply leaves the human-agent way",
    { correctedClosedAt: LAST + HOUR_MS, humanAgentApproved: true },
    LAST + 2 * HOUR_MS,
    { state: "human_agent", ways: [{ way: "human_agent", opensAt: LAST + HOUR_MS, until: LAST + 7 * DAY_MS }] },
  ],
  [
    "S8 a refused human-agent reply leaves nothing",
    { correctedClosedAt: LAST + 3 * DAY_MS, humanAgentApproved: true },
    LAST + 3 * DAY_MS,
    { state: "closed", ways: [], reasons: ["window_closed"] },
  ],
  [
    "S8 a reply refused on the very edge leaves the human-agent way",
    { correctedClosedAt: LAST + DAY_MS + 900, humanAgentApproved: true },
    LAST + DAY_MS + 1_000,
    { state: "human_agent" },
  ],
  [
    "S3 password changed: blocked, but a reply is kept",
    { channelState: "needs_reauthorization" },
    LAST,
    { state: "blocked", until: null, ways: [reply], reasons: ["channel_needs_reauthorization"], holds: true },
  ],
  [
    "S3 nothing is kept once the window is over",
    { channelState: "needs_reauthorization" },
    LAST + DAY_MS,
    {
      state: "blocked",
      ways: [],
      reasons: ["channel_needs_reauthorization", "window_closed", "human_agent_not_approved"],
      holds: false,
    },
  ],
  [
    "S6 customer cannot receive",
    { contactCannotReceiveSince: LAST },
    LAST,
    { state: "blocked", ways: [], reasons: ["contact_cannot_receive"], holds: false },
  ],
  [
    "S11 channel restricted: blocked, but a reply is kept",
    { channelState: "restricted" },
    LAST,
    { state: "blocked", reasons: ["channel_restricted"], ways: [reply], holds: true },
  ],
  [
    "S11 nothing is kept for a customer who cannot receive",
    { channelState: "restricted", contactCannotReceiveSince: LAST },
    LAST,
    { reasons: ["contact_cannot_receive", "channel_restricted"], ways: [], holds: false },
  ],
  [
    "S11 nothing is kept once the window is over",
    { channelState: "restricted" },
    LAST + DAY_MS,
    { reasons: ["channel_restricted", "window_closed", "human_agent_not_approved"], holds: false },
  ],
  ["S11 degraded is not blocked", { channelState: "degraded" }, LAST, { state: "open" }],
  [
    "O5 disconnected stands first",
    { channelState: "disconnected", contactCannotReceiveSince: LAST },
    LAST,
    { state: "blocked", reasons: ["channel_disconnected", "contact_cannot_receive"] },
  ],
  [
    "O2 guest ended the chat",
    { guestEndedAt: LAST + 1, isGuest: true },
    LAST + 2,
    { state: "blocked", reasons: ["guest_chat_ended"] },
  ],
  ["O2 guest chat still running", { isGuest: true }, LAST + 2, { state: "open", ways: [reply] }],
  [
    "O2 guest chats end after 24 hours for good",
    { isGuest: true, humanAgentApproved: true },
    LAST + DAY_MS,
    { state: "blocked", reasons: ["guest_chat_ended", "window_closed"], ways: [] },
  ],
  [
    "R2 held by another app without an end",
    { heldBy: salesBot },
    LAST,
    { state: "blocked", until: null, reasons: ["held_by_other_app"] },
  ],
  [
    "R2 held by another app until a time",
    { heldBy: { ...salesBot, until: LAST + 50 } },
    LAST,
    { state: "blocked", until: LAST + 50, ways: [] },
  ],
  [
    "R2 open again when the hold has run out",
    { heldBy: { ...salesBot, until: LAST + 50 } },
    LAST + 50,
    { state: "open", reasons: [] },
  ],
  ["R2 held by a person in the Page inbox", held("page_inbox"), LAST, { reasons: ["held_by_page_inbox"] }],
  ["R2 held by Meta's AI", held("meta_ai"), LAST, { reasons: ["held_by_meta_ai"] }],
  ["R2 held by the questions of a lead ad", held("lead_ad_flow"), LAST, { reasons: ["held_by_lead_ad_flow"] }],
  ["R2 held by somebody Meta does not name", held("unknown"), LAST, { reasons: ["held_by_other_app"] }],
  [
    "R2 asked for control a moment ago: patience",
    held("meta_ai", { requestedAt: LAST }),
    LAST + CONTROL_REQUEST_WAIT_MS - 1,
    { reasons: ["held_by_meta_ai"] },
  ],
  [
    "R2 asked for control in vain: what to do instead",
    held("meta_ai", { requestedAt: LAST, until: LAST + HOUR_MS }),
    LAST + CONTROL_REQUEST_WAIT_MS,
    { state: "blocked", until: LAST + HOUR_MS, reasons: ["held_by_meta_ai", "control_request_unanswered"] },
  ],
  [
    "R2 asked in vain, but the hold is over",
    held("meta_ai", { requestedAt: LAST, until: LAST + HOUR_MS }),
    LAST + HOUR_MS,
    { state: "open", reasons: [] },
  ],
  [
    "O2 a guest's chat is over 24 hours after its start, however late the guest wrote last",
    { isGuest: true, guestSince: LAST - 20 * HOUR_MS },
    LAST + 4 * HOUR_MS,
    { state: "blocked", reasons: ["guest_chat_ended", "window_closed"] },
  ],
  [
    "O2 and until then the way says when",
    { isGuest: true, guestSince: LAST - 20 * HOUR_MS },
    LAST + HOUR_MS,
    { state: "open", until: guestChatEnd(LAST - 20 * HOUR_MS), ways: [{ ...reply, until: LAST + 4 * HOUR_MS }] },
  ],
  [
    "R2 S3 a hold beside a dead token keeps nothing",
    { heldBy: salesBot, channelState: "needs_reauthorization" },
    LAST,
    { holds: false, reasons: ["channel_needs_reauthorization", "held_by_other_app"] },
  ],
];

describe("decideReply", () => {
  it.each(table)("%s", (_name, facts, now, expected) => {
    expect(decideReply({ ...base, ...facts }, now)).toMatchObject(expected);
  });

  const time = fc.integer({ min: LAST - 10 * DAY_MS, max: LAST + 20 * DAY_MS });
  const anyFacts: fc.Arbitrary<ReplyFacts> = fc.record({
    platform: fc.constantFrom("messenger", "instagram"),
    lastQualifyingAt: fc.option(time, { nil: null }),
    adMessageAt: fc.constant(null),
    correctedClosedAt: fc.option(time, { nil: null }),
    channelState: fc.constantFrom("healthy", "degraded", "needs_reauthorization", "restricted", "disconnected"),
    contactCannotReceiveSince: fc.option(time, { nil: null, freq: 1 }),
    humanAgentApproved: fc.boolean(),
    author: fc.constantFrom("person", "automation", "api"),
    heldBy: fc.constantFrom(null, salesBot),
    guestEndedAt: fc.option(time, { nil: null, freq: 1 }),
    isGuest: fc.boolean(),
    guestSince: fc.option(time, { nil: null }),
    privateReplyAt: fc.option(time, { nil: null, freq: 1 }),
  });
  const rank = { open: 3, human_agent: 2, closed: 1, blocked: 0 } as const;

  it("S1 never opens further with time alone: only a newer action reopens", () => {
    fc.assert(
      fc.property(anyFacts, time, fc.nat(10 * DAY_MS), (facts, now, later) => {
        expect(rank[decideReply(facts, now + later).state]).toBeLessThanOrEqual(rank[decideReply(facts, now).state]);
      }),
    );
  });

  it("S1 a newer action never makes it worse", () => {
    fc.assert(
      fc.property(anyFacts, time, fc.nat(DAY_MS), (facts, now, newer) => {
        const last = facts.lastQualifyingAt ?? LAST;
        const before = decideReply({ ...facts, lastQualifyingAt: last }, now).state;
        const after = decideReply({ ...facts, lastQualifyingAt: last + newer }, now).state;
        expect(rank[after]).toBeGreaterThanOrEqual(rank[before]);
      }),
    );
  });

  it("R2 only the reasons of a hold count as one", () => {
    const kinds = ["other_app", "page_inbox", "meta_ai", "lead_ad_flow", "unknown"] as const;
    for (const kind of kinds)
      expect(decideReply({ ...base, ...held(kind, { requestedAt: 0 }) }, LAST).reasons.every(isHeldReason)).toBe(true);
    for (const code of ["window_closed", "contact_cannot_receive", "guest_chat_ended", "automated_flow_running"])
      expect(isHeldReason(code)).toBe(false);
  });

  it("state, ways, reasons and the way to send agree", () => {
    fc.assert(
      fc.property(anyFacts, time, (facts, now) => {
        const decision = decideReply(facts, now);
        const way = currentWay(decision, now);
        const maySend = decision.state === "open" || decision.state === "human_agent";
        expect(decision.reasons.length === 0).toBe(maySend);
        expect(way !== null).toBe(maySend || decision.holds);
        if (decision.state === "open") expect(way).toBe("reply");
        if (decision.state === "human_agent") expect(way).toBe("human_agent");
        if (facts.author !== "person" || !facts.humanAgentApproved)
          expect(decision.ways.map((w) => w.way)).not.toContain("human_agent");
        for (const w of decision.ways) expect(w.until).toBeGreaterThan(now);
        if (maySend) expect(decision.until).toBeGreaterThan(now);
      }),
    );
  });

  it("the state holds until the moment it names, and not a millisecond longer", () => {
    const author = fc.constantFrom<ReplyFacts["author"]>("person", "automation", "api");
    const heldUntil = fc.option(fc.integer({ min: 1, max: 8 * DAY_MS }), { nil: null });
    fc.assert(
      fc.property(author, fc.boolean(), heldUntil, fc.nat(7 * DAY_MS - 1), (author, humanAgentApproved, held, age) => {
        const facts = {
          ...base,
          author,
          humanAgentApproved,
          heldBy: held === null ? null : { ...salesBot, until: LAST + held },
        };
        const { state, until } = decideReply(facts, LAST + age);
        if (until === null) {
          expect(state).toBe("closed");
          return;
        }
        expect(decideReply(facts, until - 1).state).toBe(state);
        expect(decideReply(facts, until).state).not.toBe(state);
      }),
    );
  });
});
