/** What the local Meta remembers. Plain JSON: the whole of it is written to one file. */

import type {
  AppSettings,
  Grant,
  InstagramStanding,
  PageStanding,
  PersonStanding,
  TokenDeath,
  TokenReach,
} from "./access.ts";
import type { CustomerContent, MessageContent, PageContent, ThreadContent } from "./content.ts";
import type { PageRouting, ThreadRouting } from "./routing.ts";
import type { Faults } from "./switches.ts";

export type { CallFault, Faults, Selector } from "./switches.ts";

export type Platform = "messenger" | "instagram";

interface WebhookSubscription {
  object: "page" | "instagram";
  callbackUrl: string;
  verifyToken: string;
  fields: string[];
  active: boolean;
}

export interface MetaApp extends AppSettings {
  id: string;
  secret: string;
  name: string;
  /** User ids with a role on the app. */
  developers: string[];
  subscriptions: WebhookSubscription[];
}

export interface User extends PersonStanding {
  id: string;
  name: string;
  email: string;
  password: string;
  kind: "person" | "system_user";
  /** Granted access by app id. */
  grants: Record<string, Grant>;
}

export interface PageInstall {
  appId: string;
  fields: string[];
  /** Since when every delivery for this Page fails; drives the 15-minute alert and the one-hour drop. */
  failingSince: number | null;
  alerted: boolean;
}

export interface InstagramAccount extends InstagramStanding {
  id: string;
  username: string;
  name: string;
}

export interface Page extends PageRouting, PageContent, PageStanding {
  id: string;
  name: string;
  category: string;
  username: string;
  about: string;
  isPublished: boolean;
  restricted: boolean;
  instagram: InstagramAccount | null;
  /** Tasks by user id. */
  roles: Record<string, string[]>;
  installs: PageInstall[];
  /** When the sample history was played to the app. */
  playedAt: number | null;
}

/** How a customer's account behaves towards the Page (meta-receiving §5.1). */
export type CustomerKind = "normal" | "phone_number" | "guest" | "ad_only" | "deleted";

export interface Customer extends CustomerContent {
  id: string;
  pageId: string;
  platform: Platform;
  kind: CustomerKind;
  name: string;
  firstName: string;
  lastName: string;
  username: string | null;
  locale: string;
  timezone: number;
  gender: string | null;
  blocked: boolean;
  /** The same human on the other platform, if they wrote there too. */
  twinId: string | null;
}

export interface StoredAttachment {
  type: string;
  blobId?: string;
  url?: string;
  name?: string;
  contentType?: string;
  size?: number;
  title?: string;
  stickerId?: number;
  /** Template payload, kept as sent. */
  template?: unknown;
  /** Payload of a shared thing (reel, post, appointment…), as told to apps. */
  payload?: Record<string, unknown>;
  attachmentId?: string;
}

interface Reaction {
  by: "customer" | "page";
  emoji: string;
  reaction: string;
}

export interface Message extends MessageContent {
  mid: string;
  from: "customer" | "page";
  at: number;
  text?: string;
  attachments: StoredAttachment[];
  quickReplies?: { content_type: string; title?: string; payload?: string }[];
  quickReplyPayload?: string;
  replyTo?: string;
  appId?: string;
  metadata?: string;
  personaId?: string;
  /** Written by Meta AI: `ai_generated` in the echo. */
  aiGenerated?: boolean;
  postback?: { title: string; payload: string };
  tag?: string;
  deliveredAt?: number;
  readAt?: number;
  reactions: Reaction[];
  edits: number;
}

export interface Thread extends ThreadRouting, ThreadContent {
  pageId: string;
  customerId: string;
  platform: Platform;
  messages: Message[];
  /** Meta's clock for the messaging window: the last qualifying action of the customer. */
  lastActionAt: number | null;
  pageSeenAt: number | null;
  customerReadAt: number | null;
  pageTypingUntil: number;
  customerTypingUntil: number;
}

export interface Token extends TokenReach {
  value: string;
  kind: "user" | "page" | "system_user";
  appId: string;
  userId: string;
  pageId: string | null;
  scopes: string[];
  pageIds: string[];
  issuedAt: number;
  /** ms; 0 = never. */
  expiresAt: number;
  dataAccessExpiresAt: number;
  /** Set when the token died: the sub-code and text Meta answers with. */
  dead: TokenDeath | null;
}

export interface AuthCode extends TokenReach {
  code: string;
  appId: string;
  userId: string;
  redirectUri: string;
  scopes: string[];
  pageIds: string[];
  at: number;
  usedAt?: number;
  /** Life of the token it gives, in ms; 0: never ends. Missing: that of a short-lived user token. */
  lifeMs?: number;
}

export interface UploadedAttachment {
  id: string;
  pageId: string;
  type: string;
  blobId: string;
  name: string;
  contentType: string;
  size: number;
  at: number;
  /** What it was uploaded for; Messenger when missing. */
  platform?: Platform;
}

export interface QueuedEvent {
  id: string;
  appId: string;
  pageId: string;
  object: "page" | "instagram";
  entryId: string;
  field: string;
  /** Member of the entry it travels in; `messaging` when missing. */
  channel?: "messaging" | "standby" | "changes";
  lane: string;
  event: Record<string, unknown>;
  createdAt: number;
  dueAt: number;
  attempts: number;
  firstFailedAt: number | null;
  held: boolean;
}

interface Alert {
  at: number;
  level: "warning" | "disabled" | "lost";
  appId: string;
  pageId: string;
  text: string;
}

export interface BlobMeta {
  id: string;
  name: string;
  contentType: string;
  size: number;
}

export interface State {
  version: 1;
  world: "sample" | "empty";
  serial: number;
  apps: MetaApp[];
  users: User[];
  pages: Page[];
  /** Instagram accounts linked to no Page. Their customers have the account's id in place of a Page's. */
  looseInstagram?: InstagramAccount[];
  customers: Customer[];
  threads: Record<string, Thread>;
  tokens: Token[];
  codes: AuthCode[];
  uploads: UploadedAttachment[];
  blobs: Record<string, BlobMeta>;
  queue: QueuedEvent[];
  alerts: Alert[];
  faults: Faults;
}
