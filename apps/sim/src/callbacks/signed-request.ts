import { createHmac } from "node:crypto";

/** How a `signed_request` is written; what is missing is as Meta writes it. */
export interface SignedRequestStyle {
  /** `decoded`: signed over the JSON instead of its encoded form, as some receivers wrongly expect. */
  over?: "encoded" | "decoded";
  /** base64url with `=` at the end. */
  padded?: boolean;
}

/**
 * `base64url(signature) + "." + base64url(JSON)`. The signature is HMAC-SHA256 over the ENCODED payload, keyed with the app
 * secret (Data Deletion Request Callback; checked against a published vector, meta-sending §6.5).
 */
export function signRequest(secret: string, payload: object, style: SignedRequestStyle = {}): string {
  const json = JSON.stringify(payload);
  const encode = (bytes: Buffer) => {
    const text = bytes.toString("base64url");
    return style.padded ? text.padEnd(Math.ceil(text.length / 4) * 4, "=") : text;
  };
  const encoded = encode(Buffer.from(json));
  const signature = createHmac("sha256", secret)
    .update(style.over === "decoded" ? json : encoded)
    .digest();
  return `${encode(signature)}.${encoded}`;
}
