import { describe, expect, it, test } from "vitest";
import { type ControlEvidence, type ControlFacts, holderOf, IDLE_AFTER_MS, readControl } from "../src/index.ts";

const OWN = "1517776481860111";
const BOT = "1900000000000777";
const INBOX = "263902037430900";
const LEAD = "413038776280800";
const HOUR = 3_600_000;

const facts: ControlFacts = { ownAppId: OWN, primaryAt: null, customerAt: 100 };
const ev = (at: number, kind: ControlEvidence["kind"], holder = "", more: Partial<ControlEvidence> = {}) => ({
  at,
  kind,
  holder,
  previous: null,
  until: null,
  metadata: null,
  primaryAt: null,
  ...more,
});
const bot = { kind: "other_app" as const, appId: BOT, name: null };
const inbox = { kind: "page_inbox" as const, appId: INBOX, name: "Meta Business Suite" };
const ai = { kind: "meta_ai" as const, appId: INBOX, name: "Meta AI" };
const lead = { kind: "lead_ad_flow" as const, appId: LEAD, name: "Messenger lead ad" };
const unknown = { kind: "unknown" as const, appId: null, name: null };
const axon = { metadata: '{"source":"axon"}' };

describe("holderOf", () => {
  it.each<
    [name: string, evidence: ControlEvidence[], facts: Partial<ControlFacts>, who: object | null, since?: number]
  >([
    ["R2 nothing is known: nobody else holds", [], {}, null],
    ["R2 an event in standby: somebody does, nobody says who", [ev(100, "standby")], {}, unknown, 100],
    ["R2 an echo in standby names the app, of the same hold", [ev(100, "standby"), ev(200, "echo", BOT)], {}, bot, 100],
    ["R2 Meta's AI is told from a person in the inbox", [ev(100, "echo", INBOX, axon)], {}, ai, 100],
    ["R2 a person takes over from Meta's AI", [ev(100, "echo", INBOX, axon), ev(200, "echo", INBOX)], {}, inbox, 200],
    ["R4 another app took it", [ev(100, "take", BOT)], {}, bot, 100],
    ["R4 it was passed to another app", [ev(100, "pass", BOT)], {}, bot, 100],
    ["R4 it was taken, Meta does not say by whom", [ev(100, "take")], {}, unknown, 100],
    ["R2 a lead ad's flow took it", [ev(100, "take", LEAD)], {}, lead, 100],
    ["R4 passed to us: nobody else holds", [ev(100, "take", BOT), ev(200, "pass", OWN)], {}, null],
    ["R4 we took it", [ev(100, "standby"), ev(200, "take", OWN)], {}, null],
    ["R4 Meta says that we own it", [ev(100, "standby"), ev(200, "owner", OWN)], {}, null],
    ["R4 Meta says that another app owns it", [ev(100, "owner", BOT)], {}, bot, 100],
    ["R4 Meta says only that somebody owns it", [ev(100, "take", BOT), ev(200, "owner")], {}, bot, 100],
    ["R4 nobody owns it", [ev(100, "take", BOT), ev(200, "released")], {}, null],
    ["R2 a send was refused because another app controls it", [ev(100, "refused")], {}, unknown, 100],
    ["R2 a refusal does not forget who it is", [ev(100, "take", BOT), ev(200, "refused")], {}, bot, 100],
    ["R2 a customer event that came to us later ends the hold", [ev(100, "standby")], { primaryAt: 101 }, null],
    ["R2 one of the same time does not", [ev(100, "standby")], { primaryAt: 100 }, unknown, 100],
    ["R2 one before it does not", [ev(100, "standby")], { primaryAt: 99 }, unknown, 100],
    [
      "R2 held again after a message that came to us",
      [ev(100, "echo", BOT, { primaryAt: 150 }), ev(200, "standby")],
      { primaryAt: 150 },
      unknown,
      200,
    ],
    ["R4 of the same time, what is said outright wins", [ev(100, "pass", OWN), ev(100, "standby")], {}, null],
    ["R4 the newest wins, whatever came last", [ev(300, "pass", OWN), ev(100, "take", BOT)], {}, null],
  ])("%s", (_name, evidence, given, who, since) => {
    const holder = holderOf(evidence, { ...facts, ...given });
    expect(holder).toEqual(who === null ? null : { ...who, since, until: expect.any(Number) });
    expect(holderOf(evidence.toReversed(), { ...facts, ...given })).toEqual(holder);
  });
});

describe("the end of a hold", () => {
  it.each<[name: string, evidence: ControlEvidence[], customerAt: number | null, until: number]>([
    ["24 hours after the customer's last action", [ev(200, "standby")], 100, 100 + IDLE_AFTER_MS],
    ["24 hours after it was seen, where the customer never acted", [ev(200, "standby")], null, 200 + IDLE_AFTER_MS],
    ["what Meta told", [ev(200, "owner", BOT, { until: 5_000 })], 100, 5_000],
    [
      "not before 24 hours after what the customer did since",
      [ev(200, "owner", BOT, { until: 5_000 })],
      300,
      300 + IDLE_AFTER_MS,
    ],
    ["as told, where it was extended further", [ev(200, "owner", BOT, { until: 90 * HOUR })], 300, 90 * HOUR],
    [
      "told once, it stands while the hold goes on",
      [ev(200, "owner", BOT, { until: 90 * HOUR }), ev(300, "standby")],
      100,
      90 * HOUR,
    ],
    [
      "a new act of control forgets what was told",
      [ev(200, "owner", BOT, { until: 90 * HOUR }), ev(300, "take", BOT)],
      100,
      100 + IDLE_AFTER_MS,
    ],
    ["a hold seen when it should be idle goes on", [ev(30 * HOUR, "refused")], 0, 54 * HOUR],
  ])("is %s", (_name, evidence, customerAt, until) => {
    expect(holderOf(evidence, { ...facts, customerAt })?.until).toBe(until);
  });
});

test("R2 every change leaves one line, told as what is known of it now", () => {
  const story = [
    ev(100, "standby"),
    ev(110, "standby"),
    ev(120, "echo", INBOX, axon),
    ev(130, "standby", "", { primaryAt: 140 }),
    ev(200, "take", BOT),
    ev(210, "refused"),
    ev(300, "pass", OWN, { previous: BOT }),
    ev(400, "pass", OWN, { previous: LEAD, metadata: "messenger_lead_gen_complete" }),
    ev(500, "owner", OWN),
    ev(510, "released"),
  ];
  const { lines } = readControl(story, { ...facts, primaryAt: 140 });
  expect(lines).toEqual([
    { kind: "control_held", at: 100, holder: ai },
    { kind: "control_returned", at: 140, holder: ai },
    { kind: "control_held", at: 200, holder: bot },
    { kind: "control_returned", at: 300, holder: bot },
    { kind: "control_returned", at: 400, holder: lead },
  ]);
  expect(readControl(story.toReversed(), { ...facts, primaryAt: 140 }).lines).toEqual(lines);
});

test("R4 of several changes at the same time one line is told", () => {
  const { lines } = readControl([ev(1, "take"), ev(1, "take", BOT), ev(1, "pass", INBOX)], facts);
  expect(lines).toEqual([{ kind: "control_held", at: 1, holder: inbox }]);
});

test("R4 control that came to us from nobody, or from ourselves, is no news", () => {
  expect(
    readControl([ev(1, "pass", OWN), ev(2, "take", OWN), ev(3, "pass", OWN, { previous: OWN })], facts).lines,
  ).toEqual([]);
});
