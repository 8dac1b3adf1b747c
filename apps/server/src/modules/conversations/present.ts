import type { Conversation, Source } from "@firstline/contracts";
import { decideReply, type ReplyDecision, type ReplyFacts } from "@firstline/core";
import type { Config } from "../../config.ts";
import type { Locale } from "../../platform/http/problems.ts";
import { reason } from "../../platform/http/reason.ts";

/** A conversation with what its line in the list and its reply window need, as one query reads it. */
export interface ConversationRow {
  id: string;
  channel_id: string;
  status: "open" | "resolved";
  assignee_id: string | null;
  unread_count: number;
  trouble_count: number;
  last_message_at: Date;
  qualifying_at: Date | null;
  window_corrected_at: Date | null;
  private_reply_at: Date | null;
  /** Of the first message after an ad. */
  ad_message_at: Date | null;
  held_by: Conversation["heldBy"];
  control_requested_at: Date | null;
  held_app_name: string | null;
  platform: "messenger" | "instagram";
  channel_state: ReplyFacts["channelState"];
  human_agent_refused_at: Date | null;
  /** null: nobody knows, or no token lives. */
  templates_allowed: boolean | null;
  contact_id: string;
  contact_external_id: string;
  own_name: string | null;
  meta_name: string | null;
  username: string | null;
  name_reason: string | null;
  picture_key: string | null;
  cannot_receive_since: Date | null;
  is_guest: boolean;
  guest_ended_at: Date | null;
  guest_since: Date | null;
  lm_id: string | null;
  lm_direction: "inbound" | "outbound";
  lm_kind: NonNullable<Conversation["lastMessage"]>["kind"];
  lm_text: string | null;
  lm_attachments: number;
  lm_source_kind: Source["kind"];
  lm_source_app_id: string | null;
  lm_source_name: string | null;
  lm_member_id: string | null;
  lm_state: NonNullable<Conversation["lastMessage"]>["state"];
  lm_sent_at: Date;
}

/** What this installation may do beside the ordinary reply. */
export type SendPolicy = Pick<Config["meta"], "humanAgentApproved" | "adWindow">;

export function replyFacts(row: ConversationRow, policy: SendPolicy, author: ReplyFacts["author"]): ReplyFacts {
  return {
    platform: row.platform,
    lastQualifyingAt: row.qualifying_at?.getTime() ?? null,
    correctedClosedAt: row.window_corrected_at?.getTime() ?? null,
    channelState: row.channel_state,
    contactCannotReceiveSince: row.cannot_receive_since?.getTime() ?? null,
    adMessageAt: policy.adWindow ? (row.ad_message_at?.getTime() ?? null) : null,
    humanAgentApproved: policy.humanAgentApproved && row.human_agent_refused_at === null,
    utilityPermitted: row.templates_allowed,
    author,
    heldBy: holdFacts(row),
    guestEndedAt: row.guest_ended_at?.getTime() ?? null,
    isGuest: row.is_guest,
    guestSince: row.guest_since?.getTime() ?? null,
    privateReplyAt: row.private_reply_at?.getTime() ?? null,
  };
}

/** A request made before this hold began was for another. */
function holdFacts({ held_by: held, control_requested_at: requested }: ConversationRow): ReplyFacts["heldBy"] {
  return (
    held && {
      kind: held.kind,
      until: held.until ? Date.parse(held.until) : null,
      requestedAt: requested && requested.getTime() >= Date.parse(held.since) ? requested.getTime() : null,
    }
  );
}

export function presentReply(decision: ReplyDecision, locale: Locale): Conversation["reply"] {
  const at = (ms: number) => new Date(ms).toISOString();
  return {
    state: decision.state,
    until: decision.until === null ? null : at(decision.until),
    ways: decision.ways.map((w) => ({ way: w.way, opensAt: at(w.opensAt), until: at(w.until) })),
    reasons: decision.reasons.map((code) => reason(code, locale)),
    template: presentTemplateWay(decision, locale),
  };
}

/** A utility template knows no window, but what blocks every send blocks it too. */
function presentTemplateWay(decision: ReplyDecision, locale: Locale): Conversation["reply"]["template"] {
  const verdict = decision.verdicts.find((v) => v.way === "utility_template");
  const why = decision.state === "blocked" ? decision.reasons[0] : verdict?.reason;
  const allowed = verdict?.state === "open" && decision.state !== "blocked";
  return { allowed, reason: allowed ? null : reason(why ?? "way_not_available", locale) };
}

/** The name to show. People without one are told apart by the end of their id, never merged by name. */
function displayName(c: {
  own_name: string | null;
  meta_name: string | null;
  username: string | null;
  external_id: string;
  is_guest: boolean;
}): string {
  return c.own_name ?? c.meta_name ?? c.username ?? `Guest ${c.external_id.slice(-4)}`;
}

export function presentConversation(
  row: ConversationRow,
  context: { now: number; locale: Locale; policy: SendPolicy },
): Conversation {
  const named = row.meta_name !== null || row.username !== null;
  const heldBy = presentHolder(row, context.now);
  return {
    id: row.id,
    channelId: row.channel_id,
    contact: {
      id: row.contact_id,
      externalId: row.contact_external_id,
      name: displayName({ ...row, external_id: row.contact_external_id }),
      nameReason: named ? null : ((row.name_reason ?? "unknown") as Conversation["contact"]["nameReason"]),
      isGuest: row.is_guest,
      pictureUrl: row.picture_key ? `/api/v1/contacts/${row.contact_id}/picture?v=${row.picture_key.slice(-8)}` : null,
    },
    status: row.status,
    assigneeId: row.assignee_id,
    unreadCount: row.unread_count,
    lastMessage: row.lm_id
      ? {
          id: row.lm_id,
          direction: row.lm_direction,
          kind: row.lm_kind,
          text: row.lm_text?.slice(0, 160) ?? null,
          attachmentCount: row.lm_attachments,
          source: {
            kind: row.lm_source_kind,
            appId: row.lm_source_app_id,
            name: row.lm_source_name,
            memberId: row.lm_member_id,
          },
          state: row.lm_state,
          sentAt: row.lm_sent_at.toISOString(),
        }
      : null,
    lastActivityAt: row.last_message_at.toISOString(),
    needsLook: row.trouble_count > 0 || heldBy !== null,
    reply: presentReply(decideReply(replyFacts(row, context.policy, "person"), context.now), context.locale),
    heldBy,
  };
}

/** A hold whose time is over is none, also while nobody has noticed. */
function presentHolder({ held_by: held, held_app_name: name }: ConversationRow, now: number): Conversation["heldBy"] {
  if (!held || (held.until !== null && Date.parse(held.until) <= now)) return null;
  return { ...held, name: held.name ?? name };
}
