import type { Conversation, Message } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { BLUE, BLUE_INSTAGRAM, HELD_BACK_MS, KEVIN, startWorld, type World } from "../api/support/world.ts";
import { FakeClock, type Person } from "../harness/index.ts";
import { chosen, chosenPictures } from "./files/chosen.ts";
import { pdf } from "./files/documents.ts";
import { WRITTEN_DOWN } from "./support/answers.ts";

let w: World;
let agent: Person;
let serial = 0;
let customer: string;
let thread: Conversation;

beforeAll(async () => {
  // The pace has tests of its own.
  w = await startWorld({ clock: new FakeClock(Date.now()), env: { META_FILES_PER_SECOND: "10" } });
  agent = await w.asMember("agent");
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  await w.connect("instagram", BLUE_INSTAGRAM, await w.meta.pageToken(KEVIN, BLUE));
});
afterAll(() => w.close());
beforeEach(async () => {
  await w.meta.clearFaults();
  await w.meta.post(`/pages/${BLUE}/several-images`, { allowed: true });
  w.clock.set(Date.now());
  await sql`delete from send_pace`.execute(w.deps.db);
  await sql`update channel set several_images_refused_at = null`.execute(w.deps.db);
  await newThread("messenger");
});

async function newThread(platform: "messenger" | "instagram") {
  const name = `Customer ${++serial}`;
  ({ id: customer } = await w.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, { name, platform }));
  thread = await w.customerWrites(BLUE, customer, `pictures, please ${serial}`);
}
const reply = async (body: object) => (await w.reply(thread.id, { ...body }, agent.headers)).json;
const received = async () => (await w.meta.phone(BLUE, customer)).messages.filter((m) => m.from === "page");
/** What the phone shows, a list of names per message. */
const names = async () => (await received()).map((m) => m.attachments.map((a) => a.name));
const ours = async () => (await w.messages(thread.id)).filter((m) => m.direction === "outbound").reverse();
const arrived = (m: Message) => w.becomes(m, "sent", "delivered", "read");
const allArrived = (count: number) =>
  until(`${count} of ours have arrived`, async () => {
    const all = await ours();
    return all.length === count && all.every((m) => ["sent", "delivered", "read"].includes(m.state)) && all;
  });
const wake = () => sql`select pg_notify('firstline_send', '')`.execute(w.deps.db);
const outcomes = async (m: { id: string }) =>
  (await w.deps.db.selectFrom("send_attempt").select("outcome").where("message_id", "=", m.id).orderBy("id").execute())
    .map((a) => a.outcome)
    .filter((outcome) => outcome !== "uploaded");

for (const platform of ["messenger", "instagram"] as const) {
  test(`S7 neighbouring pictures arrive as one message, in their order, and stay one bubble (${platform})`, async () => {
    await newThread(platform);
    await w.meta.faults({ echoOvertakes: true, phonesOnline: false });
    const sent = await reply({ attachmentIds: await chosenPictures(w, thread, 3) });
    expect(sent.attachments.map((a) => a.name)).toEqual(["picture 1.png", "picture 2.png", "picture 3.png"]);
    await arrived(sent);
    await w.sim.idle();
    expect(await names()).toEqual([["picture 1.png", "picture 2.png", "picture 3.png"]]);
    await w.meta.post(`/pages/${BLUE}/customers/${customer}/read`);
    await w.becomes(sent, "read");
    expect((await ours()).map((m) => [m.id, m.kind, m.attachments.length])).toEqual([[sent.id, "image", 3]]);
    const shown = await w.call<Conversation>("GET", `/conversations/${thread.id}`, { headers: agent.headers });
    expect(shown.json.lastMessage).toMatchObject({ kind: "image", attachmentCount: 3 });
  });
}

test("S7 a file between pictures stays between them; text comes first, as the messages they become", async () => {
  const [a, b, c] = await chosenPictures(w, thread, 3);
  const [doc] = await chosen(w, thread, [
    { bytes: pdf(), name: "terms.pdf", kind: "file", contentType: "application/pdf" },
  ]);
  await reply({ text: "Here they are", attachmentIds: [a, b, doc, c] });
  await allArrived(4);
  expect((await received()).map((m) => m.text ?? m.attachments.map((x) => x.name))).toEqual([
    "Here they are",
    ["picture 1.png", "picture 2.png"],
    ["terms.pdf"],
    ["picture 3.png"],
  ]);
});

test("I1 more pictures than Instagram takes in one message go as several, in order", async () => {
  await newThread("instagram");
  await reply({ attachmentIds: await chosenPictures(w, thread, 12) });
  await allArrived(2);
  expect((await names()).map((list) => list.length)).toEqual([10, 2]);
  expect((await names()).flat()).toEqual(Array.from({ length: 12 }, (_, n) => `picture ${n + 1}.png`));
});

