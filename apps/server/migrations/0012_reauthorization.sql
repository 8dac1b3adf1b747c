-- Giving a channel its access again, by a member or by a link that needs none. Why it looks like this:
-- * Of a link only the hash of its token is kept: who reads the database cannot use it.
-- * A link is used up in the transaction that keeps the new access, so that of two people who finish at once one succeeds.
-- * An attempt is one way to Meta's dialog and back, known by the hash of its `state`, and bound to a link or to a member. What came
--   of it stays for a day, because the browser that comes back must be told, and whoever sent the link wants to know.
-- * Whom a link has connected is read from the authoriser: nothing about a person is kept here.

create table reauthorization_link (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  channel_id uuid not null,
  token_hash bytea not null,
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  used_at timestamptz,
  authorizer_id uuid,
  openings integer not null default 0,
  attempts integer not null default 0,
  last_fault text,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel on delete cascade
);
create index reauthorization_link_token on reauthorization_link (token_hash);
create index reauthorization_link_newest on reauthorization_link (workspace_id, channel_id, created_at desc, id desc);
comment on column reauthorization_link.last_fault is 'Why the last attempt did not succeed; null: none failed, or it succeeded.';

create table reauthorization_attempt (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  channel_id uuid not null,
  link_id uuid,
  member_id uuid,
  state_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  taken_at timestamptz,
  finished_at timestamptz,
  fault text,
  about jsonb not null default '{}',
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel on delete cascade,
  foreign key (workspace_id, link_id) references reauthorization_link on delete cascade
);
create index reauthorization_attempt_state on reauthorization_attempt (state_hash);
create index reauthorization_attempt_link on reauthorization_attempt (workspace_id, link_id, created_at desc);
create index reauthorization_attempt_old on reauthorization_attempt (created_at);
comment on column reauthorization_attempt.fault is 'Why it did not succeed; null once finished: it did.';
comment on column reauthorization_attempt.about is '{granted: [names of the Pages allowed instead], missing: [permissions or tasks]}.';
