-- What was wrong with a channel, from when to when. Why it looks like this:
-- * One row per incident, whatever was found how often: at most one that has not ended per subject and code.
-- * The subject is the channel, or `app:messenger` / `app:instagram` for what all channels of a workspace share there: a wrong
--   callback is one incident, not one per Page.
-- * The words are kept as they were found, in each language: a row of last week still says what was found last week.
-- * `confirmed_at` is null while only one look has found it; such a row is shown to nobody and goes with the next good look.

create table incident (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  subject text not null,
  channel_id uuid,
  code text not null,
  severity text not null check (severity in ('critical', 'warning')),
  owner text not null,
  words jsonb not null,
  since timestamptz not null,
  confirmed_at timestamptz,
  until timestamptz,
  reopened integer not null default 0,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel on delete cascade
);
create unique index incident_open on incident (workspace_id, subject, code) where until is null;
create index incident_subject on incident (workspace_id, subject, since desc);
create index incident_newest on incident (workspace_id, since desc, id desc);
comment on column incident.words is '{en: {title, evidence, fix}, "zh-TW": …}: as last found.';
comment on column incident.reopened is 'How often it came back within an hour of its end.';

alter table authorizer add column died_at timestamptz;
comment on column authorizer.died_at is 'When it was found dead; null: it lives, or died before this was kept.';
