-- Sending at Meta's pace, and replies nobody confirmed. Why it looks like this:
-- * What changes with every send stands in a narrow row of its own: the channel's row is wide, and read by everybody.
-- * A bucket of turns is one time, everything before it is spent. The database's clock counts, for it is one for all processes.

create table send_pace (
  workspace_id uuid not null,
  channel_id uuid not null,
  text_at timestamptz not null default '-infinity',
  media_at timestamptz not null default '-infinity',
  strikes smallint not null default 0,
  slowed_at timestamptz,
  paused_until timestamptz,
  primary key (workspace_id, channel_id),
  foreign key (workspace_id, channel_id) references channel
) with (fillfactor = 50);
comment on column send_pace.strikes is 'Limits reached at Meta in a row: each makes the Page half as fast. A send that is taken takes one away.';
comment on column send_pace.paused_until is 'Nothing is sent before: Meta refused for a limit, or told that one is nearly reached.';

-- Meta restricts the Page: one message is tried when `probe_at` has come.
alter table channel
  add column probes smallint not null default 0,
  add column probe_at timestamptz;
create index message_held on message (workspace_id, channel_id, sent_at, id) where state = 'held';
