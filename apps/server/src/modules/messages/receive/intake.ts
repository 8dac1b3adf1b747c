import type { InboundEvent, Platform } from "../../../adapters/channel.ts";
import type { Route } from "./folded.ts";

/** Meta repeats within seconds; what comes later than this after its own time was late. */
const LATE_AFTER_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;

const COLUMNS = ["received", "duplicate", "late", "incomplete", "unreadable"] as const;
type Column = (typeof COLUMNS)[number];

/** Under which counter an event stands: channel, hour of arrival (UTC) and kind. */
export interface Counted extends Route {
  platform: Platform | null;
  hour: number;
  field: string;
}

export const isLate = (at: number, receivedAt: number) => receivedAt - at > LATE_AFTER_MS;

export type IntakeRow = Counted & Record<Column, number>;

/** Counts what one batch brought (R5): few rows, whatever the size of the batch. */
export interface Intake {
  rows: Map<string, IntakeRow>;
  add(counted: Counted | null, column: Column): void;
}

export function createIntake(): Intake {
  const rows: Intake["rows"] = new Map();
  return {
    rows,
    add(counted, column) {
      if (counted === null) return;
      const key = `${counted.channelId}|${counted.hour}|${counted.field}`;
      let row = rows.get(key);
      if (!row) {
        row = { ...counted, received: 0, duplicate: 0, late: 0, incomplete: 0, unreadable: 0 };
        rows.set(key, row);
      }
      row[column]++;
    },
  };
}

/** Counts an event as it comes in. Gives where it is counted; whether it was told before is only known later. */
export function countEvent(intake: Intake, route: Route, event: InboundEvent, receivedAt: number): Counted {
  const counted: Counted = {
    workspaceId: route.workspaceId,
    channelId: route.channelId,
    platform: event.platform,
    hour: Math.floor(receivedAt / HOUR_MS) * HOUR_MS,
    field: fieldOf(event),
  };
  intake.add(counted, "received");
  if (event.at !== null && isLate(event.at, receivedAt)) intake.add(counted, "late");
  if (event.type === "message" && event.incomplete) intake.add(counted, "incomplete");
  if (event.type === "other" && !event.understood) intake.add(counted, "unreadable");
  return counted;
}

function fieldOf(event: InboundEvent): string {
  if (event.standby) return "standby";
  if (event.type !== "message") return event.type;
  if (event.direction === "outbound") return "echo";
  return event.kind === "postback" ? "postback" : "message";
}
