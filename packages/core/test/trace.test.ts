import { Trace } from "@firstline/contracts";
import { describe, expect, it } from "vitest";
import {
  CAUSES,
  type ChannelFacts,
  DAY_MS,
  decideTrace,
  decideVerdict,
  HOUR_MS,
  needsComparison,
  type TracedComparison,
  type TracedControl,
  type TracedDelivery,
  type TracedMessage,
  type TraceFacts,
} from "../src/index.ts";

const NOW = Date.parse("2026-11-22T14:00:00Z");
const FROM = NOW - 3 * HOUR_MS;
const TO = NOW - HOUR_MS;
const AT = FROM + 600_000;
const URL = "https://inbox.example/webhooks/meta";

const NONE = { count: 0, lastAt: null };
const channel: ChannelFacts = {
  platform: "messenger",
  state: "healthy",
  stateFault: null,
  stateSince: NOW - DAY_MS,
  connectedAt: NOW - 60 * DAY_MS,
  token: {
    valid: true,
    fault: null,
    checkedAt: NOW,
    expiresAt: null,
    dataAccessExpiresAt: null,
    missingPermissions: [],
    misplacedPermissions: [],
    lackingPermissions: [],
    tasks: null,
    templatesAllowed: null,
  },
  pageSubscription: { wanted: ["messages", "standby"], found: ["messages", "standby"] },
  appSubscription: { wanted: ["messages", "standby"], found: ["messages", "standby"] },
  callback: { registered: URL, expected: URL },
  lastEventAt: NOW,
  humanAgentApproved: true,
  namesRefused: 0,
  receiving: {
    silence: null,
    reconciledAt: NOW,
    reconciliation: null,
    week: { received: 100, recovered: 0, unreadable: 0 },
    resubscribedAt: null,
    setAside: 0,
    kinds: [],
  },
  page: null,
  instagram: null,
  webhook: { acceptedAt: NOW, signature: NONE, storage: NONE, verifyToken: NONE },
  app: { graphVersion: "v26.0", skewMs: null, takenAt: null, refused: 0, refusedAt: null },
  usage: { percent: null, restsUntil: null, strikes: 0 },
  selfTest: null,
  notice: null,
  routing: { surveyedAt: NOW, enabled: false, defaultApp: null, otherApps: [], takeover: null, heldNow: 0 },
};
const compared = (more: Partial<TracedComparison> = {}): TracedComparison => ({
  state: "done",
  at: NOW,
  examined: 0,
  recovered: 0,
  found: false,
  fault: null,
  ...more,
});
const good: TraceFacts = {
  platform: "messenger",
  from: FROM,
  to: TO,
  now: NOW,
  person: { isPage: false, known: true, fromAd: false, cannotReceiveSince: null, reachedAt: FROM + 1 },
  messages: [],
  deliveries: [],
  control: [],
  lines: [],
  comparison: compared(),
  refusals: [],
  traffic: {
    pause: { from: AT, ms: 300_000 },
    received: 100,
    duplicate: 1,
    recovered: 0,
    strays: 0,
    waiting: 0,
    people: 50,
    outages: [],
    keptSince: NOW - 30 * DAY_MS,
  },
  channel,
  page: { published: true, instagramLinked: true },
};
const facts = (more: Partial<TraceFacts> = {}): TraceFacts => ({ ...good, ...more });
const message = (more: Partial<TracedMessage> = {}): TracedMessage => ({
  id: "m1",
  conversationId: "c1",
  deliveryId: "7",
  direction: "inbound",
  kind: "text",
  text: "hello",
  sentAt: AT,
  arrivedAt: AT + 1000,
  standby: false,
  recovered: false,
  incomplete: false,
  deleted: false,
  ...more,
});
const delivery = (more: Partial<TracedDelivery> = {}): TracedDelivery => ({
  id: "9",
  receivedAt: AT,
  state: "done",
  error: null,
  events: 1,
  unreadable: 0,
  ...more,
});
const control = (more: Partial<TracedControl> = {}): TracedControl => ({
  at: AT,
  kind: "take",
  ours: false,
  leadAd: false,
  name: "Sales Bot",
  until: null,
  ...more,
});

