-- Every reply ends in a known state, and every way of Meta's is used. Why it looks like this:
-- * A reply whose outcome nobody knows is looked up in Meta's own record: when it was called decides what may be it, so that is
--   written before the call. What the looks found stays on the row, for the agent is asked with it in hand.
-- * A file is uploaded to Meta once per channel and content; Meta keeps it 90 days (Saving assets, 2026-04-22). An upload is no
--   message: when it fails, nothing has been sent, and it may be repeated.
-- * Templates are Meta's; the row is what Meta last said of one. A deleted one stays, for messages name it.
-- * A comment knows whether it was answered privately, by us or (10900) by somebody else: Meta allows one, whoever writes it.

alter table message
  add column called_at timestamptz,
  add column looks smallint not null default 0,
  add column look_at timestamptz,
  add column looked jsonb,
  add column after_control timestamptz,
  add column template jsonb,
  add column comment_id uuid;
-- In flight while this runs: their calls have begun, and only what has not begun may be made again.
update message set called_at = coalesce(next_attempt_at - interval '150 seconds', now()) where state = 'sending';
comment on column message.called_at is 'When the call to Meta began; committed before it does. Null in `sending`: its files are still being uploaded.';
comment on column message.look_at is 'uncertain: when Meta''s record is to be asked (again); null: asked often enough.';
comment on column message.looked is 'uncertain: {at, result: early | absent | unclear | unreadable, fault}: what the last look found.';
comment on column message.after_control is 'Since when it waits for the thread to be ours; sent once then, and never again by itself.';
comment on column message.template is 'Utility template: {templateId, name, language, parameters}; text holds what the customer reads.';
comment on column message.comment_id is 'A private reply to this comment.';
-- What was on its way before had been called, and what was left unknown is looked up too, as far as Meta's record tells of it.
update message set called_at = sent_at, look_at = case when sent_at > now() - interval '7 days' then now() end
where state in ('sending', 'uncertain') and client_id is not null;
create index message_uncertain on message (look_at) where state = 'uncertain' and look_at is not null;
create index message_after_control on message (workspace_id, conversation_id) where after_control is not null and state = 'held';

create table uploaded_file (
  workspace_id uuid not null,
  channel_id uuid not null,
  sha256 bytea not null,
  kind text not null,
  name text not null,
  external_id text not null,
  uploaded_at timestamptz not null,
  primary key (workspace_id, channel_id, sha256, kind, name),
  foreign key (workspace_id, channel_id) references channel
);
comment on table uploaded_file is 'Files Meta already has for this channel, by content and by the name its customers see. external_id: its attachment_id, good for 90 days.';
alter table attachment add column sha256 bytea;
create index attachment_unsent on attachment (created_at) where message_id is null;
alter table channel add column several_images_refused_at timestamptz;

create table template (
  workspace_id uuid not null,
  id uuid not null default uuidv7(),
  channel_id uuid not null,
  external_id text,
  name text not null,
  language text not null,
  category text not null default 'UTILITY',
  parameter_format text not null default 'POSITIONAL' check (parameter_format in ('POSITIONAL', 'NAMED')),
  components jsonb not null,
  status text not null,
  rejected_reason text,
  library_name text,
  member_id uuid,
  created_at timestamptz not null default now(),
  status_at timestamptz not null,
  deleted_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, channel_id) references channel
);
create unique index template_name on template (workspace_id, channel_id, name, language) where deleted_at is null;
create index template_pending on template (status_at) where deleted_at is null and status = 'PENDING';
alter table channel
  add column templates_read_at timestamptz,
  add column templates_fault text;
comment on column channel.templates_read_at is 'When Meta was last asked for its templates; templates_fault: why it did not tell.';
comment on column template.status is 'Meta''s word: APPROVED, PENDING, REJECTED, PAUSED, DISABLED, and whatever it adds.';
comment on column template.status_at is 'Meta''s time of that status; an older word never replaces a newer one.';

alter table comment
  add column replied_at timestamptz,
  add column reply_message_id uuid,
  add column reply_refusal text;
comment on column comment.replied_at is 'A private reply went out; reply_message_id null: somebody else''s.';
comment on column comment.reply_refusal is 'The fault for which no private reply will ever go out.';

alter table conversation
  add column private_reply_at timestamptz,
  add column ending_told_for timestamptz;
comment on column conversation.private_reply_at is 'Last private reply: until the person writes, it is the only message Meta allows.';
alter table contact add column commented_as text;
comment on column contact.commented_as is 'Their id under posts, where it is another than the one for messages; told by the answer to a private reply.';
create index contact_commented_as on contact (workspace_id, channel_id, commented_as) where commented_as is not null;
-- Windows kept open by an ad are found along this one, the others along conversation_window.
create index contact_ad on contact (workspace_id, ((referral->>'at')::double precision)) where referral->>'source' = 'ADS';
create index message_comment on message (workspace_id, comment_id) where comment_id is not null;
comment on column conversation.ending_told_for is 'The end of the reply window its assignee was told of.';

alter table workspace
  add column typing_shown boolean not null default true,
  add column seen_shown boolean not null default true;
comment on column workspace.typing_shown is 'Customers see that somebody is typing.';
comment on column workspace.seen_shown is 'Customers see that their message was read.';
