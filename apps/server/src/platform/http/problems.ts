import type { Problem } from "@firstline/contracts";
import { type FaultCode, faultOf, faultText } from "@firstline/core";

export type Locale = "en" | "zh-TW";

/** A refusal with a code of the catalogue. The text a person reads comes from there, never from the place that throws. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: FaultCode;
  readonly detail: string | null;
  readonly extra: Record<string, unknown>;
  constructor(status: number, code: FaultCode, detail: string | null = null, extra: Record<string, unknown> = {}) {
    super(detail ?? code);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.extra = extra;
  }
}

/** One answer for "not yours" and "does not exist": an id of another workspace opens nothing, not even its existence. */
export const notFound = (what: string) => new ApiError(404, "not_found", `There is no such ${what}.`);

export function toProblem(error: ApiError, locale: Locale): Problem {
  const text = faultText(error.code, locale);
  return {
    type: `/docs/errors/${error.code}`,
    title: text.title,
    status: error.status,
    code: error.code,
    detail: error.detail ?? text.explain,
    fix: text.fix,
    owner: faultOf(error.code).owner,
    ...error.extra,
  };
}

/** The reader's language from `Accept-Language`: Traditional Chinese for any Chinese, else English. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const first = (acceptLanguage ?? "").split(",")[0]!.trim().toLowerCase();
  return first.startsWith("zh") ? "zh-TW" : "en";
}
