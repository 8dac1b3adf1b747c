import type { Check } from "@firstline/contracts";
import { CHECK_STATUSES, checkChannel } from "@firstline/core";
import { expect, it } from "vitest";
import { actionOf } from "../src/features/channels/checkAction.ts";

/** The words say it all: a command on the server, or a wait. */
const WITHOUT_BUTTON = ["clock", "rate_usage", "connection"];
/** Only steps of the self-test, which has its own page of words. */
const STEPS = ["callback_loop", "round_trip", "reply_taken"];

it("every check that can ask for something has a button that helps, or is known to need none", () => {
  const facts = { state: "disconnected" } as Parameters<typeof checkChannel>[0];
  expect(checkChannel(facts, 0, "en").map((c) => c.code)).toEqual(["connection"]);
  const groups: Record<string, Check["group"]> = {
    ...Object.fromEntries(["other_apps", "default_app", "takeover"].map((code) => [code, "routing"])),
    ...Object.fromEntries(
      [
        "access_token",
        "access_expiry",
        "data_access",
        "permissions",
        "optional_permissions",
        "tasks",
        "identity",
        "instagram_link",
        "instagram_access",
        "names",
        "self_test",
      ].map((code) => [code, "access"]),
    ),
  };
  const without = Object.entries(CHECK_STATUSES)
    .filter(([code, statuses]) => !STEPS.includes(code) && statuses.some((s) => s === "warn" || s === "fail"))
    .filter(([code, statuses]) => {
      const status = statuses.includes("fail") ? "fail" : "warn";
      const words = { title: "", evidence: "", fix: "", owner: "administrator" } as const;
      return actionOf({ code, status, group: groups[code] ?? "receiving", ...words }) === null;
    })
    .map(([code]) => code);
  expect(without.sort()).toEqual([...WITHOUT_BUTTON].sort());
});
