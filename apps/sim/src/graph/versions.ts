import { GraphError } from "./error.ts";

/** Versions alive on 2026-11-22: v21.0 to v26.0. Source: Graph API changelog, "Versions" (2026-07-29). */
const OLDEST = 21;
const LATEST = 26;

/**
 * The version a call is served with and the path behind it. A call without a version gets the app's default (here the
 * latest); an expired version is served by the oldest one alive, not refused (Graph API, "Platform versioning").
 */
export function splitVersion(path: string): { version: string; segments: string[] } {
  const segments = path
    .split("/")
    .filter(Boolean)
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
  const first = segments[0] ?? "";
  const match = /^v(\d+)\.(\d+)$/.exec(first);
  if (match) {
    const major = Number(match[1]);
    if (major < 1 || major > LATEST || (Number(match[2]) !== 0 && major > 2)) throw unknownVersion(first);
    return { version: `v${Math.max(OLDEST, major)}.0`, segments: segments.slice(1) };
  }
  if (/^v\d/.test(first)) throw unknownVersion(first);
  return { version: `v${LATEST}.0`, segments };
}

function unknownVersion(text: string): GraphError {
  return new GraphError({ code: 2500, message: `Unknown path components: /${text}` });
}
