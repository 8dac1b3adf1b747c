import type { Contact, Conversation } from "@firstline/contracts";
import { fileTypeFromBuffer } from "file-type";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { ANN, BLUE, BLUE_INSTAGRAM, KEVIN, ROSA, startWorld, surveyed, type World } from "../api/support/world.ts";
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
const list = async (c: Conversation) =>
  (await w.call<Conversation>("GET", `/conversations/${c.id}`, { headers: agent.headers })).json.contact;
const fromConversation = (c: Conversation) =>
  until("the name comes from the conversation", async () => {
    const now = await contact(c);
    return now.nameSource === "participants" && now;
  });
const compare = (c: Conversation) =>
  w.call("POST", `/channels/${c.channelId}/reconciliations`, { headers: w.apiKey, body: {} });

test("O1 an account made by phone number has no profile: the reason is stored and shown, the name comes from the conversation", async () => {
  const { id } = await newCustomer({ kind: "phone_number", name: "Omar Haddad" });
  const c = await w.customerWrites(BLUE, id, "hello");
  expect(await fromConversation(c)).toMatchObject({
    name: "Omar Haddad",
    metaName: "Omar Haddad",
    nameReason: "phone_number_account",
    pictureUrl: null,
  });
  expect(await list(c)).toMatchObject({ name: "Omar Haddad", nameReason: null });
});

test("O1 O2 a guest's profile is not asked for; Meta's record of the conversation names them", async () => {
  const { id } = await newCustomer({ kind: "guest", name: "Guest 4821" });
  const c = await w.customerWrites(BLUE, id, "hello");
  expect((await read(c)).nameReason).toBe("guest");
  await compare(c);
  expect(await fromConversation(c)).toMatchObject({ name: "Guest 4821", nameReason: "guest", isGuest: true });
  expect(await list(c)).toMatchObject({ name: "Guest 4821", nameReason: null, isGuest: true });
  const { data } = await w.meta.get<{ data: { path: string }[] }>("/graph-calls?limit=300");
  expect(data.filter((call) => call.path.endsWith(`/${id}`))).toEqual([]);
});

test("O1 two guests of the same name are two people", async () => {
  const made = await Promise.all([1, 2].map(() => newCustomer({ kind: "phone_number", name: "Guest 7000" })));
  const people = [];
  for (const { id } of made) people.push(await fromConversation(await w.customerWrites(BLUE, id, "hi")));
  expect([new Set(people.map((p) => p.id)).size, people.map((p) => p.name)]).toEqual([2, ["Guest 7000", "Guest 7000"]]);
});

test("O1 our own name stays in front of one from the conversation, and the profile's own takes its place once it opens", async () => {
  const { id } = await newCustomer({ name: "Ines Prado" });
  await w.meta.faults({ nextGraph: [{ path: `/${id}`, code: 230, message: CONSENT }] });
  const c = await w.customerWrites(BLUE, id, "hello");
  expect(await fromConversation(c)).toMatchObject({ name: "Ines Prado", nameReason: "no_consent" });
  await w.call("PATCH", `/contacts/${c.contact.id}`, { headers: agent.headers, body: { ownName: "Flat 9" } });
  await w.customerWrites(BLUE, id, "and again");
  await until("the profile opens", async () => (await contact(c)).nameSource === "profile");
  expect(await contact(c)).toMatchObject({ name: "Flat 9", metaName: "Ines Prado", nameReason: null });
});

test("O1 a permission that is back opens the profiles it had closed; reauthorising asks for all of them again", async () => {
  await w.meta.post(`/pages/${BLUE}/profile-access`, { allowed: false });
  const { id } = await newCustomer({ name: "Lena Roth" });
  const c = await w.customerWrites(BLUE, id, "hello");
  const closed = await fromConversation(c);
  expect(["permission_missing", "no_access"]).toContain(closed.nameReason);
  await w.meta.post(`/pages/${BLUE}/profile-access`, { allowed: true });
  await sql`update channel set state = 'needs_reauthorization', state_fault = 'token_expired' where id = ${c.channelId}`.execute(
    w.deps.db,
  );
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  await until("the profile is read", async () => (await contact(c)).nameSource === "profile");
  expect(await contact(c)).toMatchObject({ name: "Lena Roth", nameReason: null });
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
  await until("the profile is read", async () => (await contact(c)).nameSource === "profile");
  expect(await contact(c)).toMatchObject({ name: "Ida Holm", nameReason: null });
});

test("O1 a failure nobody knows is shown as unknown and tried again later by itself", async () => {
  const { id } = await newCustomer();
  await w.meta.faults({ nextGraph: [{ path: id, code: 2 }] });
  const c = await w.customerWrites(BLUE, id, "hello");
  expect((await read(c)).nameReason).toBe("unknown");
  await until("it is to come again", async () => {
    // One that has begun again already has come again.
    const { rows } = await sql<{ again: boolean }>`
      select state = 'retry' or retry_count > 0 as again from pgboss.job where name = 'contacts.profile' and data->>'contactId' = ${c.contact.id}`.execute(
      w.deps.db,
    );
    return rows.length === 1 && rows[0]!.again;
  });
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
  await surveyed(other, channelId);
  await other.meta.post(`/users/${KEVIN}/password`);
  await other.customerWrites(BLUE, ANN, "hello");
  await until(
    "the channel says so",
    async () =>
      (await other.call<{ state: string }>("GET", `/channels/${channelId}`, { headers: other.apiKey })).json.state ===
      "needs_reauthorization",
  );
});
