import { type RawBuilder, sql } from "kysely";
import type { Deps } from "../../deps.ts";
import { VERSION } from "../../version.ts";
import { eventsOfPerson } from "./redact-body.ts";
import { deliveriesNaming } from "./redact-deliveries.ts";

type Row = Record<string, unknown>;

/** Rows read at once: an export is written as it is read. */
const AT_ONCE = 200;
/** Of the house, not of the person. */
const OURS = ["workspace_id", "blob_key", "sha256", "remote_url", "picture_key", "verdict"];

export interface Exported {
  workspaceId: string;
  contactId: string;
  channelId: string;
  people: string[];
}

/**
 * Everything kept about a contact as one JSON text, piece by piece: what stands in the tables, under the tables' names for things,
 * files by the address that gives their bytes, and of raw deliveries the events that name the person.
 */
export async function* exportContact(deps: Pick<Deps, "db" | "clock">, person: Exported): AsyncGenerator<string> {
  const { workspaceId, contactId, channelId, people } = person;
  const threads = sql`(select v.id from conversation v where v.workspace_id = ${workspaceId} and v.contact_id = ${contactId})`;
  const messages = sql`(select m.id from message m where m.workspace_id = ${workspaceId} and m.conversation_id in ${threads})`;
  const named = sql`x.channel_id = ${channelId} and x.contact_external_id = any(${people}::text[])`;
  const head = { format: "firstline-contact/1", madeAt: new Date(deps.clock()).toISOString(), server: VERSION };
  yield JSON.stringify(head).slice(0, -1);

  const byId = (table: string, which: RawBuilder<unknown>, shape?: (row: Row) => Row) =>
    list(pages(deps, workspaceId, table, which), shape);
  yield* section(
    "contact",
    byId("contact", sql`x.id = ${contactId}`, (row) => withPicture(row)),
  );
  yield* section("conversations", byId("conversation", sql`x.contact_id = ${contactId}`));
  yield* section("messages", byId("message", sql`x.conversation_id in ${threads}`));
  yield* section("files", byId("attachment", sql`x.conversation_id in ${threads}`, withAddress));
  yield* section("sendAttempts", byId("send_attempt", sql`x.message_id in ${messages}`));
  const effects = sql`x.channel_id = ${channelId} and (x.actor = any(${people}::text[]) or x.external_id in (select m.external_id from message m where m.workspace_id = ${workspaceId} and m.conversation_id in ${threads}))`;
  yield* section("effects", list(all(deps, workspaceId, "message_effect", effects)));
  yield* section("notes", byId("activity", sql`x.conversation_id in ${threads}`));
  const comments = sql`x.channel_id = ${channelId} and not x.by_page and x.author_external_id = any(${people}::text[])`;
  yield* section("comments", byId("comment", comments));
  yield* section("events", byId("thread_event", named));
  yield* section("control", list(all(deps, workspaceId, "control_evidence", named)));
  yield* section("references", list(all(deps, workspaceId, "user_ref", named)));
  yield* section("marks", list(all(deps, workspaceId, "thread_mark", named)));
  yield* section("deliveries", list(deliveries(deps, person)));
  yield "}\n";
}

async function* section(name: string, rows: AsyncIterable<string>): AsyncGenerator<string> {
  yield `,\n${JSON.stringify(name)}:[`;
  let first = true;
  for await (const row of rows) {
    yield first ? `\n${row}` : `,\n${row}`;
    first = false;
  }
  yield "]";
}

async function* list(rows: AsyncIterable<Row>, shape: (row: Row) => Row = (row) => row): AsyncGenerator<string> {
  for await (const row of rows) {
    const shown = Object.entries(shape(row)).filter(([column]) => !OURS.includes(column));
    yield JSON.stringify(Object.fromEntries(shown.map(([column, value]) => [camel(column), value])));
  }
}

const camel = (column: string) => column.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
const withAddress = (row: Row): Row => ({
  ...row,
  content: row.blob_key ? `/api/v1/attachments/${row.id}/content` : null,
});
const withPicture = (row: Row): Row => ({
  ...row,
  picture: row.picture_key ? `/api/v1/contacts/${row.id}/picture` : null,
});

async function* pages(
  deps: Pick<Deps, "db">,
  workspaceId: string,
  table: string,
  which: RawBuilder<unknown>,
): AsyncGenerator<Row> {
  let after: string | null = null;
  for (;;) {
    const { rows }: { rows: { id: string; row: Row }[] } = await sql<{ id: string; row: Row }>`
      select x.id, to_jsonb(x) as row from ${sql.table(table)} x
      where x.workspace_id = ${workspaceId} and ${which} ${after ? sql`and x.id > ${after}::uuid` : sql``} order by x.id limit ${AT_ONCE}`.execute(
      deps.db,
    );
    for (const { row } of rows) yield row;
    after = rows.at(-1)?.id ?? null;
    if (rows.length < AT_ONCE) return;
  }
}

/** Tables without an id of their own; they hold a few rows per person. */
async function* all(
  deps: Pick<Deps, "db">,
  workspaceId: string,
  table: string,
  which: RawBuilder<unknown>,
): AsyncGenerator<Row> {
  const { rows } = await sql<{ row: Row }>`
    select to_jsonb(x) as row from ${sql.table(table)} x where x.workspace_id = ${workspaceId} and ${which} order by x`.execute(
    deps.db,
  );
  for (const { row } of rows) yield row;
}

async function* deliveries(deps: Pick<Deps, "db" | "clock">, person: Exported): AsyncGenerator<Row> {
  const { rows: refs } = await sql<{ user_ref: string }>`
    select user_ref from user_ref where workspace_id = ${person.workspaceId} and channel_id = ${person.channelId} and contact_external_id = any(${person.people}::text[])`.execute(
    deps.db,
  );
  const about = { people: person.people, refs: refs.map((r) => r.user_ref) };
  for await (const place of deliveriesNaming(deps.db, about)) {
    const { rows } = await sql<{ body: Buffer; received_at: Date }>`
      select body, received_at from delivery where received_at = ${place.received_at}::timestamptz and id = ${place.id}`.execute(
      deps.db,
    );
    for (const { body, received_at } of rows) {
      const events = eventsOfPerson(body, place.ids);
      if (events.length > 0) yield { id: String(place.id), received_at, events };
    }
  }
}
