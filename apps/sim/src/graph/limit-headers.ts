import type { Platform } from "../store/types.ts";

export interface ReachedLimit {
  code: number;
  pageId: string;
  platform: Platform;
  /** Minutes until calls are taken again. */
  regainMinutes: number | undefined;
  /** Seconds for `Retry-After`, which Meta does not document: only when asked for. */
  retryAfter: number | undefined;
}

/** Usage objects are told by percent, and pass 100 when a limit is reached. */
const OVER = 104;

/** One object of `X-Business-Use-Case-Usage`; the time is in minutes (Graph API, Rate limiting; meta-sending §5). */
export function businessUsage(pageId: string, type: string, percent: number, regainMinutes = 0): string {
  const figures = { call_count: percent, total_cputime: Math.round(percent / 4), total_time: Math.round(percent / 4) };
  return JSON.stringify({ [pageId]: [{ type, ...figures, estimated_time_to_regain_access: regainMinutes }] });
}

/** The headers Meta sends with a limit's error: of the app (4, 17, 341), of Page calls (32), of a use case (613, 8000x). */
export function limitHeaders(limit: ReachedLimit): Record<string, string> {
  const { code, pageId, platform, regainMinutes, retryAfter } = limit;
  const plain = JSON.stringify({ call_count: OVER, total_cputime: 26, total_time: 26 });
  const type = code === 80001 ? "pages" : code === 80002 || platform === "instagram" ? "instagram" : "messenger";
  return {
    ...([4, 17, 341].includes(code) && { "x-app-usage": plain }),
    ...(code === 32 && { "x-page-usage": plain }),
    ...([613, 80001, 80002, 80006].includes(code) && {
      "x-business-use-case-usage": businessUsage(pageId, type, OVER, regainMinutes ?? 0),
    }),
    ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
  };
}
