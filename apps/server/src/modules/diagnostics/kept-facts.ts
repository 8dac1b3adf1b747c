import { type ChannelFacts, DAY_MS } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { ChannelsModule, Survey } from "../channels/index.ts";

type Kept = Pick<ChannelFacts, "namesRefused" | "receiving" | "notice" | "selfTest">;
const ms = (time: Date | null) => time?.getTime() ?? null;

/** What our own record says of a channel: counters, comparisons, Meta's notices. In one question to the database. */
export async function keptFacts(
  deps: Pick<Deps, "db" | "clock">,
  workspaceId: string,
  channelId: string,
): Promise<Kept> {
  const now = deps.clock();
  const weekAgo = new Date(now - 7 * DAY_MS);
  const twoMonthsAgo = new Date(now - 60 * DAY_MS);
  const monthAgo = new Date(now - 30 * DAY_MS);
  const { rows } = await sql<{
    reconciled_at: Date | null;
    resubscribed_at: Date | null;
    silence: { since: string; expected: number } | null;
    received: string;
    recovered: string;
    unreadable: string;
    compared_at: Date | null;
    compared_state: string | null;
    compared_recovered: number | null;
    notice_kind: NonNullable<ChannelFacts["notice"]>["kind"] | null;
    notice_at: Date | null;
    notice_text: string | null;
    names_refused: string;
    set_aside: number;
    kinds: { field: string; last: string; days: number; sum: number }[] | null;
    tested_at: Date | null;
    failed: number | null;
    warned: number | null;
  }>`
    select h.reconciled_at, h.resubscribed_at, h.silence, i.received, i.recovered, i.unreadable,
      r.finished_at as compared_at, r.state as compared_state, r.recovered as compared_recovered,
      n.kind as notice_kind, n.at as notice_at, n.text as notice_text,
      (select count(*) from contact c where c.workspace_id = h.workspace_id and c.channel_id = h.id and c.name_reason = 'permission_missing') as names_refused,
      (select count(*)::int from delivery d where d.state = 'failed' and d.channels @> array[h.id]) as set_aside,
      k.kinds, t.finished_at as tested_at, t.failed, t.warned
    from channel h
    left join lateral (
      select coalesce(sum(received), 0) as received, coalesce(sum(recovered), 0) as recovered, coalesce(sum(unreadable), 0) as unreadable
      from intake where workspace_id = h.workspace_id and channel_id = h.id and hour >= ${weekAgo}) i on true
    left join lateral (
      select finished_at, state, recovered from reconciliation
      where workspace_id = h.workspace_id and channel_id = h.id and finished_at is not null and contact_external_id is null
      order by started_at desc limit 1) r on true
    left join lateral (
      select kind, at, text from thread_event
      where workspace_id = h.workspace_id and channel_id = h.id and contact_external_id is null and at >= ${monthAgo}
        and kind in ('policy_warning', 'policy_block', 'policy_unblock', 'integrity')
      order by at desc, id desc limit 1) n on true
    left join lateral (
      select json_agg(json_build_object('field', field, 'last', last, 'days', days, 'sum', sum)) as kinds from (
        select l.field, l.last, count(distinct date_trunc('day', i.hour))::int as days, sum(i.received)::int as sum
        from (
          select field, max(hour) as last from intake
          where workspace_id = h.workspace_id and channel_id = h.id and hour >= ${twoMonthsAgo} and received > 0 group by field) l
        join intake i on i.workspace_id = h.workspace_id and i.channel_id = h.id and i.field = l.field and i.received > 0
          and i.hour > l.last - interval '28 days' and i.hour <= l.last
        group by l.field, l.last) by_kind) k on true
    left join lateral (
      select finished_at,
        (select count(*)::int from jsonb_array_elements(steps) s where s->>'status' = 'fail') as failed,
        (select count(*)::int from jsonb_array_elements(steps) s where s->>'status' = 'warn') as warned
      from self_test where workspace_id = h.workspace_id and channel_id = h.id and finished_at is not null
      order by started_at desc, id desc limit 1) t on true
    where h.workspace_id = ${workspaceId} and h.id = ${channelId}`.execute(deps.db);
  const row = rows[0]!;
  return {
    selfTest: row.tested_at && { at: row.tested_at.getTime(), failed: row.failed ?? 0, warned: row.warned ?? 0 },
    namesRefused: Number(row.names_refused),
    receiving: {
      silence: row.silence && { since: Date.parse(row.silence.since), expected: row.silence.expected },
      reconciledAt: ms(row.reconciled_at),
      reconciliation: row.compared_at && {
        at: row.compared_at.getTime(),
        failed: row.compared_state === "failed",
        recovered: row.compared_recovered ?? 0,
      },
      week: {
        received: Number(row.received),
        recovered: Number(row.recovered),
        unreadable: Number(row.unreadable),
      },
      resubscribedAt: ms(row.resubscribed_at),
      setAside: row.set_aside,
      kinds: (row.kinds ?? []).map((k) => ({
        field: k.field,
        lastAt: Date.parse(k.last),
        days: k.days,
        perDay: k.sum / 28,
      })),
    },
    notice: row.notice_kind && { kind: row.notice_kind, at: row.notice_at!.getTime(), text: row.notice_text },
  };
}

/** What the survey found, with what was learned since. Null: the Page has never been surveyed. */
export async function routingFacts(
  deps: Pick<Deps, "db" | "clock" | "config">,
  channels: ChannelsModule,
  workspaceId: string,
  channelId: string,
  survey: Survey,
): Promise<ChannelFacts["routing"]> {
  const row = await channels.row(workspaceId, channelId);
  if (!row.surveyed_at) return null;
  const ownAppId = deps.config.meta.appId;
  const { rows } = await sql<{ count: string }>`
    select count(*) from conversation
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and held_by is not null and (held_by->>'until' is null or (held_by->>'until')::timestamptz > ${new Date(deps.clock())})`.execute(
    deps.db,
  );
  const ours = row.routing?.defaultOurs;
  return {
    surveyedAt: row.surveyed_at.getTime(),
    enabled: survey.enabled,
    defaultApp: typeof ours === "boolean" ? { ours, name: null } : null,
    otherApps: survey.apps?.filter((a) => a.id !== ownAppId).map((a) => a.name ?? a.id) ?? null,
    takeover: row.routing?.takeover ?? null,
    heldNow: Number(rows[0]!.count),
  };
}
