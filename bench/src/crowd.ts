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
      `insert into search_entry select workspace_id, conversation_id, id, search_tokens(text) from message where workspace_id = '${workspaceId}'`,
    );
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

async function dropIndexes(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = any($1::text[]::regclass[]) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [TABLES],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map((r) => r.definition);
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
  await client.query(
    `insert into message (workspace_id, conversation_id, channel_id, external_id, direction, kind, text, source_kind, state, sent_at)
     select v.workspace_id, v.id, v.channel_id, 'm_' || v.n || '_' || k, case when k % 2 = 0 then 'inbound' else 'outbound' end, 'text',
       s.text || ' AB' || (v.n * 10 + k) || case when v.n % 20000 = 7 and k = 3 then ' ${WORDS.rare}' else '' end,
       case when k % 2 = 0 then 'customer' else 'agent' end, case when k % 2 = 0 then 'received' else 'read' end, v.last_message_at - interval '3 minutes' * k
     from (select v.*, row_number() over () as n from conversation v where v.workspace_id = '${w}') v
     cross join generate_series(0, ${MESSAGES / CONVERSATIONS - 1}) k
     join sentence s on s.n = (v.n * 31 + k * 1237) % 5000`,
  );
  await client.query(
    `insert into message (workspace_id, conversation_id, channel_id, external_id, direction, kind, text, source_kind, state, sent_at)
     select v.workspace_id, v.id, v.channel_id, 'm_long_' || k, 'inbound', 'text', 'Line ' || k, 'customer', 'received', v.last_message_at - interval '1 minute' * k
     from (select * from conversation where workspace_id = '${w}' order by last_message_at desc limit 1) v cross join generate_series(100, 5099) k`,
  );
  await client.query(`create index bench_last on message (conversation_id, sent_at desc)`);
  await client.query(
    `update conversation v set last_message_id = (select m.id from message m where m.conversation_id = v.id order by m.sent_at desc limit 1) where v.workspace_id = '${w}'`,
  );
  await client.query("drop index bench_last; drop table sentence");
}
