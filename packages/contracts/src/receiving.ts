import { z } from "zod";
import { Cursor, Id, Limit, list, Reason, Time } from "./common.ts";

/** What came in, what Meta lost and what was read back: the loss report of one channel (R5). */

export const IntakeCounts = z.object({
  received: z.number().int().describe("Events Meta delivered."),
  duplicate: z.number().int().describe("Delivered more than once; shown once."),
  late: z
    .number()
    .int()
    .describe("Delivered more than five minutes after their time, or after they had been recovered."),
  recovered: z.number().int().describe("Messages Meta never delivered, read from the Conversations API."),
  incomplete: z.number().int().describe("Delivered with parts missing."),
  unreadable: z.number().int().describe("Kept, but not understood."),
});
export type IntakeCounts = z.infer<typeof IntakeCounts>;

export const ReconciliationReason = z.enum([
  "scheduled",
  "outage",
  "reconnected",
  "resubscribed",
  "silence",
  "demand",
  "trace",
]);

/** One comparison of our record with Meta's. */
export const Reconciliation = z.object({
  id: Id,
  channelId: Id,
  reason: ReconciliationReason,
  state: z.enum(["running", "done", "failed"]),
  from: Time.describe("Meta's record was compared back to this time."),
  startedAt: Time,
  finishedAt: Time.nullable(),
  conversations: z.number().int(),
  examined: z.number().int().describe("Messages compared."),
  recovered: z.number().int(),
  failure: Reason.nullable(),
});
export type Reconciliation = z.infer<typeof Reconciliation>;
export const ReconciliationList = list(Reconciliation);
export const ReconciliationQuery = z.object({ cursor: Cursor.optional(), limit: Limit });
export const StartReconciliation = z.object({
  from: Time.optional().describe("Back to here; default: the last 24 hours."),
  contactExternalId: z.string().max(512).optional().describe("Only this customer's conversation."),
});

export const ReceivingQuery = z.object({ from: Time.optional(), to: Time.optional() });
export const Receiving = z.object({
  channelId: Id,
  from: Time,
  to: Time,
  totals: IntakeCounts,
  days: z.array(IntakeCounts.extend({ day: z.iso.date() })).describe("Every day (UTC) of the range, oldest first."),
  fields: z.array(IntakeCounts.extend({ field: z.string() })).describe("By kind of event, most frequent first."),
  silence: z
    .object({ since: Time, expected: z.number().describe("Events the channel's habit lets expect in that time.") })
    .nullable(),
  lastEventAt: Time.nullable(),
  reconciledAt: Time.nullable(),
  resubscribedAt: Time.nullable(),
});
export type Receiving = z.infer<typeof Receiving>;

/** Who else is on the Page, and who answers first (R4). */
export const ChannelRouting = z.object({
  surveyedAt: Time.nullable(),
  mode: z.enum(["all_apps", "routing", "unknown"]).describe("all_apps: no default app, every app gets every event."),
  defaultApp: z.object({ appId: z.string().nullable(), name: z.string().nullable(), ours: z.boolean() }).nullable(),
  apps: z.array(
    z.object({ appId: z.string(), name: z.string().nullable(), ours: z.boolean(), fields: z.array(z.string()) }),
  ),
  clicks: z.array(
    z.object({ title: z.string(), steps: z.string(), url: z.string().nullable(), formerly: z.string().nullable() }),
  ),
});
export type ChannelRouting = z.infer<typeof ChannelRouting>;

