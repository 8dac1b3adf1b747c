import { Check as ContractCheck } from "@firstline/contracts";
import { describe, expect, it } from "vitest";
import {
  type AppFacts,
  CHECK_STATUSES,
  type ChannelFacts,
  type Check,
  checkChannel,
  DAY_MS,
  faultText,
  HOUR_MS,
  type InstagramFacts,
  type RoutingFacts,
  routingClicks,
  type UsageFacts,
  type WebhookFacts,
} from "../src/index.ts";

const NOW = Date.parse("2026-11-22T14:05:00Z");
const none = { count: 0, lastAt: null };
const good: ChannelFacts = {
  platform: "messenger",
  state: "healthy",
  stateFault: null,
  stateSince: NOW - DAY_MS,
  connectedAt: NOW - 30 * DAY_MS,
  token: {
    valid: true,
    fault: null,
    checkedAt: NOW - HOUR_MS,
    expiresAt: null,
    dataAccessExpiresAt: NOW + 60 * DAY_MS,
    missingPermissions: [],
    misplacedPermissions: [],
    lackingPermissions: [],
    tasks: ["MESSAGING", "MANAGE"],
    templatesAllowed: true,
  },
  pageSubscription: { wanted: ["messages", "message_reads"], found: ["messages", "message_reads", "feed"] },
  appSubscription: { wanted: ["messages", "message_reads"], found: ["messages", "message_reads"] },
  callback: { registered: "https://inbox.example/webhooks/meta", expected: "https://inbox.example/webhooks/meta" },
  lastEventAt: NOW - HOUR_MS,
  humanAgentApproved: true,
  namesRefused: 0,
  receiving: {
    silence: null,
    reconciledAt: NOW - 5 * 60_000,
    reconciliation: { at: NOW - 5 * 60_000, failed: false, recovered: 0 },
    week: { received: 1200, recovered: 0, unreadable: 0 },
    resubscribedAt: null,
    setAside: 0,
    kinds: [],
  },
  page: { id: "108", expectedId: "108", name: "Blue Harbour", published: true },
  instagram: null,
  webhook: { acceptedAt: NOW - HOUR_MS, signature: none, storage: none, verifyToken: none },
  app: { graphVersion: "v26.0", skewMs: 300, takenAt: NOW - HOUR_MS, refused: 0, refusedAt: null },
  usage: { percent: null, restsUntil: null, strikes: 0 },
  selfTest: { at: NOW - HOUR_MS, failed: 0, warned: 0 },
  notice: null,
  routing: { surveyedAt: NOW, enabled: false, defaultApp: null, otherApps: [], takeover: null, heldNow: 0 },
};
const receiving = (more: Partial<ChannelFacts["receiving"]>): Partial<ChannelFacts> => ({
  receiving: { ...good.receiving, ...more },
});
const routing = (more: Partial<RoutingFacts>): Partial<ChannelFacts> => ({ routing: { ...good.routing!, ...more } });
const week = (more: Partial<ChannelFacts["receiving"]["week"]>) =>
  receiving({ week: { ...good.receiving.week, ...more } });
/** One line with a code and status, and what its evidence must hold. */
const says = (code: string, status: Check["status"], evidence = "") => ({
  code,
  status,
  evidence: expect.stringContaining(evidence),
});
const standbyMissing: Partial<ChannelFacts> = {
  pageSubscription: { wanted: ["messages", "standby"], found: ["messages"] },
};
const token = (more: Partial<NonNullable<ChannelFacts["token"]>>): Partial<ChannelFacts> => ({
  token: { ...good.token!, ...more },
});

