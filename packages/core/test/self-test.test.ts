import { SelfTestStep as StepContract } from "@firstline/contracts";
import { describe, expect, it } from "vitest";
import {
  type ChannelFacts,
  DAY_MS,
  HOUR_MS,
  judgeStep,
  SELF_TEST_STEPS,
  type SelfTestFacts,
  type SelfTestStep,
  type StepVerdict,
  selfTestTitle,
} from "../src/index.ts";

const NOW = Date.parse("2026-11-23T14:00:00Z");
const URL = "https://inbox.example/webhooks/meta";
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
    checkedAt: NOW,
    expiresAt: null,
    dataAccessExpiresAt: null,
    missingPermissions: [],
    misplacedPermissions: [],
    lackingPermissions: [],
    tasks: null,
    templatesAllowed: true,
  },
  page: { id: "108", expectedId: "108", name: "Blue Harbour", published: true },
  instagram: null,
  pageSubscription: { wanted: ["messages", "standby"], found: ["messages", "standby"] },
  appSubscription: { wanted: ["messages", "standby"], found: ["messages", "standby"] },
  callback: { registered: URL, expected: URL },
  webhook: { acceptedAt: NOW, signature: none, storage: none, verifyToken: none },
  lastEventAt: null,
  humanAgentApproved: true,
  namesRefused: 0,
  receiving: {
    silence: null,
    reconciledAt: null,
    reconciliation: null,
    week: { received: 0, recovered: 0, unreadable: 0 },
    resubscribedAt: null,
    setAside: 0,
    kinds: [],
  },
  app: { graphVersion: "v26.0", skewMs: 0, takenAt: null, refused: 0, refusedAt: null },
  usage: { percent: null, restsUntil: null, strikes: 0 },
  selfTest: null,
  notice: null,
  routing: { surveyedAt: NOW, enabled: false, defaultApp: null, otherApps: [], takeover: null, heldNow: 0 },
};
const own: SelfTestFacts = {
  loop: { url: URL, result: "ok", message: "" },
  record: { read: "ok", newest: { at: NOW - HOUR_MS, here: true } },
  lastTakenAt: NOW - HOUR_MS,
};
const loop = (result: NonNullable<SelfTestFacts["loop"]>["result"], message = ""): Partial<SelfTestFacts> => ({
  loop: { url: URL, result, message },
});
const newest = (at: number, here: boolean): Partial<SelfTestFacts> => ({
  record: { read: "ok", newest: { at, here } },
});

