import type { ActivityList, Contact, Conversation } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { endGuestChats, endHolds } from "../../src/modules/conversations/control-upkeep.ts";
import { learnControl, noteControl } from "../../src/modules/conversations/index.ts";
import {
  createTestApp,
  META_APP,
  makeChannel,
  makeContact,
  makeConversation,
  makeMessage,
  type TestApp,
} from "../harness/index.ts";
import { PAGE_INBOX, SALES_BOT } from "./support.ts";

const HOUR = 3_600_000;
let t: TestApp;
let channel: Awaited<ReturnType<typeof makeChannel>>;

beforeAll(async () => {
  t = await createTestApp();
  await t.deps.jobs.start({ work: false });
  channel = await makeChannel(t.deps, { workspace_id: t.workspaceId });
});
afterAll(async () => {
  await t.deps.jobs.stop();
  await t.close();
});

/** A thread whose customer wrote `ago` ms before now. */
async function newThread(ago = 0, guest = false) {
  const at = new Date(t.clock.now() - ago);
  const contact = await makeContact(t.deps, channel, { is_guest: guest });
  const conversation = await makeConversation(t.deps, channel, {
    contact_id: contact.id,
    last_message_at: at,
    last_inbound_at: at,
    qualifying_at: at,
    primary_at: at,
  });
  await makeMessage(t.deps, conversation, { sent_at: at });
  return { contact, conversation };
}
type Thread = Awaited<ReturnType<typeof newThread>>;
const keyOf = ({ contact }: Thread) => ({
  workspaceId: t.workspaceId,
  channelId: channel.id,
  contactExternalId: contact.external_id,
});
const hold = (thread: Thread, at: number, holder = SALES_BOT) =>
  t.deps.db
    .transaction()
    .execute((tx) =>
      noteControl(tx, t.deps, [
        { ...keyOf(thread), at, kind: "take", holder, previous: null, until: null, metadata: null },
      ]),
    );
const shown = async ({ conversation }: Thread) =>
  (await t.call<Conversation>("GET", `/conversations/${conversation.id}`, { headers: t.apiKey })).json;
const lines = async ({ conversation }: Thread) =>
  (
    await t.call<z.infer<typeof ActivityList>>("GET", `/conversations/${conversation.id}/activity`, {
      headers: t.apiKey,
    })
  ).json.data
    .map((l) => [l.kind, Date.parse(l.at)] as const)
    .reverse();
const events = async ({ conversation }: Thread) => {
  const { rows } = await sql<{
    type: string;
  }>`select type from event where conversation_id = ${conversation.id}`.execute(t.deps.db);
  return rows.map((r) => r.type);
};

test("R2 a hold ends 24 hours after the customer's last action: announced once, at that time, with the reply window as it is", async () => {
  const wrote = t.clock.now() - 23 * HOUR;
  const thread = await newThread(23 * HOUR);
  await hold(thread, wrote + 1000);
  const held = await shown(thread);
  expect(held.heldBy).toMatchObject({ kind: "other_app", appId: SALES_BOT });
  const end = Date.parse(held.heldBy!.until!);
  expect(end).toBe(wrote + 24 * HOUR);
  expect(await endHolds(t.deps)).toBe(0);
  t.clock.set(end);
  const before = (await events(thread)).length;
  expect(await endHolds(t.deps)).toBe(1);
  expect(await endHolds(t.deps)).toBe(0);
  expect((await shown(thread)).heldBy).toBeNull();
  expect(await lines(thread)).toEqual([
    ["control_held", wrote + 1000],
    ["control_returned", end],
  ]);
  expect((await events(thread)).slice(before).sort()).toEqual(["activity.created", "conversation.updated"]);
});

test("R2 a customer who writes to the other app meanwhile gives it another day", async () => {
  const wrote = t.clock.now() - 23 * HOUR;
  const thread = await newThread(23 * HOUR);
  await hold(thread, wrote + 1000);
  const again = new Date(wrote + 20 * HOUR);
  await t.deps.db
    .updateTable("conversation")
    .set({ last_inbound_at: again, qualifying_at: again })
    .where("id", "=", thread.conversation.id)
    .execute();
  await t.deps.db.transaction().execute((tx) =>
    noteControl(tx, t.deps, [
      {
        ...keyOf(thread),
        at: again.getTime(),
        kind: "standby",
        holder: "",
        previous: null,
        until: null,
        metadata: null,
      },
    ]),
  );
  t.clock.advance({ hours: 2 });
  expect(await endHolds(t.deps)).toBe(0);
  expect((await shown(thread)).heldBy?.until).toBe(new Date(again.getTime() + 24 * HOUR).toISOString());
});

