import { type FaultCode, faultText, type Locale } from "../faults/index.ts";
import { EVIDENCE_TEXTS, type EvidenceCase, KIND_NAMES, NOTICE_NAMES } from "./evidence-texts.ts";
import type { TracedComparison, TracedDelivery, TracedMessage, TraceEvidence, TraceFacts } from "./facts.ts";
import { say, timeText, type Values } from "./words.ts";

/** Meta repeats within seconds; later than this after its own time, a message was late. */
const LATE_MS = 5 * 60_000;
const LONGEST_QUOTE = 120;

/** The timeline of a trace, oldest first: everything that is known of that time, each with where it can be looked at. */
export function timeline(f: TraceFacts, locale: Locale): TraceEvidence[] {
  const line = (
    at: number,
    kind: TraceEvidence["kind"],
    name: EvidenceCase,
    values: Values,
    ids: Partial<Pick<TraceEvidence, "messageId" | "conversationId" | "deliveryId">> = {},
  ): TraceEvidence => {
    const text = EVIDENCE_TEXTS[name];
    return {
      at,
      kind,
      title: say(text.title, locale, values),
      detail: text.detail ? say(text.detail, locale, values) : null,
      messageId: null,
      conversationId: null,
      deliveryId: null,
      ...ids,
    };
  };
  const ofMessage = (m: TracedMessage) => {
    const [kind, name] = messageCase(m);
    const values = { arrived: timeText(m.arrivedAt), quote: quote(m, locale), kind: m.kind };
    return line(m.sentAt, kind, name, values, {
      messageId: m.id,
      conversationId: m.conversationId,
      deliveryId: m.deliveryId,
    });
  };
  const ofDelivery = (d: TracedDelivery) => {
    const values = { id: d.id, events: d.events, unreadable: d.unreadable, error: d.error ?? "–" };
    if (d.state === "failed")
      return line(d.receivedAt, "delivery_failed", "delivery_failed", values, { deliveryId: d.id });
    const name = d.state === "pending" ? "delivery_waits" : d.unreadable > 0 ? "delivery_unread" : "delivery";
    return line(d.receivedAt, d.unreadable > 0 ? "delivery_failed" : "delivery", name, values, { deliveryId: d.id });
  };
  const told = new Set(f.messages.map((m) => m.deliveryId));
  return [
    ...f.messages.map(ofMessage),
    ...f.deliveries.filter((d) => d.state !== "done" || d.unreadable > 0 || !told.has(d.id)).map(ofDelivery),
    // What came in standby stands in the timeline as itself.
    ...f.control
      .filter((c) => c.kind !== "standby" && c.kind !== "echo")
      .map((c) =>
        c.ours
          ? line(c.at, "returned", "returned", {})
          : line(c.at, "held", c.name === null ? "held_unknown" : "held", { name: c.name ?? "" }),
      ),
    ...f.lines.map((l) => {
      const known = NOTICE_NAMES[l.kind];
      const values = { what: known ? say(known, locale) : l.kind, text: l.text ?? "" };
      return line(l.at, "notice", l.text ? "notice_text" : "notice", values);
    }),
    ...(f.comparison ? [ofComparison(f.comparison)] : []),
  ].sort((a, b) => a.at - b.at);

  function ofComparison(c: TracedComparison): TraceEvidence {
    const values = { examined: c.examined, recovered: c.recovered, reason: reasonOf(c.fault) };
    if (c.state !== "done") return line(c.at, "comparison", `comparison_${c.state}`, values);
    return line(c.at, "comparison", c.found ? "comparison" : "comparison_empty", values);
  }
  function reasonOf(fault: FaultCode | null): string {
    return fault === null ? "–" : faultText(fault, locale).title;
  }
}

function messageCase(m: TracedMessage): [TraceEvidence["kind"], EvidenceCase] {
  if (m.recovered) return ["recovered", m.direction === "inbound" ? "recovered" : "recovered_answer"];
  if (m.direction === "outbound") return [m.standby ? "standby" : "message", "answer"];
  if (m.standby) return ["standby", "standby"];
  if (m.deleted) return ["message", "deleted"];
  if (m.kind === "unsupported" || m.incomplete) return ["message", "placeholder"];
  return ["message", m.arrivedAt - m.sentAt > LATE_MS ? "late" : "message"];
}

function quote(m: TracedMessage, locale: Locale): string {
  if (m.text === null || m.deleted) {
    const known = KIND_NAMES[m.kind];
    return `[${known ? say(known, locale) : m.kind}]`;
  }
  const text = [...m.text.replace(/\s+/g, " ").trim()];
  return `“${text.slice(0, LONGEST_QUOTE).join("")}${text.length > LONGEST_QUOTE ? "…" : ""}”`;
}
