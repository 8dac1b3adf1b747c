import { z } from "zod";
import { Cursor, Id, Limit, list, Time } from "./common.ts";

/** A person asked Meta to have what this app knows of them deleted. Meta names them by an id of the app, not of a Page. */
export const DeletionRequest = z.object({
  id: Id,
  code: z.string().describe("The confirmation code Meta shows the person."),
  externalUserId: z.string().describe("Meta's id of the person for this app; no customer is known by it."),
  receivedAt: Time,
  state: z.enum(["open", "done"]),
  matched: z
    .array(z.object({ channelId: Id, name: z.string() }))
    .describe("Channels the person had authorised: their name, id and token were forgotten at once."),
  doneAt: Time.nullable(),
  doneBy: z.string().nullable().describe("Name of the member who ended it; null: by itself."),
  note: z.string().nullable(),
});
export type DeletionRequest = z.infer<typeof DeletionRequest>;
export const DeletionRequestList = list(DeletionRequest);
export const DeletionRequestQuery = z.object({ cursor: Cursor.optional(), limit: Limit });
export const EndDeletionRequest = z.object({
  note: z.string().trim().max(2000).optional().describe("What was found and deleted; for the record."),
});

/** Meta's callbacks about people: `application/x-www-form-urlencoded`, one field. */
export const SignedRequestForm = z.object({ signed_request: z.string().max(8000) });
export const DeletionAnswer = z.object({ url: z.string(), confirmation_code: z.string() });

/** A contact deleted everywhere: what was there is counted, who it was is not kept. */
export const Erasure = z.object({
  id: Id,
  channelId: Id,
  askedAt: Time,
  askedBy: z.string().nullable().describe("Name of the member; null: an API key."),
  doneAt: Time.nullable().describe("Null: files and raw deliveries are still being gone through."),
  counts: z.object({
    messages: z.int(),
    notes: z.int().describe("Notes and lines of the team."),
    comments: z.int(),
    files: z.int(),
    deliveriesRewritten: z.int().describe("Raw deliveries from which the person's events were taken."),
    deliveriesRemoved: z.int().describe("Raw deliveries that held nothing else."),
  }),
});
export type Erasure = z.infer<typeof Erasure>;
export const ErasureList = list(Erasure);

/** One night's deletion of what became too old. */
export const RetentionRun = z.object({
  id: Id,
  days: z.int(),
  startedAt: Time,
  doneAt: Time.nullable().describe("Null: it goes on."),
  conversations: z.int(),
  messages: z.int(),
  files: z.int(),
});
export type RetentionRun = z.infer<typeof RetentionRun>;

export const LEAST_RETENTION_DAYS = 30;
/** How long the workspace keeps resolved conversations, and what went because of that. */
export const Retention = z.object({
  days: z
    .int()
    .nullable()
    .describe("A resolved conversation that has been quiet for so many days is deleted with its contact; null: never."),
  nextRunAt: Time.nullable().describe("Until then a change of the setting has deleted nothing. Null: never."),
  lastRun: RetentionRun.nullable(),
  runs: z.array(RetentionRun).describe("The newest that deleted something."),
  changes: z
    .array(
      z.object({
        at: Time,
        by: z.string().nullable().describe("Name of the member; null: an API key."),
        before: z.int().nullable(),
        after: z.int().nullable(),
      }),
    )
    .describe("The newest changes of the setting. They are kept for good."),
});
export type Retention = z.infer<typeof Retention>;
export const SetRetention = z.object({ days: z.int().min(LEAST_RETENTION_DAYS).max(36_500).nullable() });
export type SetRetention = z.infer<typeof SetRetention>;

export const RetentionPreviewQuery = z.object({ days: z.coerce.number().int().min(LEAST_RETENTION_DAYS).max(36_500) });
/** What would be deleted if the setting were this and the next run were now. */
export const RetentionPreview = z.object({
  days: z.int(),
  conversations: z.int(),
  oldestAt: Time.nullable().describe("Last message of the oldest of them."),
  nextRunAt: Time,
});
export type RetentionPreview = z.infer<typeof RetentionPreview>;
