-- Who gave a channel its access, what is left of it, and leaving. Why it looks like this:
-- * `lacking` and `tasks` are what the last look at Meta said, so that the choice of the token to use needs no call.
-- * The date of deletion stands on the channel: connecting again takes it away in the statement that brings the channel back.

alter table authorizer
  add column connected_by uuid,
  add column tasks text[],
  add column lacking text[] not null default '{}';
comment on column authorizer.connected_by is 'The member who connected; null: an API key, somebody by a link, or before this was kept.';
comment on column authorizer.tasks is 'What the person may do on the Page, by Meta''s names; null: Meta does not say.';
comment on column authorizer.lacking is 'Permissions the product uses and this authorisation has not got for this account.';

alter table channel
  add column history_deleted_at timestamptz,
  add column history_deleted_by uuid;
comment on column channel.history_deleted_at is 'When the history of a disconnected channel goes, with the channel; null: it is kept.';
create index channel_history_deleted on channel (history_deleted_at) where history_deleted_at is not null;
