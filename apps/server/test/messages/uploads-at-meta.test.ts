import type { Conversation, Message } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { BLUE, BLUE_INSTAGRAM, HELD_BACK_MS, KEVIN, startWorld, type World } from "../api/support/world.ts";
import { FakeClock, type Person } from "../harness/index.ts";
import { type ChosenFile, chosen, chosenPictures, smallPicture } from "./files/chosen.ts";
import { pdf } from "./files/documents.ts";
import { mp4Sound } from "./files/recordings.ts";
import { WRITTEN_DOWN } from "./support/answers.ts";

const UPLOADS = "message_attachments";
let w: World;
let agent: Person;
let serial = 0;
let customer: string;
let thread: Conversation;
let uploadedBefore = 0;

beforeAll(async () => {
  // One at a time, as usual, only a little sooner.
  w = await startWorld({ clock: new FakeClock(Date.now()), env: { META_FILES_PER_SECOND: "3" } });
  agent = await w.asMember("agent");
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  await w.connect("instagram", BLUE_INSTAGRAM, await w.meta.pageToken(KEVIN, BLUE));
});
afterAll(() => w.close());
beforeEach(async () => {
  await w.meta.clearFaults();
  w.clock.set(Date.now());
  await sql`delete from send_pace`.execute(w.deps.db);
  await newThread("messenger");
  uploadedBefore = (await uploads()).length;
});

async function newThread(platform: "messenger" | "instagram") {
  const name = `Customer ${++serial}`;
  ({ id: customer } = await w.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, { name, platform }));
  thread = await w.customerWrites(BLUE, customer, `a picture, please ${serial}`);
}
const uploads = async () =>
  (await w.meta.get<{ data: { name: string; platform: string; type: string }[] }>(`/pages/${BLUE}/uploads`)).data;
const newUploads = async () => (await uploads()).slice(uploadedBefore);
const received = async () => (await w.meta.phone(BLUE, customer)).messages.filter((m) => m.from === "page");
const attempts = async (m: { id: string }) =>
  (
    await w.deps.db
      .selectFrom("send_attempt")
      .select(["outcome", "code"])
      .where("message_id", "=", m.id)
      .orderBy("started_at")
      .orderBy("id")
      .execute()
  ).map((a) => (a.code === null ? a.outcome : `${a.outcome} ${a.code}`));
const stateOf = (m: { id: string }) =>
  w.deps.db.selectFrom("message").select(["state", "attempts"]).where("id", "=", m.id).executeTakeFirstOrThrow();
const wake = () => sql`select pg_notify('firstline_send', '')`.execute(w.deps.db);
/** Lets the waits between attempts pass. */
const later = async (seconds: number) => {
  w.clock.advance({ seconds });
  await wake();
};
const sends = async (...ids: string[]) => (await w.reply(thread.id, { attachmentIds: ids }, agent.headers)).json;
const sendsFile = async (file: ChosenFile) => sends(...(await chosen(w, thread, [file])));
const arrived = (m: Message) => w.becomes(m, "sent", "delivered", "read");

test("S7 a file is uploaded once to its Page and sent by its id; the same again needs no upload and arrives the same", async () => {
  const bytes = await smallPicture();
  await arrived(await sendsFile({ bytes }));
  await arrived(await sendsFile({ bytes }));
  expect(await newUploads()).toMatchObject([{ type: "image", platform: "messenger" }]);
  const shown = await received();
  expect(shown.map((m) => m.attachments.length)).toEqual([1, 1]);
  for (const { attachments } of shown)
    expect(Buffer.from(await (await fetch(attachments[0]!.url)).arrayBuffer()).equals(bytes)).toBe(true);
});

test("S7 the name one customer saw is not shown to another: under another name the same content is another file", async () => {
  const bytes = pdf();
  const file = { bytes, kind: "file" as const, contentType: "application/pdf" };
  await arrived(await sendsFile({ ...file, name: "offer for Ann.pdf" }));
  await newThread("messenger");
  await arrived(await sendsFile({ ...file, name: "offer.pdf" }));
  expect((await received())[0]?.attachments[0]?.name).toBe("offer.pdf");
  expect((await newUploads()).map((u) => u.name)).toEqual(["offer for Ann.pdf", "offer.pdf"]);
});

