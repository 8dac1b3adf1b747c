import { AD_WINDOW_MS, DAY_MS, HOUR_MS } from "@firstline/core";
import { type RawBuilder, sql } from "kysely";
import type { ConversationRow } from "./present.ts";

/** “Ending soon”: the reply window closes within this time. */
export const ENDING_SOON_MS = 2 * HOUR_MS;

/** When the reply window of a conversation ends or ended, as `decideReply` has it (ms); null: it was never open. */
export function windowEnd(
  row: Pick<ConversationRow, "qualifying_at" | "ad_message_at">,
  adWindow: boolean,
): number | null {
  if (row.qualifying_at === null) return null;
  const end = row.qualifying_at.getTime() + DAY_MS;
  return adWindow && row.ad_message_at ? Math.max(end, row.ad_message_at.getTime() + AD_WINDOW_MS) : end;
}

const at = (ms: number) => new Date(ms);
/** Of contacts `x`: when they came from an ad, in the words of the index `contact_ad`. */
const AD_AT = sql.raw(`(x.referral->>'at')::double precision`);
const OF_AD = sql.raw(`x.referral->>'source' = 'ADS'`);
/** A click alone opens nothing: only what the customer wrote with it or after it. */
const WRITTEN_AFTER = sql.raw(`to_timestamp((x.referral->>'at')::double precision / 1000) <= v.last_inbound_at`);

/** The time an ad keeps a conversation `v` open to is later than this time (ms of SQL). */
const adEndsAfter = (ms: RawBuilder<unknown>) => sql`exists (
  select from contact x where x.workspace_id = v.workspace_id and x.id = v.contact_id and ${OF_AD} and ${WRITTEN_AFTER} and ${AD_AT} + ${AD_WINDOW_MS}::double precision > ${ms})`;
const ownEnd = sql`extract(epoch from v.qualifying_at) * 1000 + ${DAY_MS}::double precision`;

/** Meta has not refused since the customer's last action: its clock wins over ours (S8). */
const UNCORRECTED = sql`(v.window_corrected_at is null or v.window_corrected_at < v.qualifying_at)`;

/** Conversations `v` whose window ends between now and two hours from now. Each way is a walk along an index. */
export function endingSoon(workspaceId: RawBuilder<unknown>, now: number, adWindow: boolean): RawBuilder<unknown> {
  const soon = now + ENDING_SOON_MS;
  const byOwn = sql`v.qualifying_at > ${at(now - DAY_MS)} and v.qualifying_at <= ${at(soon - DAY_MS)} and ${UNCORRECTED}`;
  if (!adWindow) return byOwn;
  return sql`v.id in (
    select v.id from conversation v where v.workspace_id = ${workspaceId} and ${byOwn} and not ${adEndsAfter(sql`${soon}::double precision`)}
    union all
    select v.id from contact x join conversation v on v.workspace_id = x.workspace_id and v.contact_id = x.id
    where x.workspace_id = ${workspaceId} and ${OF_AD} and ${AD_AT} > ${now - AD_WINDOW_MS}::double precision and ${AD_AT} <= ${soon - AD_WINDOW_MS}::double precision
      and ${WRITTEN_AFTER} and v.qualifying_at <= ${at(soon - DAY_MS)} and ${UNCORRECTED})`;
}

/** The order of open windows: the one that ends first on top. Over rows of {@link openWindows}. */
export const BY_END = sql`v.window_end, v.last_message_at desc, v.id desc`;

/** After which row a page begins: its end, the time of its last message, its id. */
export type EndPosition = readonly [end: string | number, lastMessageAt: string | number, id: string | number];

/**
 * The open windows that `where` leaves, the one that ends first on top. Where ads count, the windows they keep open are walked
 * along an index of their own: one sort over all would read every conversation there is.
 */
export function openWindows(
  workspaceId: string,
  where: RawBuilder<unknown>[],
  context: { now: number; adWindow: boolean },
  after: EndPosition | null,
  limit: number,
): RawBuilder<unknown> {
  const { now, adWindow } = context;
  const behind = (end: RawBuilder<unknown>): RawBuilder<unknown>[] =>
    after
      ? [
          sql`${end} >= ${after[0]}::timestamptz and (${end} > ${after[0]}::timestamptz or (v.last_message_at, v.id) < (${after[1]}::timestamptz, ${after[2]}::uuid))`,
        ]
      : [];
  const and = (parts: RawBuilder<unknown>[]) => sql.join(parts, sql` and `);
  const start = after ? [sql`v.qualifying_at >= ${after[0]}::timestamptz - interval '24 hours'`] : [];
  const own = sql`(v.qualifying_at + interval '24 hours')`;
  const byOwn = sql`(select v.*, ${own} as window_end from conversation v
    where ${and([...where, sql`v.qualifying_at > ${at(now - DAY_MS)}`, ...start, ...behind(own), ...(adWindow ? [sql`not ${adEndsAfter(ownEnd)}`] : [])])}
    order by v.qualifying_at, v.last_message_at desc, v.id desc limit ${limit})`;
  if (!adWindow) return byOwn;
  const byAd = sql`to_timestamp((${AD_AT} + ${AD_WINDOW_MS}::double precision) / 1000)`;
  const ofAds = sql`(select v.*, ${byAd} as window_end from contact x join conversation v on v.workspace_id = x.workspace_id and v.contact_id = x.id
    where ${and([sql`x.workspace_id = ${workspaceId} and ${OF_AD} and ${AD_AT} > ${now - AD_WINDOW_MS}::double precision`, WRITTEN_AFTER, ...where, sql`${AD_AT} + ${AD_WINDOW_MS}::double precision > ${ownEnd}`, ...behind(byAd)])}
    order by ${AD_AT}, v.last_message_at desc, v.id desc limit ${limit})`;
  return sql`(select v.* from (${byOwn} union all ${ofAds}) v order by ${BY_END} limit ${limit})`;
}

/** Everything else: conversations `v` without an open window. */
export const noOpenWindow = ({ now, adWindow }: { now: number; adWindow: boolean }): RawBuilder<unknown> =>
  sql`(v.qualifying_at is null or v.qualifying_at <= ${at(now - DAY_MS)}${adWindow ? sql` and not ${adEndsAfter(sql`${now}::double precision`)}` : sql``})`;