describe("the verdict has a fixed order", () => {
  const recovered = message({ recovered: true, deliveryId: null });
  const standby = message({ standby: true });
  const failed = delivery({ state: "failed", error: "no" });
  const cases: [string, Partial<TraceFacts>, string][] = [
    ["a message that came as it should", { messages: [message()] }, "shown"],
    [
      "a message without its content is shown as a placeholder",
      { messages: [message({ kind: "unsupported", incomplete: true })] },
      "shown",
    ],
    [
      "a failed delivery goes before everything",
      { messages: [message(), recovered, standby], deliveries: [failed] },
      "unreadable",
    ],
    ["one recovered beside shown ones", { messages: [message(), recovered] }, "recovered"],
    ["one came to us, others beside another app", { messages: [standby, message({ id: "m2" })] }, "shown"],
    ["all came beside another app", { messages: [standby] }, "held_elsewhere"],
    [
      "an answer of the Page is no message of the customer",
      { messages: [message({ direction: "outbound" })] },
      "not_found",
    ],
    ["something not understood", { deliveries: [delivery({ unreadable: 1 })] }, "unreadable"],
    [
      "something not understood beside a message",
      { messages: [message()], deliveries: [delivery({ unreadable: 1 })] },
      "shown",
    ],
    ["nothing, and Meta has nothing, though somebody held it", { control: [control()] }, "not_found"],
    [
      "nothing, held, and Meta's record could not be read",
      { control: [control()], comparison: compared({ state: "failed" }) },
      "held_elsewhere",
    ],
    [
      "a hold from before that still stood",
      { control: [control({ at: FROM - HOUR_MS })], comparison: null },
      "held_elsewhere",
    ],
    [
      "a hold that had ended by itself",
      { control: [control({ at: FROM - DAY_MS - 1 })], comparison: null },
      "not_found",
    ],
    [
      "a hold with a known end before",
      { control: [control({ at: FROM - HOUR_MS, until: FROM - 1 })], comparison: null },
      "not_found",
    ],
    [
      "a hold that came back to us before",
      { control: [control({ at: FROM - HOUR_MS }), control({ at: FROM - 1, ours: true })], comparison: null },
      "not_found",
    ],
    ["nothing at all", {}, "not_found"],
  ];
  it.each(cases)("%s", (_name, more, expected) => {
    expect(decideVerdict(facts(more))).toBe(expected);
    expect(decideTrace(facts(more), "en").verdict).toBe(expected);
  });
});

describe("Meta's own record is asked", () => {
  const ask = (more: Partial<TraceFacts>, comparedTo: number | null) =>
    needsComparison(facts({ comparison: null, ...more }), comparedTo);
  it("when nothing came, also where that time was compared before", () => expect(ask({}, NOW)).toBe(true));
  it("when everything came beside another app", () =>
    expect(ask({ messages: [message({ standby: true })] }, NOW)).toBe(true));
  it("when something came but that time was not compared yet", () => {
    expect(ask({ messages: [message()] }, null)).toBe(true);
    expect(ask({ messages: [message()] }, TO - 1)).toBe(true);
  });
  it("not when something came and that time was compared", () =>
    expect(ask({ messages: [message()] }, TO)).toBe(false));
  it("about a time that is not over, only up to now", () =>
    expect(ask({ messages: [message()], to: NOW + DAY_MS }, NOW)).toBe(false));
});

