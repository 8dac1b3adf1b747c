/**
 * JSON the way Meta writes it: ASCII only, `\uXXXX` with lower-case hex (surrogate pairs for emoji) and `\/` for slashes.
 * The signature covers exactly these bytes. Source: Messenger Platform, Webhooks, "Validating payloads" (2026).
 */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll("/", "\\/");
}
