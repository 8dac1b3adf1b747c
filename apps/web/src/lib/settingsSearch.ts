import type { Delivery } from "@firstline/contracts";

type DeliveryState = Delivery["state"];

const text = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" ? String(value).slice(0, 1000) || undefined : undefined;
const present = <T extends object>(search: T): T =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;

/** What Meta's dialog came back with: a grant to choose Pages from, or why there is none. */
export interface ChannelsSearch {
  grant?: string;
  error?: string;
  detail?: string;
}

export function validateChannelsSearch(raw: Record<string, unknown>): ChannelsSearch {
  return present({ grant: text(raw.grant), error: text(raw.error), detail: text(raw.detail) });
}

export const spans = ["hour", "day", "week", "custom"] as const;
export type Span = (typeof spans)[number];

/** Which deliveries are listed, and the one that is open. `from` and `to` are ISO times and count with the span “custom”. */
export interface DeliveriesSearch {
  state?: DeliveryState;
  span?: Span;
  from?: string;
  to?: string;
  open?: string;
}

const time = (value: unknown): string | undefined =>
  typeof value === "string" && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : undefined;

/** Reads the address; anything unknown is left out, so that an old link still opens. */
export function validateDeliveriesSearch(raw: Record<string, unknown>): DeliveriesSearch {
  const open = text(raw.open);
  return present({
    state: (["pending", "done", "failed"] as const).find((each) => each === raw.state),
    span: spans.find((each) => each === raw.span),
    from: time(raw.from),
    to: time(raw.to),
    open: open && /^\d{1,18}$/.test(open) ? open : undefined,
  });
}
