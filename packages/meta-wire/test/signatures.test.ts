import { describe, expect, it } from "vitest";
import { wireBytes } from "../fixtures/index.ts";
import { appSecretProof, signSha1, signSha256, verifySha256 } from "../src/index.ts";

const body = wireBytes({ text: "äöå https://a/b" });

describe("signatures", () => {
  it("signs the bytes as Meta writes them: ASCII, lower-case escapes, escaped slashes", () => {
    expect(Buffer.from(body).toString()).toBe('{"text":"\\u00e4\\u00f6\\u00e5 https:\\/\\/a\\/b"}');
    expect(verifySha256("secret", body, signSha256("secret", body))).toBe(true);
  });

  it("refuses another secret, other bytes, SHA-1 and every malformed header", () => {
    const header = signSha256("secret", body);
    expect(verifySha256("other", body, header)).toBe(false);
    expect(verifySha256("secret", wireBytes({}), header)).toBe(false);
    for (const bad of [
      undefined,
      "",
      "sha256=",
      `${header}0`,
      header.slice(0, -1),
      signSha1("secret", body),
      header.replace("sha256=", ""),
    ])
      expect(verifySha256("secret", body, bad)).toBe(false);
  });

  it("proves a token as in the published vector", () => {
    expect(appSecretProof("app_secret_example", "EAAB_example_token")).toBe(
      "e1382c887ec2ca9e3be0caa9e1119037c9a808c4466cada48c02113d80d02146",
    );
  });
});