test("S7 an id nearly as old as Meta keeps it is not relied on", async () => {
  const bytes = await smallPicture();
  await arrived(await sendsFile({ bytes }));
  await sql`update uploaded_file set uploaded_at = ${new Date(w.clock.now() - 85 * 86_400_000 - 1)}`.execute(w.deps.db);
  const again = await sendsFile({ bytes });
  await arrived(again);
  expect(await newUploads()).toHaveLength(2);
  await expect.poll(() => attempts(again), WRITTEN_DOWN).toEqual(["uploaded", "sent"]);
});

test("S7 an id Meta has forgotten is uploaded anew and the message goes out, once", async () => {
  const bytes = await smallPicture();
  await arrived(await sendsFile({ bytes }));
  await w.meta.post(`/pages/${BLUE}/uploads/all/age`, { days: 91 });
  const again = await sendsFile({ bytes });
  await arrived(again);
  await expect.poll(() => attempts(again), WRITTEN_DOWN).toEqual(["retry 100", "uploaded", "sent"]);
  expect(await received()).toHaveLength(2);
  await arrived(await sendsFile({ bytes }));
  expect(await newUploads()).toHaveLength(2);
});

test("S7 an id Meta does not know right after the upload fails the message, and the agent's next try uploads again", async () => {
  await w.meta.faults({ nextSend: [{ code: 100, subcode: 2018074, recipientId: customer }] });
  const sent = await sendsFile({ bytes: await smallPicture() });
  expect((await w.becomes(sent, "failed")).failure).toMatchObject({ fault: "attachment_expired", subcode: 2018074 });
  await w.call("POST", `/conversations/${thread.id}/messages/${sent.id}/resend`, { headers: agent.headers });
  await arrived(sent);
  await expect.poll(() => attempts(sent), WRITTEN_DOWN).toEqual(["uploaded", "failed 100", "uploaded", "sent"]);
  expect(await received()).toHaveLength(1);
});

for (const [what, fault] of [
  ["is cut off after Meta took it", { cut: "after" }],
  ["is answered by a page nobody can read", { html: "<h1>Bad gateway</h1>", status: 502 }],
  ["timed out inside Meta (-2)", { code: -2 }],
] as const)
  test(`S10 an upload that ${what} is certain: nothing was sent, it is tried again and the customer gets it once`, async () => {
    await w.meta.faults({ nextGraph: [{ path: UPLOADS, ...fault }] });
    const sent = await sendsFile({ bytes: await smallPicture() });
    await until("the upload failed", async () => (await attempts(sent)).length === 1);
    expect((await w.becomes(sent, "queued")).failure).toMatchObject({ fault: "attachment_not_taken" });
    expect(await received()).toEqual([]);
    await later(5);
    await arrived(sent);
    expect(await received()).toHaveLength(1);
  });

test("S10 an upload that never works out fails the message by that name, never as unknown, and sends nothing", async () => {
  await w.meta.faults({ nextGraph: [{ path: UPLOADS, code: -2, times: 9 }] });
  const sent = await sendsFile({ bytes: await smallPicture() });
  for (let n = 1; n <= 4; n++) {
    await until(`attempt ${n}`, async () => (await attempts(sent)).length === n);
    await later(100);
  }
  expect((await w.becomes(sent, "failed")).failure).toMatchObject({ fault: "attachment_not_taken", owner: "meta" });
  expect(await received()).toEqual([]);
});

test("S7 a good file Meta refuses at its upload is tried once more and arrives; one it refuses twice fails with the cause", async () => {
  await w.meta.faults({ nextGraph: [{ path: UPLOADS, code: 100, subcode: 2018047, times: 3 }] });
  const bad = await sendsFile({ bytes: await smallPicture() });
  await until("refused once", async () => (await attempts(bad)).length === 1);
  await later(5);
  expect((await w.becomes(bad, "failed")).failure).toMatchObject({ fault: "attachment_refused", subcode: 2018047 });
  const good = await sendsFile({ bytes: await smallPicture() });
  await until("refused once", async () => (await attempts(good)).length === 1);
  await later(5);
  await arrived(good);
  expect(await received()).toHaveLength(1);
});

