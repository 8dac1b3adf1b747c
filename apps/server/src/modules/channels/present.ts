import type { Authorizer, Channel } from "@firstline/contracts";
import type { FaultCode } from "@firstline/core";
import { sql } from "kysely";
import type { Q } from "../../platform/db/pool.ts";
import type { Locale } from "../../platform/http/problems.ts";
import { reason } from "../../platform/http/reason.ts";
import { bestFirst, lackingTasks } from "./best.ts";
import type { StoredRouting, SurveyedApp } from "./survey.ts";

export interface ChannelRow {
  id: string;
  platform: Channel["platform"];
  external_id: string;
  page_id: string;
  name: string;
  state: Channel["state"];
  state_fault: FaultCode | null;
  state_since: Date;
  human_agent_refused_at: Date | null;
  last_event_at: Date | null;
  created_at: Date;
  apps: SurveyedApp[] | null;
  routing: StoredRouting | null;
  surveyed_at: Date | null;
  authorizers: {
    id: string;
    kind: Authorizer["kind"];
    name: string | null;
    state: "live" | "dead";
    fault: FaultCode | null;
    granted_at: string;
    proved_at: string | null;
    expires_at: string | null;
    data_access_expires_at: string | null;
    tasks: string[] | null;
    lacking: string[];
    in_use: boolean;
    member_id: string | null;
    member_name: string | null;
    member_gone: boolean;
  }[];
  history_deleted_at: Date | null;
  history_deleted_by: string | null;
}

export async function channelRows(q: Q, workspaceId: string, ids?: readonly string[]): Promise<ChannelRow[]> {
  const { rows } = await sql<ChannelRow>`
    select c.id, c.platform, c.external_id, c.page_id, c.name, c.state, c.state_fault, c.state_since, c.human_agent_refused_at, c.last_event_at, c.created_at, c.apps, c.routing, c.surveyed_at,
      c.history_deleted_at, (select u.name from member d join auth."user" u on u.id = d.user_id where d.workspace_id = c.workspace_id and d.id = c.history_deleted_by) as history_deleted_by,
      coalesce((select json_agg(json_build_object('id', a.id, 'kind', a.kind, 'name', a.name, 'state', a.state, 'fault', a.fault, 'granted_at', a.granted_at, 'proved_at', a.proved_at,
        'expires_at', a.expires_at, 'data_access_expires_at', a.data_access_expires_at, 'tasks', a.tasks, 'lacking', a.lacking, 'member_id', b.id, 'member_name', u.name, 'member_gone', b.deactivated_at is not null,
        'in_use', c.state <> 'disconnected' and a.id is not distinct from (select x.id from authorizer x where x.workspace_id = c.workspace_id and x.channel_id = c.id and x.state = 'live' and x.token_ciphertext is not null order by ${bestFirst("x")} limit 1))
        order by a.state desc, ${bestFirst("a")})
        from authorizer a left join member b on b.workspace_id = a.workspace_id and b.id = a.connected_by left join auth."user" u on u.id = b.user_id
        where a.workspace_id = c.workspace_id and a.channel_id = c.id), '[]') as authorizers
    from channel c where c.workspace_id = ${workspaceId} ${ids ? sql`and c.id = any(${ids}::uuid[])` : sql``} order by c.name, c.id`.execute(
    q,
  );
  return rows;
}

const time = (v: string | null) => (v === null ? null : new Date(v).toISOString());

export function presentChannel(row: ChannelRow, locale: Locale): Channel {
  return {
    id: row.id,
    platform: row.platform,
    externalId: row.external_id,
    name: row.name,
    pictureUrl: null,
    state: row.state,
    stateReason: row.state_fault ? reason(row.state_fault, locale) : null,
    stateSince: row.state_since.toISOString(),
    lastEventAt: row.last_event_at?.toISOString() ?? null,
    authorizers: row.authorizers.map((a) => ({
      id: a.id,
      kind: a.kind,
      name: a.name,
      state: a.state,
      reason: a.fault ? reason(a.fault, locale) : null,
      grantedAt: time(a.granted_at)!,
      provedAt: time(a.proved_at),
      expiresAt: time(a.expires_at),
      dataAccessExpiresAt: time(a.data_access_expires_at),
      inUse: a.in_use,
      connectedBy: a.member_id === null ? null : { id: a.member_id, name: a.member_name, deactivated: a.member_gone },
      tasks: a.tasks,
      lacking: { permissions: a.lacking, tasks: a.kind === "system_user" ? [] : lackingTasks(a.tasks) },
    })),
    historyDeletion: row.history_deleted_at && {
      at: row.history_deleted_at.toISOString(),
      by: row.history_deleted_by,
    },
  };
}
