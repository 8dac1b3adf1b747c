import type { Activity, Message } from "@firstline/contracts";
import { daysBetween } from "../../lib/time.ts";

/** Bubbles of one author within this time stand together under one name. */
const TOGETHER = 5 * 60_000;
/** Messages found later that were written within this time of each other are one range. */
const RANGE = 30 * 60_000;

export type ThreadItem =
  | { type: "day"; key: string; at: string }
  | { type: "group"; key: string; direction: Message["direction"]; messages: Message[] }
  | { type: "recovered"; key: string; count: number; from: string; found: string }
  | { type: "activity"; key: string; activity: Activity };

const authorOf = (message: Message): string => {
  const { kind, appId, name, memberId } = message.source;
  return message.direction === "inbound" ? "in" : `${kind}|${memberId ?? appId ?? name ?? ""}`;
};

type Entry = { at: string; message: Message } | { at: string; activity: Activity };

/**
 * What a thread shows, top to bottom: messages and activities by time, a line where a day begins, one line before each
 * run of recovered messages, and bubbles of one author together.
 */
export function threadItems(messages: readonly Message[], activities: readonly Activity[]): ThreadItem[] {
  const entries: Entry[] = [
    ...messages.map((message) => ({ at: message.sentAt, message })),
    ...activities.map((activity) => ({ at: activity.at, activity })),
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
      items.push({ type: "activity", key: entry.activity.id, activity: entry.activity });
      continue;
    }
    const { message } = entry;
    if (message.recovered) {
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
