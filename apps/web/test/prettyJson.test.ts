import { expect, test } from "vitest";
import { prettyJson } from "../src/features/deliveries/prettyJson.ts";

const written = (text: string) =>
  prettyJson(text)
    ?.map((token) => token.text)
    .join("");

test("a body set out for reading still holds the same data", () => {
  const body = '{"object":"page","entry":[{"id":"1","n":-1.5,"ok":true,"none":null,"e":[],"o":{}}]}';
  expect(written(body)).toBe(JSON.stringify(JSON.parse(body), null, 2));
});

test("a number keeps every digit, also beyond what JavaScript can hold", () => {
  expect(written('{"id":12345678901234567890}')).toBe('{\n  "id": 12345678901234567890\n}');
});

test("escaped characters are shown as themselves, control characters stay escaped", () => {
  expect(written('{"text":"\\u4f60\\u597d \\ud83d\\ude42\\u0000\\"{,}"}')).toBe(
    '{\n  "text": "你好 🙂\\u0000\\"{,}"\n}',
  );
});

test("what is not JSON is left alone", () => {
  expect(prettyJson("not json")).toBeNull();
  expect(prettyJson('{"a":')).toBeNull();
});

test("keys and values are told apart", () => {
  const tokens = prettyJson('{"a":"a"}')?.filter((token) => token.kind !== "mark");
  expect(tokens?.map((token) => token.kind)).toEqual(["key", "string"]);
});
