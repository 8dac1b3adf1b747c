import type { Check } from "./facts.ts";

export interface Bilingual {
  en: string;
  zhTW: string;
}

export interface CheckText {
  group: Check["group"];
  owner: Check["owner"];
  title: Bilingual;
  /** What was found, by case; `{name}` is filled in. */
  evidence: Record<string, Bilingual>;
  /** What to do, by the same case; a case without an entry needs nothing. */
  fix: Record<string, Bilingual>;
}

export const UNKNOWN: Bilingual = { en: "Could not be read just now.", zhTW: "目前無法讀取。" };
