/** Where a fault sits. The level decides who is told and what stops: one bubble, one customer, one conversation, one channel. */
export type FaultLevel = "message" | "contact" | "thread" | "channel";

/** Who can put it right. `operator` runs this installation and owns the app at Meta; `administrator` manages the Page. */
export type FaultOwner = "agent" | "administrator" | "operator" | "customer" | "meta" | "nobody";

/**
 * What may be done with a message that met the fault.
 * - `never`: a repeat meets the same answer.
 * - `backoff`: passes by itself within a minute or so.
 * - `after_wait`: passes by itself, but only after minutes (rate limits, a running automatic flow).
 * - `after_reauthorization`: kept until the channel is authorised again.
 * - `after_restriction`: kept while Meta restricts the channel; one message is tried after growing waits.
 * - `after_control`: only once another app has really given the thread back.
 * - `once`: one repeat is worth it.
 * - `unknown_outcome`: the customer may already have it: never sent again by itself. Its echo settles it, else Meta's record, else a person.
 */
export type FaultRetry =
  | "never"
  | "backoff"
  | "after_wait"
  | "after_reauthorization"
  | "after_restriction"
  | "after_control"
  | "once"
  | "unknown_outcome";

export interface FaultText {
  /** A line of at most a few words. */
  title: string;
  /** What happened, for a person without technical knowledge. */
  explain: string;
  /** The next step. */
  fix: string;
}

export interface Fault {
  level: FaultLevel;
  owner: FaultOwner;
  retry: FaultRetry;
  /** false: the numbers allow more than one cause, so the text says "usually" and Meta's own words are shown beside it. */
  certain: boolean;
  en: FaultText;
  zhTW: FaultText;
  /** Row of the requirements it belongs to, such as `S3`. */
  row?: string;
  /** Meta's numbers (`code/subcode`) or the rule of the product it stands for, with the page and date it was read from. */
  source: string;
}

/** Keeps the codes as literal keys while every entry is checked. */
export const faults = <K extends string>(entries: Record<K, Fault>): Readonly<Record<K, Fault>> => entries;
