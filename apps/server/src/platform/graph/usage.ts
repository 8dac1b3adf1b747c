import { isRecord } from "@firstline/meta-wire";

/** How much of Meta's limits is used up. */
export interface GraphUsage {
  /** The highest figure told, percent: at 100 calls are refused. */
  percent: number;
  /** Minutes until Meta answers again; 0 while it does. */
  minutesToRegain: number;
}

/**
 * `X-App-Usage`, `X-Page-Usage` and `X-Business-Use-Case-Usage` (Graph API, "Rate limiting", read 2026-11): the figures of the app,
 * of the Page, and those of each business object by id as a list per kind of call. Null where none is told.
 */
export function readUsage(headers: { get(name: string): string | null }): GraphUsage | null {
  const figures: Record<string, unknown>[] = [];
  collect(parse(headers.get("x-app-usage")), figures);
  collect(parse(headers.get("x-page-usage")), figures);
  collect(parse(headers.get("x-business-use-case-usage")), figures);
  if (figures.length === 0) return null;
  const highest = (...names: string[]) =>
    Math.max(0, ...figures.flatMap((f) => names.map((n) => Number(f[n] ?? 0)).filter(Number.isFinite)));
  return {
    percent: highest("call_count", "total_cputime", "total_time"),
    minutesToRegain: highest("estimated_time_to_regain_access"),
  };
}

function collect(value: unknown, into: Record<string, unknown>[]): void {
  if (Array.isArray(value)) for (const one of value) collect(one, into);
  else if (isRecord(value)) {
    if ("call_count" in value || "total_time" in value) into.push(value);
    else for (const one of Object.values(value)) collect(one, into);
  }
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
