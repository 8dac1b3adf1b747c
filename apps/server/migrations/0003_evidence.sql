-- Evidence: what Meta told beside messages, who holds a thread, what was lost and read back. Why it looks like this:
-- * Everything Meta tells about a thread before or without a message is kept by the customer's id, not by a conversation that may
--   not exist yet; any order of arrival ends in the same rows.
-- * Who holds a thread is computed from `control_evidence`, never switched: the newest evidence wins, whatever came last.
-- * `intake` is written by adding, so that two workers never wait for the same counter; a chore folds it together.

alter table message
  add column details jsonb,
  add column recovered_at timestamptz;
comment on column message.details is 'Structured content (lead answers, order lines, form fields): [{label, value, kind}].';
comment on column message.recovered_at is 'When the Conversations API gave it first; recovered = false beside it means Meta delivered it late.';
create index message_delivery on message (workspace_id, delivery_id) where delivery_id is not null;

alter table conversation add column primary_at timestamptz;
comment on column conversation.primary_at is 'Meta''s time of the newest customer event that came to us as the holder of the thread, not in standby.';
alter table conversation add column control_requested_at timestamptz;
comment on column conversation.control_requested_at is 'When the team last asked the holder of the thread for control.';
-- A contact has one thread. By channel as well, the key would look to a planner without statistics no better than the list's index by
-- channel, and every look-up while receiving would read all threads of the channel.
alter table conversation drop constraint conversation_workspace_id_channel_id_contact_id_key, add unique (workspace_id, contact_id);
create index conversation_held on conversation (workspace_id, last_message_at desc) where held_by is not null;

alter table thread_mark
  add column primary_at timestamptz,
  add column guest_ended_at timestamptz;

-- One row per thing that tells who holds a thread. holder: app id, '' where Meta does not say which; previous: who held it before,
-- where Meta tells it.
create table control_evidence (
  workspace_id uuid not null,
  channel_id uuid not null,
  contact_external_id text not null,
  at timestamptz not null,
  kind text not null check (kind in ('standby', 'pass', 'take', 'echo', 'refused', 'owner', 'released')),
  holder text not null default '',
  previous text,
  until timestamptz,
  metadata text,
  primary key (workspace_id, channel_id, contact_external_id, at, kind, holder)
);

-- Quiet lines Meta's events leave in a thread (or on the channel, where they name no customer): opt-ins, account linking, labels, changes of
-- control, policy actions, feedback on a reply, ranges read back. `dedup` makes a redelivery harmless.
create table thread_event (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  channel_id uuid not null,
  contact_external_id text,
  kind text not null,
  at timestamptz not null,
  arrived_at timestamptz not null default now(),
  delivery_id bigint,
  text text,
  data jsonb not null default '{}',
  dedup text not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel,
  unique (workspace_id, channel_id, dedup)
);
create index thread_event_thread on thread_event (workspace_id, channel_id, contact_external_id, at desc, id desc);

-- Comments under posts: no messages, but the beginning of conversations (private replies).
create table comment (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  channel_id uuid not null,
  external_id text not null,
  post_id text,
  parent_id text,
  author_external_id text,
  author_name text,
  by_page boolean not null default false,
  text text,
  at timestamptz not null,
  changed_at timestamptz not null,
  edition smallint not null default 0,
  removed_at timestamptz,
  arrived_at timestamptz not null default now(),
  delivery_id bigint,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel,
  unique (workspace_id, channel_id, external_id)
);
create index comment_all on comment (workspace_id, at desc, id desc);
create index comment_newest on comment (workspace_id, channel_id, at desc, id desc);
create index comment_author on comment (workspace_id, channel_id, author_external_id, at desc);

-- Checkbox plugin: the person is known by a user_ref of ours until the first message joins it to a page-scoped id. at: of the opt-in,
-- null while only that message has come.
create table user_ref (
  workspace_id uuid not null,
  channel_id uuid not null,
  user_ref text not null,
  ref text,
  at timestamptz,
  contact_external_id text,
  primary key (workspace_id, channel_id, user_ref)
);

-- Counters per channel, hour (UTC) and kind of event. Rows are added per batch and folded together by a chore.
create table intake (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  channel_id uuid not null,
  hour timestamptz not null,
  field text not null,
  received integer not null default 0,
  duplicate integer not null default 0,
  late integer not null default 0,
  recovered integer not null default 0,
  incomplete integer not null default 0,
  unreadable integer not null default 0,
  primary key (workspace_id, id)
);
create index intake_hour on intake (workspace_id, channel_id, hour);

-- Every comparison with Meta's own record (Conversations API), and what it found.
create table reconciliation (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  channel_id uuid not null,
  reason text not null check (reason in ('scheduled', 'outage', 'reconnected', 'resubscribed', 'silence', 'demand', 'trace')),
  contact_external_id text,
  state text not null default 'running' check (state in ('running', 'done', 'failed')),
  from_at timestamptz not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  conversations integer not null default 0,
  examined integer not null default 0,
  recovered integer not null default 0,
  fault text,
  error text,
  -- Where it is, so that it can be taken up again: Meta's cursor, who works on it (since when heard of), how often Meta put it off.
  cursor text,
  runner_at timestamptz,
  tries smallint not null default 0,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel
);
create index reconciliation_newest on reconciliation (workspace_id, channel_id, started_at desc, id desc);
create index reconciliation_running on reconciliation (runner_at) where state = 'running';

-- What Meta says of the Page itself: read on schedule and on demand. apps: [{id, name, fields}]; routing: {enabled, defaultOurs, takeover: {allowed, at}}.
alter table channel
  add column apps jsonb,
  add column routing jsonb,
  add column surveyed_at timestamptz,
  add column reconciled_at timestamptz,
  add column silence jsonb,
  add column resubscribed_at timestamptz,
  add column record_free_at timestamptz;
comment on column channel.record_free_at is 'No call to the Conversations API before this: Meta allows 2 per second for a Page or account, from all processes together.';
comment on column channel.reconciled_at is 'Everything of Meta''s record up to this time has been compared with ours.';
comment on column channel.silence is 'Set while nothing arrives although the habit of the channel says it should: {since, expected}.';

-- Chats of guests that nobody has ended yet: a chore ends them when their time is over.
create index contact_guest on contact (workspace_id, channel_id) where is_guest and guest_ended_at is null;

alter table contact
  add column name_source text,
  add column name_tries smallint not null default 0;
create index contact_unpermitted on contact (workspace_id, channel_id, profile_read_at) where name_reason = 'permission_missing';

-- Evidence of a delivery beside its body: its headers, and whom it concerns (filled when it is read).
alter table delivery
  add column headers text,
  add column channels uuid[],
  add column contacts text[],
  add column replays smallint not null default 0;
-- For looking at what was worked off. Both leave out what waits: storing a webhook before its acknowledgement pays for neither.
create index delivery_worked_off on delivery (received_at, id) where state <> 'pending';
create index delivery_concerns on delivery using gin (channels, contacts) where channels is not null;
-- Those whose customers are not all named: their bytes are searched for one. Empty but for huge batches and what was kept before.
create index delivery_unnamed on delivery (received_at) where state = 'done' and (channels is null or cardinality(contacts) >= 50);