const table: [string, SelfTestStep, Partial<ChannelFacts>, Partial<SelfTestFacts>, StepVerdict["status"], RegExp][] = [
  ["a living access", "token", {}, {}, "ok", /confirmed it/],
  [
    "S3 a dead access",
    "token",
    { state: "needs_reauthorization", stateFault: "token_password_changed" },
    {},
    "fail",
    /password/,
  ],
  [
    "an access that ends soon",
    "token",
    { token: { ...good.token!, expiresAt: NOW + DAY_MS } },
    {},
    "warn",
    /ends soon/,
  ],
  ["an access Meta says nothing of", "token", { token: null }, {}, "not_possible", /Not checked/],
  ["the right Page", "identity", {}, {}, "ok", /Blue Harbour.*published/],
  ["S5 another Page", "identity", { page: { ...good.page!, id: "109" } }, {}, "fail", /not for the Page 108/],
  [
    "I1 another Instagram account",
    "identity",
    { platform: "instagram", instagram: { accountId: "178", linked: null, access: "ok" } },
    {},
    "fail",
    /178/,
  ],
  ["a Page that cannot be read", "identity", { page: null }, {}, "not_possible", /could not be read/i],
  ["S5 everything granted", "permissions", {}, {}, "ok", /Everything needed/],
  [
    "S5 a permission missing",
    "permissions",
    { token: { ...good.token!, missingPermissions: ["pages_messaging"] } },
    {},
    "fail",
    /pages_messaging/,
  ],
  ["O3 a task missing", "permissions", { token: { ...good.token!, tasks: ["MANAGE"] } }, {}, "fail", /MANAGE/],
  ["R4 the app's fields", "app_fields", {}, {}, "ok", /messages, standby.*Meta calls this server/],
  [
    "R4 a foreign callback",
    "app_fields",
    { callback: { registered: "https://old.example", expected: URL } },
    {},
    "fail",
    /old\.example/,
  ],
  ["R4 the Page's fields", "page_fields", {}, {}, "ok", /messages, standby/],
  [
    "R2 standby missing at the Page",
    "page_fields",
    { pageSubscription: { wanted: ["messages", "standby"], found: ["messages"] } },
    {},
    "warn",
    /standby/,
  ],
  [
    "R4 nothing subscribed",
    "page_fields",
    { pageSubscription: { wanted: ["messages"], found: [] } },
    {},
    "fail",
    /messages/,
  ],
  ["our own callback answers and stores", "callback", {}, {}, "ok", /signed call was stored/],
  ["our address cannot be reached", "callback", {}, loop("unreached", "ENOTFOUND"), "fail", /ENOTFOUND/],
  [
    "only we cannot reach ourselves",
    "callback",
    { lastEventAt: NOW - 60_000 },
    loop("unreached", "ECONNREFUSED"),
    "warn",
    /Meta's calls arrive/,
  ],
  ["something else answers", "callback", {}, loop("wrong", "status 502"), "fail", /502/],
  ["a proxy spoils the body", "callback", {}, loop("refused", "status 401"), "fail", /401/],
  ["another installation answers", "callback", {}, loop("elsewhere"), "fail", /another installation/],
  ["no app secret to sign with", "callback", {}, { loop: null }, "not_possible", /could not be read/i],
  ["R4 routing off", "routing", {}, {}, "ok", /Routing is off/],
  [
    "R4 another default app",
    "routing",
    { routing: { ...good.routing!, enabled: true, defaultApp: { ours: false, name: "Sales Bot" } } },
    {},
    "warn",
    /Sales Bot/,
  ],
  ["R4 never surveyed", "routing", { routing: null }, {}, "not_possible", /not been looked at/],
  ["R4 no other app", "other_apps", {}, {}, "ok", /None/],
  [
    "R4 another app",
    "other_apps",
    { routing: { ...good.routing!, otherApps: ["Sales Bot"] } },
    {},
    "warn",
    /Sales Bot/,
  ],
  [
    "wrong signatures beside a good loop",
    "callback",
    { webhook: { ...good.webhook, signature: { count: 4, lastAt: NOW } } },
    {},
    "warn",
    /^Wrong signatures, last 24 hours: 4 webhook calls/,
  ],
  ["R5 the newest message is here, a reply was taken", "round_trip", {}, {}, "ok", /is here too.*took a reply/],
  [
    "R5 the newest message is here, no reply yet",
    "round_trip",
    {},
    { lastTakenAt: null },
    "ok",
    /is here too.*was not tried/,
  ],
  ["R5 a message that is missing here", "round_trip", {}, newest(NOW - HOUR_MS, false), "warn", /is not here/],
  [
    "R5 a record from before the connection",
    "round_trip",
    {},
    newest(NOW - 60 * DAY_MS, false),
    "ok",
    /before the connection/,
  ],
  [
    "nobody has written yet",
    "round_trip",
    {},
    { record: { read: "ok", newest: null }, lastTakenAt: null },
    "not_possible",
    /without a customer/,
  ],
  [
    "I1 a record that is shut",
    "round_trip",
    {},
    { record: { read: "instagram_access_off", newest: null } },
    "fail",
    /Instagram/,
  ],
  ["no answer", "round_trip", {}, { record: null, lastTakenAt: null }, "not_possible", /could not be read/i],
];

describe("judgeStep", () => {
  it.each(table)("%s", (_name, step, facts, more, status, words) => {
    const verdict = judgeStep(step, { ...good, ...facts }, { ...own, ...more }, NOW, "en");
    expect(verdict).toMatchObject({ status, evidence: expect.stringMatching(words) });
  });

  it("without access to the Page the steps that need it say so instead of guessing", () => {
    const dead: ChannelFacts = { ...good, state: "needs_reauthorization", stateFault: "token_expired", page: null };
    const found = SELF_TEST_STEPS.map((step) => [step, judgeStep(step, dead, own, NOW, "en").status]);
    expect(Object.fromEntries(found)).toEqual({
      token: "fail",
      identity: "not_possible",
      permissions: "not_possible",
      app_fields: "ok",
      page_fields: "not_possible",
      callback: "ok",
      routing: "not_possible",
      other_apps: "not_possible",
      round_trip: "not_possible",
    });
  });

  it("every verdict has words in both languages, and what is wrong has a remedy", () => {
    for (const [, step, facts, more] of table)
      for (const locale of ["en", "zh-TW"] as const) {
        const verdict = judgeStep(step, { ...good, ...facts }, { ...own, ...more }, NOW, locale);
        StepContract.parse({ code: step, title: selfTestTitle(step, locale), at: null, ...verdict });
        expect(verdict.evidence).not.toBe("");
        expect(verdict.evidence + verdict.fix).not.toMatch(/[{}]/);
        if (verdict.status === "fail" || verdict.status === "warn") expect(verdict.fix).not.toBe("");
        if (locale === "zh-TW") expect(selfTestTitle(step, locale)).toMatch(/\p{Script=Han}/u);
      }
  });
});
