import type { Insertable, Selectable } from "kysely";
import type { Deps } from "../../src/deps.ts";
import type { DB } from "../../src/platform/db/schema.gen.ts";
import { Secret } from "../../src/platform/secrets/index.ts";

/**
 * Rows as the product would have left them, for tests that begin in the middle. Every field can be given; what is not makes
 * sense on its own. Times default to the test's clock.
 */

type Row<T extends keyof DB> = Selectable<DB[T]>;
type Wish<T extends keyof DB> = Partial<Insertable<DB[T]>>;

let serial = 0;
/** A number that no other row of this process has: for external ids. */
const next = () => ++serial;
const now = (deps: Deps) => new Date(deps.clock());

export function makeWorkspace(deps: Deps, wish: Wish<"workspace"> = {}): Promise<Row<"workspace">> {
  const values = { name: `Workspace ${next()}`, ...wish };
  return deps.db.insertInto("workspace").values(values).returningAll().executeTakeFirstOrThrow();
}

/** A membership without a person behind it; for one who can make requests see `signedInMember`. */
export function makeMember(deps: Deps, wish: Wish<"member"> & { workspace_id: string }): Promise<Row<"member">> {
  const values = { user_id: `user-${next()}`, role: "agent", ...wish };
  return deps.db.insertInto("member").values(values).returningAll().executeTakeFirstOrThrow();
}

/** A healthy Messenger Page with a route for its webhooks and one live authoriser. */
export async function makeChannel(
  deps: Deps,
  wish: Wish<"channel"> & { workspace_id: string },
  options: { accessToken?: string | null } = {},
): Promise<Row<"channel">> {
  const externalId = wish.external_id ?? String(200_000_000_000_000 + next());
  const channel = await deps.db
    .insertInto("channel")
    .values({
      platform: "messenger",
      external_id: externalId,
      page_id: externalId,
      name: "Blue Door Bakery",
      state: "healthy",
      state_since: now(deps),
      ...wish,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await deps.db
    .insertInto("channel_route")
    .values({
      platform: channel.platform,
      external_id: externalId,
      workspace_id: channel.workspace_id,
      channel_id: channel.id,
    })
    .execute();
  if (options.accessToken !== null) await makeAuthorizer(deps, channel, options.accessToken ?? `EAATEST${externalId}`);
  return channel;
}

export function makeAuthorizer(
  deps: Deps,
  channel: { workspace_id: string; id: string },
  accessToken: string,
  wish: Wish<"authorizer"> = {},
): Promise<Row<"authorizer">> {
  const secret = new Secret(accessToken);
  return deps.db
    .insertInto("authorizer")
    .values({
      workspace_id: channel.workspace_id,
      channel_id: channel.id,
      kind: "person",
      name: "Pat Admin",
      state: "live",
      token_ciphertext: deps.vault.seal(secret),
      token_key_id: deps.vault.keyId,
      token_fingerprint: deps.vault.fingerprint(secret),
      granted_at: now(deps),
      ...wish,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function makeContact(
  deps: Deps,
  channel: { workspace_id: string; id: string },
  wish: Wish<"contact"> = {},
): Promise<Row<"contact">> {
  const n = next();
  return deps.db
    .insertInto("contact")
    .values({
      workspace_id: channel.workspace_id,
      channel_id: channel.id,
      external_id: String(7_000_000_000_000_000 + n),
      meta_name: `Customer ${n}`,
      name_reason: null,
      ...wish,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** An open conversation whose customer wrote a minute ago, with its contact unless one is given. It has no message rows yet. */
export async function makeConversation(
  deps: Deps,
  channel: { workspace_id: string; id: string },
  wish: Wish<"conversation"> = {},
): Promise<Row<"conversation">> {
  const contactId = wish.contact_id ?? (await makeContact(deps, channel)).id;
  const wrote = new Date(deps.clock() - 60_000);
  return deps.db
    .insertInto("conversation")
    .values({
      workspace_id: channel.workspace_id,
      channel_id: channel.id,
      last_message_at: wrote,
      last_inbound_at: wrote,
      qualifying_at: wrote,
      ...wish,
      contact_id: contactId,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A message of the customer, received. For one of ours give `direction: "outbound"` and what differs. */
export async function makeMessage(
  deps: Deps,
  conversation: { workspace_id: string; id: string; channel_id: string },
  wish: Wish<"message"> = {},
): Promise<Row<"message">> {
  const outbound = wish.direction === "outbound";
  const n = next();
  const message = await deps.db
    .insertInto("message")
    .values({
      workspace_id: conversation.workspace_id,
      conversation_id: conversation.id,
      channel_id: conversation.channel_id,
      external_id: `m_test${n}`,
      direction: "inbound",
      kind: "text",
      text: `Message ${n}`,
      source_kind: outbound ? "agent" : "customer",
      state: outbound ? "sent" : "received",
      sent_at: now(deps),
      arrived_at: now(deps),
      ...wish,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await deps.db
    .updateTable("conversation")
    .set({ last_message_id: message.id, last_message_at: message.sent_at })
    .where("workspace_id", "=", conversation.workspace_id)
    .where("id", "=", conversation.id)
    .where("last_message_at", "<=", message.sent_at)
    .execute();
  return message;
}
