-- Self-tests of channels, and webhook calls that were not accepted. Why it looks like this:
-- * A self-test is a row from the moment it is asked for: whoever looks sees its steps fill in, and a process that dies leaves one
--   that the job takes up again. At most one of a channel runs at a time.
-- * A step keeps its words in each language as it was told them: a test of last week still says what was found last week.
-- * A call that is refused leaves no delivery behind. It is counted here by the hour and by what was wrong, because all processes
--   behind one address share the count; it belongs to no workspace, for nobody can say whose a forged call is.

create table self_test (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  channel_id uuid not null,
  reason text not null check (reason in ('connected', 'reauthorized', 'asked')),
  asked_by uuid,
  started_at timestamptz not null,
  finished_at timestamptz,
  steps jsonb not null default '[]',
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel on delete cascade
);
create unique index self_test_running on self_test (workspace_id, channel_id) where finished_at is null;
create index self_test_newest on self_test (workspace_id, channel_id, started_at desc, id desc);
comment on column self_test.steps is '[{code, status, at, owner, words: {en: {evidence, fix}, "zh-TW": …}}], those done so far.';

create table delivery_refusal (
  hour timestamptz not null,
  reason text not null,
  count integer not null,
  last_at timestamptz not null,
  primary key (hour, reason)
);
comment on table delivery_refusal is 'Webhook calls not accepted: signature, storage, verify_token.';
