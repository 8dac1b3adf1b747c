-- The first schema. Why it looks like this:
-- * Every tenant table starts its keys with workspace_id and joins carry it, so that the schema can be distributed by workspace
--   and no id of one workspace opens anything in another (a test reads this from the catalogue).
-- * Two tables are queues because their rows are the product: `delivery` (what Meta sent, exact bytes) and outbound `message`.
-- * Meta's time and our time of arrival are always two columns.
-- * `event` is the outbox for clients: written in the transaction of the change, read in (txid, id) order up to the oldest
--   transaction still running, so that a reader never passes over a row that commits late.

create table workspace (
  id uuid primary key default uuidv7(),
  name text not null,
  created_at timestamptz not null default now()
);

create table member (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  user_id text not null,
  role text not null check (role in ('agent', 'supervisor', 'administrator')),
  created_at timestamptz not null default now(),
  deactivated_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, user_id)
);
create index member_user on member (user_id);

create table invitation (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  token_hash bytea not null,
  email text not null,
  role text not null check (role in ('agent', 'supervisor', 'administrator')),
  invited_by uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  primary key (workspace_id, id)
);
create index invitation_token on invitation (token_hash);

-- Channels: connected Pages and Instagram accounts -------------------------------------------------------------------

create table channel (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  platform text not null check (platform in ('messenger', 'instagram')),
  external_id text not null,
  page_id text not null,
  name text not null,
  picture_key text,
  state text not null check (state in ('healthy', 'degraded', 'needs_reauthorization', 'restricted', 'disconnected')),
  state_fault text,
  state_since timestamptz not null default now(),
  human_agent_refused_at timestamptz,
  last_event_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, platform, external_id)
);

-- Which channel a webhook belongs to. Not a tenant table: it answers "whose is this?" before a workspace is known.
create table channel_route (
  platform text not null,
  external_id text not null,
  workspace_id uuid not null,
  channel_id uuid not null,
  primary key (platform, external_id)
);

create table authorizer (
  workspace_id uuid not null,
  channel_id uuid not null,
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('person', 'system_user', 'unknown')),
  external_user_id text,
  name text,
  token_ciphertext bytea,
  token_key_id text,
  token_fingerprint bytea not null,
  scopes text[] not null default '{}',
  state text not null check (state in ('live', 'dead')),
  fault text,
  granted_at timestamptz not null default now(),
  proved_at timestamptz,
  expires_at timestamptz,
  data_access_expires_at timestamptz,
  primary key (workspace_id, channel_id, id),
  foreign key (workspace_id, channel_id) references channel,
  unique (workspace_id, channel_id, token_fingerprint)
);

-- A person came back from Meta's dialog: the Pages granted, waiting for a choice. Short-lived.
create table channel_grant (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  member_id uuid,
  state_hash bytea not null,
  pages_ciphertext bytea,
  key_id text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (workspace_id, id)
);
create index channel_grant_state on channel_grant (state_hash);

-- People and threads --------------------------------------------------------------------------------------------------

create table contact (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  channel_id uuid not null,
  external_id text not null,
  own_name text,
  meta_name text,
  username text,
  name_reason text default 'pending',
  picture_key text,
  locale text,
  is_guest boolean not null default false,
  guest_ended_at timestamptz,
  cannot_receive_since timestamptz,
  referral jsonb,
  profile_read_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel,
  unique (workspace_id, channel_id, external_id)
);

create table conversation (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  channel_id uuid not null,
  contact_id uuid not null,
  status text not null default 'open' check (status in ('open', 'resolved')),
  resolved_at timestamptz,
  assignee_id uuid,
  unread_count integer not null default 0,
  last_message_id uuid,
  last_message_at timestamptz not null,
  last_inbound_at timestamptz,
  qualifying_at timestamptz,
  window_corrected_at timestamptz,
  delivered_watermark timestamptz,
  read_watermark timestamptz,
  trouble_count integer not null default 0,
  held_by jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel,
  foreign key (workspace_id, contact_id) references contact,
  unique (workspace_id, channel_id, contact_id)
);
create index conversation_newest on conversation (workspace_id, status, last_message_at desc, id desc);
create index conversation_all on conversation (workspace_id, last_message_at desc, id desc);
create index conversation_assignee on conversation (workspace_id, assignee_id, status, last_message_at desc, id desc);
create index conversation_window on conversation (workspace_id, status, qualifying_at);
create index conversation_trouble on conversation (workspace_id, last_message_at desc) where trouble_count > 0;
create index conversation_unread on conversation (workspace_id, assignee_id) where unread_count > 0 and status = 'open';