test("S7 the same client id again answers with the same message of several pictures, which is sent once", async () => {
  const body = { clientId: "three-at-once", attachmentIds: await chosenPictures(w, thread, 3) };
  const [first, again] = await Promise.all([reply(body), reply(body)]);
  expect(again.id).toBe(first.id);
  await arrived(first);
  expect(await names()).toHaveLength(1);
});

test("I1 where Meta has not opened several pictures they go one by one, in order and before what was written after them", async () => {
  await newThread("instagram");
  await w.meta.post(`/pages/${BLUE}/several-images`, { allowed: false });
  const sent = await reply({ clientId: "album", attachmentIds: await chosenPictures(w, thread, 3) });
  await reply({ text: "That was all of them" });
  const all = await allArrived(4);
  expect((await received()).map((m) => m.text ?? m.attachments.map((a) => a.name))).toEqual([
    ["picture 1.png"],
    ["picture 2.png"],
    ["picture 3.png"],
    "That was all of them",
  ]);
  const pictures = all.filter((m) => m.kind === "image");
  expect(pictures.find((m) => m.id === sent.id)).toMatchObject({
    ...{ clientId: "album", attachments: [{ name: "picture 1.png" }] },
  });
  expect(pictures.map((m) => [m.source.name, m.failure])).toEqual(Array(3).fill([sent.source.name, null]));
  await expect.poll(() => outcomes(sent), WRITTEN_DOWN).toEqual(["failed", "sent"]);

  const next = await reply({ attachmentIds: await chosenPictures(w, thread, 2) });
  expect(next.attachments).toHaveLength(1);
  await allArrived(6);
  await expect.poll(() => outcomes(next), WRITTEN_DOWN).toEqual(["sent"]);

  // Meta opens it account by account: it is tried again after a while.
  await w.meta.post(`/pages/${BLUE}/several-images`, { allowed: true });
  await sql`update channel set several_images_refused_at = ${new Date(w.clock.now() - 31 * 86_400_000)}`.execute(
    w.deps.db,
  );
  expect((await reply({ attachmentIds: await chosenPictures(w, thread, 2) })).attachments).toHaveLength(2);
  await allArrived(7);
});

test("S7 one picture Meta refuses for good keeps the others from nobody: they go alone, and it fails alone", async () => {
  await w.meta.faults({ nextGraph: [{ path: "message_attachments", code: 100, subcode: 2018047, times: 4 }] });
  const sent = await reply({ attachmentIds: await chosenPictures(w, thread, 3) });
  for (let n = 1; n <= 4; n++) {
    // The first of the single ones follows the split at once.
    await until(`attempt ${n}`, async () => (await outcomes(sent)).length >= n);
    w.clock.advance({ seconds: 5 });
    await wake();
  }
  const all = await until("all are settled", async () => {
    const each = await ours();
    return each.every((m) => !["queued", "sending"].includes(m.state)) && each;
  });
  expect(all.map((m) => m.failure?.fault ?? null)).toEqual(["attachment_refused", null, null]);
  expect(await names()).toEqual([["picture 2.png"], ["picture 3.png"]]);
});

test("S10 a message of several pictures whose answer is lost is uncertain as one and settled as one by its echo", async () => {
  await w.meta.faults({ nextSend: [{ cut: "after", recipientId: customer }], delayMs: HELD_BACK_MS });
  const sent = await reply({ attachmentIds: await chosenPictures(w, thread, 3) });
  await w.becomes(sent, "uncertain");
  await w.meta.faults({ delayMs: 0 });
  await arrived(sent);
  expect((await ours()).map((m) => m.attachments.length)).toEqual([3]);
  expect(await names()).toHaveLength(1);
});

for (const platform of ["messenger", "instagram"] as const)
  test(`S10 where the echo is lost too, Meta's record settles the message of several pictures as one (${platform})`, async () => {
    await newThread(platform);
    await w.meta.faults({
      nextSend: [{ cut: "after", recipientId: customer }],
      lose: { kinds: ["echo"], rate: 1, customerId: customer },
    });
    const sent = await reply({ attachmentIds: await chosenPictures(w, thread, 3) });
    await w.becomes(sent, "uncertain");
    w.clock.advance({ seconds: 61 });
    await wake();
    await arrived(sent);
    expect((await ours()).map((m) => [m.id, m.attachments.length])).toEqual([[sent.id, 3]]);
    expect(await names()).toHaveLength(1);
  });

test("S9 a message of several pictures that failed is sent again as one", async () => {
  await w.meta.faults({ nextSend: [{ code: 10, subcode: 2018108, recipientId: customer }] });
  const sent = await reply({ attachmentIds: await chosenPictures(w, thread, 2) });
  await w.becomes(sent, "failed");
  await w.customerWrites(BLUE, customer, "now it works");
  await w.call("POST", `/conversations/${thread.id}/messages/${sent.id}/resend`, { headers: agent.headers });
  await arrived(sent);
  expect((await names()).map((list) => list.length)).toEqual([2]);
});
