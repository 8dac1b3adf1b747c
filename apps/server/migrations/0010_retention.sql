-- Deleting a person everywhere. Why it looks like this:
-- * The rows go at once, in one transaction; what lies elsewhere (files, Meta's raw deliveries, jobs) goes in steps that can be
--   repeated. What is still to be done stands in `work`, which is emptied at the end: then nothing here names the person.
-- * Meta's own record still has what was written. `person` recognises the person there without naming them, so that a comparison does
--   not bring back what was deleted.

create table erasure (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  channel_id uuid not null,
  person bytea[] not null,
  asked_at timestamptz not null default clock_timestamp(),
  asked_by uuid,
  work jsonb,
  counts jsonb not null,
  done_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel on delete cascade
);
create index erasure_newest on erasure (workspace_id, asked_at desc, id desc);
create index erasure_open on erasure (asked_at) where done_at is null;
create index erasure_person on erasure using gin (person);
comment on column erasure.person is 'SHA-256 of workspace, channel and Meta''s id of the person, one for each id.';
comment on column erasure.work is '{people, contactIds, conversationIds, files, refs, sending}: what the steps need; null once they are done.';