const page = (more: Partial<NonNullable<ChannelFacts["page"]>>): Partial<ChannelFacts> => ({
  page: { ...good.page!, ...more },
});
const instagram = (more: Partial<InstagramFacts>): Partial<ChannelFacts> => ({
  platform: "instagram",
  instagram: { accountId: "178", linked: { id: "178", name: "blue" }, access: "ok", ...more },
});
const webhook = (more: Partial<WebhookFacts>): Partial<ChannelFacts> => ({ webhook: { ...good.webhook, ...more } });
const app = (more: Partial<AppFacts>): Partial<ChannelFacts> => ({ app: { ...good.app, ...more } });
const usage = (more: Partial<UsageFacts>): Partial<ChannelFacts> => ({ usage: { ...good.usage, ...more } });
/** Kinds that come twenty times a day, and how many days ago each came last. */
const kinds = (...of: [field: string, daysAgo: number][]): Partial<ChannelFacts> =>
  receiving({ kinds: of.map(([field, days]) => ({ field, lastAt: NOW - days * DAY_MS, days: 20, perDay: 20 })) });

const table: [name: string, facts: Partial<ChannelFacts>, expected: Partial<Check>][] = [
  [
    "S3 dead token says why",
    token({ valid: false, fault: "token_password_changed" }),
    { code: "access_token", status: "fail", fix: faultText("token_password_changed", "en").fix },
  ],
  [
    "S3 the state alone is enough",
    { state: "needs_reauthorization", stateFault: "token_expired" },
    { code: "access_token", status: "fail", evidence: faultText("token_expired", "en").explain },
  ],
  ["a token never checked is unknown, not ok", { token: null }, { code: "access_token", status: "unknown" }],
  [
    "an access that ends soon",
    token({ expiresAt: NOW + 2 * DAY_MS }),
    { code: "access_expiry", status: "warn", evidence: "It ends soon: on 2026-11-24 14:05 UTC." },
  ],
  ["an access that has ended", token({ expiresAt: NOW }), { code: "access_expiry", status: "fail" }],
  ["data access over", token({ dataAccessExpiresAt: NOW - 1 }), { code: "data_access", status: "fail" }],
  [
    "S5 missing permissions are named",
    token({ missingPermissions: ["pages_messaging"] }),
    { code: "permissions", status: "fail", evidence: "Missing: pages_messaging." },
  ],
  [
    "R4 messages not subscribed at the Page",
    { pageSubscription: { wanted: ["messages"], found: [] } },
    { code: "page_subscription", status: "fail", evidence: "Not subscribed for this Page: messages." },
  ],
  [
    "R4 one lesser field missing at the app",
    { appSubscription: { wanted: ["messages", "message_reads"], found: ["messages"] } },
    { code: "app_subscription", status: "warn", owner: "operator" },
  ],
  ["R4 subscription not readable", { appSubscription: null }, { code: "app_subscription", status: "unknown" }],
  [
    "R4 Meta calls another address",
    { callback: { registered: "https://old.example/x", expected: "https://inbox.example/webhooks/meta" } },
    {
      code: "callback",
      status: "fail",
      evidence: "Meta calls https://old.example/x, but this server listens at https://inbox.example/webhooks/meta.",
    },
  ],
  [
    "R4 no address registered",
    { callback: { registered: null, expected: "https://inbox.example/webhooks/meta" } },
    { code: "callback", status: "fail" },
  ],
  ["R5 silence of more than a week", { lastEventAt: NOW - 8 * DAY_MS }, { code: "last_event", status: "warn" }],
  [
    "R5 nothing yet on a new channel",
    { lastEventAt: null, connectedAt: NOW - HOUR_MS },
    { code: "last_event", status: "unknown" },
  ],
  ["R5 nothing ever", { lastEventAt: null }, { code: "last_event", status: "warn" }],
  [
    "S11 restricted since",
    { state: "restricted", stateFault: "page_reported" },
    { code: "restriction", status: "fail", owner: "administrator" },
  ],
  [
    "O4 no permission for templates",
    token({ templatesAllowed: false }),
    { code: "templates", status: "warn", owner: "administrator" },
  ],
  ["O4 nobody knows of templates", token({ templatesAllowed: null }), says("templates", "unknown")],
  ["S2 not approved", { humanAgentApproved: false }, { code: "human_agent", status: "warn", owner: "operator" }],
  [
    "R1 other Pages are a blind spot whatever else holds",
    {},
    { code: "page_to_page", group: "blind_spots", status: "unknown" },
  ],
  [
    "O1 names refused for want of a permission",
    { namesRefused: 7 },
    { ...says("names", "warn", "7 customers"), owner: "operator" },
  ],
  ["O1 no name refused", {}, says("names", "ok")],
  ["R2 standby missing: what others hold is not seen", standbyMissing, says("standby", "warn", "standby")],
  [
    "R2 standby missing while routing is on: everything may be silent",
    { ...standbyMissing, ...routing({ enabled: true }) },
    says("standby", "fail"),
  ],
  ["R2 standby not readable", { appSubscription: null }, says("standby", "unknown")],
  [
    "I1 standby is the app's matter on Instagram",
    { pageSubscription: { wanted: ["messaging_policy_enforcement"], found: ["messaging_policy_enforcement"] } },
    says("standby", "ok"),
  ],
  [
    "R5 silence against the habit",
    receiving({ silence: { since: NOW - HOUR_MS, expected: 11.6 } }),
    says("silence", "warn", "about 12 events"),
  ],
  ["R5 no silence", {}, says("silence", "ok")],
  [
    "R5 compared minutes ago",
    receiving({ reconciliation: { at: NOW, failed: false, recovered: 3 } }),
    says("reconciliation", "ok", "recovered by it: 3"),
  ],
  [
    "R5 compared long ago",
    receiving({ reconciledAt: NOW - 3 * HOUR_MS }),
    says("reconciliation", "warn", "2026-11-22 11:05 UTC"),
  ],
  [
    "R5 the last comparison failed",
    receiving({ reconciliation: { at: NOW, failed: true, recovered: 0 } }),
    says("reconciliation", "warn", "did not finish"),
  ],
  [
    "R5 the first comparison failed",
    receiving({ reconciledAt: null, reconciliation: { at: NOW, failed: true, recovered: 0 } }),
    says("reconciliation", "warn"),
  ],
  ["R5 never compared", receiving({ reconciledAt: null, reconciliation: null }), says("reconciliation", "unknown")],
  [
    "R5 messages lost and recovered",
    week({ recovered: 4 }),
    { ...says("losses", "warn", "recovered: 4"), owner: "meta" },
  ],
  ["R5 nothing lost", {}, says("losses", "ok", "received: 1200")],
  ["R5 never compared, so nobody knows what was lost", receiving({ reconciledAt: null }), says("losses", "unknown")],
  [
    "R5 events not understood",
    week({ unreadable: 2 }),
    { ...says("unreadable", "warn", "be read: 2"), owner: "operator" },
  ],
  ["R5 every event understood", {}, says("unreadable", "ok")],
  [
    "R5 subscription made anew",
    receiving({ resubscribedAt: NOW - DAY_MS }),
    says("resubscription", "warn", "2026-11-21 14:05 UTC"),
  ],
  ["R5 subscription made anew long ago", receiving({ resubscribedAt: NOW - 8 * DAY_MS }), says("resubscription", "ok")],
  ["S11 Meta warned", { notice: { kind: "policy_warning", at: NOW, text: "Spam" } }, says("notices", "warn", "Spam")],
  ["S11 Meta blocked", { notice: { kind: "policy_block", at: NOW, text: null } }, says("notices", "fail", "blocked")],
  [
    "S11 Meta lifted the block",
    { notice: { kind: "policy_unblock", at: NOW, text: null } },
    says("notices", "ok", "lifted"),
  ],
  [
    "S11 Meta told about the Page's integrity",
    { notice: { kind: "integrity", at: NOW, text: "x" } },
    says("notices", "warn"),
  ],
  ["S11 no notice", {}, says("notices", "ok", "None")],
  ["R4 not surveyed: apps unknown", { routing: null }, says("other_apps", "unknown")],
  ["R4 not surveyed: default app unknown", { routing: null }, says("default_app", "unknown")],
  ["R4 not surveyed: take-over unknown", { routing: null }, says("takeover", "unknown")],
  ["R4 apps not readable", routing({ otherApps: null }), says("other_apps", "unknown")],
  ["R4 no other app", {}, says("other_apps", "ok")],
  [
    "R4 other apps without routing",
    routing({ otherApps: ["Sales Bot", "777"] }),
    says("other_apps", "warn", "Sales Bot, 777"),
  ],
  [
    "R4 other apps with routing",
    routing({ otherApps: ["Sales Bot"], enabled: true }),
    says("other_apps", "ok", "Sales Bot"),
  ],
  ["R4 routing off", {}, says("default_app", "ok", "Routing is off")],
  ["R4 mode not told", routing({ enabled: null }), says("default_app", "unknown")],
  [
    "R4 default app is ours",
    routing({ enabled: true, defaultApp: { ours: true, name: null } }),
    says("default_app", "ok"),
  ],
  [
    "R4 default app is another's",
    routing({ enabled: true, defaultApp: { ours: false, name: "Sales Bot" } }),
    says("default_app", "warn", "Sales Bot"),
  ],
  ["R4 default app not told", routing({ enabled: true }), says("default_app", "unknown", "does not tell")],
  ["R4 take-over with routing off and nothing held", {}, says("takeover", "ok")],
  ["R2 held by others with routing off: stuck", routing({ heldNow: 3 }), says("takeover", "warn", "3 conversations")],
  ["R4 take-over not tried", routing({ enabled: true }), says("takeover", "unknown")],
  [
    "R4 take-over worked",
    routing({ enabled: true, takeover: { allowed: true, at: NOW } }),
    says("takeover", "ok", "2026-11-22 14:05 UTC"),
  ],
  [
    "R4 take-over refused",
    routing({ enabled: true, takeover: { allowed: false, at: NOW } }),
    says("takeover", "warn", "Take control of conversations"),
  ],
  ["R4 take-over with the mode not told", routing({ enabled: null }), says("takeover", "unknown")],
  [
    "R5 old message requests are a blind spot whatever else holds",
    {},
    { code: "requests_folder", group: "blind_spots", status: "unknown" },
  ],
  // Every check in each of its verdicts; a test below demands it.
  ["S3 a token Meta confirmed", {}, says("access_token", "ok", "2026-11-22 13:05 UTC")],
  ["an access without an end", {}, says("access_expiry", "ok", "no end date")],
  ["an access that ends later", token({ expiresAt: NOW + 50 * DAY_MS }), says("access_expiry", "ok", "2027-01-11")],
  ["an end nobody has read", { token: null }, says("access_expiry", "unknown")],
  ["data access for long", {}, says("data_access", "ok")],
  [
    "data access that ends soon",
    token({ dataAccessExpiresAt: NOW + DAY_MS }),
    says("data_access", "warn", "2026-11-23"),
  ],
  ["data access nobody has read", { token: null }, says("data_access", "unknown")],
  ["S5 everything granted", {}, says("permissions", "ok")],
  ["S5 permissions nobody has read", token({ missingPermissions: null }), says("permissions", "unknown")],
  [
    "S5 granted for other Pages only: the person left this one out",
    token({ missingPermissions: ["pages_messaging"], misplacedPermissions: ["pages_messaging"] }),
    {
      ...says("permissions", "fail", "for other Pages, but not for this one: pages_messaging"),
      fix: expect.stringContaining("Edit settings"),
    },
  ],
  ["permissions for more granted", {}, says("optional_permissions", "ok")],
  [
    "permissions for more left out cost no connection",
    token({ lackingPermissions: ["pages_read_user_content"] }),
    says("optional_permissions", "warn", "pages_read_user_content"),
  ],
  [
    "permissions for more nobody has read",
    token({ lackingPermissions: null }),
    says("optional_permissions", "unknown"),
  ],
  ["O3 all tasks", {}, says("tasks", "ok", "MESSAGING, MANAGE")],
  ["O3 no task to subscribe with", token({ tasks: ["MESSAGING", "ANALYZE"] }), says("tasks", "warn", "ANALYZE")],
  [
    "O3 no task to answer with",
    token({ tasks: ["MANAGE"] }),
    { ...says("tasks", "fail", "Messages"), owner: "administrator" },
  ],
  ["O3 tasks Meta does not tell", token({ tasks: null }), says("tasks", "unknown")],
  ["S5 the right Page", {}, says("identity", "ok", "Blue Harbour")],
  [
    "S5 the access opens another Page",
    page({ id: "109", name: "Lantern Tea" }),
    says("identity", "fail", "“Lantern Tea” (109)"),
  ],
  ["S5 a Page that could not be read", { page: null }, says("identity", "unknown")],
  ["R6 a published Page", {}, says("page_published", "ok")],
  ["R6 an unpublished Page", page({ published: false }), says("page_published", "fail", "not published")],
  ["R6 Meta does not say whether it is published", page({ published: null }), says("page_published", "unknown")],
  ["I1 the account is linked", instagram({}), says("instagram_link", "ok", "@blue")],
  [
    "I1 another account in its place",
    instagram({ linked: { id: "17", name: "other" } }),
    says("instagram_link", "fail", "@other instead of 178"),
  ],
  ["I1 unlinked or personal", instagram({ linked: null }), says("instagram_link", "fail", "personal")],
  ["I1 link not readable", { platform: "instagram" }, says("instagram_link", "unknown")],
  ["I1 conversations readable", instagram({}), says("instagram_access", "ok")],
  [
    "I1 the switch for connected tools is off",
    instagram({ access: "instagram_access_off" }),
    { ...says("instagram_access", "fail"), fix: faultText("instagram_access_off", "en").fix },
  ],
  [
    "I1 two-factor demanded",
    instagram({ access: "instagram_link_broken" }),
    { code: "instagram_access", status: "fail", evidence: faultText("instagram_link_broken", "en").explain },
  ],
  ["I1 conversations not tried", instagram({ access: null }), says("instagram_access", "unknown")],
  ["R4 subscribed at the Page", {}, says("page_subscription", "ok", "message_reads")],
  [
    "R4 one lesser field missing at the Page",
    { pageSubscription: { wanted: ["messages", "message_reads"], found: ["messages"] } },
    says("page_subscription", "warn"),
  ],
  ["R4 Page subscription not readable", { pageSubscription: null }, says("page_subscription", "unknown")],
  ["R4 subscribed at the app", {}, says("app_subscription", "ok")],
  [
    "R4 messages not subscribed at the app",
    { appSubscription: { wanted: ["messages"], found: [] } },
    says("app_subscription", "fail"),
  ],
  ["R2 standby subscribed", {}, says("standby", "ok")],
  ["R4 our address", {}, says("callback", "ok")],
  ["R4 address not readable", { callback: null }, says("callback", "unknown")],
  ["R5 every call taken", {}, says("callback_failures", "ok")],
  [
    "R5 calls not stored earlier",
    webhook({ storage: { count: 4, lastAt: NOW - 2 * HOUR_MS } }),
    says("callback_failures", "warn", "4 webhook calls"),
  ],
  [
    "R5 calls not stored now",
    webhook({ storage: { count: 4, lastAt: NOW - 60_000 } }),
    { ...says("callback_failures", "fail"), owner: "operator" },
  ],
  [
    "R5 stored again since",
    webhook({ storage: { count: 4, lastAt: NOW - 120_000 }, acceptedAt: NOW - 60_000 }),
    says("callback_failures", "warn"),
  ],
  [
    "R5 a wrong verify token",
    webhook({ verifyToken: { count: 1, lastAt: NOW } }),
    says("callback_failures", "warn", "verify token"),
  ],
  ["R5 no wrong signature", {}, says("signature_failures", "ok")],
  [
    "R5 wrong signatures beside right ones",
    webhook({ signature: { count: 9, lastAt: NOW } }),
    says("signature_failures", "warn", "somebody else"),
  ],
  [
    "R5 nothing but wrong signatures",
    webhook({ signature: { count: 9, lastAt: NOW }, acceptedAt: NOW - 2 * HOUR_MS }),
    says("signature_failures", "fail", "app secret"),
  ],
  [
    "R5 one wrong signature in a quiet night",
    webhook({ signature: { count: 1, lastAt: NOW }, acceptedAt: null }),
    says("signature_failures", "warn"),
  ],
  ["R5 an event just now", {}, says("last_event", "ok")],
  ["R5 kinds as usual", kinds(["message", 0.1], ["reaction", 0.5]), says("kind_silence", "ok")],
  [
    "R5 one kind stopped while others go on",
    kinds(["message", 0.1], ["read", 3]),
    says("kind_silence", "warn", "2026-11-19 14:05 UTC: message_reads"),
  ],
  ["R5 all kinds stopped: that is the silence", kinds(["message", 3], ["read", 3]), says("kind_silence", "ok")],
  [
    "R5 a rare kind that did not come",
    {
      ...kinds(["message", 0.1]),
      ...receiving({
        kinds: [
          { field: "message", lastAt: NOW, days: 28, perDay: 90 },
          { field: "reaction", lastAt: NOW - 9 * DAY_MS, days: 20, perDay: 2 },
        ],
      }),
    },
    says("kind_silence", "ok"),
  ],
  ["R5 nothing set aside", {}, says("set_aside", "ok")],
  [
    "R5 deliveries set aside",
    receiving({ setAside: 3 }),
    { ...says("set_aside", "warn", "3 deliveries"), owner: "operator" },
  ],
  ["a clock that agrees", {}, says("clock", "ok")],
  ["a clock seconds ahead", app({ skewMs: 20_000 }), says("clock", "warn", "20 s ahead")],
  [
    "a clock minutes behind",
    app({ skewMs: -180_000 }),
    { ...says("clock", "fail", "180 s behind"), owner: "operator" },
  ],
  ["a clock not compared", app({ skewMs: null }), says("clock", "unknown")],
  ["a version without an end", {}, says("graph_version", "ok", "v26.0")],
  ["a version with a far end", app({ graphVersion: "v25.0" }), says("graph_version", "ok", "2028-07-29")],
  ["a version that ends in two months", app({ graphVersion: "v21.0" }), says("graph_version", "warn", "2027-01-21")],
  ["a version that ended", app({ graphVersion: "v20.0" }), says("graph_version", "fail", "2026-09-24")],
  ["a version nobody knows", app({ graphVersion: "v40.0" }), says("graph_version", "unknown", "v40.0")],
  ["S11 no restriction", {}, says("restriction", "ok")],
  ["S12 replies taken", {}, says("app_access", "ok")],
  [
    "S12 refused to people without a role",
    app({ refused: 2, refusedAt: NOW }),
    says("app_access", "warn", "2 replies"),
  ],
  [
    "S12 all refused",
    app({ refused: 2, refusedAt: NOW, takenAt: null }),
    { ...says("app_access", "fail", "Advanced Access"), owner: "operator" },
  ],
  ["S12 nothing sent, so nobody knows", app({ takenAt: null }), says("app_access", "unknown")],
  ["S11 no limit near", {}, says("rate_usage", "ok")],
  ["S11 half of a limit", usage({ percent: 50 }), says("rate_usage", "ok", "50 %")],
  ["S11 most of a limit", usage({ percent: 91.4 }), says("rate_usage", "warn", "91 %")],
  ["S11 slowed after a limit", usage({ strikes: 2 }), says("rate_usage", "warn", "2")],
  ["S11 a short rest", usage({ restsUntil: NOW + 60_000 }), says("rate_usage", "warn")],
  ["S11 a long rest", usage({ restsUntil: NOW + HOUR_MS }), says("rate_usage", "fail", "15:05 UTC")],
  ["S2 approved", {}, says("human_agent", "ok")],
  ["O4 templates allowed", {}, says("templates", "ok")],
  ["a self-test that passed", {}, says("self_test", "ok", "13:05 UTC")],
  ["a self-test with warnings", { selfTest: { at: NOW, failed: 0, warned: 2 } }, says("self_test", "ok", "2")],
  ["a self-test that failed", { selfTest: { at: NOW, failed: 1, warned: 2 } }, says("self_test", "warn", "failed: 1")],
  ["no self-test yet", { selfTest: null }, says("self_test", "unknown")],
  ["I1 pictures to be seen once are a blind spot", { platform: "instagram" }, says("view_once", "unknown")],
  ["R6 people who cannot write are a blind spot", {}, says("blocked_people", "unknown")],
  ["O5 disconnected", { state: "disconnected" }, { code: "connection", status: "fail" }],
];

