import { Check as ContractCheck } from "@firstline/contracts";
import { describe, expect, it } from "vitest";
import { type ChannelFacts, type Check, checkChannel, DAY_MS, faultText, HOUR_MS } from "../src/index.ts";

const NOW = Date.parse("2026-11-22T14:05:00Z");
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
  },
  pageSubscription: { wanted: ["messages", "message_reads"], found: ["messages", "message_reads", "feed"] },
  appSubscription: { wanted: ["messages", "message_reads"], found: ["messages", "message_reads"] },
  callback: { registered: "https://inbox.example/webhooks/meta", expected: "https://inbox.example/webhooks/meta" },
  lastEventAt: NOW - HOUR_MS,
  humanAgentApproved: true,
};
const token = (more: Partial<NonNullable<ChannelFacts["token"]>>): Partial<ChannelFacts> => ({
  token: { ...good.token!, ...more },
});

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
  ["S2 not approved", { humanAgentApproved: false }, { code: "human_agent", status: "warn", owner: "operator" }],
  [
    "R1 other Pages are a blind spot whatever else holds",
    {},
    { code: "page_to_page", group: "blind_spots", status: "unknown" },
  ],
  ["O5 disconnected", { state: "disconnected" }, { code: "connection", status: "fail" }],
];

describe("checkChannel", () => {
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
