import type { Contact, Conversation } from "@firstline/contracts";
import { fileTypeFromBuffer } from "file-type";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { ANN, BLUE, BLUE_INSTAGRAM, KEVIN, ROSA, startWorld, type World } from "../api/support/world.ts";
import type { Person } from "../harness/index.ts";

let w: World;
let agent: Person;
let serial = 0;

beforeAll(async () => {
  w = await startWorld();
  agent = await w.asMember("agent");
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  await w.connect("instagram", BLUE_INSTAGRAM, await w.meta.pageToken(KEVIN, BLUE));
});
afterAll(() => w.close());
beforeEach(() => w.meta.clearFaults());

const contact = async (c: Conversation) =>
  (await w.call<Contact>("GET", `/contacts/${c.contact.id}`, { headers: agent.headers })).json;
const read = (c: Conversation) =>
  until("the profile was read", async () => ((await contact(c)).nameReason === "pending" ? null : contact(c)));
const newCustomer = (more: object = {}) =>
  w.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, { name: `Customer ${++serial}`, ...more });
const readAgain = async (c: Conversation) => {
  await sql`update contact set profile_read_at = null where id = ${c.contact.id}`.execute(w.deps.db);
  await w.deps.jobs.add("contacts.profile", [{ data: { workspaceId: w.workspaceId, contactId: c.contact.id } }]);
  await until(
    "it is read again",
    async () =>
      (
        await w.deps.db
          .selectFrom("contact")
          .select("profile_read_at")
          .where("id", "=", c.contact.id)
          .executeTakeFirst()
      )?.profile_read_at,
  );
};

test("O1 name and picture of a customer are read beside the message; the picture is kept here, small and harmless", async () => {
  const c = await w.customerWrites(BLUE, ANN, "hello");
  const ann = await read(c);
  expect(ann).toMatchObject({ name: "Ann Lee", metaName: "Ann Lee", ownName: null, nameReason: null, externalId: ANN });
  const picture = await w.inject({ method: "GET", url: ann.pictureUrl!, headers: agent.headers });
  expect([
    picture.statusCode,
    (await fileTypeFromBuffer(picture.rawPayload))?.mime,
    picture.headers["content-type"],
  ]).toEqual([200, "image/webp", "image/webp"]);
  expect(ann.pictureUrl).not.toContain(w.sim.url);
  expect((await w.inject({ method: "GET", url: ann.pictureUrl! })).statusCode).toBe(401);
});

test("O1 the user name of an Instagram customer is kept beside the name", async () => {
  expect(await read(await w.customerWrites(BLUE, ROSA, "hola"))).toMatchObject({
    name: "Rosa Olmos",
    username: "rosa.olmos",
  });
});

test("O1 a message is shown at once while Meta is slow with the profile, whose name follows", async () => {
  const { id } = await newCustomer();
  await w.meta.faults({ nextGraph: [{ path: id, code: 2 }] });
  const c = await w.customerWrites(BLUE, id, "no name yet");
  expect(c.contact.name).toMatch(/^(Guest \d{4}|Customer \d+)$/);
});

/** The same code with another text says that the Page's permission is gone, which is the channel's matter. */
const CONSENT = "(#230) User consent is required to access user profile";
const refusals: [string, object, string][] = [
  ["an account made by phone number", { kind: "phone_number" }, "phone_number_account"],
  ["a visitor without an account", { kind: "guest" }, "guest"],
];
for (const [who, wish, reason] of refusals)
  test(`O1 ${who} stays without a name, and the reason is stored and shown: ${reason}`, async () => {
    const { id } = await newCustomer(wish);
    const c = await w.customerWrites(BLUE, id, "hello");
    const shown = await read(c);
    expect([shown.nameReason, shown.name]).toEqual([reason, `Guest ${id.slice(-4)}`]);
    expect(
      (await w.call<Conversation>("GET", `/conversations/${c.id}`, { headers: agent.headers })).json.contact,
    ).toMatchObject({ nameReason: reason, name: shown.name });
  });

