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