describe("every known reason is ruled in or out by its check", () => {
  const inChannel = (more: Partial<ChannelFacts>): Partial<TraceFacts> => ({ channel: { ...channel, ...more } });
  const traffic = (more: Partial<TraceFacts["traffic"]>): Partial<TraceFacts> => ({
    traffic: { ...good.traffic, ...more },
  });
  const person = (more: Partial<TraceFacts["person"]>): Partial<TraceFacts> => ({
    person: { ...good.person, ...more },
  });
  const missing = (field: string) => ({
    wanted: ["messages", "standby"],
    found: ["messages", "standby"].filter((f) => f !== field),
  });
  const receiving = { ...channel.receiving, resubscribedAt: FROM + 1 };
  const unread = { channel: null, page: null };
  const ig = (more: Partial<TraceFacts> = {}): Partial<TraceFacts> => ({ platform: "instagram", ...more });
  const failed = { comparison: compared({ state: "failed" }) };
  const cases: [string, string, Partial<TraceFacts>, string][] = [
    ["app_field_missing", "ruled_out", {}, "messages"],
    ["app_field_missing", "found", inChannel({ appSubscription: missing("messages") }), "messages"],
    ["app_field_missing", "possible", inChannel({ appSubscription: missing("standby") }), "standby"],
    ["app_field_missing", "unknown", inChannel({ appSubscription: null }), ""],
    ["page_field_missing", "ruled_out", {}, ""],
    ["page_field_missing", "found", inChannel({ pageSubscription: missing("messages") }), "messages"],
    [
      "page_field_missing",
      "found",
      inChannel({ pageSubscription: { wanted: ["messages"], found: [] } }),
      "no subscription",
    ],
    ["page_field_missing", "unknown", unread, ""],
    ["subscription_dropped", "ruled_out", {}, ""],
    ["subscription_dropped", "found", inChannel({ receiving }), "made anew"],
    ["subscription_dropped", "ruled_out", inChannel({ receiving: { ...receiving, resubscribedAt: FROM - 1 } }), ""],
    ["subscription_dropped", "found", inChannel({ pageSubscription: { wanted: ["messages"], found: [] } }), "missing"],
    ["subscription_dropped", "unknown", unread, ""],
    ["callback_elsewhere", "ruled_out", {}, URL],
    [
      "callback_elsewhere",
      "found",
      inChannel({ callback: { registered: "https://old.example", expected: URL } }),
      "old.example",
    ],
    ["callback_elsewhere", "unknown", inChannel({ callback: null }), ""],
    ["standby_not_subscribed", "ruled_out", {}, ""],
    ["standby_not_subscribed", "possible", inChannel({ pageSubscription: missing("standby") }), ""],
    [
      "standby_not_subscribed",
      "found",
      { ...inChannel({ appSubscription: missing("standby") }), control: [control()] },
      "",
    ],
    ["standby_not_subscribed", "unknown", unread, ""],
    ["other_app_holds", "ruled_out", {}, ""],
    ["other_app_holds", "found", { control: [control()] }, "Sales Bot"],
    ["other_app_holds", "found", { messages: [message({ standby: true })] }, "does not say"],
    [
      "other_app_holds",
      "possible",
      inChannel({ routing: { ...channel.routing!, otherApps: ["Sales Bot"] } }),
      "Sales Bot",
    ],
    ["other_app_holds", "possible", inChannel({ routing: { ...channel.routing!, enabled: true } }), "Routing is on"],
    ["other_app_holds", "unknown", inChannel({ routing: null }), ""],
    ["lead_ad_flow", "ruled_out", {}, ""],
    ["lead_ad_flow", "found", { control: [control({ leadAd: true })] }, ""],
    ["lead_ad_flow", "found", { refusals: ["automated_flow_running"] }, ""],
    ["lead_ad_flow", "possible", { ...failed, ...person({ fromAd: true }) }, "ad"],
    ["lead_ad_flow", "possible", { messages: [message({ recovered: true })] }, "read back"],
    ["lead_ad_flow", "unknown", failed, ""],
    ["not_connected", "ruled_out", {}, ""],
    ["not_connected", "found", inChannel({ connectedAt: TO + 1 }), ""],
    ["not_connected", "found", inChannel({ state: "disconnected" }), ""],
    ["not_connected", "unknown", unread, ""],
    ["token_dead", "ruled_out", {}, ""],
    ["token_dead", "found", inChannel({ token: { ...channel.token!, valid: false } }), ""],
    ["token_dead", "found", inChannel({ state: "needs_reauthorization", token: null }), ""],
    [
      "token_dead",
      "possible",
      inChannel({ state: "needs_reauthorization", stateFault: "instagram_access_off", token: null }),
      "another reason",
    ],
    ["token_dead", "unknown", inChannel({ token: null }), ""],
    ["permission_missing", "ruled_out", {}, ""],
    [
      "permission_missing",
      "found",
      inChannel({ token: { ...channel.token!, missingPermissions: ["pages_messaging"] } }),
      "pages_messaging",
    ],
    ["permission_missing", "found", { refusals: ["page_permission_missing"] }, "refused"],
    ["permission_missing", "unknown", inChannel({ token: null }), ""],
    ["instagram_access_off", "ruled_out", ig(), ""],
    ["instagram_access_off", "found", ig({ ...failed, refusals: ["instagram_access_off"] }), "200/2534041"],
    ["instagram_access_off", "possible", ig(failed), ""],
    ["instagram_not_linked", "ruled_out", ig(), ""],
    ["instagram_not_linked", "found", ig({ page: { published: true, instagramLinked: false } }), ""],
    ["instagram_not_linked", "found", ig({ refusals: ["instagram_link_broken"] }), ""],
    ["instagram_not_linked", "unknown", ig({ page: null }), ""],
    ["app_not_open_to_all", "ruled_out", {}, "50"],
    ["app_not_open_to_all", "possible", traffic({ people: 2 }), "2"],
    ["app_not_open_to_all", "possible", traffic({ people: 0 }), "Nobody"],
    ["app_not_open_to_all", "found", { refusals: ["app_not_approved"] }, ""],
    ["page_unpublished", "ruled_out", {}, ""],
    ["page_unpublished", "found", { page: { published: false, instagramLinked: null } }, ""],
    ["page_unpublished", "unknown", unread, ""],
    ["page_restricted", "ruled_out", {}, ""],
    ["page_restricted", "found", inChannel({ state: "restricted" }), ""],
    ["page_restricted", "found", inChannel({ notice: { kind: "policy_block", at: AT, text: null } }), ""],
    ["page_restricted", "unknown", unread, ""],
    ["customer_blocked", "ruled_out", {}, "reached"],
    ["customer_blocked", "possible", person({ cannotReceiveSince: AT }), "refuses"],
    ["customer_blocked", "possible", { ...person({ reachedAt: null }), refusals: ["contact_cannot_receive"] }, ""],
    ["customer_blocked", "unknown", person({ reachedAt: FROM - 1 }), ""],
    ["requests_folder", "ruled_out", {}, "younger"],
    [
      "requests_folder",
      "ruled_out",
      { comparison: compared({ found: true }), from: NOW - 40 * DAY_MS },
      "has a conversation",
    ],
    ["requests_folder", "possible", { from: NOW - 40 * DAY_MS }, "older than 30 days"],
    ["requests_folder", "unknown", failed, ""],
    ["page_to_page", "ruled_out", {}, ""],
    ["page_to_page", "found", person({ isPage: true }), ""],
    ["page_to_page", "possible", person({ known: false }), ""],
    ["kind_without_event", "ruled_out", {}, ""],
    ["kind_without_event", "possible", ig(), "GIF"],
    ["kind_without_event", "unknown", failed, ""],
    ["kind_without_event", "found", { messages: [message({ standby: true, kind: "unsupported" })] }, "placeholder"],
    ["not_worked_off", "ruled_out", {}, ""],
    ["not_worked_off", "possible", traffic({ waiting: 3 }), "3"],
    ["not_worked_off", "found", { deliveries: [delivery({ state: "pending" })] }, ""],
    ["own_reading", "ruled_out", {}, ""],
    ["own_reading", "found", { deliveries: [delivery({ state: "failed" })] }, "1"],
    ["own_reading", "possible", traffic({ strays: 2 }), "2"],
    ["own_reading", "unknown", traffic({ keptSince: FROM + 1 }), "removed"],
    ["own_outage", "ruled_out", {}, "5 minutes"],
    ["own_outage", "found", traffic({ outages: [AT] }), ""],
    ["own_outage", "possible", traffic({ pause: { from: AT, ms: 2 * HOUR_MS } }), "120 minutes"],
    ["slow_answers", "ruled_out", {}, ""],
    ["slow_answers", "possible", traffic({ duplicate: 30 }), "30 of 100"],
    ["slow_answers", "ruled_out", traffic({ received: 1000, duplicate: 30 }), ""],
    ["meta_incident", "unknown", {}, ""],
    ["meta_incident", "possible", traffic({ recovered: 4 }), "4"],
    ["meta_incident", "found", { messages: [message({ recovered: true })] }, ""],
  ];
  it.each(cases)("%s is %s %#", (code, status, more, evidence) => {
    const found = decideTrace(facts(more), "en").reasons.find((r) => r.code === code);
    expect(found).toMatchObject({ code, status, evidence: expect.stringContaining(evidence) });
  });

  it("each reason was judged above", () => {
    expect(new Set(cases.map(([code]) => code))).toEqual(new Set(CAUSES.map((c) => c.code)));
  });

  it("what was found stands first, and what belongs to the other product is left out", () => {
    const order = ["found", "possible", "unknown", "ruled_out"];
    const { reasons } = decideTrace(
      facts({ ...traffic({ waiting: 1 }), ...inChannel({ callback: null, state: "restricted" }) }),
      "en",
    );
    const ranks = reasons.map((r) => order.indexOf(r.status));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect([ranks[0], ranks.at(-1)]).toEqual([0, 3]);
    expect(reasons.some((r) => r.code.startsWith("instagram"))).toBe(false);
    const other = decideTrace(facts(ig()), "en").reasons.map((r) => r.code);
    expect(other).not.toContain("page_to_page");
    expect(other).toContain("instagram_access_off");
  });

  it("a message that is shown needs no reasons", () => {
    expect(decideTrace(facts({ messages: [message()] }), "en").reasons).toEqual([]);
  });

  it("every text is there in both languages, with nothing left to fill in", () => {
    for (const [, , more] of cases)
      for (const locale of ["en", "zh-TW"] as const) {
        const { title, explain, fix, reasons, evidence } = decideTrace(facts(more), locale);
        const words = [
          title,
          explain,
          fix ?? "x",
          ...reasons.flatMap((r) => [r.title, r.evidence, r.fix]),
          ...evidence.flatMap((e) => [e.title, e.detail ?? "x"]),
        ];
        for (const text of words) expect(text).toMatch(/^[^{}]+$/s);
        if (locale === "zh-TW") for (const r of reasons) expect(r.title + r.fix).toMatch(/\p{Script=Han}/u);
      }
  });
});

