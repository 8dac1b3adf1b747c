import type { Message } from "@firstline/contracts";
import { dateTime, timeSpan } from "../../lib/time.ts";

export interface CardLine {
  key: string;
  /** Meta's or the business's own words; null: the value stands alone. */
  label: string | null;
  /** A label of Meta's with words of ours, in place of its own. */
  known: "csat" | "nps" | "ces" | "timezone" | null;
  value: string;
}

export interface Card {
  title: "lead" | "leadIncomplete" | "order" | "form" | "feedback" | "appointment" | "other";
  /** Of an appointment: requested, confirmed, declined or cancelled; anything else as Meta says it. */
  status: string | null;
  /** An appointment's time for the reader, as one text. */
  when: string | null;
  lines: CardLine[];
}

const KNOWN = { csat: "csat", nps: "nps", ces: "ces", timezone: "timezone" } as const;
const TITLES = {
  lead: "lead",
  order: "order",
  form: "form",
  feedback: "feedback",
  appointment: "appointment",
} as const;

/** The details of a message, set out to be read. An appointment's times become one, in the reader's language and time zone. */
export function cardOf(message: Pick<Message, "kind" | "payload" | "details">, locale: string): Card {
  const { kind, payload, details } = message;
  const title =
    kind === "lead" && payload === "LEAD_INCOMPLETE" ? "leadIncomplete" : TITLES[kind as keyof typeof TITLES];
  const value = (label: string) =>
    kind === "appointment" ? details.find((one) => one.label === label)?.value : undefined;
  const [status, start, end] = [value("status"), value("start"), value("end")];
  const own = new Set(kind === "appointment" ? ["status", ...(start ? ["start", "end"] : [])] : []);
  return {
    title: title ?? "other",
    status: status ?? null,
    when: start ? timeSpan(start, end ?? null, locale) : null,
    lines: details
      .filter(({ label }) => label === null || !own.has(label))
      .map(({ label, value: text, kind: type }, index) => ({
        key: `${index} ${label ?? ""}`,
        label,
        known: label !== null && Object.hasOwn(KNOWN, label) ? KNOWN[label as keyof typeof KNOWN] : null,
        value: type === "time" ? dateTime(text, locale) : text,
      })),
  };
}
