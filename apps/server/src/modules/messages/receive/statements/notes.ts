import { sql } from "kysely";
import type { Tx } from "../../../../platform/db/pool.ts";
import type { FoldedComment } from "../folded.ts";
import type { IntakeRow } from "../intake.ts";
import { rows, time } from "./input.ts";

export interface WrittenComment {
  key: string;
  id: string;
  workspaceId: string;
  /** The thread of its author, where there is one. */
  conversationId: string | null;
}

/** Keeps comments, whichever of writing, changing and removing came first. Gives those that look different now. */
export async function upsertComments(tx: Tx, comments: FoldedComment[]): Promise<WrittenComment[]> {
  const input = comments.map((c) => ({
    w: c.workspaceId,
    ch: c.channelId,
    c: c.commentId,
    po: c.postId,
    pa: c.parentId,
    a: c.authorId,
    an: c.authorName,
    bp: c.byPage,
    t: c.text,
    at: c.at,
    ca: c.changedAt,
    e: c.edition,
    ra: c.removedAt,
    di: c.deliveryId,
  }));
  const greater = (column: string) => sql.raw(`greatest(o.${column} collate "C", excluded.${column} collate "C")`);
  const isNewer = sql.raw(
    `(excluded.edition, excluded.changed_at, coalesce(excluded.text, '') collate "C") > (o.edition, o.changed_at, coalesce(o.text, '') collate "C")`,
  );
  const { rows: written } = await sql<WrittenComment>`
    with made as (
      insert into comment as o (workspace_id, channel_id, external_id, post_id, parent_id, author_external_id, author_name, by_page, text, at, changed_at, edition, removed_at, delivery_id)
      select i.w, i.ch, i.c, i.po, i.pa, i.a, i.an, i.bp, i.t, ${time("i.at")}, ${time("i.ca")}, i.e, ${time("i.ra")}, i.di
      from json_to_recordset(${rows(input)}) as i(w uuid, ch uuid, c text, po text, pa text, a text, an text, bp boolean, t text, at double precision, ca double precision, e smallint, ra double precision, di bigint)
      order by 1, 2, 3
      on conflict (workspace_id, channel_id, external_id) do update set
        post_id = ${greater("post_id")}, parent_id = ${greater("parent_id")}, author_external_id = ${greater("author_external_id")}, author_name = ${greater("author_name")},
        by_page = o.by_page or excluded.by_page, at = least(o.at, excluded.at), removed_at = least(o.removed_at, excluded.removed_at),
        text = case when o.removed_at is not null or excluded.removed_at is not null then null when ${isNewer} then excluded.text else o.text end,
        changed_at = case when ${isNewer} then excluded.changed_at else o.changed_at end, edition = greatest(o.edition, excluded.edition)
      returning id, workspace_id, channel_id, external_id, author_external_id,
        old.id is null or (old.text, old.at, old.changed_at, old.removed_at, old.author_external_id) is distinct from (new.text, new.at, new.changed_at, new.removed_at, new.author_external_id) as changed)
    select m.channel_id || '|' || m.external_id as key, m.id, m.workspace_id as "workspaceId", v.id as "conversationId" from made m
    left join lateral (
      select workspace_id, id from contact where workspace_id = m.workspace_id and channel_id = m.channel_id and external_id = m.author_external_id
      union select workspace_id, id from contact where workspace_id = m.workspace_id and channel_id = m.channel_id and commented_as = m.author_external_id) c on true
    left join conversation v on v.workspace_id = c.workspace_id and v.contact_id = c.id
    where m.changed`.execute(tx);
  return written;
}

/** Counters are added as rows: two workers never wait for the same one. */
export async function insertIntake(tx: Tx, counted: IntakeRow[]): Promise<void> {
  const input = counted.map((c) => ({
    w: c.workspaceId,
    ch: c.channelId,
    h: c.hour,
    f: c.field,
    r: c.received,
    d: c.duplicate,
    l: c.late,
    i: c.incomplete,
    u: c.unreadable,
  }));
  await sql`
    insert into intake (workspace_id, channel_id, hour, field, received, duplicate, late, incomplete, unreadable)
    select i.w, i.ch, ${time("i.h")}, i.f, i.r, i.d, i.l, i.i, i.u
    from json_to_recordset(${rows(input)}) as i(w uuid, ch uuid, h double precision, f text, r int, d int, l int, i int, u int)`.execute(
    tx,
  );
}
