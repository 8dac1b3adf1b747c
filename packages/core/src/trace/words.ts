import type { Locale } from "../faults/index.ts";

export interface Bilingual {
  en: string;
  zhTW: string;
}

export type Values = Readonly<Record<string, string | number>>;

/** A text in the reader's language, its `{name}` filled in. */
export function say(text: Bilingual, locale: Locale, values: Values = {}): string {
  const template = locale === "zh-TW" ? text.zhTW : text.en;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The same in every language and time zone, so that it can be copied into a report. */
export const timeText = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
