import { describe, expect, it } from "vitest";
import type { DoctorFacts } from "./facts.ts";
import { exitCodeOf, judgeDoctor } from "./judge.ts";

const URL = "https://inbox.example.test";
const NOW = Date.parse("2026-11-23T14:00:00Z");
const none = { count: 0, lastAt: null };
const webhook = { acceptedAt: NOW, signature: none, storage: none, verifyToken: none };
const good: DoctorFacts = {
  now: NOW,
  graphVersion: "v26.0",
  webhook,
  publicUrl: URL,
  app: true,
  database: { major: 18, missing: [], newer: null },
  deliveries: { pending: 0, oldestMs: null, failed: 0 },
  jobs: { due: 0, oldestMs: null, longest: null },
  disk: { free: 60e9, total: 100e9 },
  meta: { reached: true, message: "", skewMs: 400 },
  subscriptions: [{ object: "page", callback: `${URL}/webhooks/meta`, missing: [] }],
  callback: { answered: true, message: "" },
  mail: { answered: true, message: "" },
  channels: [{ name: "Blue", platform: "messenger", state: "healthy", incidents: [], selfTest: [] }],
};
const page = (missing: string[], callback: string | null = `${URL}/webhooks/meta`) => ({
  subscriptions: [{ object: "page", callback, missing }],
});
const blue = (state: DoctorFacts["channels"][number]["state"], incidents: string[] = []) => ({
  channels: [{ name: "Blue", platform: "messenger" as const, state, incidents, selfTest: null }],
});
const skew = (skewMs: number | null) => ({ meta: { reached: true, message: "", skewMs } });

describe("verdicts of the doctor", () => {
  it("an installation in order has no line that is not ok, and exits with 0", () => {
    const lines = judgeDoctor(good);
    expect(lines.filter((l) => l.status !== "ok")).toEqual([]);
    expect(exitCodeOf(lines)).toBe(0);
  });

  const table: [string, Partial<DoctorFacts>, string, string, string][] = [
    ["no app", { app: false }, "Configuration", "fail", "META_APP_ID"],
    ["plain http outside", { publicUrl: "http://inbox.example.test" }, "Configuration", "fail", "https"],
    [
      "plain http at home",
      { publicUrl: "http://localhost:3000", ...page([], "http://localhost:3000/webhooks/meta") },
      "Configuration",
      "warn",
      "local Meta",
    ],
    ["no database", { database: null }, "Database", "fail", "DATABASE_URL"],
    ["an old database", { database: { major: 17, missing: [], newer: null } }, "Database", "fail", "17"],
    ["a newer schema", { database: { major: 18, missing: [], newer: "0099_x.sql" } }, "Database", "fail", "0099_x"],
    [
      "a schema not yet there",
      { database: { major: 18, missing: ["0008_x.sql"], newer: null } },
      "Database",
      "warn",
      "0008_x",
    ],
    [
      "deliveries that wait",
      { deliveries: { pending: 9, oldestMs: 120_000, failed: 0 } },
      "Deliveries",
      "fail",
      "2 min",
    ],
    ["deliveries being worked off", { deliveries: { pending: 9, oldestMs: 900, failed: 0 } }, "Deliveries", "ok", "9"],
    ["deliveries set aside", { deliveries: { pending: 0, oldestMs: null, failed: 3 } }, "Deliveries", "warn", "3"],
    [
      "jobs nobody does",
      { jobs: { due: 4, oldestMs: 900_000, longest: "contacts.profile" } },
      "Jobs",
      "fail",
      "contacts.profile",
    ],
    ["no server yet", { jobs: null }, "Jobs", "unknown", "No server"],
    ["a disk that fills", { disk: { free: 8e9, total: 100e9 } }, "Disk", "warn", "8.0 GB"],
    ["a full disk", { disk: { free: 1e9, total: 100e9 } }, "Disk", "fail", "1.0 GB"],
    ["Meta away", { meta: { reached: false, message: "ENOTFOUND", skewMs: null } }, "Meta", "fail", "ENOTFOUND"],
    ["a clock seconds ahead", skew(20_000), "Clock", "warn", "20 s ahead"],
    ["a clock minutes behind", skew(-180_000), "Clock", "fail", "180 s behind"],
    ["a clock not compared", skew(null), "Clock", "unknown", "Not compared"],
    ["another callback", page([], "https://old.example.test"), "Subscriptions", "fail", "old.example.test"],
    ["messages not subscribed", page(["messages"]), "Subscriptions", "fail", "messages"],
    ["one field missing", page(["message_reads"]), "Subscriptions", "warn", "message_reads"],
    ["no subscription at all", { subscriptions: [] }, "Subscriptions", "fail", "none"],
    ["subscriptions not told", { subscriptions: null }, "Subscriptions", "unknown", "did not tell"],
    [
      "a callback that is not ours",
      { callback: { answered: false, message: "status 502." } },
      "Callback",
      "fail",
      "502",
    ],
    ["no mail server", { mail: null }, "E-mail", "unknown", "SMTP_URL"],
    ["a mail server that refuses us", { mail: { answered: false, message: "535 no." } }, "E-mail", "fail", "535"],
    [
      "a channel without access",
      blue("needs_reauthorization", ["Password changed"]),
      "Channel",
      "fail",
      "Password changed",
    ],
    ["a restricted channel", blue("restricted"), "Channel", "fail", "restricted"],
    ["a degraded channel", blue("degraded", ["Page subscription"]), "Channel", "warn", "Page subscription"],
    ["a channel with a warning", blue("healthy", ["Silence"]), "Channel", "warn", "Silence"],
    [
      "a channel whose self-test failed",
      { channels: [{ ...good.channels[0]!, selfTest: ["Events of the Page"] }] },
      "Channel",
      "warn",
      "Self-test failed: Events of the Page",
    ],
    ["a version near its end", { graphVersion: "v21.0" }, "Graph API", "warn", "2027-01-21"],
    ["a version that ended", { graphVersion: "v20.0" }, "Graph API", "fail", "META_GRAPH_VERSION"],
    [
      "calls that cannot be stored",
      { webhook: { ...webhook, acceptedAt: null, storage: { count: 3, lastAt: NOW } } },
      "Webhook calls",
      "fail",
      "3 webhook calls",
    ],
    ["refusals not readable", { webhook: null }, "Webhook calls", "unknown", "Could not"],
    ["a channel that was disconnected", blue("disconnected"), "Channel", "unknown", "disconnected"],
  ];
  it.each(table)("%s", (_name, change, area, status, words) => {
    const lines = judgeDoctor({ ...good, ...change });
    const found = lines.find((l) => l.area === area);
    expect(found).toMatchObject({ status, text: expect.stringContaining(words) });
    expect(exitCodeOf(lines)).toBe(status === "fail" ? 1 : 0);
  });
});