describe("checkChannel", () => {
  it("every check has a row for each verdict it can give, and gives no other", () => {
    const rows = new Map<string, Set<string>>();
    const given = new Map<string, Set<string>>();
    const put = (map: typeof rows, code: string, status: string) =>
      map.set(code, (map.get(code) ?? new Set()).add(status));
    for (const [, facts, { code }] of table)
      for (const check of checkChannel({ ...good, ...facts }, NOW, "en")) {
        put(given, check.code, check.status);
        if (check.code === code) put(rows, check.code, check.status);
      }
    // These are steps of the self-test, whose own table is in self-test.test.ts.
    const steps = ["callback_loop", "round_trip", "reply_taken"];
    const wanted = Object.entries(CHECK_STATUSES).filter(([code]) => !steps.includes(code));
    const sorted = (map: typeof rows) => Object.fromEntries([...map].map(([code, found]) => [code, [...found].sort()]));
    const all = Object.fromEntries(wanted.map(([code, statuses]) => [code, [...statuses].sort()]));
    expect(sorted(rows)).toEqual(all);
    expect(sorted(given)).toEqual(all);
  });

  it.each(table)("%s", (_name, facts, expected) => {
    const check = checkChannel({ ...good, ...facts }, NOW, "en").find((c) => c.code === expected.code);
    expect(check).toMatchObject(expected);
  });

  it("a good channel has nothing to mend", () => {
    expect(checkChannel(good, NOW, "en").filter((c) => c.status === "warn" || c.status === "fail")).toEqual([]);
  });

  it("R1 Instagram accounts have no such blind spot", () => {
    expect(checkChannel({ ...good, platform: "instagram" }, NOW, "en").map((c) => c.code)).not.toContain(
      "page_to_page",
    );
  });

  it("every line fits the API contract, leaves no placeholder, and a fault always has a fix, in both languages", () => {
    for (const [, facts] of table) {
      for (const locale of ["en", "zh-TW"] as const) {
        for (const check of checkChannel({ ...good, ...facts }, NOW, locale)) {
          ContractCheck.parse(check);
          expect(`${check.title}${check.evidence}${check.fix}`).not.toMatch(/[{}]/);
          expect(check.title).not.toBe("");
          expect(check.evidence).not.toBe("");
          if (check.status === "fail" || check.status === "warn") expect(check.fix).not.toBe("");
          if (locale === "zh-TW") expect(check.title).toMatch(/\p{Script=Han}/u);
        }
      }
    }
  });
});

describe("routingClicks", () => {
  it("R4 tells today's clicks for the product, in both languages, with the words they had before", () => {
    for (const platform of ["messenger", "instagram"] as const)
      for (const locale of ["en", "zh-TW"] as const) {
        const clicks = routingClicks(platform, locale);
        const all = clicks.map((c) => c.title + c.steps).join(" ");
        for (const place of ["Conversation Routing", "Advanced Messaging", "Business Apps"])
          expect(all).toContain(place);
        expect(clicks.map((c) => c.formerly ?? "").join(" ")).toContain("Handover Protocol");
        expect(all.includes("Instagram Conversation Routing")).toBe(platform === "instagram");
        if (locale === "zh-TW") for (const c of clicks) expect(c.title).toMatch(/\p{Script=Han}/u);
      }
  });
});
