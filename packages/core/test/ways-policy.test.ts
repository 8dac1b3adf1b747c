import { describe, expect, it } from "vitest";
import {
  DAY_MS,
  decideReply,
  decideTemplate,
  type FaultCode,
  HOUR_MS,
  type Platform,
  type ReplyFacts,
  WAY_NAMES,
  WAYS,
  type Way,
  type WayName,
} from "../src/index.ts";

/** Meta's policy as it stands on this day (Send messages, 2026-05-05; policy page, 2026-09-28), cell by cell. */
const NOW = Date.parse("2026-11-22T12:00:00Z");
const base: ReplyFacts = {
  platform: "messenger",
  lastQualifyingAt: NOW - HOUR_MS,
  adMessageAt: null,
  correctedClosedAt: null,
  channelState: "healthy",
  contactCannotReceiveSince: null,
  humanAgentApproved: true,
  author: "person",
  heldBy: null,
  guestEndedAt: null,
  isGuest: false,
  guestSince: null,
  privateReplyAt: null,
};

type Cell = "open" | "later" | FaultCode;
const COLUMNS = ["reply", "human_agent", "unapproved", "retired", "utility_template", "sender_action"] as const;

/** What the table says of a situation, column by column; `unapproved`: human_agent of an app without the approval. */
function cells(facts: Partial<ReplyFacts>): Record<(typeof COLUMNS)[number], Cell> {
  const of = (name: WayName, approved = true): Cell => {
    const { verdicts } = decideReply({ ...base, humanAgentApproved: approved, ...facts }, NOW);
    const verdict = verdicts.find((v) => v.way === name)!;
    return verdict.state === "refused" ? verdict.reason! : verdict.state;
  };
  return {
    reply: of("reply"),
    human_agent: of("human_agent"),
    unapproved: of("human_agent", false),
    retired: of("account_update"),
    utility_template: of("utility_template"),
    sender_action: of("sender_action"),
  };
}

const gone = { unapproved: "human_agent_not_approved", retired: "tag_retired" } as const;
const ago = (ms: number) => ({ lastQualifyingAt: NOW - ms });
const all = { ...gone, reply: "open", human_agent: "later", sender_action: "open" } as const;
const closed = { ...gone, reply: "window_closed", sender_action: "window_closed" } as const;

const TABLE: [situation: string, facts: Partial<ReplyFacts>, expected: Partial<Record<string, Cell>>][] = [
  ["never wrote", { lastQualifyingAt: null }, { ...closed, human_agent: "window_closed" }],
  ["wrote this moment", ago(0), all],
  ["in the last minute of the 24 hours", ago(DAY_MS - 60_000), all],
  ["at exactly 24 hours", ago(DAY_MS), { ...closed, human_agent: "open" }],
  ["25 hours", ago(25 * HOUR_MS), { ...closed, human_agent: "open" }],
  ["just under 7 days", ago(7 * DAY_MS - 1), { ...closed, human_agent: "open" }],
  ["at exactly 7 days", ago(7 * DAY_MS), { ...closed, human_agent: "window_closed" }],
  ["a month", ago(30 * DAY_MS), { ...closed, human_agent: "window_closed" }],
  ["after an ad, the switch off", { ...ago(3 * DAY_MS), adMessageAt: null }, { ...closed, human_agent: "open" }],
  [
    "after an ad, the switch on",
    { ...ago(3 * DAY_MS), adMessageAt: NOW - 3 * DAY_MS },
    { ...gone, reply: "open", human_agent: "window_closed" },
  ],
  ["only a comment so far, which opens nothing", { lastQualifyingAt: null }, closed],
];

describe.each(["messenger", "instagram"] as Platform[])("ways to send on %s", (platform) => {
  it.each(TABLE)("S1 S2 O4 %s", (_situation, facts, expected) => {
    // A utility template knows no window, and Instagram has none.
    const template = platform === "messenger" ? "open" : "way_not_available";
    expect(cells({ platform, ...facts })).toMatchObject({ ...expected, utility_template: template });
  });

  it.each(["automation", "api"] as const)("S2 %s: the plain reply only, approval or not", (author) => {
    expect(cells({ platform, author })).toMatchObject({
      utility_template: platform === "messenger" ? "open" : "way_not_available",
      reply: "open",
      human_agent: "human_agent_not_for_automation",
      unapproved: "human_agent_not_approved",
    });
  });

  it.each([
    ["another app holds the thread", { heldBy: { kind: "other_app", until: null, requestedAt: null } }],
    ["the customer cannot receive", { contactCannotReceiveSince: NOW }],
    ["the Page is disconnected", { channelState: "disconnected" }],
  ] as [string, Partial<ReplyFacts>][])("R2 S6 O5 %s: no way is offered, whatever the window says", (_what, facts) => {
    for (const window of [ago(HOUR_MS), ago(2 * DAY_MS)]) {
      const decision = decideReply({ ...base, platform, ...window, ...facts }, NOW);
      expect([decision.state, decision.ways]).toEqual(["blocked", []]);
    }
  });

  it("S8 a refusal of Meta's closes the reply and every sender action with it", () => {
    expect(cells({ platform, correctedClosedAt: NOW - 1 })).toMatchObject({ ...closed, human_agent: "open" });
  });
});