describe("the timeline", () => {
  const full = facts({
    messages: [
      message({ id: "late", sentAt: AT, arrivedAt: AT + 600_000, deliveryId: "1" }),
      message({ id: "rec", sentAt: AT + 5, recovered: true, deliveryId: null }),
      message({ id: "sb", sentAt: AT + 4, standby: true, deliveryId: "2" }),
      message({ id: "answer", sentAt: AT + 6, direction: "outbound", deliveryId: "3" }),
      message({ id: "gone", sentAt: AT + 7, deleted: true, text: null }),
      message({ id: "empty", sentAt: AT + 8, kind: "unsupported", text: null }),
    ],
    deliveries: [
      delivery({ id: "1" }),
      delivery({ id: "5", receivedAt: AT + 1 }),
      delivery({ id: "6", receivedAt: AT + 2, state: "failed", error: "no" }),
    ],
    control: [
      control({ at: AT + 3 }),
      control({ at: AT + 4, kind: "standby", name: null }),
      control({ at: AT + 9, kind: "pass", ours: true }),
    ],
    lines: [
      { at: AT + 10, kind: "label_added", text: "VIP" },
      { at: AT + 11, kind: "brand_new", text: null },
    ],
    comparison: compared({ examined: 12, recovered: 1, found: true }),
  });
  const { evidence } = decideTrace(full, "en");

  it("tells everything of that time once, in its order, with where to look at it", () => {
    expect(evidence.map((e) => [e.kind, e.messageId ?? e.deliveryId])).toEqual([
      ["message", "late"],
      ["delivery", "5"],
      ["delivery_failed", "6"],
      ["held", null],
      ["standby", "sb"],
      ["recovered", "rec"],
      ["message", "answer"],
      ["message", "gone"],
      ["message", "empty"],
      ["returned", null],
      ["notice", null],
      ["notice", null],
      ["comparison", null],
    ]);
    expect(evidence[0]).toMatchObject({
      title: expect.stringContaining("late"),
      conversationId: "c1",
      deliveryId: "1",
    });
    expect(evidence.at(-1)!.detail).toContain("examined: 12");
    expect(evidence[7]!.detail).not.toContain("hello");
  });

  it("says which app held it, what Meta told, and whether its record could be read", () => {
    const titles = evidence.map((e) => e.title).join("|");
    for (const word of ["Sales Bot held", "A label was added", "brand_new"]) expect(titles).toContain(word);
    const failed = decideTrace(facts({ comparison: compared({ state: "failed", fault: "token_expired" }) }), "en");
    expect(failed.evidence.at(-1)).toMatchObject({
      kind: "comparison",
      title: expect.stringContaining("could not be read"),
    });
    expect(failed.title).toContain("could not be read");
    expect(decideTrace(facts({ comparison: compared({ state: "running" }) }), "en").evidence.at(-1)!.title).toContain(
      "still",
    );
  });

  it("names a message without words by what it is, in both languages, and one it does not know by Meta's name", () => {
    const quoted = (kind: TracedMessage["kind"], locale: "en" | "zh-TW") =>
      decideTrace(facts({ messages: [message({ kind, text: null })] }), locale).evidence[0]!.detail;
    expect(quoted("image", "en")).toContain("[photo]");
    expect(quoted("lead", "zh-TW")).toContain("[已回答的名單型廣告]");
    expect(quoted("hologram", "en")).toContain("[hologram]");
  });

  it("cuts long messages and keeps whole characters", () => {
    const {
      evidence: [first],
    } = decideTrace(facts({ messages: [message({ text: "👍🏽".repeat(300) })] }), "en");
    expect(first!.detail!.length).toBeLessThan(400);
    expect(first!.detail!.isWellFormed()).toBe(true);
  });
});

it("the result is what the API says of it", () => {
  const result = decideTrace(
    facts({
      messages: [message({ standby: true, id: crypto.randomUUID(), conversationId: crypto.randomUUID() })],
      control: [control()],
    }),
    "zh-TW",
  );
  const iso = (at: number) => new Date(at).toISOString();
  const answer = {
    ...result,
    channelId: crypto.randomUUID(),
    contact: null,
    from: iso(FROM),
    to: iso(TO),
    tracedAt: iso(NOW),
    evidence: result.evidence.map((e) => ({ ...e, at: iso(e.at) })),
  };
  expect(Trace.parse(answer)).toEqual(answer);
});
