import { describe, expect, it } from "vitest";
import {
  decideIncidents,
  HOUR_MS,
  type Judgement,
  judgeChecks,
  judgeState,
  type KnownIncident,
  type StateFacts,
} from "../src/index.ts";

const NOW = Date.parse("2026-11-22T14:05:00Z");
const words = { title: "t", evidence: "e", fix: "f" };
const judgement = (more: Partial<Judgement> = {}): Judgement => ({
  code: "page_subscription",
  level: "channel",
  status: "bad",
  severity: "critical",
  atOnce: false,
  owner: "administrator",
  words: { en: words, "zh-TW": words },
  ...more,
});
const row = (more: Partial<KnownIncident> = {}): KnownIncident => ({
  id: "1",
  code: "page_subscription",
  phase: "open",
  severity: "critical",
  since: NOW - HOUR_MS,
  until: null,
  ...more,
});
const closed = (ago: number) => row({ phase: "closed", until: NOW - ago });

describe("what one look does with an incident", () => {
  const table: [string, KnownIncident[], Partial<Judgement>, string[]][] = [
    ["a first bad look is only remembered", [], {}, ["see"]],
    ["S3 what stops every reply opens at the first look", [], { atOnce: true }, ["open"]],
    ["the second bad look opens it", [row({ phase: "seen", since: NOW - 10 * 60_000 })], {}, ["confirm"]],
    ["the same look made twice does not", [row({ phase: "seen", since: NOW - 60_000 })], {}, []],
    ["a good look forgets what was seen once", [row({ phase: "seen" })], { status: "good" }, ["forget"]],
    ["an open one is refreshed, not opened again", [row()], {}, ["refresh"]],
    ["a good look ends an open one", [row()], { status: "good" }, ["close"]],
    ["what could not be read ends nothing", [row()], { status: "unknown" }, []],
    ["what could not be read opens nothing", [], { status: "unknown" }, []],
    ["what could not be read keeps what was seen", [row({ phase: "seen" })], { status: "unknown" }, []],
    ["back within the hour is the same incident", [closed(59 * 60_000)], {}, ["reopen"]],
    ["back after the hour is a new one, seen first", [closed(61 * 60_000)], {}, ["see"]],
    ["a good look leaves a closed one alone", [closed(60_000)], { status: "good" }, []],
    ["one of another code does not count", [row({ code: "silence" })], { atOnce: true }, ["open"]],
  ];
  it.each(table)("%s", (_name, known, more, kinds) => {
    expect(decideIncidents(known, [judgement(more)], NOW).map((s) => s.kind)).toEqual(kinds);
  });
});

describe("what a channel's state says", () => {
  const facts: StateFacts = { platform: "messenger", name: "Blue", state: "healthy", stateFault: null, lost: null };
  const lost = { name: "Kevin", fault: "token_password_changed" as const, nowUsed: "Mei" };
  const table: [string, Partial<StateFacts>, string[]][] = [
    ["a healthy channel has no incident", {}, []],
    ["S3 a dead access is one", { state: "needs_reauthorization" }, ["channel_needs_reauthorization"]],
    ["S11 a restriction is one", { state: "restricted" }, ["channel_restricted"]],
    ["O3 a lost spare authoriser is one", { lost }, ["authorizer_lost"]],
    [
      "O3 when the last one dies, only that counts",
      { lost, state: "needs_reauthorization" },
      ["channel_needs_reauthorization"],
    ],
    ["O5 a disconnected channel has none", { state: "disconnected", lost }, []],
  ];
  it.each(table)("%s", (_name, more, codes) => {
    const found = judgeState({ ...facts, ...more });
    expect(found.filter((j) => j.status === "bad").map((j) => j.code)).toEqual(codes);
    expect(found).toHaveLength(3);
    expect(found.every((j) => j.atOnce)).toBe(true);
  });
  it("S3 the words are those of the reason, in both languages", () => {
    const [dead] = judgeState({ ...facts, state: "needs_reauthorization", stateFault: "token_password_changed" });
    expect(dead?.words.en.title).toContain("password");
    expect(dead?.words["zh-TW"].title).toContain("密碼");
  });
  it("O3 the loss names who is gone and who is used now", () => {
    const found = judgeState({ ...facts, lost }).find((j) => j.code === "authorizer_lost");
    for (const { evidence } of [found?.words.en, found?.words["zh-TW"]].flatMap((w) => w ?? [])) {
      expect(evidence).toContain("Kevin");
      expect(evidence).toContain("Mei");
    }
  });
});

describe("what checks say", () => {
  const check = (code: string, status: "ok" | "warn" | "fail" | "unknown") => ({
    ...words,
    code,
    status,
    group: "receiving" as const,
    owner: "operator" as const,
  });
  const table: [string, Parameters<typeof check>, Partial<Judgement>[]][] = [
    ["a failed check is critical", ["page_subscription", "fail"], [{ status: "bad", severity: "critical" }]],
    ["a warning is a warning", ["silence", "warn"], [{ status: "bad", severity: "warning", atOnce: false }]],
    ["one that could not be read is unknown", ["permissions", "unknown"], [{ status: "unknown" }]],
    ["a good one is good", ["standby", "ok"], [{ status: "good" }]],
    ["the callback belongs to the app, not to a channel", ["callback", "fail"], [{ level: "app", owner: "operator" }]],
    [
      "R5 signatures that are all wrong are the app's",
      ["signature_failures", "fail"],
      [{ level: "app", status: "bad" }],
    ],
    ["R5 what a stranger can bring about makes none", ["signature_failures", "warn"], [{ status: "good" }]],
    ["S11 a short rest makes none", ["rate_usage", "warn"], [{ status: "good" }]],
    ["I1 an account that was unlinked is one", ["instagram_link", "fail"], [{ severity: "critical" }]],
    ["a lasting fact makes none", ["human_agent", "warn"], []],
    ["the access itself is told by the state", ["access_token", "fail"], []],
  ];
  it.each(table)("%s", (_name, [code, status], expected) => {
    expect(judgeChecks([check(code, status)], [check(code, status)])).toMatchObject(expected);
  });
});
