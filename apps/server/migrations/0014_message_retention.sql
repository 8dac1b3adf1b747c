-- How long messages are kept. Why it looks like this:
-- * A setting of the workspace: a conversation that was resolved and has been quiet for so many days goes, with its contact, through
--   the same steps as a deletion somebody asked for, so that neither Meta's record nor a late delivery brings it back.
-- * Changing the setting deletes people's history, so who changed it, and from what to what, is kept for good.
-- * A run is a row with its figures from its beginning; a process that dies leaves it open, and whoever comes next goes on with it.
--   At most one of a workspace is open.

alter table workspace add column message_retention_days integer check (message_retention_days >= 30);
comment on column workspace.message_retention_days is 'Days after which resolved conversations go; null: never.';

create table retention_change (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  changed_at timestamptz not null,
  changed_by uuid,
  days_before integer,
  days_after integer,
  primary key (workspace_id, id)
);
create index retention_change_newest on retention_change (workspace_id, changed_at desc, id desc);
comment on column retention_change.changed_by is 'The member; null: an API key.';

create table retention_run (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  days integer not null,
  started_at timestamptz not null,
  done_at timestamptz,
  conversations integer not null default 0,
  messages integer not null default 0,
  files integer not null default 0,
  primary key (workspace_id, id)
);
create unique index retention_run_open on retention_run (workspace_id) where done_at is null;
create index retention_run_newest on retention_run (workspace_id, started_at desc, id desc);

alter table erasure add column retention_run_id uuid, add foreign key (workspace_id, retention_run_id) references retention_run;
create index erasure_asked_for on erasure (workspace_id, asked_at desc, id desc) where retention_run_id is null;
create index erasure_channel on erasure (workspace_id, channel_id, asked_at desc);
comment on column erasure.retention_run_id is 'It went because of its age, in this run; null: somebody asked.';
