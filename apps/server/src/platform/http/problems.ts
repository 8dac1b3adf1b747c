import type { Problem } from "@firstline/contracts";
import { type FaultCode, faultOf, faultText } from "@firstline/core";

export type Locale = "en" | "zh-TW";

/** A sentence in every language of the screens. */
export type Words = Readonly<Record<Locale, string>>;

/** A refusal with a code of the catalogue. The text a person reads comes from there, never from the place that throws. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: FaultCode;
  /** In English, as it is logged. */
  readonly detail: string | null;
  /** The same for the reader, where it is known in other languages too. */
  readonly words: Words | null;
  readonly extra: Record<string, unknown>;
  constructor(
    status: number,
    code: FaultCode,
    detail: string | Words | null = null,
    extra: Record<string, unknown> = {},
  ) {
    const english = typeof detail === "string" ? detail : (detail?.en ?? null);
    super(english ?? code);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.detail = english;
    this.words = typeof detail === "string" ? null : detail;
    this.extra = extra;
  }
}

/** One answer for "not yours" and "does not exist": an id of another workspace opens nothing, not even its existence. */
export const notFound = (what: string) =>
  new ApiError(404, "not_found", {
    en: `There is no such ${what}.`,
    "zh-TW": faultText("not_found", "zh-TW").explain,
  });

export function toProblem(error: ApiError, locale: Locale): Problem {
  const text = faultText(error.code, locale);
  return {
    type: `/docs/errors/${error.code}`,
    title: text.title,
    status: error.status,
    code: error.code,
    detail: detailIn(error, text.explain, locale),
    fix: text.fix,
    owner: faultOf(error.code).owner,
    ...error.extra,
  };
}

/** What was said in English only stands behind the catalogue's words, so that nobody reads English alone. */
function detailIn({ words, detail }: ApiError, explain: string, locale: Locale): string {
  if (words) return words[locale];
  if (detail === null || locale === "en") return detail ?? explain;
  return `${explain}（${detail.replace(/\.$/, "")}）`;
}

/** The reader's language from `Accept-Language`: Traditional Chinese for any Chinese, else English. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const first = (acceptLanguage ?? "").split(",")[0]!.trim().toLowerCase();
  return first.startsWith("zh") ? "zh-TW" : "en";
}
