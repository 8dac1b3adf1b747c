import { z } from "zod";
import { Platform } from "./channels.ts";
import { Cursor, Flag, Id, Limit, list, Owner, Time } from "./common.ts";

/** Something that is or was wrong with a channel, or with the app behind all of them: one from its first finding to its end. */
export const Incident = z.object({
  id: Id,
  channelId: Id.nullable().describe("Null: it concerns every channel of the platform."),
  channelName: z.string().nullable(),
  platform: Platform.nullable(),
  code: z
    .string()
    .describe(
      "A check of the channel's health, or `channel_needs_reauthorization`, `channel_restricted`, `authorizer_lost`.",
    ),
  severity: z.enum(["critical", "warning"]).describe("`critical`: customers are not heard or not answered."),
  title: z.string(),
  evidence: z.string().describe("What was found, last time."),
  fix: z.string(),
  owner: Owner,
  since: Time,
  until: Time.nullable().describe("Null: it lasts. What comes back within an hour is the same incident."),
  acknowledgedAt: Time.nullable(),
  acknowledgedBy: z.string().nullable().describe("Name of the member; null also for an API key."),
});
export type Incident = z.infer<typeof Incident>;
export const IncidentList = list(Incident);
export const IncidentQuery = z.object({
  open: Flag.optional().describe("`true`: only those that last; `false`: only those that are over."),
  cursor: Cursor.optional(),
  limit: Limit,
});
