import { z } from "zod";
import { Flag, Id, list, Owner, Reason, Time } from "./common.ts";

export const Platform = z.enum(["messenger", "instagram"]);
export type Platform = z.infer<typeof Platform>;

export const ChannelState = z.enum(["healthy", "degraded", "needs_reauthorization", "restricted", "disconnected"]);
export type ChannelState = z.infer<typeof ChannelState>;

/** A person or system user whose token the channel may use. The token itself never leaves the server. */
export const Authorizer = z.object({
  id: Id,
  kind: z.enum(["person", "system_user", "unknown"]),
  name: z.string().nullable(),
  state: z.enum(["live", "dead"]),
  reason: Reason.nullable().describe("Why it is dead."),
  grantedAt: Time,
  provedAt: Time.nullable(),
  expiresAt: Time.nullable().describe("Null: no expiry date."),
  dataAccessExpiresAt: Time.nullable(),
  inUse: z.boolean().describe("The one whose token is used now."),
  connectedBy: z
    .object({ id: Id, name: z.string().nullable(), deactivated: z.boolean() })
    .nullable()
    .describe("The member who connected; null: an API key, somebody by a link, or not known."),
  tasks: z.array(z.string()).nullable().describe("Meta's names of what the person may do on the Page; null: not told."),
  lacking: z
    .object({ permissions: z.array(z.string()), tasks: z.array(z.string()) })
    .describe("What the product uses and this authorisation has not got."),
});
export type Authorizer = z.infer<typeof Authorizer>;

export const Channel = z.object({
  id: Id,
  platform: Platform,
  externalId: z.string().describe("Page id or Instagram professional account id."),
  name: z.string(),
  pictureUrl: z.string().nullable(),
  state: ChannelState,
  stateReason: Reason.nullable(),
  stateSince: Time,
  lastEventAt: Time.nullable().describe("When Meta last called us for this channel."),
  authorizers: z.array(Authorizer),
  historyDeletion: z
    .object({ at: Time, by: z.string().nullable() })
    .nullable()
    .describe("When a disconnected channel goes with its whole history, and who asked for that; null: it is kept."),
});
export type Channel = z.infer<typeof Channel>;
export const ChannelList = list(Channel);

export const ConnectChannel = z.object({
  platform: Platform,
  externalId: z.string().regex(/^\d{1,32}$/, "The id Meta gives the Page or account: digits only."),
  accessToken: z.string().min(10).max(4000),
});

/** What becomes of the history of a channel that is disconnected. `delete`: in 30 days; until then it can be kept after all. */
export const DisconnectQuery = z.object({ history: z.enum(["keep", "delete"]).default("keep") });
/** The last living authorisation is removed only when that is confirmed: without it nothing can be sent. */
export const RemoveAuthorizerQuery = z.object({ confirmed: Flag.default(false) });

export const Check = z.object({
  code: z.string(),
  group: z.enum(["access", "receiving", "sending", "routing", "blind_spots"]),
  status: z.enum(["ok", "warn", "fail", "unknown"]),
  title: z.string(),
  evidence: z.string(),
  fix: z.string(),
  owner: Owner,
});
export type Check = z.infer<typeof Check>;
export const ChannelHealth = z.object({ state: ChannelState, checkedAt: Time, checks: z.array(Check) });
export type ChannelHealth = z.infer<typeof ChannelHealth>;

/** First half of the OAuth connection: where to send the browser. */
export const StartAuthorization = z.object({
  platform: Platform.default("messenger"),
  again: z
    .boolean()
    .default(false)
    .describe("Show once more what was declined before, which Meta does only when asked."),
});
export const AuthorizationStarted = z.object({ url: z.string() });
/** Pages the person granted, to choose from. Offered once, for ten minutes, to the member who started. */
export const GrantedPage = z.object({
  platform: Platform,
  externalId: z.string(),
  name: z.string(),
  pageName: z.string().describe("The Page the account is reached through; of a Page its own name."),
  connected: z.boolean().describe("Connected in this workspace already."),
  missing: z.array(Reason).describe("What keeps it from being connected."),
  missingPermissions: z.array(z.string()).describe("Needed permissions that were not granted for it."),
  notes: z.array(Reason).describe("Worth knowing; it can be connected all the same."),
  without: z.array(z.string()).describe("Permissions of parts of the product that were not granted for it."),
});
export const GrantedPages = z.object({
  grantId: Id,
  expiresAt: Time,
  by: z.object({ kind: z.enum(["person", "system_user"]), name: z.string().nullable() }).describe("Who logged in."),
  declined: z.array(z.string()).describe("Permissions switched off for all Pages."),
  nothing: Reason.nullable().describe("Why no Page came with the login; null where one did."),
  pages: z.array(GrantedPage),
});
export type GrantedPages = z.infer<typeof GrantedPages>;
export const ConnectGranted = z.object({
  pages: z
    .array(z.object({ platform: Platform, externalId: z.string() }))
    .min(1)
    .max(200),
});
