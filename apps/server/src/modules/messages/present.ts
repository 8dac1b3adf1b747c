import type { Attachment, Failure, Message } from "@firstline/contracts";
import { type FaultCode, faultOf, faultText, type LookResult } from "@firstline/core";
import { sql } from "kysely";
import type { Q } from "../../platform/db/pool.ts";
import type { CursorPart } from "../../platform/http/cursor.ts";
import type { Locale } from "../../platform/http/problems.ts";
import { reason } from "../../platform/http/reason.ts";
import { appName } from "../conversations/index.ts";

/** Why a message was not sent, as stored: numbers and Meta's text. The words are the catalogue's. */
export interface StoredFailure {
  fault: FaultCode;
  code: number | null;
  subcode: number | null;
  traceId: string | null;
  raw: string | null;
}

interface MessageRow {
  id: string;
  conversation_id: string;
  client_id: string | null;
  direction: Message["direction"];
  kind: Message["kind"];
  text: string | null;
  payload: string | null;
  source_kind: Message["source"]["kind"];
  source_app_id: string | null;
  source_name: string | null;
  member_id: string | null;
  way: string | null;
  state: Message["state"];
  external_id: string | null;
  sent_at: Date;
  arrived_at: Date;
  details: Message["details"] | null;
  recovered: boolean;
  standby: boolean;
  incomplete: boolean;
  edited_at: Date | null;
  deleted_at: Date | null;
  reactions: Message["reactions"];
  reply_to: string | null;
  reply_id: string | null;
  reply_text: string | null;
  failure: StoredFailure | null;
  looks: number;
  look_at: Date | null;
  looked: { at: string; result: LookResult; fault: FaultCode | null } | null;
  after_control: Date | null;
  template: { templateId: string; name: string; language: string } | null;
  comment_id: string | null;
  files: {
    id: string;
    kind: Attachment["kind"];
    name: string | null;
    contentType: string | null;
    size: number | null;
    width: number | null;
    height: number | null;
    state: Attachment["state"];
    type: string | null;
    title: string | null;
    link: string | null;
    repairs: string[] | null;
    notes: string[] | null;
  }[];
}

const SELECT = sql`
  select m.id, m.conversation_id, m.client_id, m.direction, m.kind, m.text, m.payload, m.source_kind, m.source_app_id, m.member_id,
    coalesce(m.source_name, case when m.source_kind = 'other_app' then (select ${appName("h.apps", "m.source_app_id")} from channel h where h.workspace_id = m.workspace_id and h.id = m.channel_id) end) as source_name,  m.way, m.state, m.external_id,
    m.sent_at, m.arrived_at, m.details, m.recovered, m.standby, m.incomplete, m.edited_at, m.deleted_at, m.reactions, m.reply_to, r.id as reply_id, left(r.text, 200) as reply_text, m.failure,
    m.looks, m.look_at, m.looked, m.after_control, m.template, m.comment_id,
    coalesce((select json_agg(json_build_object('id', a.id, 'kind', a.kind, 'name', a.name, 'contentType', a.content_type, 'size', a.size, 'width', a.width, 'height', a.height,
      'state', a.state, 'type', a.meta_type, 'title', a.title, 'link', a.link, 'repairs', a.verdict->'repairs', 'notes', a.verdict->'notes') order by a.position) from attachment a where a.workspace_id = m.workspace_id and a.message_id = m.id), '[]') as files
  from message m
  left join message r on r.workspace_id = m.workspace_id and r.channel_id = m.channel_id and r.external_id = m.reply_to`;

export async function messagesById(q: Q, workspaceId: string, ids: readonly string[]): Promise<MessageRow[]> {
  if (ids.length === 0) return [];
  const { rows } =
    await sql<MessageRow>`${SELECT} where m.workspace_id = ${workspaceId} and m.id = any(${ids}::uuid[])`.execute(q);
  return rows;
}

export async function messagePage(
  q: Q,
  workspaceId: string,
  conversationId: string,
  after: CursorPart[] | null,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`${SELECT}
    where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId} ${after ? sql`and (m.sent_at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by m.sent_at desc, m.id desc limit ${limit + 1}`.execute(q);
  return rows;
}

export function presentFailure(f: StoredFailure, locale: Locale): Failure {
  return {
    code: f.code,
    subcode: f.subcode,
    fault: f.fault,
    ...faultText(f.fault, locale),
    owner: faultOf(f.fault).owner,
    traceId: f.traceId,
    raw: f.raw,
  };
}

export function presentMessage(r: MessageRow, locale: Locale): Message {
  return {
    id: r.id,
    conversationId: r.conversation_id,
    clientId: r.client_id,
    direction: r.direction,
    kind: r.kind,
    text: r.text,
    attachments: r.files.map((f) => ({
      ...f,
      repairs: f.repairs ?? [],
      notes: f.notes ?? [],
      url: f.state === "stored" ? `/api/v1/attachments/${f.id}/content` : null,
    })),
    source: { kind: r.source_kind, appId: r.source_app_id, name: r.source_name, memberId: r.member_id },
    way: r.way,
    state: r.state,
    externalId: r.external_id,
    sentAt: r.sent_at.toISOString(),
    arrivedAt: r.arrived_at.toISOString(),
    details: r.details ?? [],
    recovered: r.recovered,
    standby: r.standby,
    incomplete: r.incomplete,
    editedAt: r.edited_at?.toISOString() ?? null,
    deletedAt: r.deleted_at?.toISOString() ?? null,
    reactions: r.reactions,
    replyTo: r.reply_to ? { externalId: r.reply_to, messageId: r.reply_id, text: r.reply_text } : null,
    payload: r.payload,
    failure: r.failure ? presentFailure(r.failure, locale) : null,
    check: r.state === "uncertain" ? presentCheck(r, locale) : null,
    waitsForControl: r.state === "held" && r.after_control !== null,
    template: r.template && { id: r.template.templateId, name: r.template.name, language: r.template.language },
    commentId: r.comment_id,
  };
}

/** That it is not there yet says nothing; a record that cannot tell is as good as one that cannot be read. */
const LOOK_STATES = { early: "pending", absent: "absent", unclear: "unreadable", unreadable: "unreadable" } as const;

function presentCheck(r: MessageRow, locale: Locale): Message["check"] {
  return {
    state: LOOK_STATES[r.looked?.result ?? "early"],
    at: r.looked?.at ?? null,
    nextAt: r.look_at?.toISOString() ?? null,
    reason: r.looked?.fault ? reason(r.looked.fault, locale) : null,
  };
}