describe("O4 utility templates", () => {
  const blocks: [string, Partial<ReplyFacts>, FaultCode, boolean][] = [
    [
      "another app holds the thread",
      { heldBy: { kind: "other_app", until: null, requestedAt: null } },
      "held_by_other_app",
      false,
    ],
    ["the customer cannot receive", { contactCannotReceiveSince: NOW }, "contact_cannot_receive", false],
    ["the Page is disconnected", { channelState: "disconnected" }, "channel_disconnected", false],
    [
      "the Page needs reauthorisation",
      { channelState: "needs_reauthorization" },
      "channel_needs_reauthorization",
      true,
    ],
    ["Meta restricts the Page", { channelState: "restricted" }, "channel_restricted", true],
    ["the permission was not granted", { utilityPermitted: false }, "utility_permission_missing", false],
    ["it is Instagram", { platform: "instagram" }, "way_not_available", false],
  ];
  it.each(blocks)("are refused or kept, window or not: %s", (_what, facts, reason, holds) => {
    for (const lastQualifyingAt of [null, NOW - HOUR_MS, NOW - 30 * DAY_MS])
      expect(decideTemplate({ ...base, lastQualifyingAt, ...facts }, NOW)).toEqual({
        state: "refused",
        reasons: [reason],
        holds,
      });
  });

  it("are open to everybody at any time, whether the permission is granted or not known", () => {
    for (const utilityPermitted of [true, null, undefined])
      for (const author of ["person", "automation", "api"] as const)
        for (const lastQualifyingAt of [null, NOW - HOUR_MS, NOW - 30 * DAY_MS])
          expect(decideTemplate({ ...base, author, lastQualifyingAt, utilityPermitted }, NOW)).toEqual({
            state: "open",
          });
  });
});

describe("the table of ways", () => {
  it("gives a verdict on every way, with a reason exactly where it is refused, and offers only those the product sends", () => {
    for (const platform of ["messenger", "instagram"] as const)
      for (const age of [null, 0, 25 * HOUR_MS, 8 * DAY_MS]) {
        const facts = { ...base, platform, lastQualifyingAt: age === null ? null : NOW - age };
        const { verdicts, ways } = decideReply(facts, NOW);
        expect(verdicts.map((v) => v.way)).toEqual(WAY_NAMES);
        for (const v of verdicts) {
          expect(v.reason !== null).toBe(v.state === "refused");
          if (v.state !== "refused") expect((WAYS[v.way] as Way).offered).toBe(true);
        }
        const other = new Set(["sender_action", "utility_template"]);
        const answering = verdicts.filter((v) => v.state !== "refused" && !other.has(v.way));
        expect(ways.map((w) => w.way)).toEqual(answering.map((v) => v.way));
      }
  });

  it("O4 retired tags are refused by name on either channel, inside the window too; the one extra message is the closed window", () => {
    for (const platform of ["messenger", "instagram"] as const) {
      const { verdicts } = decideReply({ ...base, platform }, NOW);
      const reasons = new Map(verdicts.map((v) => [v.way, v.reason]));
      for (const tag of ["account_update", "post_purchase_update", "confirmed_event_update"] as const)
        expect(reasons.get(tag)).toBe("tag_retired");
      expect(reasons.get("one_more_message")).toBe("window_closed");
    }
  });

  it("O4 before their last day the tags were no way of this product either", () => {
    const before = Date.parse("2026-04-26T23:59:59Z");
    const { verdicts } = decideReply({ ...base, lastQualifyingAt: before - HOUR_MS }, before);
    expect(verdicts.find((v) => v.way === "account_update")).toMatchObject({ reason: "way_not_available" });
  });

  it("typing and seen exist on Instagram since 2025-09-23, on Messenger always", () => {
    const at = (platform: Platform, date: string) => {
      const now = Date.parse(date);
      const { verdicts } = decideReply({ ...base, platform, lastQualifyingAt: now }, now);
      return verdicts.find((v) => v.way === "sender_action")!.state;
    };
    expect(at("instagram", "2025-09-22T23:59:59Z")).toBe("refused");
    expect(at("instagram", "2025-09-23T00:00:00Z")).toBe("open");
    expect(at("messenger", "2025-09-22T23:59:59Z")).toBe("open");
  });

  it("private replies and templates state once and for all what they take", () => {
    expect(WAYS.private_reply).toMatchObject({ opens: "comment", lastsMs: 7 * DAY_MS, content: { most: 1 } });
    expect(WAYS.utility_template).toMatchObject({
      platforms: ["messenger"],
      messagingType: "UTILITY",
      opens: "known_customer",
      lastsMs: null,
      needs: "utility_permission",
      content: { kinds: ["template"], promotion: false },
    });
    for (const way of Object.values(WAYS) as Way[])
      for (const words of [way.opensOn, way.allowed, way.forbidden, way.replacement])
        if (words) expect(words.zhTW).toMatch(/\p{Script=Han}/u);
  });
});
