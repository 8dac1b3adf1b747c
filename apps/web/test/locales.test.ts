import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../src/locales");
const names = readdirSync(join(root, "en")).filter((name) => name.endsWith(".json"));
type Texts = { [key: string]: string | Texts };
const read = (language: string, name: string): Texts => JSON.parse(readFileSync(join(root, language, name), "utf8"));

/** Keys without the plural ending, as languages have different plurals. */
function keys(texts: Texts, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") found.set((path + key).replace(/_(zero|one|two|few|many|other)$/, ""), value);
    else for (const [inner, text] of keys(value, `${path}${key}.`)) found.set(inner, text);
  }
  return found;
}
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}|<(\w+)>/g)].map((hole) => hole[0]).sort();

test("both languages have the same files", () => {
  expect(readdirSync(join(root, "zh-TW")).sort()).toEqual(readdirSync(join(root, "en")).sort());
});

test.each(names)("%s says everything in both languages, with the same names to fill in", (name) => {
  const english = keys(read("en", name));
  const chinese = keys(read("zh-TW", name));
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [key, text] of english) expect(holes(chinese.get(key) ?? ""), key).toEqual(holes(text));
});

test.each(names)("%s has no text left empty in English only", (name) => {
  const english = keys(read("en", name));
  for (const [key, text] of keys(read("zh-TW", name))) if (english.get(key)) expect(text, key).not.toBe("");
});