const answers: [object, string][] = [
  [{ code: 230, message: CONSENT }, "no_consent"],
  [{ code: 100, subcode: 2018247 }, "permission_missing"],
  [{ code: 10 }, "no_access"],
];
for (const [fault, reason] of answers)
  test(`O1 Meta's refusal ${JSON.stringify(fault)} of a profile is stored as ${reason} and disturbs neither channel nor message`, async () => {
    const { id } = await newCustomer();
    await w.meta.faults({ nextGraph: [{ path: id, ...fault }] });
    const c = await w.customerWrites(BLUE, id, "hello");
    expect((await read(c)).nameReason).toBe(reason);
    expect(
      (await w.call<{ state: string }>("GET", `/channels/${c.channelId}`, { headers: agent.headers })).json.state,
    ).toBe("healthy");
    expect((await w.messages(c.id)).map((m) => m.text)).toEqual(["hello"]);
  });

test("O1 not yet consented: the next message of the customer asks again, and the name comes", async () => {
  const { id } = await newCustomer({ name: "Ida Holm" });
  await w.meta.faults({ nextGraph: [{ path: id, code: 230, message: CONSENT }] });
  const c = await w.customerWrites(BLUE, id, "hello");
  expect((await read(c)).nameReason).toBe("no_consent");
  await w.customerWrites(BLUE, id, "and again");
  await until("the name is there", async () => (await contact(c)).name === "Ida Holm");
  expect((await contact(c)).nameReason).toBeNull();
});

test("O1 a failure nobody knows is shown as unknown and tried again later by itself", async () => {
  const { id } = await newCustomer();
  await w.meta.faults({ nextGraph: [{ path: id, code: 2 }] });
  const c = await w.customerWrites(BLUE, id, "hello");
  expect((await read(c)).nameReason).toBe("unknown");
  const { rows } = await sql<{
    state: string;
  }>`select state from pgboss.job where name = 'contacts.profile' and data->>'contactId' = ${c.contact.id}`.execute(
    w.deps.db,
  );
  expect(rows).toEqual([{ state: "retry" }]);
});

test("O1 our own name for a contact is shown first and never overwritten by Meta's; taken away, Meta's is back", async () => {
  const { id } = await newCustomer({ name: "Jo Park" });
  const c = await w.customerWrites(BLUE, id, "hello");
  await read(c);
  const rename = (ownName: string | null) =>
    w.call<Contact>("PATCH", `/contacts/${c.contact.id}`, { headers: agent.headers, body: { ownName } });
  expect((await rename("  Flat 7 ")).json).toMatchObject({ name: "Flat 7", ownName: "Flat 7", metaName: "Jo Park" });
  await readAgain(c);
  expect(await contact(c)).toMatchObject({ name: "Flat 7", metaName: "Jo Park" });
  expect((await rename("")).json).toMatchObject({ name: "Jo Park", ownName: null });
  expect((await rename("x".repeat(121))).status).toBe(422);
});

test("two customers without a name are two people with two names, told apart by their ids", async () => {
  const made = await Promise.all([newCustomer({ kind: "phone_number" }), newCustomer({ kind: "phone_number" })]);
  const names = await Promise.all(
    made.map(async ({ id }) => (await read(await w.customerWrites(BLUE, id, "hi"))).name),
  );
  expect(new Set(names).size).toBe(2);
});

test("a referral stays on the contact with the ad or link it came from", async () => {
  const { id } = await newCustomer();
  const c = await w.customerWrites(BLUE, id, "hello");
  await w.meta.post(`/pages/${BLUE}/customers/${id}/referrals`, {
    ref: "SPRING",
    source: "SHORTLINK",
    type: "OPEN_THREAD",
  });
  await until("the referral is there", async () => (await contact(c)).referral !== null);
  expect((await contact(c)).referral).toMatchObject({ ref: "SPRING", source: "SHORTLINK" });
});

test("a dead token found while reading a profile needs reauthorisation at once, like any other call", async () => {
  await using other = await startWorld();
  const { id: channelId } = (await other.connect("messenger", BLUE, await other.meta.pageToken(KEVIN, BLUE))).json;
  await other.meta.post(`/users/${KEVIN}/password`);
  await other.customerWrites(BLUE, ANN, "hello");
  await until(
    "the channel says so",
    async () =>
      (await other.call<{ state: string }>("GET", `/channels/${channelId}`, { headers: other.apiKey })).json.state ===
      "needs_reauthorization",
  );
});
