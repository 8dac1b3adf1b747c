import type { Locale } from "../../platform/http/problems.ts";

/** "2 h 5 min", "3 days": the two largest parts, at least a minute. */
export function duration(ms: number, locale: Locale): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const parts = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const first = parts.findIndex((n) => n > 0);
  return parts
    .slice(first, first + 2)
    .flatMap((n, k) => (n > 0 ? [unit(n, first + k, locale)] : []))
    .join(" ");
}

function unit(n: number, which: number, locale: Locale): string {
  if (locale === "zh-TW") return `${n} ${["天", "小時", "分鐘"][which]}`;
  return which === 0 ? `${n} ${n === 1 ? "day" : "days"}` : `${n} ${["", "h", "min"][which]}`;
}
