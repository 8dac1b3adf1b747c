import { z } from "zod";
import { Flag, Id, Reason, Time } from "./common.ts";

/** Utility templates of a Page (Messenger): texts Meta has approved for notices outside the reply window. */

/** Something to fill in. `key` is how a send names it. */
export const TemplateParameter = z.object({
  key: z.string().describe("body.1, body.order_id, header.1, button.0"),
  component: z.enum(["header", "body", "button"]),
  kind: z.enum(["text", "image", "url_suffix", "payload"]),
  name: z.string().nullable().describe("Of a named parameter; null: known by its number."),
  example: z.string().nullable(),
});
export type TemplateParameter = z.infer<typeof TemplateParameter>;

export const TemplateButton = z.object({
  kind: z.enum(["url", "postback", "phone"]),
  text: z.string().trim().min(1).max(25),
  url: z.string().max(2000).optional().describe("url: the address, {{1}} at its end for a part to fill in."),
  phone: z.string().max(20).optional(),
});
export type TemplateButton = z.infer<typeof TemplateButton>;

export const Template = z.object({
  id: Id,
  channelId: Id,
  externalId: z.string().nullable(),
  name: z.string(),
  language: z.string(),
  status: z
    .string()
    .describe("APPROVED, PENDING, REJECTED, PAUSED, DISABLED, or another word of Meta's; DELETED: it is gone."),
  usable: z.boolean().describe("It may be sent."),
  rejection: Reason.nullable().describe("REJECTED: what Meta objects to and what to change."),
  header: z.object({ kind: z.enum(["text", "image"]), text: z.string().nullable() }).nullable(),
  body: z.string().describe("With {{1}} or {{order_id}} where something is filled in."),
  buttons: z.array(TemplateButton),
  parameters: z.array(TemplateParameter),
  libraryName: z.string().nullable().describe("The template of Meta's library it was made from."),
  createdAt: Time,
  statusAt: Time,
});
export type Template = z.infer<typeof Template>;
export const TemplateList = z.object({
  data: z.array(Template),
  readAt: Time.nullable().describe("When Meta was last asked."),
  problem: Reason.nullable().describe("Why Meta's list could not be read, when it could not."),
});
export type TemplateList = z.infer<typeof TemplateList>;
export const TemplateQuery = z.object({ refresh: Flag.optional().describe("Ask Meta now.") });

/** A template is known by name and language, and cannot be changed: delete it and create it again. */
export const CreateTemplate = z.object({
  name: z
    .string()
    .min(1)
    .max(512)
    .regex(/^[a-z0-9_]+$/)
    .describe("Lower-case letters, digits and underscores."),
  language: z.string().min(2).max(15).describe("Meta's code: en, en_US, zh_TW."),
  header: z.string().trim().min(1).max(60).optional(),
  body: z.string().trim().min(1).max(1024),
  buttons: z.array(TemplateButton).max(3).optional(),
  examples: z
    .record(z.string().max(100), z.string().max(1000))
    .optional()
    .describe("One for every parameter, by its key."),
});
export type CreateTemplate = z.infer<typeof CreateTemplate>;

/** A ready text of Meta's: cloned to the Page under a name of one's own. */
export const LibraryTemplate = z.object({
  name: z.string(),
  language: z.string(),
  topic: z.string().nullable(),
  usecase: z.string().nullable(),
  industries: z.array(z.string()),
  header: z.string().nullable(),
  body: z.string(),
  parameters: z.array(TemplateParameter),
  buttons: z.array(z.object({ kind: z.string(), text: z.string(), url: z.string().nullable() })),
});
export type LibraryTemplate = z.infer<typeof LibraryTemplate>;
export const LibraryQuery = z.object({
  q: z.string().trim().max(100).optional(),
  language: z.string().max(15).optional(),
});
export const LibraryList = z.object({ data: z.array(LibraryTemplate) });
export const CloneTemplate = z.object({
  name: CreateTemplate.shape.name,
  language: CreateTemplate.shape.language,
  library: z.string().min(1).max(512),
  buttonUrls: z
    .array(z.url().max(2000))
    .max(3)
    .optional()
    .describe("One for every link button of the library's template."),
});
export type CloneTemplate = z.infer<typeof CloneTemplate>;
