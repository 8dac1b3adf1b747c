-- What people ask of Meta about their data, and of us. Why it looks like this:
-- * A data-deletion callback names a person by an id of the app, not of a Page: it matches whoever authorised a channel, never a
--   customer. What was matched is forgotten at once; the rest is a task that an administrator ends.
-- * One request may concern several workspaces: each has its row, all have the confirmation code Meta shows the person.
-- * A callback is remembered by its signature: Meta may repeat one, and so may whoever recorded it.

create table deletion_request (
  workspace_id uuid not null references workspace,
  id uuid not null default uuidv7(),
  code text not null,
  external_user_id text not null,
  received_at timestamptz not null,
  matched jsonb not null default '[]',
  state text not null check (state in ('open', 'done')),
  done_at timestamptz,
  done_by uuid,
  note text,
  primary key (workspace_id, id),
  unique (workspace_id, code)
);
create index deletion_request_code on deletion_request (code);
create index deletion_request_newest on deletion_request (workspace_id, received_at desc, id desc);
comment on column deletion_request.matched is '[{channelId, name}]: channels the person had authorised; their name, id and token are forgotten.';

create table callback_seen (
  signature bytea primary key,
  kind text not null check (kind in ('deauthorize', 'data_deletion')),
  code text,
  received_at timestamptz not null
);
comment on table callback_seen is 'Signed callbacks by signature, kept 90 days. Not a tenant table: an app-scoped id belongs to no workspace.';
