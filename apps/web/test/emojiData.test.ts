import english from "emojibase-data/en/data.json" with { type: "json" };
import englishTexts from "emojibase-data/en/messages.json" with { type: "json" };
import chinese from "emojibase-data/zh-hant/data.json" with { type: "json" };
import chineseTexts from "emojibase-data/zh-hant/messages.json" with { type: "json" };
import { expect, test } from "vitest";
import { arrange, type Entry, type Messages } from "../src/ui/emoji/emojiData.ts";

const all = () => true;
const en = (draws: (emoji: string) => boolean) => arrange("en", english as Entry[], englishTexts as Messages, draws);

test("every emoji stands in a category that has a name, parts of emoji in none", () => {
  const data = en(all);
  const names = new Map(data.categories.map(({ index, label }) => [index, label]));
  expect(data.emojis.length).toBeGreaterThan(1_800);
  for (const emoji of data.emojis) expect(names.get(emoji.category), emoji.emoji).toBeTruthy();
  expect(data.emojis.some(({ emoji }) => emoji === "🇦")).toBe(false);
  expect(names.get(0)).toBe("Smileys & emotion");
});

test("the same emoji are offered in Traditional Chinese, under Chinese names", () => {
  const data = arrange("zh-hant", chinese as Entry[], chineseTexts as Messages, all);
  expect(data.emojis.map(({ emoji }) => emoji).sort()).toEqual(
    en(all)
      .emojis.map(({ emoji }) => emoji)
      .sort(),
  );
  expect(data.emojis.find(({ emoji }) => emoji === "🍵")?.label).toMatch(/\p{Script=Han}/u);
});

test("a skin tone changes a hand, and nothing that has none", () => {
  const { emojis } = en(all);
  const of = (wanted: string) => emojis.find(({ emoji }) => emoji === wanted);
  expect(of("👍️")?.skins ?? of("👍")?.skins).toMatchObject({ light: "👍🏻", dark: "👍🏿" });
  expect(of("🍵")?.skins).toBeUndefined();
});

test("what this computer would show as a box is left out: newer versions, and flags where it has none", () => {
  const newest = Math.max(...en(all).emojis.map(({ version }) => version));
  const sample = (english as Entry[]).find(({ version, group }) => version === newest && group !== undefined)?.emoji;
  const older = en((emoji) => emoji !== sample);
  expect(Math.max(...older.emojis.map(({ version }) => version))).toBeLessThan(newest);
  const flagless = en((emoji) => emoji !== "🇪🇺");
  expect(flagless.emojis.some(({ emoji }) => emoji === "🇹🇼")).toBe(false);
  expect(flagless.emojis.some(({ emoji }) => emoji === "🏁")).toBe(true);
  expect(en(() => false).emojis.length).toBeGreaterThan(1_000);
});
