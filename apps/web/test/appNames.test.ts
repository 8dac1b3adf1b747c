import { expect, test } from "vitest";
import { namelessApps } from "../src/lib/appNames.ts";
import { at, ours } from "./factories.ts";

const by = (n: number, kind: "other_app" | "page_inbox", appId: string | null, name: string | null) =>
  ours(n, { source: { kind, appId, name, memberId: null } });

test("R3 apps known by their id alone are asked for, each once; who has a name or no id is not", () => {
  const messages = [
    ours(0),
    by(1, "other_app", "777", null),
    by(2, "other_app", "777", null),
    by(3, "other_app", "888", "Helper"),
    by(4, "other_app", null, null),
    by(5, "page_inbox", "263902037430900", null),
  ];
  const holder = { kind: "other_app" as const, appId: "999", name: null, since: at(0), until: null };
  expect(namelessApps(messages, holder)).toEqual(["777", "999"]);
  expect(namelessApps([], { ...holder, name: "Sales Bot" })).toEqual([]);
});