test("I1 where Meta has not opened uploads to an account, a picture still arrives, as bytes in the same attempt", async () => {
  await newThread("instagram");
  const refused = { path: UPLOADS, code: 100, message: "(#100) attachment_id is not supported here.", times: 3 };
  await w.meta.faults({ nextGraph: [refused] });
  await arrived(await sendsFile({ bytes: await smallPicture() }));
  await sends(...(await chosenPictures(w, thread, 2)));
  await until("each has arrived by itself", async () => (await received()).length === 3);
  expect(await newUploads()).toHaveLength(1);
});

test("S7 an upload that meets a limit slows the Page and leaves the message in its place", async () => {
  await w.meta.faults({ nextGraph: [{ path: UPLOADS, code: 613 }] });
  const sent = await sendsFile({ bytes: await smallPicture() });
  await until("the limit", async () => (await attempts(sent))[0] === "slowed 613");
  expect((await stateOf(sent)).attempts).toBe(0);
  await later(60);
  await arrived(sent);
});

test("S10 a process that died while it uploaded left nothing unknown: the message goes back to its lane and arrives once", async () => {
  await w.meta.faults({ nextSend: [{ code: 100, subcode: 2018109, recipientId: customer }] });
  const sent = await sendsFile({ bytes: await smallPicture() });
  await w.becomes(sent, "failed");
  await sql`
    update message set state = 'sending', called_at = null, failure = null, next_attempt_at = ${new Date(w.clock.now() - 1)} where id = ${sent.id}`.execute(
    w.deps.db,
  );
  await wake();
  await arrived(sent);
  expect(await received()).toHaveLength(1);
});

test("S10 whoever was slow to upload sends nothing once another process has the message", async () => {
  await w.meta.faults({ nextGraph: [{ path: UPLOADS, slowBeforeMs: HELD_BACK_MS }] });
  const sent = await sendsFile({ bytes: await smallPicture() });
  await until("it uploads", async () => (await w.meta.get<{ nextGraph: [] }>("/faults")).nextGraph.length === 0);
  // As another process does that found the lease run out, and died in its turn.
  await sql`update message set attempts = attempts + 1, next_attempt_at = ${new Date(w.clock.now() - 1)} where id = ${sent.id}`.execute(
    w.deps.db,
  );
  await w.meta.clearFaults();
  await arrived(sent);
  await expect.poll(() => attempts(sent), WRITTEN_DOWN).toEqual(["uploaded", "sent"]);
  expect((await stateOf(sent)).attempts).toBe(3);
  expect(await received()).toHaveLength(1);
});

test("I1 on Instagram a picture goes by the id of an upload for Instagram, sound as bytes", async () => {
  await newThread("instagram");
  await arrived(await sendsFile({ bytes: await smallPicture() }));
  const sound = { bytes: Buffer.from(await mp4Sound()), name: "voice.m4a", contentType: "audio/mp4" };
  await arrived(await sendsFile({ ...sound, kind: "audio" }));
  expect((await received()).map((m) => m.attachments.map((a) => a.type))).toEqual([["image"], ["audio"]]);
  expect(await newUploads()).toMatchObject([{ type: "image", platform: "instagram" }]);
});

test("S11 every file of a message counts for the pace of its Page", async () => {
  const ids = await chosenPictures(w, thread, 3);
  const at = async (column: "media_at" | "clock_timestamp()") =>
    (
      await sql<{ ms: number }>`
        select extract(epoch from ${sql.raw(column)})::float8 * 1000 as ms from send_pace where channel_id = ${thread.channelId}`.execute(
        w.deps.db,
      )
    ).rows[0]!.ms;
  await sql`insert into send_pace (workspace_id, channel_id) values (${w.workspaceId}, ${thread.channelId})`.execute(
    w.deps.db,
  );
  const before = await at("clock_timestamp()");
  await arrived(await sends(...ids));
  const turn = 1000 / w.deps.config.meta.filesPerSecond;
  expect(await at("media_at")).toBeGreaterThanOrEqual(before + 2 * turn);
});
