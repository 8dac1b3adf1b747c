-- Finding people and words among millions of messages. Why it looks like this:
-- * The index is kept beside the messages and written a moment later by a follower of the outbox: a word index costs more than the
--   message itself, and the way of a message must not pay for it. The newest conversations are searched directly, so nobody notices.
-- * Words are matched from their beginning. Scripts without spaces are cut into overlapping pairs, so that any two signs in a row are found.
-- * The list never counts or sorts more rows than it shows: its orders are the orders of indexes.

create function search_tokens(body text) returns tsvector language sql immutable strict parallel safe as $$
  select case when body ~ '[\u0E00-\u0E7F\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]' then
    strip(to_tsvector('simple', regexp_replace(body, '([^[:alnum:]]|[\u0E00-\u0E7F\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF])+', ' ', 'g'))) ||
    array_to_tsvector(coalesce((
      select array_agg(distinct substr(run[1], n, 2))
      from regexp_matches(body, '([\u0E00-\u0E7F\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]+)', 'g') as found(run), generate_series(1, greatest(length(run[1]) - 1, 1)) as n), '{}'))
  else strip(to_tsvector('simple', regexp_replace(body, '[^[:alnum:]]+', ' ', 'g'))) end
$$;

-- Every word must begin a word; null when the text holds none.
create function search_query(body text) returns tsquery language sql immutable strict parallel safe as $$
  select string_agg(quote_literal(lexeme) || ':*', ' & ')::tsquery from unnest(tsvector_to_array(search_tokens(body))) as lexeme
$$;

-- One row per message with words in it, and one per contact (names, id).
create table search_entry (
  workspace_id uuid not null,
  conversation_id uuid not null,
  id uuid not null,
  tokens tsvector not null,
  primary key (workspace_id, conversation_id, id)
);
create index search_entry_tokens on search_entry using gin (tokens);

-- The sort by window walks this one; of the list by channel, the other. The list of every status merges those of the two.
drop index conversation_all;
-- "Needs a look" is one question, so it is one index.
drop index conversation_trouble;
drop index conversation_held;
create index conversation_look on conversation (workspace_id, last_message_at desc, id desc) where trouble_count > 0 or held_by is not null;
drop index conversation_window;
create index conversation_window on conversation (workspace_id, qualifying_at, last_message_at desc, id desc);
create index conversation_channel on conversation (workspace_id, channel_id, last_message_at desc, id desc);

-- The key is made last of all indexes. While a table has no statistics, several of them look equally good for finding one thread, and the
-- planner takes the newest: foreign keys would go on reading a whole workspace for every message (measured: three times the cost).
alter table conversation drop constraint conversation_pkey cascade, add primary key (workspace_id, id);
alter table message add foreign key (workspace_id, conversation_id) references conversation;
alter table attachment add foreign key (workspace_id, conversation_id) references conversation;
alter table activity add foreign key (workspace_id, conversation_id) references conversation;
