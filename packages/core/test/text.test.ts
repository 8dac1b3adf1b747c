import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureText, type Platform, splitText } from "../src/index.ts";

const platform = fc.constantFrom<Platform>("messenger", "instagram");
const squash = (text: string) => text.replace(/\s+/g, "");
const long = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.lorem({ maxCount: 12, mode: "sentences" }) },
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          "你好，請問今天還有營業嗎？",
          "👨‍👩‍👧‍👦",
          "🇹🇼",
          "é",
          "नमस्ते",
          "\n",
          "\n\n",
          "   ",
          "\r\n",
          "https://example.org/a?b=c",
        ),
      },
      { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 400 }) },
      { weight: 1, arbitrary: fc.constant("x".repeat(900)) },
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

describe("measureText", () => {
  it.each<[name: string, platform: Platform, text: string, length: number]>([
    ["I1 Instagram counts bytes of Chinese", "instagram", "你好", 6],
    ["I1 Instagram counts bytes of emoji", "instagram", "😀", 4],
    ["I1 Instagram counts accents", "instagram", "é", 2],
    ["I1 a lone surrogate counts as its replacement", "instagram", "\ud83d", 3],
    ["Messenger counts characters", "messenger", "你好", 2],
    ["Messenger: an emoji counts twice, to be on the safe side", "messenger", "😀", 2],
  ])("%s", (_name, on, text, length) => {
    expect(measureText(on, text).length).toBe(length);
  });

  it("I1 counts exactly the bytes of UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(measureText("instagram", text).length).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});

describe("splitText", () => {
  it("every part fits, none is empty, nothing but white space is lost, in order", () => {
    fc.assert(
      fc.property(platform, long, (on, text) => {
        const parts = splitText(on, text);
        for (const part of parts) {
          const { length, limit } = measureText(on, part);
          expect(length).toBeLessThanOrEqual(limit);
          expect(part.trim()).not.toBe("");
        }
        expect(squash(parts.join(""))).toBe(squash(text));
      }),
    );
  });

  it("a text that fits stays as it is", () => {
    fc.assert(
      fc.property(platform, fc.string({ unit: "grapheme", maxLength: 150 }), (on, text) => {
        fc.pre(measureText(on, text).length <= measureText(on, text).limit && text.trim() !== "");
        expect(splitText(on, text)).toEqual([text]);
      }),
    );
  });

  it.each([
    ["a family of emoji", "👨‍👩‍👧‍👦"],
    ["a sign that belongs to what follows, where a word ends inside", "\u0600😀"],
    ["a flag", "🇹🇼"],
  ])("never cuts what a reader sees as one character: %s", (_name, character) => {
    const text = character.repeat(400);
    const parts = splitText("instagram", text);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.join("")).toBe(text);
    for (const part of parts) expect(part.replaceAll(character, "")).toBe("");
  });

  it("cuts between words", () => {
    const words = Array.from({ length: 600 }, (_, i) => `word${i}`);
    const parts = splitText("messenger", words.join(" "));
    expect(parts.flatMap((part) => part.split(" "))).toEqual(words);
  });

  it("cuts at a line break where one stands in the second half", () => {
    const first = "a ".repeat(700).trim();
    const second = "b ".repeat(700).trim();
    expect(splitText("messenger", `${first}\n${second}`)).toEqual([first, second]);
  });

  it("a single word longer than the limit is cut all the same", () => {
    expect(splitText("messenger", "x".repeat(4_100)).map((p) => p.length)).toEqual([2_000, 2_000, 100]);
  });

  it("a single grapheme longer than the limit is cut all the same", () => {
    const tower = `a${"\u0301".repeat(1_500)}`;
    const parts = splitText("instagram", tower);
    expect(parts.join("")).toBe(tower);
    for (const part of parts) expect(measureText("instagram", part).length).toBeLessThanOrEqual(1_000);
  });

  it("white space alone is no message", () => {
    expect(splitText("messenger", "")).toEqual([]);
    expect(splitText("messenger", " \n".repeat(3_000))).toEqual([]);
  });
});
