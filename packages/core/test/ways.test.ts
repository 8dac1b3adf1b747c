import { describe, expect, it } from "vitest";
import { isWayValid, WAYS, type Way } from "../src/index.ts";

describe("ways", () => {
  it.each(["confirmed_event_update", "post_purchase_update", "account_update"] as const)(
    "O4 %s is refused from 2026-04-27 on and names its replacement",
    (name) => {
      const way: Way = WAYS[name];
      expect(isWayValid(way, Date.parse("2026-04-26T23:59:59Z"))).toBe(true);
      expect(isWayValid(way, Date.parse("2026-04-27T00:00:00Z"))).toBe(false);
      expect(way.replacement?.zhTW).toContain("公用訊息範本");
    },
  );

  it("S8 the one extra message ended on 2020-03-04", () => {
    expect(isWayValid(WAYS.one_more_message, Date.parse("2020-03-03T23:00:00Z"))).toBe(true);
    expect(isWayValid(WAYS.one_more_message, Date.parse("2020-03-04T00:00:00Z"))).toBe(false);
  });

  it("every way says where it was read, and when", () => {
    for (const way of Object.values(WAYS)) {
      expect(way.source).not.toBe("");
      expect(way.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });

  it("S2 only people may use the human-agent way", () => {
    expect(WAYS.human_agent.authors).toEqual(["person"]);
  });
});
