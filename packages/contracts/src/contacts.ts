import { z } from "zod";
import { Id, Time } from "./common.ts";

/**
 * Why a contact's profile gives no name. `null` when it gives one; a name that was read from the participants of the
 * conversation leaves the reason on the contact.
 */
export const NameReason = z.enum([
  "pending",
  "no_consent",
  "phone_number_account",
  "permission_missing",
  "no_access",
  "guest",
  "unknown",
]);
export type NameReason = z.infer<typeof NameReason>;

export const ContactSummary = z.object({
  id: Id,
  externalId: z.string(),
  name: z
    .string()
    .describe("The name to show: our own name for the person, else Meta's, else a fallback such as “Guest”."),
  nameReason: NameReason.nullable(),
  isGuest: z.boolean().describe("A visitor of the former chat plugin, whether or not a name is known."),
  pictureUrl: z.string().nullable(),
});
export type ContactSummary = z.infer<typeof ContactSummary>;

export const Contact = ContactSummary.extend({
  ownName: z.string().nullable(),
  metaName: z.string().nullable(),
  username: z.string().nullable(),
  locale: z.string().nullable(),
  channelId: Id,
  nameSource: z.enum(["profile", "participants"]).nullable().describe("Where Meta's name was read."),
  createdAt: Time,
  cannotReceiveSince: Time.nullable(),
  guest: z
    .object({ endsAt: Time, endedAt: Time.nullable() })
    .nullable()
    .describe(
      "A visitor of the former chat plugin: the chat ends when the guest ends it, or 24 hours after its start.",
    ),
  metaLabels: z.array(z.string()).describe("Labels the contact has in Meta's own inbox."),
  referral: z
    .object({
      source: z.string().nullable(),
      type: z.string().nullable(),
      ref: z.string().nullable(),
      adId: z.string().nullable(),
      adTitle: z.string().nullable(),
      productId: z.string().nullable(),
      at: Time.nullable(),
    })
    .nullable(),
});
export type Contact = z.infer<typeof Contact>;
export const UpdateContact = z.object({ ownName: z.string().trim().max(120).nullable() });
