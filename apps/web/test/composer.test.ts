import { measureText, splitText } from "@firstline/core/text";
import { expect, test } from "vitest";
import { insertAt, withText } from "../src/features/composer/caret.ts";
import { counterOf } from "../src/features/composer/counter.ts";
import { isEmojiKey } from "../src/features/composer/emojiKey.ts";

test("an emoji takes the place of what is selected, and writing goes on behind all of it", () => {
  expect(insertAt("Thanks  bye", 7, 7, "👍🏽")).toEqual({ text: "Thanks 👍🏽 bye", at: 11 });
  expect(insertAt("Thanks all", 7, 10, "🎉")).toEqual({ text: "Thanks 🎉", at: 9 });
  expect(insertAt("", 0, 0, "🎉")).toEqual({ text: "🎉", at: 2 });
});

test("a failed text comes behind the draft, in place of an empty one, and once only", () => {
  expect(withText("", "Size 42 is here.")).toBe("Size 42 is here.");
  expect(withText(" \n", "Size 42 is here.")).toBe("Size 42 is here.");
  expect(withText("Hello", "Size 42 is here.")).toBe("Hello\nSize 42 is here.");
  expect(withText("Hello\nSize 42 is here. Or 43.", "Size 42 is here.")).toBe("Hello\nSize 42 is here. Or 43.");
});

test("the counter shows near the limit only, in bytes on Instagram and in characters on Messenger", () => {
  expect(counterOf(measureText("instagram", "茶".repeat(266)))).toBeNull();
  expect(counterOf(measureText("instagram", "茶".repeat(333)))).toEqual({
    unit: "bytes",
    length: 999,
    limit: 1_000,
    tooLong: false,
  });
  expect(counterOf(measureText("instagram", "茶".repeat(334)))).toMatchObject({ length: 1_002, tooLong: true });
  expect(counterOf(measureText("messenger", "茶".repeat(1_599)))).toBeNull();
  expect(counterOf(measureText("messenger", "茶".repeat(2_000)))).toMatchObject({
    unit: "characters",
    length: 2_000,
    tooLong: false,
  });
  expect(counterOf(measureText("messenger", "a".repeat(2_001)))).toMatchObject({ tooLong: true });
});

test.each(["messenger", "instagram"] as const)("each part offered for %s fits, and nothing is lost", (platform) => {
  const text = "熱奶茶要去冰嗎？👩‍👩‍👧‍👦 Naïve façade. ".repeat(60);
  const parts = splitText(platform, text);
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect(counterOf(measureText(platform, part))?.tooLong ?? false).toBe(false);
  expect(parts.join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
});

test("the key for emoji leaves Ctrl+E of a Mac, and every other combination, alone", () => {
  const key = { key: "e", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  expect(isEmojiKey({ ...key, ctrlKey: true }, false)).toBe(true);
  expect(isEmojiKey({ ...key, metaKey: true }, true)).toBe(true);
  expect(isEmojiKey({ ...key, ctrlKey: true }, true)).toBe(false);
  expect(isEmojiKey(key, false)).toBe(false);
  expect(isEmojiKey({ ...key, ctrlKey: true, altKey: true }, false)).toBe(false);
  expect(isEmojiKey({ ...key, ctrlKey: true, key: "r" }, false)).toBe(false);
});
