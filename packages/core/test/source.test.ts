import { describe, expect, it } from "vitest";
import { classifySource, type EchoFacts, type EchoSource } from "../src/index.ts";

const echo: EchoFacts = {
  appId: null,
  metadata: null,
  aiGenerated: false,
  text: "Hello",
  ownAppId: "1517776481860111",
};
const INBOX = "263902037430900";

describe("classifySource", () => {
  it.each<[name: string, facts: Partial<EchoFacts>, expected: EchoSource]>([
    ["R3 our app", { appId: "1517776481860111" }, { kind: "own", appId: "1517776481860111", name: null }],
    ["R3 another app", { appId: "42" }, { kind: "other_app", appId: "42", name: null }],
    [
      "R3 a person in the Page inbox",
      { appId: INBOX },
      { kind: "page_inbox", appId: INBOX, name: "Meta Business Suite" },
    ],
    [
      "R3 the inbox id as Meta's page misprints it",
      { appId: "26390203743090" },
      { kind: "page_inbox", appId: "26390203743090", name: "Meta Business Suite" },
    ],
    [
      "R3 the Instagram inbox",
      { appId: "1217981644879628" },
      { kind: "page_inbox", appId: "1217981644879628", name: "Instagram Inbox" },
    ],
    ["R3 Meta AI by its flag", { appId: INBOX, aiGenerated: true }, { kind: "meta_ai", appId: INBOX, name: "Meta AI" }],
    [
      "R3 Meta AI by its metadata",
      { appId: INBOX, metadata: '{"source":"axon"}' },
      { kind: "meta_ai", appId: INBOX, name: "Meta AI" },
    ],
    [
      "R3 a lead ad",
      { appId: "413038776280800" },
      { kind: "lead_ad_flow", appId: "413038776280800", name: "Messenger lead ad" },
    ],
    [
      "R3 a notice of Meta",
      { text: "Your AI agent will respond." },
      { kind: "meta_notice", appId: null, name: "Meta" },
    ],
    [
      "R3 a notice from the inbox's id",
      { appId: INBOX, text: "Ann Lee replied to an ad." },
      { kind: "meta_notice", appId: INBOX, name: "Meta" },
    ],
    [
      "R3 our own text that reads like a notice stays ours",
      { appId: "1517776481860111", text: "Ann Lee replied to an ad." },
      { kind: "own", appId: "1517776481860111", name: null },
    ],
    [
      "R3 another app's text that reads like a notice stays its own",
      { appId: "42", text: "Your AI agent will respond." },
      { kind: "other_app", appId: "42", name: null },
    ],
    ["R3 I1 no app id at all", {}, { kind: "unknown", appId: null, name: null }],
    [
      "R3 names of Object are no apps of Meta",
      { appId: "constructor" },
      { kind: "other_app", appId: "constructor", name: null },
    ],
  ])("%s", (_name, facts, expected) => {
    expect(classifySource({ ...echo, ...facts })).toEqual(expected);
  });
});
