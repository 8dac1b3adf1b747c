import { z } from "zod";
import { Id, list, Time } from "./common.ts";

export const Role = z.enum(["agent", "supervisor", "administrator"]);
export type Role = z.infer<typeof Role>;

/** What a member may do; sent with the session so that screens offer only what works. */
export const Permission = z.enum([
  "conversations:read",
  "conversations:write",
  "channels:read",
  "channels:write",
  "team:read",
  "team:write",
  "apikeys:write",
  "deliveries:read",
  "deliveries:write",
  "templates:write",
  "privacy:write",
]);
export type Permission = z.infer<typeof Permission>;

export const Member = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  createdAt: Time,
  deactivatedAt: Time.nullable(),
});
export type Member = z.infer<typeof Member>;
export const MemberList = list(Member);
/**
 * Deactivating somebody on whose authorisation alone a channel lives is refused with `member_authorises_channels`, unless
 * `confirmed`: nothing breaks at once, but with that person's role on the Page.
 */
export const UpdateMember = z.object({
  role: Role.optional(),
  deactivated: z.boolean().optional(),
  confirmed: z.boolean().optional(),
});
/** What the problem `member_authorises_channels` carries as `channels`. */
export const DependentChannel = z.object({ id: Id, name: z.string(), authorizers: z.array(z.string().nullable()) });
export type DependentChannel = z.infer<typeof DependentChannel>;

export const Me = z.object({
  member: Member.nullable().describe("Null for an API key without a member."),
  workspace: z.object({ id: Id, name: z.string() }),
  permissions: z.array(Permission),
});
export type Me = z.infer<typeof Me>;

export const SetupState = z.object({
  needed: z.boolean(),
  localMeta: z.string().nullable().describe("Address of the local Meta's phone page when this server talks to it."),
});
export type SetupState = z.infer<typeof SetupState>;
export const Setup = z.object({
  workspaceName: z.string().trim().min(1).max(100),
  name: z.string().trim().min(1).max(100),
  email: z.email().max(200),
  password: z.string().min(10).max(128),
});

export const CreateInvitation = z.object({ email: z.email().max(200), role: Role });
export const Invitation = z.object({
  id: Id,
  email: z.string(),
  role: Role,
  expiresAt: Time,
  acceptedAt: Time.nullable(),
});
export const InvitationList = list(Invitation);
export const InvitationCreated = Invitation.extend({ url: z.string().describe("Shown once; hand it to the person.") });
export const InvitationPreview = z.object({ email: z.string(), role: Role, workspaceName: z.string() });
export const AcceptInvitation = z.object({
  name: z.string().trim().min(1).max(100),
  password: z.string().min(10).max(128),
});

export const CreateApiKey = z.object({ name: z.string().trim().min(1).max(100), role: Role });
export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  start: z.string().nullable(),
  createdAt: Time,
  lastUsedAt: Time.nullable(),
});
export const ApiKeyList = list(ApiKey);
export const ApiKeyCreated = ApiKey.extend({ key: z.string().describe("Shown once.") });
export type ApiKey = z.infer<typeof ApiKey>;
