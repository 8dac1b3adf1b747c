import type { AttachmentKind, AttachmentRepair, FaultCode, Platform } from "@firstline/core";

/** One file to be judged. The paths lie in a folder of this upload alone, which the asker removes. */
export interface CheckJob {
  platform: Platform;
  /** As the browser gave it: not to be trusted. */
  name: string;
  input: string;
  /** Where a repaired copy is written. */
  output: string;
}

/** What the sender should know although nothing is wrong. */
export type AttachmentNote =
  /** The customer needs its password: it is sent as it is, nobody here can read it. */
  | "password_protected"
  /** Sound, film or picture in a format that is not played or shown in the chat: it arrives as a file. */
  | "sent_as_file";

export interface Judged {
  verdict: "ok" | "repaired" | "refused";
  cause: FaultCode | null;
  repairs: AttachmentRepair[];
  notes: AttachmentNote[];
  kind: AttachmentKind | null;
  name: string;
  contentType: string;
  width: number | null;
  height: number | null;
  /** Where the bytes to be sent lie: the input where nothing in it was changed. */
  path: string;
}
