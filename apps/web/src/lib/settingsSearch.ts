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

/** The login whose outcome a channel's page tells first. */
export interface ChannelSearch {
  reauthorization?: string;
}

export const validateChannelSearch = (raw: Record<string, unknown>): ChannelSearch =>
  present({ reauthorization: text(raw.reauthorization) });

export const spans = ["hour", "day", "week", "custom"] as const;
export type Span = (typeof spans)[number];

/** Which deliveries are listed, and the one that is open. `from` and `to` are ISO times and count with the span “custom”. */
export interface DeliveriesSearch {
  state?: DeliveryState;
  channel?: string;
  /** Meta's id of a customer. */
  contact?: string;
  span?: Span;
  from?: string;
  to?: string;
  open?: string;
}

const time = (value: unknown): string | undefined =>
  typeof value === "string" && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : undefined;
const uuid = (value: unknown): string | undefined =>
  typeof value === "string" && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value) ? value : undefined;
/** A long id that was read as a number is no longer the id; addresses keep them as text. */
const externalId = (value: unknown): string | undefined =>
  typeof value === "number" && !Number.isSafeInteger(value)
    ? undefined
    : text(value)?.trim().slice(0, 512) || undefined;

/** Reads the address; anything unknown is left out, so that an old link still opens. */
export function validateDeliveriesSearch(raw: Record<string, unknown>): DeliveriesSearch {
  const open = text(raw.open);
  return present({
    state: (["pending", "done", "failed"] as const).find((each) => each === raw.state),
    channel: uuid(raw.channel),
    contact: externalId(raw.contact),
    span: spans.find((each) => each === raw.span),
    from: time(raw.from),
    to: time(raw.to),
    open: open && /^\d{1,18}$/.test(open) ? open : undefined,
  });
}

/** Minutes before and after the time a customer names. */
export const arounds = [15, 60, 360, 1440] as const;
export type Around = (typeof arounds)[number];

/** Whose message is traced, and when it is said to have been written. `at` is an ISO time. */
export interface TraceSearch {
  channelId?: string;
  contactExternalId?: string;
  at?: string;
  around?: Around;
}

export function validateTraceSearch(raw: Record<string, unknown>): TraceSearch {
  return present({
    channelId: uuid(raw.channelId),
    contactExternalId: externalId(raw.contactExternalId),
    at: time(raw.at),
    around: arounds.find((each) => each === Number(raw.around)),
  });
}

/** Where a message is traced, filled in as far as it is known: spread into a link or into `navigate`. */
export const traceLink = (search: TraceSearch = {}) => ({ to: "/trace", search: present(search) }) as const;

/** Which channel's comments are listed. */
export interface CommentsSearch {
  channel?: string;
}

export const validateCommentsSearch = (raw: Record<string, unknown>): CommentsSearch =>
  present({ channel: uuid(raw.channel) });

/** Which Page's templates are shown. */
export interface TemplatesSearch {
  channel?: string;
}

export const validateTemplatesSearch = (raw: Record<string, unknown>): TemplatesSearch =>
  present({ channel: uuid(raw.channel) });
