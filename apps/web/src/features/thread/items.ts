import type { Activity, Message } from "@firstline/contracts";
import { daysBetween } from "../../lib/time.ts";

/** Bubbles of one author within this time stand together under one name. */
const TOGETHER = 5 * 60_000;
/** Messages found later that were written within this time of each other are one range. */
const RANGE = 30 * 60_000;

export type ThreadItem =
  | { type: "day"; key: string; at: string }
  | { type: "group"; key: string; direction: Message["direction"]; messages: Message[] }
  | { type: "notice"; key: string; message: Message }
  | { type: "recovered"; key: string; count: number; from: string; found: string }
  | { type: "activity"; key: string; activity: Activity };

/** Whose bubble it is; what was only overheard while another app held the thread stands apart and says so. */
const authorOf = (message: Message): string => {
  const { kind, appId, name, memberId } = message.source;
  const author = message.direction === "inbound" ? "in" : `${kind}|${memberId ?? appId ?? name ?? ""}`;
  return message.standby ? `${author}|standby` : author;
};

/** A line Meta writes in the Page's name about the thread itself. */
const isNotice = (message: Message): boolean =>
  message.source.kind === "meta_notice" && message.attachments.length === 0 && message.deletedAt === null;

type Entry = { at: string; activity: Activity } | { at: string; message: Message };

/**
 * What a thread shows, top to bottom: messages and activities by time, a line where a day begins, one line before each
 * run of recovered messages, and bubbles of one author together.
 */
export function threadItems(messages: readonly Message[], activities: readonly Activity[]): ThreadItem[] {
  const ranges = activities.flatMap(rangeOf);
  const entries: Entry[] = [
    ...activities.map((activity) => ({ at: rangeOf(activity)[0]?.from ?? activity.at, activity })),
    ...messages.map((message) => ({ at: message.sentAt, message })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

  const items: ThreadItem[] = [];
  let day: string | null = null;
  let recovered: Extract<ThreadItem, { type: "recovered" }> | null = null;
  let recoveredAt = 0;
  for (const entry of entries) {
    const at = Date.parse(entry.at);
    if (day === null || daysBetween(Date.parse(day), at) !== 0) {
      items.push({ type: "day", key: `day ${entry.at}`, at: entry.at });
      day = entry.at;
    }
    if ("activity" in entry) {
      items.push(activityItem(entry.activity));
      continue;
    }
    const { message } = entry;
    const told = ranges.some(({ from, to }) => from <= message.sentAt && message.sentAt <= to);
    if (message.recovered && !told) {
      if (recovered && at - recoveredAt <= RANGE) recovered.count += 1;
      else {
        recovered = {
          type: "recovered",
          key: `recovered ${message.id}`,
          count: 1,
          from: message.sentAt,
          found: message.arrivedAt,
        };
        items.push(recovered);
      }
      recoveredAt = at;
    } else recovered = null;
    if (isNotice(message)) {
      items.push({ type: "notice", key: message.id, message });
      continue;
    }
    const last = items.at(-1);
    const previous = last?.type === "group" ? last.messages.at(-1) : undefined;
    if (
      last?.type === "group" &&
      previous &&
      authorOf(previous) === authorOf(message) &&
      at - Date.parse(previous.sentAt) <= TOGETHER
    ) {
      last.messages.push(message);
    } else {
      items.push({
        type: "group",
        key: message.clientId ?? message.id,
        direction: message.direction,
        messages: [message],
      });
    }
  }
  return items;
}

/** The times between which a line says messages were recovered. It stands before the first of them, not where it was written. */
function rangeOf({ kind, data }: Activity): { from: string; to: string }[] {
  const { from, to } = data;
  return kind === "recovered" && typeof from === "string" && typeof to === "string" ? [{ from, to }] : [];
}

function activityItem(activity: Activity): ThreadItem {
  const range = rangeOf(activity)[0];
  const { count } = activity.data;
  if (!range || typeof count !== "number") return { type: "activity", key: activity.id, activity };
  return { type: "recovered", key: activity.id, count, from: range.from, found: activity.at };
}
