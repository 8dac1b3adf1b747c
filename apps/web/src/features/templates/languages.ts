/** Meta's codes for the languages a template can be in, as far as our customers' Pages use them; the list is Meta's. */
export const LANGUAGES = [
  "en",
  "en_US",
  "en_GB",
  "zh_TW",
  "zh_HK",
  "zh_CN",
  "ja",
  "ko",
  "th",
  "vi",
  "id",
  "ms",
  "fil",
  "hi",
  "de",
  "fr",
  "es",
  "es_MX",
  "it",
  "nl",
  "pl",
  "pt_BR",
  "pt_PT",
  "sv",
  "tr",
  "ar",
] as const;

/** A language by Meta's code in the reader's words; the code itself where the browser knows no name. */
export function languageName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(code.replace("_", "-")) ?? code;
  } catch {
    return code;
  }
}

/** A code as `lang` of an element, so that a screen reader pronounces the text. */
export const langOf = (code: string): string => code.replace("_", "-");
