import { z } from "zod";
import { Id, list, Owner, Time } from "./common.ts";

/** One step of a self-test. `waiting` and `running`: not made yet, without words. `not_possible`: nothing could be tried, and why. */
export const SelfTestStep = z.object({
  code: z.enum([
    "token",
    "identity",
    "permissions",
    "app_fields",
    "page_fields",
    "callback",
    "routing",
    "other_apps",
    "round_trip",
  ]),
  title: z.string(),
  status: z.enum(["waiting", "running", "ok", "warn", "fail", "not_possible"]),
  evidence: z.string(),
  fix: z.string(),
  owner: Owner,
  at: Time.nullable(),
});
export type SelfTestStep = z.infer<typeof SelfTestStep>;

/** A channel tried from end to end: made after each connection and reauthorisation, and when somebody asks. */
export const SelfTest = z.object({
  id: Id,
  reason: z.enum(["connected", "reauthorized", "asked"]),
  askedBy: z.string().nullable().describe("Name of the member; null also for an API key."),
  startedAt: Time,
  finishedAt: Time.nullable().describe("Null: it runs."),
  steps: z.array(SelfTestStep),
});
export type SelfTest = z.infer<typeof SelfTest>;
export const SelfTestList = list(SelfTest);
