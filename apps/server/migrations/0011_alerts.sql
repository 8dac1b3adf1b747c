-- Telling people what is wrong, once. Why it looks like this:
-- * An alert is a thing to be told, with its words as they were then; a delivery is one way to one person (or the webhook). Both
--   are written with the change that causes them, and a delivery is claimed with a lease: whoever dies, another goes on.
-- * `key` makes "once" a matter of the table: the same opening, ending or piece of news cannot be written twice.
-- * An incident that comes back within the hour is the same row, so its opening is told once and its ending after that hour.
-- * Addresses of browsers and of the webhook are capabilities, whoever has one can use it: they are kept as ciphertext.

alter table incident add column opening_told_at timestamptz;
alter table incident add column opening_told_as text;
alter table incident add column ending_told_at timestamptz;
create index incident_untold on incident (since) where confirmed_at is not null and ending_told_at is null;
comment on column incident.opening_told_at is 'When its alert was written; null also if it was over before.';
comment on column incident.opening_told_as is 'Its severity then; one that grew worse is told once to those who want only the critical.';

alter table member add column language text check (language in ('en', 'zh-TW'));
comment on column member.language is 'Of the screens, as last seen; what is sent to the member is written in it. Null: never seen.';

create table alert (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  key text not null,
  kind text not null check (kind in ('opened', 'ended', 'news', 'test')),
  severity text not null check (severity in ('critical', 'warning')),
  audience text not null check (audience in ('everybody', 'administrators')),
  incident_id uuid,
  channel_id uuid,
  words jsonb not null,
  happened_at timestamptz not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, key),
  foreign key (workspace_id, incident_id) references incident on delete cascade,
  foreign key (workspace_id, channel_id) references channel on delete cascade
);
create index alert_created on alert (created_at);
comment on column alert.words is '{en: {title, text, fix}, "zh-TW": …}.';
comment on column alert.happened_at is 'When the incident began, or ended; of news, when it happened.';

create table alert_settings (
  workspace_id uuid not null,
  member_id uuid not null,
  email text not null check (email in ('all', 'critical', 'none')),
  push text not null check (push in ('all', 'critical', 'none')),
  primary key (workspace_id, member_id),
  foreign key (workspace_id, member_id) references member on delete cascade
);
comment on table alert_settings is 'Choices of members. Without a row: administrators get all by e-mail, others nothing; devices get all.';

create table push_subscription (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  member_id uuid not null,
  name text not null,
  fingerprint bytea not null,
  subscription_ciphertext bytea not null,
  subscription_key_id text not null,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, fingerprint),
  foreign key (workspace_id, member_id) references member on delete cascade
);
create index push_subscription_member on push_subscription (workspace_id, member_id);
comment on column push_subscription.name is 'Browser and system, as the member recognises them.';
comment on column push_subscription.fingerprint is 'Recognises the endpoint: a browser has one subscription.';

create table alert_webhook (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  target_ciphertext bytea not null,
  target_key_id text not null,
  changed_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id)
);
comment on column alert_webhook.target_ciphertext is '{url, secret}, sealed.';

create table alert_delivery (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  alert_id uuid not null,
  way text not null check (way in ('email', 'push', 'webhook')),
  member_id uuid,
  push_subscription_id uuid,
  state text not null check (state in ('waiting', 'sent', 'failed', 'dropped')) default 'waiting',
  attempts integer not null default 0,
  due_at timestamptz not null,
  leased_until timestamptz,
  tried_at timestamptz,
  status integer,
  error text,
  detail text,
  primary key (workspace_id, id),
  foreign key (workspace_id, alert_id) references alert on delete cascade,
  foreign key (workspace_id, member_id) references member on delete cascade,
  foreign key (workspace_id, push_subscription_id) references push_subscription on delete cascade
);
create index alert_delivery_due on alert_delivery (due_at) where state = 'waiting';
create index alert_delivery_alert on alert_delivery (workspace_id, alert_id);
create index alert_delivery_way on alert_delivery (workspace_id, way, member_id, tried_at desc) where tried_at is not null;
comment on column alert_delivery.leased_until is 'Somebody is sending it until then; past: whoever it was has died.';
comment on column alert_delivery.error is 'Why the last attempt failed, as a code; detail has the other side''s words.';
comment on column alert_delivery.state is 'dropped: nobody is there any more (member deactivated, webhook or device removed).';
