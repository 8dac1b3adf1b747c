import type { Check, Receiving } from "@firstline/contracts";
import { describe, expect, test } from "vitest";
import { actionOf } from "../src/features/channels/checkAction.ts";
import { rangeStart, sentenceOf } from "../src/features/channels/receiving/summary.ts";
import { commentAddress } from "../src/features/comments/postAddress.ts";

const none = { received: 0, duplicate: 0, late: 0, recovered: 0, incomplete: 0, unreadable: 0 };
const report = (fields: Partial<Receiving["fields"][number]>[], reconciledAt: string | null = null) => ({
  totals: { ...none, received: fields.reduce((sum, each) => sum + (each.received ?? 0), 0) },
  fields: fields.map((each) => ({ ...none, field: "message", ...each })),
  reconciledAt,
});

describe("R5 the loss report in one sentence", () => {
  test("counts messages of both sides, each once, and none of the receipts around them", () => {
    const said = sentenceOf(
      report([
        { field: "message", received: 1100, duplicate: 4, recovered: 2 },
        { field: "echo", received: 100, recovered: 1 },
        { field: "postback", received: 5 },
        { field: "read", received: 900 },
        { field: "delivered", received: 900 },
      ]),
    );
    expect(said).toEqual({ kind: "recovered", total: 1204, lost: 3 });
  });

  test("claims that nothing was lost only once Meta's record has been compared", () => {
    expect(sentenceOf(report([{ received: 7 }])).kind).toBe("notCompared");
    expect(sentenceOf(report([{ received: 7 }], "2026-11-23T00:00:00.000Z")).kind).toBe("complete");
  });

  test("tells a channel that hears only receipts from one that hears nothing", () => {
    expect(sentenceOf(report([{ field: "read", received: 3 }]))).toMatchObject({ kind: "events", total: 3 });
    expect(sentenceOf(report([]))).toMatchObject({ kind: "nothing" });
  });

  test("the report begins at a UTC midnight and holds thirty days, today included", () => {
    expect(rangeStart(Date.parse("2026-11-23T06:05:00.000Z"))).toBe("2026-10-25T00:00:00.000Z");
  });
});

describe("the button of a check", () => {
  const check = (code: string, group: Check["group"], status: Check["status"]): Check => ({
    code,
    group,
    status,
    title: code,
    evidence: "",
    fix: "",
    owner: "administrator",
  });
  test.each([
    ["R5 lost messages can be traced", check("losses", "receiving", "warn"), "trace"],
    ["R5 nothing was compared yet: compare", check("losses", "receiving", "unknown"), "compare"],
    ["R5 a dropped subscription leads to the comparison", check("resubscription", "receiving", "warn"), "compare"],
    ["R5 what was not understood leads to its deliveries", check("unreadable", "receiving", "warn"), "deliveries"],
    ["R4 another default app leads to the clicks", check("default_app", "routing", "warn"), "clicks"],
    ["R1 what nobody can see leads to Meta's own inbox", check("page_to_page", "blind_spots", "unknown"), "suite"],
    ["S5 access that ended leads to Meta's dialog", check("access_token", "access", "fail"), "renew"],
    ["a wrong callback leads to the app's settings at Meta", check("callback", "receiving", "fail"), "appDashboard"],
    ["a check that is fine asks for nothing", check("default_app", "routing", "ok"), null],
  ])("%s", (_, given, action) => expect(actionOf(given)).toBe(action));
});

describe("the address of a comment", () => {
  test("leads to the comment under its post at Facebook", () => {
    const comment = { postId: "108123450000001_9", externalId: "9_55" };
    expect(commentAddress(comment, "messenger")).toBe("https://www.facebook.com/108123450000001_9?comment_id=55");
  });
  test("is not made up where Meta gives none", () => {
    expect(commentAddress({ postId: "18000", externalId: "1" }, "instagram")).toBeNull();
    expect(commentAddress({ postId: null, externalId: "1" }, "messenger")).toBeNull();
    expect(commentAddress({ postId: "javascript:x", externalId: "1" }, "messenger")).toBeNull();
  });
});