test("R2 what we just learned is newer than everything told, though our clock lags behind Meta's", async () => {
  const thread = await newThread();
  await hold(thread, t.clock.now() + 30_000, PAGE_INBOX);
  expect((await shown(thread)).heldBy?.kind).toBe("page_inbox");
  const learn = (kind: "take" | "refused", holder: string) =>
    t.deps.db.transaction().execute((tx) => learnControl(tx, t.deps, { ...keyOf(thread), kind, holder }));
  await learn("take", META_APP.id);
  expect((await shown(thread)).heldBy).toBeNull();
  await learn("refused", "");
  expect((await shown(thread)).heldBy?.kind).toBe("unknown");
});

test("R5 a thread that came back is compared with Meta's record from a day before it went, once", async () => {
  const thread = await newThread();
  const at = t.clock.now();
  await hold(thread, at);
  const back = () =>
    t.deps.db
      .transaction()
      .execute((tx) =>
        noteControl(tx, t.deps, [
          { ...keyOf(thread), at: at + 1, kind: "released", holder: "", previous: null, until: null, metadata: null },
        ]),
      );
  await back();
  await back();
  const { rows } = await sql<{ data: unknown }>`
    select data from pgboss.job where name = 'reconcile.returned' and data->>'contactExternalId' = ${thread.contact.external_id}`.execute(
    t.deps.db,
  );
  expect(rows.map((r) => r.data)).toEqual([{ ...keyOf(thread), from: new Date(at - 24 * HOUR).toISOString() }]);
});

test("O2 a guest's chat is closed 24 hours after its start, with one line, and says the same everywhere", async () => {
  const start = t.clock.now();
  const thread = await newThread(0, true);
  t.clock.advance({ hours: 20 });
  const late = new Date(t.clock.now());
  await makeMessage(t.deps, thread.conversation, { sent_at: late });
  await t.deps.db
    .updateTable("conversation")
    .set({ qualifying_at: late, last_inbound_at: late, last_message_at: late })
    .where("id", "=", thread.conversation.id)
    .execute();
  const end = start + 24 * HOUR;
  const contact = async () =>
    (await t.call<Contact>("GET", `/contacts/${thread.contact.id}`, { headers: t.apiKey })).json.guest;
  expect(await contact()).toEqual({ endsAt: new Date(end).toISOString(), endedAt: null });
  expect((await shown(thread)).reply).toMatchObject({ state: "open", until: new Date(end).toISOString() });
  expect(await endGuestChats(t.deps)).toBe(0);
  t.clock.set(end);
  expect((await shown(thread)).reply).toMatchObject({ state: "blocked", reasons: [{ code: "guest_chat_ended" }, {}] });
  expect(await endGuestChats(t.deps)).toBe(1);
  expect(await endGuestChats(t.deps)).toBe(0);
  expect(await contact()).toEqual({ endsAt: new Date(end).toISOString(), endedAt: new Date(end).toISOString() });
  expect(await lines(thread)).toEqual([["guest_ended", end]]);
});

test("O2 a guest's chat that began with a visit counts from the visit; people who are no guests are left alone", async () => {
  const visit = t.clock.now();
  t.clock.advance({ hours: 1 });
  const guest = await newThread(0, true);
  const person = await newThread();
  const referral = {
    source: "CUSTOMER_CHAT_PLUGIN",
    type: "OPEN_THREAD",
    ref: null,
    adId: null,
    adTitle: null,
    at: visit,
  };
  await t.deps.db
    .updateTable("contact")
    .set({ referral: JSON.stringify(referral) })
    .where("id", "=", guest.contact.id)
    .execute();
  t.clock.set(visit + 24 * HOUR);
  expect(await endGuestChats(t.deps)).toBe(1);
  t.clock.advance({ days: 3 });
  expect(await endGuestChats(t.deps)).toBe(0);
  expect(await lines(person)).toEqual([]);
});
