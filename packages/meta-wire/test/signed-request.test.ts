import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { readSignedRequest } from "../src/index.ts";

/** The vector Meta's own documentation used for years: this secret made this value. */
const SECRET = "client_secret_shhhhhh!";
const VALUE =
  "w5ZbbWP9yOwBA1uJZbc7-9gZok0O42U4i0yyvxXE_jY.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImV4cGlyZXMiOjEyOTE4NDA0MDAsImlzc3VlZF9hdCI6MTI5MTgzNjgwMCwidXNlcl9pZCI6IjIxODQ3MSJ9";

const encode = (payload: unknown) => Buffer.from(JSON.stringify(payload)).toString("base64url");
const signEncoded = (payload: string, secret = SECRET) =>
  `${createHmac("sha256", secret).update(payload).digest("base64url")}.${payload}`;
const sign = (payload: unknown, secret = SECRET) => signEncoded(encode(payload), secret);
const good = { algorithm: "HMAC-SHA256", issued_at: 1291836800, user_id: "218471" };

test("O5 the published vector is read", () => {
  expect(readSignedRequest(SECRET, VALUE)).toMatchObject({
    ok: true,
    request: { userId: "218471", issuedAt: 1291836800 },
  });
});

const padded = (text: string) => text.padEnd(Math.ceil(text.length / 4) * 4, "=");

test.each([
  ["a number as user id", sign({ ...good, user_id: 218471 })],
  ["no time", sign({ ...good, issued_at: undefined })],
  ["a padded payload, signed as it stands", signEncoded(padded(encode({ ...good, more: "x" })))],
])("O5 read: %s", (_, value) => {
  expect(readSignedRequest(SECRET, value)).toMatchObject({ ok: true, request: { userId: "218471" } });
});

test("O5 padding of the signature alone changes nothing", () => {
  expect(readSignedRequest(SECRET, sign(good).replace(".", "=."))).toMatchObject({ ok: true });
});

test.each([
  ["another app's secret", sign(good, "other"), "signature"],
  ["a changed payload", `${sign(good).split(".")[0]}.${encode({ ...good, user_id: "1" })}`, "signature"],
  ["another algorithm, well signed", sign({ ...good, algorithm: "none" }), "algorithm"],
  ["no algorithm", sign({ user_id: "1" }), "malformed"],
  ["no user", sign({ algorithm: "HMAC-SHA256" }), "malformed"],
  ["no dot", "abc", "malformed"],
  ["three parts", `${sign(good)}.x`, "malformed"],
  ["no JSON", "abc.!!!!", "malformed"],
  ["nothing", "", "malformed"],
  ["an empty signature", `.${encode(good)}`, "malformed"],
  ["a short signature", `AAAA.${encode(good)}`, "signature"],
])("O5 refused: %s", (_, value, reason) => {
  expect(readSignedRequest(SECRET, value)).toEqual({ ok: false, reason });
});
