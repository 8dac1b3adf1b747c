import type { IncomingHttpHeaders } from "node:http";

/**
 * Headers kept with a delivery: what proves who sent it (signatures, agent, address before our proxy), in which version of
 * Meta's, and as what. Everything else is left out, above all whatever may carry a credential (authorization, cookie). The
 * length is that of the body.
 */
const KEPT = [
  "x-hub-signature-256",
  "x-hub-signature",
  "content-type",
  "user-agent",
  "facebook-api-version",
  "x-forwarded-for",
] as const;
/** Meta's own are far below; a longer value is cut. */
const LONGEST_VALUE = 300;

/** The kept headers of a request, one `name: value` a line. Node gives no line break within a value. */
export function headersToKeep(headers: IncomingHttpHeaders): string {
  let kept = "";
  for (const name of KEPT) {
    const value = headers[name];
    if (value !== undefined) kept += `${name}: ${String(value).slice(0, LONGEST_VALUE)}\n`;
  }
  return kept;
}

/** The opposite of {@link headersToKeep}. */
export function readHeaders(kept: string | null): { name: string; value: string }[] {
  return (kept ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const colon = line.indexOf(": ");
      return { name: line.slice(0, colon), value: line.slice(colon + 2) };
    });
}