create table message (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  channel_id uuid not null,
  external_id text,
  client_id text,
  direction text not null check (direction in ('inbound', 'outbound')),
  kind text not null,
  text text,
  payload text,
  source_kind text not null,
  source_app_id text,
  source_name text,
  member_id uuid,
  way text,
  state text not null,
  sent_at timestamptz not null,
  arrived_at timestamptz not null default now(),
  delivery_id bigint,
  recovered boolean not null default false,
  incomplete boolean not null default false,
  standby boolean not null default false,
  edited_at timestamptz,
  edition integer not null default 0,
  deleted_at timestamptz,
  reactions jsonb not null default '[]',
  reply_to text,
  failure jsonb,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation,
  unique (workspace_id, channel_id, external_id)
);
create unique index message_client on message (workspace_id, conversation_id, client_id) where client_id is not null;
create index message_thread on message (workspace_id, conversation_id, sent_at desc, id desc);
-- The send queue: small, because a row leaves it once its fate is known.
create index message_queue on message (next_attempt_at, workspace_id, conversation_id) where state in ('queued', 'sending');
create index message_open_outbound on message (workspace_id, conversation_id, sent_at, id) where state in ('queued', 'sending', 'held', 'uncertain', 'failed');
create index message_unread_marks on message (workspace_id, conversation_id, sent_at) where direction = 'outbound' and state in ('sent', 'delivered');

create table attachment (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  message_id uuid,
  position smallint not null default 0,
  kind text not null,
  meta_type text,
  name text,
  title text,
  link text,
  content_type text,
  size bigint,
  width integer,
  height integer,
  remote_url text,
  blob_key text,
  state text not null check (state in ('pending', 'stored', 'failed', 'none')),
  verdict jsonb,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation
);
create index attachment_message on attachment (workspace_id, message_id, position);

create table send_attempt (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  message_id uuid not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  http_status integer,
  code integer,
  subcode integer,
  trace_id text,
  raw text,
  outcome text,
  primary key (workspace_id, id)
);
create index send_attempt_message on send_attempt (workspace_id, message_id, started_at);

-- Notes of the team and quiet system lines of a conversation.
create table activity (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  conversation_id uuid not null,
  kind text not null,
  at timestamptz not null default now(),
  member_id uuid,
  target_member_id uuid,
  text text,
  primary key (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversation
);
create index activity_conversation on activity (workspace_id, conversation_id, at desc, id desc);

-- What happened to a message after it was written: a reaction, an edit, an unsend, "seen". The row here is the truth, by Meta's
-- time; the message shows it. Kept apart because an effect may arrive before its message, and any order must end in the same rows.
create table message_effect (
  workspace_id uuid not null,
  channel_id uuid not null,
  external_id text not null,
  kind text not null check (kind in ('reaction', 'edit', 'unsend', 'seen')),
  actor text not null,
  at timestamptz not null,
  edition integer not null default 0,
  value text,
  primary key (workspace_id, channel_id, external_id, kind, actor)
);

-- Receipts and openers of a thread that came before its first message; taken over when the conversation is made.
create table thread_mark (
  workspace_id uuid not null,
  channel_id uuid not null,
  contact_external_id text not null,
  qualifying_at timestamptz,
  delivered_watermark timestamptz,
  read_watermark timestamptz,
  is_guest boolean not null default false,
  referral jsonb,
  primary key (workspace_id, channel_id, contact_external_id)
);

-- The outbox ----------------------------------------------------------------------------------------------------------

create table event (
  workspace_id uuid not null,
  txid xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  type text not null,
  conversation_id uuid,
  subject_id uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, txid, id)
);
create index event_order on event (txid, id);

-- Raw deliveries: what Meta sent, kept as exact bytes before the 200. Partitioned by day, dropped by retention. -------

create sequence delivery_id as bigint;
create table delivery (
  received_at timestamptz not null default now(),
  id bigint not null default nextval('delivery_id'),
  state text not null default 'pending' check (state in ('pending', 'done', 'failed')),
  attempts smallint not null default 0,
  body bytea not null,
  workspaces uuid[],
  events integer,
  unsupported integer,
  processed_at timestamptz,
  error text
) partition by range (received_at);
-- No primary key: it would need the partition column and cost every webhook one more index. Ids come from one sequence.
create table delivery_default partition of delivery default;
create index delivery_pending on delivery (id) where state = 'pending';
create index delivery_by_id on delivery (id);
create index delivery_failed on delivery (id) where state = 'failed';

-- Things of the installation that are not configuration: generated once, kept.
create table installation (
  key text primary key,
  value text not null
);
