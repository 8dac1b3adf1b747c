import type { Locale } from "../faults/index.ts";
import type { Bilingual, CheckText } from "./check-text.ts";
import type { Check } from "./facts.ts";
import { CHECK_TEXTS } from "./texts.ts";
import { APP_TEXTS } from "./texts-app.ts";
import { PAGE_TEXTS } from "./texts-page.ts";
import { RECEIVING_TEXTS } from "./texts-receiving.ts";
import { ROUTING_TEXTS } from "./texts-routing.ts";
import { SELF_TEST_TEXTS } from "./texts-self-test.ts";

const TEXTS = {
  ...CHECK_TEXTS,
  ...PAGE_TEXTS,
  ...RECEIVING_TEXTS,
  ...APP_TEXTS,
  ...ROUTING_TEXTS,
  ...SELF_TEST_TEXTS,
} as const;

export type CheckCode = keyof typeof TEXTS;

/** A line of the health list, its words taken from the table above; what a fault already says is passed in `words`. */
export function line(
  code: CheckCode,
  status: Check["status"],
  locale: Locale,
  caseName: string,
  values: Record<string, string> = {},
  words: { evidence?: string; fix?: string; owner?: Check["owner"] } = {},
): Check {
  const text: CheckText = TEXTS[code];
  const say = (b: Bilingual | undefined) => fill(b === undefined ? "" : locale === "zh-TW" ? b.zhTW : b.en, values);
  return {
    code,
    group: text.group,
    status,
    title: say(text.title),
    evidence: words.evidence ?? say(text.evidence[caseName]),
    fix: words.fix ?? say(text.fix[caseName]),
    owner: words.owner ?? text.owner,
  };
}

const fill = (template: string, values: Record<string, string>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** The same in every language and time zone, so that it can be copied into a report. */
export const timeText = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
