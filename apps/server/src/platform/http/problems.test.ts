import { faultText } from "@firstline/core";
import { expect, test } from "vitest";
import { ApiError, notFound, toProblem } from "./problems.ts";

test("the detail of a problem is told in the reader's language where it is known, and never in English alone", () => {
  const both = new ApiError(409, "conflict", { en: "Taken already.", "zh-TW": "已被使用。" });
  expect(toProblem(both, "en").detail).toBe("Taken already.");
  expect(toProblem(both, "zh-TW").detail).toBe("已被使用。");
  expect(both.message).toBe("Taken already.");

  const one = new ApiError(409, "conflict", "The sticker goes alone.");
  expect(toProblem(one, "en").detail).toBe("The sticker goes alone.");
  expect(toProblem(one, "zh-TW").detail).toBe(`${faultText("conflict", "zh-TW").explain}（The sticker goes alone）`);

  const none = new ApiError(409, "conflict");
  for (const locale of ["en", "zh-TW"] as const)
    expect(toProblem(none, locale).detail).toBe(faultText("conflict", locale).explain);
  expect(toProblem(notFound("channel"), "zh-TW").detail).not.toMatch(/[a-z]{3}/);
});
