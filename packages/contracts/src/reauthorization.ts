import { z } from "zod";
import { Platform } from "./channels.ts";
import { Id, list, Reason, Time } from "./common.ts";

/** Meta's dialog for one channel, as a member: where to send the browser. */
export const ReauthorizationStarted = z.object({ url: z.string() });
export type ReauthorizationStarted = z.infer<typeof ReauthorizationStarted>;

export const CreateReauthorizationLink = z.object({
  expiresInHours: z.number().int().min(1).max(72).default(24),
});

export const ReauthorizationLinkState = z.enum(["open", "used", "expired", "revoked"]);
export type ReauthorizationLinkState = z.infer<typeof ReauthorizationLinkState>;

/** A link by which another administrator of the Page gives it access again, without being a member. Good for one success. */
export const ReauthorizationLink = z.object({
  id: Id,
  channelId: Id,
  state: ReauthorizationLinkState,
  createdAt: Time,
  createdBy: Id.nullable().describe("The member; null: an API key."),
  expiresAt: Time,
  closedAt: Time.nullable().describe("When it was used, was taken back or ended."),
  usedBy: z.string().nullable().describe("Name at Facebook of whoever connected with it, while that access is kept."),
  openings: z.number().int().describe("How often its page was opened."),
  attempts: z.number().int().describe("How often it led to Meta's dialog."),
  lastProblem: Reason.nullable().describe("Why the last attempt did not succeed."),
});
export type ReauthorizationLink = z.infer<typeof ReauthorizationLink>;
export const ReauthorizationLinkList = list(ReauthorizationLink);
export const ReauthorizationLinkCreated = ReauthorizationLink.extend({
  url: z.string().describe("Shown once: only its hash is kept."),
});
export type ReauthorizationLinkCreated = z.infer<typeof ReauthorizationLinkCreated>;

/** The Page a reauthorisation is about: all that is told to whoever has the link. */
export const ReauthorizationPage = z.object({ name: z.string(), platform: Platform });

/** What a link is for. */
export const ReauthorizationPreview = z.object({
  page: ReauthorizationPage,
  reason: Reason.nullable().describe("Why access is needed; null: the channel works at present."),
  since: Time,
  expiresAt: Time,
});
export type ReauthorizationPreview = z.infer<typeof ReauthorizationPreview>;

/** Why a link is no good any more: the problem `reauthorization_link_closed` carries it as `why`. */
export const ReauthorizationLinkEnd = z.enum(["used", "expired", "revoked"]);
export type ReauthorizationLinkEnd = z.infer<typeof ReauthorizationLinkEnd>;

/** What came of one way to Meta's dialog and back. */
export const ReauthorizationResult = z.object({
  outcome: z.enum(["pending", "done", "refused"]),
  page: ReauthorizationPage,
  channelId: Id.nullable().describe("Told to members only."),
  problem: Reason.nullable(),
  granted: z.array(z.string()).describe("Names of the Pages or accounts that were allowed instead."),
  missing: z.array(z.string()).describe("Permissions or tasks that were not given, by Meta's names."),
  said: z.string().nullable().describe("Meta's own sentence, where it refused."),
  linkEnd: ReauthorizationLinkEnd.nullable().describe(
    "Why the link cannot be used again; null: it can, or there was none.",
  ),
});
export type ReauthorizationResult = z.infer<typeof ReauthorizationResult>;
