import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  parseJson,
  readCount,
  readFlag,
  readId,
  readJson,
  readName,
  readText,
  readTime,
  readUrl,
  toList,
} from "../src/index.ts";

describe("reading single values", () => {
  it("gives text PostgreSQL can hold: no NUL, no lone surrogate", () => {
    expect(readText("a\0b\ud800c")).toBe("ab\ufffdc");
    expect(readId("m\0id")).toBe("mid");
    expect(readName(`${"x".repeat(99)}🙂`)).toBe(`${"x".repeat(99)}\ufffd`);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const read = readText(text) ?? "";
        expect(read.isWellFormed() && !read.includes("\0")).toBe(true);
      }),
    );
  });

  it("gives anything as text, structures as JSON, and gives up on absurd nesting without throwing", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level++) deep = { 0: deep };
    expect([true, 7, "a", { b: [1] }, null, undefined, deep].map(readJson)).toEqual([
      "true",
      "7",
      "a",
      '{"b":[1]}',
      null,
      null,
      null,
    ]);
  });

  it("takes as id only what can be a key: no empty, no overlong, no fraction, no object", () => {
    expect(["", "x".repeat(513), 1.5, Number.NaN, {}, null, true].map(readId)).toEqual(Array(7).fill(null));
    expect(readId("x".repeat(512))).toHaveLength(512);
    expect(readId(7)).toBe("7");
  });

  it("takes as address only http and https", () => {
    expect(readUrl("https://a.example/x")).toBe("https://a.example/x");
    expect(["javascript:alert(1)", "data:text/html,x", "//a", "IMAGE_URL", "", 5, null].map(readUrl)).toEqual(
      Array(7).fill(null),
    );
  });

  it("reads words and digits as the flags and counts they stand for", () => {
    expect([readFlag(true), readFlag("true"), readFlag("false"), readFlag(1)]).toEqual([true, true, false, false]);
    expect([readCount("3"), readCount(3), readCount("x"), readCount(-1), readCount(1.5)]).toEqual([
      3,
      3,
      null,
      null,
      null,
    ]);
    expect([toList(null), toList(5), toList([5])]).toEqual([[], [5], [5]]);
  });

  it("never throws and never gives a time outside 2004 to 2100", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const read of [readId, readText, readName, readUrl, readCount, readFlag, toList]) read(value);
        const time = readTime(value);
        expect(time === null || (time >= Date.UTC(2004, 0) && time < Date.UTC(2100, 0))).toBe(true);
      }),
    );
  });
});

describe("parsing JSON", () => {
  it("keeps the digits of whole numbers beyond 2^53 and leaves all else as JSON.parse gives it", () => {
    const text =
      '{"a":9007199254740993,"b":-12345678901234567890,"c":1.5,"d":"1234567890123456789","e":[100000000000000000],"f":1e30,"g":0.12345678901234567890}';
    expect(parseJson(text)).toEqual({
      ...(JSON.parse(text) as object),
      a: "9007199254740993",
      b: "-12345678901234567890",
      e: ["100000000000000000"],
    });
  });

  it("equals JSON.parse wherever no number is too long", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        if (!/\d{16}/.test(text)) expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});
