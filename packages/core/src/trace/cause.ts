import type { Platform } from "../ways/index.ts";
import type { TraceFacts, TraceOwner, TraceStatus } from "./facts.ts";
import type { Bilingual, Values } from "./words.ts";

/** What the check of one reason showed: a status, the words for it, and what to fill into them. */
export interface Judgement {
  status: TraceStatus;
  /** Name of the evidence text. */
  is: string;
  values?: Values;
}

/** One known reason for a message that is missing, with its check. */
export interface Cause {
  code: string;
  owner: TraceOwner;
  /** Where it exists on one product only. */
  platform?: Platform;
  title: Bilingual;
  judge(f: TraceFacts): Judgement;
  evidence: Readonly<Record<string, Bilingual>>;
  fix: Bilingual;
}

export const UNREAD: Bilingual = { en: "Could not be read just now.", zhTW: "目前無法讀取。" };
export const unread: Judgement = { status: "unknown", is: "unread" };

/** Meta's record of this customer was read to the end and shows no message that is not here. */
export const recordIsComplete = (f: TraceFacts): boolean => f.comparison?.state === "done";