/** "The customer says he wrote": one verdict with its evidence (R6). */
export const TraceQuery = z.object({
  channelId: Id,
  contactExternalId: z.string().min(1).max(512),
  from: Time,
  to: Time,
});
export const TraceVerdict = z.enum(["shown", "unreadable", "held_elsewhere", "recovered", "not_found"]);
export const TraceEvidence = z.object({
  at: Time,
  kind: z.enum([
    "message",
    "delivery",
    "delivery_failed",
    "standby",
    "held",
    "returned",
    "recovered",
    "comparison",
    "notice",
  ]),
  title: z.string(),
  detail: z.string().nullable(),
  messageId: Id.nullable(),
  conversationId: Id.nullable(),
  deliveryId: z.string().nullable(),
});
export type TraceEvidence = z.infer<typeof TraceEvidence>;
export const TraceReason = z.object({
  code: z.string(),
  status: z.enum(["ruled_out", "possible", "found", "unknown"]),
  title: z.string(),
  evidence: z.string().describe("What was checked, and what it showed."),
  fix: z.string(),
  owner: Reason.shape.owner,
});
export type TraceReason = z.infer<typeof TraceReason>;
export const Trace = z.object({
  verdict: TraceVerdict,
  title: z.string(),
  explain: z.string(),
  fix: z.string().nullable(),
  channelId: Id,
  contact: z.object({ id: Id, externalId: z.string(), name: z.string(), conversationId: Id.nullable() }).nullable(),
  from: Time,
  to: Time,
  tracedAt: Time,
  evidence: z.array(TraceEvidence),
  reasons: z.array(TraceReason),
});
export type Trace = z.infer<typeof Trace>;

/** One file for a report to Meta: a trace with everything that proves it. It holds no token and no secret. */
export const TraceExport = z.object({
  format: z.literal("firstline-trace/1"),
  madeAt: Time,
  server: z.object({ version: z.string(), graphVersion: z.string(), appId: z.string().nullable() }),
  channel: z.object({
    platform: z.enum(["messenger", "instagram"]),
    externalId: z.string(),
    pageId: z.string(),
    name: z.string(),
  }),
  contactExternalId: z.string(),
  trace: Trace,
  messages: z.array(
    z.object({
      externalId: z.string().nullable().describe("Meta's id (mid)."),
      direction: z.enum(["inbound", "outbound"]),
      kind: z.string(),
      sentAt: Time,
      arrivedAt: Time,
      recovered: z.boolean(),
      standby: z.boolean(),
      deliveryId: z.string().nullable(),
    }),
  ),
  deliveries: z.array(
    z.object({
      id: z.string(),
      receivedAt: Time,
      state: z.enum(["pending", "done", "failed"]),
      error: z.string().nullable(),
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
      body: z.string(),
      bodyEncoding: z.enum(["utf8", "base64"]),
    }),
  ),
  sends: z.array(
    z.object({
      externalId: z.string().nullable(),
      startedAt: Time,
      finishedAt: Time.nullable(),
      httpStatus: z.number().int().nullable(),
      code: z.number().int().nullable(),
      subcode: z.number().int().nullable(),
      traceId: z.string().nullable().describe("Meta's fbtrace_id."),
      outcome: z.string().nullable(),
      answer: z.string().nullable().describe("Meta's own words."),
    }),
  ),
});
export type TraceExport = z.infer<typeof TraceExport>;

export const Comment = z.object({
  id: Id,
  channelId: Id,
  externalId: z.string(),
  postId: z.string().nullable(),
  parentId: z.string().nullable(),
  author: z.object({ externalId: z.string().nullable(), name: z.string().nullable(), contactId: Id.nullable() }),
  byPage: z.boolean(),
  text: z.string().nullable(),
  at: Time,
  editedAt: Time.nullable(),
  removedAt: Time.nullable(),
  privateReply: z
    .object({
      state: z.enum(["possible", "sending", "replied", "impossible"]),
      until: Time.nullable().describe("possible: seven days after the comment."),
      at: Time.nullable().describe("replied: when."),
      ours: z.boolean().describe("replied: through this product; false: somebody answered at Facebook or Instagram."),
      reason: Reason.nullable().describe("impossible: why; replied by somebody else: what that means."),
      conversationId: Id.nullable(),
      messageId: Id.nullable(),
    })
    .describe("The one private message Meta allows for a comment."),
});
export type Comment = z.infer<typeof Comment>;
export const CommentList = list(Comment);
export const ReplyToComment = z.object({
  clientId: z.string().min(1).max(100).describe("Idempotency key."),
  text: z.string().trim().min(1).max(20_000),
});
export type ReplyToComment = z.infer<typeof ReplyToComment>;
export const CommentQuery = z.object({
  channelId: Id.optional(),
  externalId: z.string().max(200).optional().describe("Only the comment with this id of Meta's."),
  cursor: Cursor.optional(),
  limit: Limit,
});
