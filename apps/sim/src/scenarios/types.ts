import type { CustomerKind, Platform } from "../store/types.ts";

/** A text in the two languages of the pages. */
export interface Text {
  en: string;
  zh: string;
}

/**
 * One call of the control API. Strings in `path` and `body` may hold `{page}`, `{customer}` and the other names of a run, the
 * scenario's options, `{hoursAgo:25}`, and results of earlier calls as `{$.name.mid}`; see `fill.ts`.
 */
export interface CallStep {
  do: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  body?: unknown;
  /** Keeps the answer under this name for later steps and for whoever started the scenario. */
  as?: string;
}

/** `wait` until no webhook is waiting or on its way; `pause` for so many milliseconds. */
export type Step = CallStep | { wait: "idle" } | { pause: number };

/** Whom a scenario is about, made afresh for every run. */
export interface NewPerson {
  name?: string;
  kind?: CustomerKind;
  platform?: Platform;
  blocked?: boolean;
}

interface Option {
  about: Text;
  default: string | number;
}

/**
 * A case of the requirements, told as calls that a person could make on the pages: a scenario can do nothing else.
 * Plain data, so that it can be read, listed and run by a test.
 */
export interface Scenario {
  id: string;
  /** Row of the requirements, e.g. `S3`. */
  row: string;
  title: Text;
  /** What is played, and what is left out where Meta's behaviour cannot be played in full. */
  about: Text;
  /** What to look at in the product. */
  look: Text;
  /** Null where nobody exists before the first step. */
  person?: NewPerson | null;
  /** Values that whoever starts it may choose. */
  options?: Record<string, Option>;
  steps: Step[];
  /** Puts back what stays switched after the run. */
  undo?: Step[];
}
