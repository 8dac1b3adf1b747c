import type pg from "pg";

export const CONVERSATIONS = 1_000_000;
export const MESSAGES = 10_000_000;
/** Words that stand in one message of so many; looked for by the search. */
export const WORDS = { common: "hello", frequent: "invoice", rare: "quetzal" } as const;

/**
 * Fills the workspace with a large team's years: made by the database itself, without the checks and indexes it has in service, which
 * are put back afterwards. Two channels, the second with one conversation in a thousand; one conversation of 5,000 messages.
 */
export async function fill(pool: pg.Pool, workspaceId: string, say: (s: string) => void): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(
      "set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '128MB'",
    );
    const indexes = await dropIndexes(client);
    await people(client, workspaceId);
    say("  people and conversations are made");
    await messages(client, workspaceId);
    say("  messages are made");
    await client.query(
      `insert into search_entry select v.workspace_id, v.id, c.id, search_tokens(c.meta_name || ' ' || c.external_id) from contact c join conversation v on v.workspace_id = c.workspace_id and v.contact_id = c.id where c.workspace_id = '${workspaceId}'`,
    );
    say("  words are taken out");
    for (const definition of indexes) await client.query(definition);
    await client.query(
      "insert into installation (key, value) values ('search.backfill', 'done') on conflict (key) do update set value = 'done'",
    );
    await client.query("vacuum (analyze)");
    say("  indexes are made");
  } finally {
    await client.query("reset all");
    client.release();
  }
}

const TABLES = ["contact", "conversation", "message", "search_entry"];

/** Takes away what an insert would have to keep up row by row, and gives the statements that put it back. */
async function dropIndexes(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ gone: string; back: string }>(
    `select format('alter table %s drop constraint %I cascade', conrelid::regclass, conname) as gone, format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as back
       from pg_constraint where conrelid = any($1::text[]::regclass[]) and contype in ('u', 'p', 'f') or confrelid = any($1::text[]::regclass[])
     union all
     select format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid) from pg_index i
       where i.indrelid = any($1::text[]::regclass[]) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [TABLES],
  );
  const foreign = rows.filter((r) => / FOREIGN KEY /.test(r.back));
  const own = rows.filter((r) => !foreign.includes(r));
  for (const { gone } of [...foreign, ...own]) await client.query(gone);
  return [...own, ...foreign].map((r) => r.back);
}

async function people(client: pg.PoolClient, w: string): Promise<void> {
  await client.query(
    `insert into channel (workspace_id, platform, external_id, page_id, name, state) values ('${w}', 'messenger', '20001', '20001', 'Large', 'healthy'), ('${w}', 'messenger', '20002', '20002', 'Small', 'healthy')`,
  );
  await client.query(
    `insert into contact (workspace_id, channel_id, external_id, meta_name, name_reason)
     select '${w}', h.id, (7500000000000000 + n)::text, (array['Ann','Bao','Chen','Dora','Emil','Fay','Gus','Hana','Ivo','Jun'])[1 + n % 10] || ' ' || (array['Lee','Wu','Kern','Olmos','Rossi','Novak','Silva','Lin','Moreau','Tanaka'])[1 + (n / 10) % 10] || ' ' || n, null
     from generate_series(1, ${CONVERSATIONS}) n join channel h on h.workspace_id = '${w}' and h.external_id = case when n % 1000 = 0 then '20002' else '20001' end`,
  );
  await client.query(
    `insert into conversation (workspace_id, channel_id, contact_id, last_message_at, last_inbound_at, qualifying_at, status, unread_count, trouble_count)
     select c.workspace_id, c.channel_id, c.id, c.at, c.at, c.at, case when n % 10 < 7 then 'resolved' else 'open' end, case when n % 10 = 7 then 2 else 0 end, case when n % 500 = 8 then 1 else 0 end
     from (select *, substr(external_id, 10)::int as n, now() - interval '2 years' * (1 - (external_id::bigint - 7500000000000000) / ${CONVERSATIONS}.0) as at from contact where workspace_id = '${w}') c`,
  );
}

/** Texts from a few thousand sentences, so that words are as unevenly spread as in a language; each with an order number of its own. */
async function messages(client: pg.PoolClient, w: string): Promise<void> {
  await client.query(`create temp table sentence as
    select n, case when n % 5 = 0 then (array['請問這個還有貨嗎','我的訂單什麼時候會到','謝謝你們的幫忙','可以換成藍色的嗎'])[1 + (n / 5) % 4] || ' ' || md5(n::text)
      else (array['Is the blue one still available','When will my parcel arrive','Thank you so much for your help','Can I change the delivery address','The size does not fit at all'])[1 + n % 5] || ' ' || substr(md5(n::text), 1, 6) || ' ' || substr(md5((n * 7)::text), 1, 5) end
      || case when n % 4 = 0 then ' ${WORDS.common}' else '' end || case when n % 300 = 1 then ' ${WORDS.frequent}' else '' end as text
    from generate_series(0, 4999) n`);
  await client.query("alter table sentence add column tokens tsvector");
  await client.query("update sentence set tokens = search_tokens(text)");
  await client.query(
    `create temp table line as
     select uuidv7() as id, v.workspace_id, v.id as conversation_id, v.channel_id, v.last_message_at - interval '3 minutes' * k as at, v.n, k, (v.n * 31 + k * 1237) % 5000 as s, v.n % 20000 = 7 and k = 3 as rare
     from (select *, row_number() over () as n from conversation where workspace_id = '${w}') v cross join generate_series(0, ${MESSAGES / CONVERSATIONS - 1}) k`,
  );
  await client.query(
    `insert into message (workspace_id, id, conversation_id, channel_id, external_id, direction, kind, text, source_kind, state, sent_at)
     select l.workspace_id, l.id, l.conversation_id, l.channel_id, 'm_' || l.n || '_' || k, case when k % 2 = 0 then 'inbound' else 'outbound' end, 'text',
       s.text || ' AB' || (l.n * 10 + k) || case when rare then ' ${WORDS.rare}' else '' end, case when k % 2 = 0 then 'customer' else 'agent' end, case when k % 2 = 0 then 'received' else 'read' end, l.at
     from line l join sentence s on s.n = l.s`,
  );
  await client.query(
    `insert into search_entry (workspace_id, conversation_id, id, tokens)
     select l.workspace_id, l.conversation_id, l.id, s.tokens || array_to_tsvector(array['ab' || (l.n * 10 + k)] || case when rare then '{${WORDS.rare}}'::text[] else '{}' end) from line l join sentence s on s.n = l.s`,
  );
  // Of every conversation, the newest line.
  await client.query(
    "update conversation v set last_message_id = l.id from line l where l.k = 0 and v.workspace_id = l.workspace_id and v.id = l.conversation_id",
  );
  await client.query(
    `insert into message (workspace_id, conversation_id, channel_id, external_id, direction, kind, text, source_kind, state, sent_at)
     select v.workspace_id, v.id, v.channel_id, 'm_long_' || k, 'inbound', 'text', 'Line ' || k, 'customer', 'received', v.last_message_at - interval '1 minute' * k
     from (select * from conversation where workspace_id = '${w}' order by last_message_at desc limit 1) v cross join generate_series(100, 5099) k`,
  );
  await client.query("drop table line; drop table sentence");
}
