import type { Conversation, Message, Problem } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openStream } from "../api/support/stream.ts";
import { until } from "../api/support/until.ts";
import { BLUE, BLUE_INSTAGRAM, KEVIN, startWorld, surveyed, type World, workedOff } from "../api/support/world.ts";
import { FakeClock, type Person } from "../harness/index.ts";

let w: World;
let agent: Person;
let serial = 0;

beforeAll(async () => {
  w = await startWorld({ clock: new FakeClock(Date.now()) });
  agent = await w.asMember("agent", { name: "Ada" });
  const token = await w.meta.pageToken(KEVIN, BLUE);
  const { id } = (await w.connect("messenger", BLUE, token)).json;
  await w.connect("instagram", BLUE_INSTAGRAM, token);
  await surveyed(w, id);
});
afterAll(() => w.close());
beforeEach(async () => {
  await w.meta.clearFaults();
  w.clock.set(Date.now());
  await sql`delete from send_pace`.execute(w.deps.db);
});

async function newThread(platform: "messenger" | "instagram" = "messenger") {
  const { id: customer } = await w.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, {
    name: `Customer ${++serial}`,
    platform,
  });
  const thread = await w.customerWrites(BLUE, customer, "thank you!");
  const message = (await w.messages(thread.id))[0]!;
  return { customer, thread, message };
}
type Thread = Awaited<ReturnType<typeof newThread>>;
const react = ({ thread, message }: Pick<Thread, "thread" | "message">, emoji: string | null) =>
  w.call<Message & Problem & { metaCode?: number }>(
    "POST",
    `/conversations/${thread.id}/messages/${message.id}/reaction`,
    { headers: agent.headers, body: { emoji } },
  );
const onPhone = async ({ customer }: Thread) => {
  const { messages } = (await w.meta.phone(BLUE, customer)) as unknown as {
    messages: { from: string; reactions: { by: string; emoji: string }[] }[];
  };
  return messages.map((m) => m.reactions.map((r) => `${r.by} ${r.emoji}`));
};
const shown = async ({ thread, message }: Thread) => (await w.message(thread.id, message.id)).reactions;

for (const platform of ["messenger", "instagram"] as const)
  test(`the Page's reaction is on the phone and on the bubble at once, another replaces it, and it is taken back (${platform})`, async () => {
    const t = await newThread(platform);
    const stream = await openStream(w.deps.config.publicUrl, agent.headers);
    await stream.ready();
    const { status, json } = await react(t, "❤️");
    expect([status, json.reactions]).toEqual([200, [{ by: "page", emoji: "❤️" }]]);
    expect(await onPhone(t)).toEqual([["page ❤️"]]);
    await stream.next("message.updated", (e) => e.message.id === t.message.id && e.message.reactions.length === 1);
    await stream.close();

    w.clock.advance(1_000);
    expect((await react(t, "🎉")).json.reactions).toEqual([{ by: "page", emoji: "🎉" }]);
    expect(await onPhone(t)).toEqual([["page 🎉"]]);
    await w.meta.post(`/pages/${BLUE}/customers/${t.customer}/reactions`, {
      mid: t.message.externalId,
      emoji: "😆",
    });
    await until("both are shown", async () => (await shown(t)).length === 2);
    expect(await shown(t)).toEqual([
      { by: "customer", emoji: "😆" },
      { by: "page", emoji: "🎉" },
    ]);
    w.clock.advance(1_000);
    expect((await react(t, null)).json.reactions).toEqual([{ by: "customer", emoji: "😆" }]);
    expect((await onPhone(t)).flat().filter((r) => r.startsWith("page"))).toEqual([]);
  });

test("S1 outside the 24 hours, on what Meta does not know, and while another app holds the thread nobody reacts; nothing is shown", async () => {
  const t = await newThread();
  w.clock.advance({ hours: 25 });
  expect((await react(t, "👍")).json).toMatchObject({ status: 409, code: "window_closed" });
  w.clock.advance({ hours: -25 });
  await w.meta.faults({ nextSend: [{ code: 551, subcode: 1545041 }] });
  const failed = (await w.reply(t.thread.id, { text: "no" }, agent.headers)).json;
  await w.becomes(failed, "failed");
  expect((await react(t, "👍")).json.code).toBe("contact_cannot_receive");
  const other = await newThread();
  await sql`update conversation set held_by = ${JSON.stringify({ kind: "other_app", appId: "1", name: "Sales Bot", since: new Date().toISOString(), until: null })}::jsonb where id = ${other.thread.id}`.execute(
    w.deps.db,
  );
  expect((await react(other, "👍")).json.code).toBe("held_by_other_app");
  const third = await newThread();
  await sql`update message set external_id = ${`derived:${serial}`} where id = ${third.message.id}`.execute(w.deps.db);
  expect((await react(third, "👍")).json).toMatchObject({ status: 409, code: "conflict" });
  for (const one of [t, other, third]) expect(await onPhone(one)).toEqual([[]]);
});

test("S12 Meta's refusal is the answer, with its numbers; what passes by itself says so, and nothing is shown", async () => {
  const t = await newThread();
  await w.meta.faults({ nextSend: [{ code: 100 }] });
  expect((await react(t, "👍")).json).toMatchObject({ status: 409, code: "request_rejected", metaCode: 100 });
  await w.meta.faults({ nextSend: [{ code: 2 }] });
  expect((await react(t, "👍")).json).toMatchObject({ status: 502, code: "meta_unavailable" });
  await w.meta.faults({ nextSend: [{ cut: "before" }] });
  expect((await react(t, "👍")).status).toBe(502);
  expect(await shown(t)).toEqual([]);
  expect((await react(t, "👍")).status).toBe(200);
});

test("a reaction to an unsent message is refused, and one to another conversation's message is not found", async () => {
  const t = await newThread("instagram");
  await w.meta.post(`/pages/${BLUE}/customers/${t.customer}/unsend`, { mid: t.message.externalId });
  await until("it is unsent", async () => (await w.message(t.thread.id, t.message.id)).deletedAt !== null);
  expect((await react(t, "👍")).json.code).toBe("reply_target_gone");
  const other = await newThread();
  expect((await react({ thread: other.thread as Conversation, message: t.message }, "👍")).status).toBe(404);
});

test("I1 a heart goes to Instagram, alone, and its echo is no second bubble", async () => {
  const t = await newThread("instagram");
  const { status, json } = await w.reply(t.thread.id, { sticker: "like_heart" }, agent.headers);
  expect([status, json.kind, json.attachments.map((a) => [a.kind, a.type])]).toEqual([
    202,
    "sticker",
    [["sticker", "like_heart"]],
  ]);
  await w.becomes(json, "sent", "delivered", "read");
  await workedOff(w);
  const ours = (await w.messages(t.thread.id)).filter((m) => m.direction === "outbound");
  expect(ours.map((m) => [m.id, m.kind])).toEqual([[json.id, "sticker"]]);
  const phone = (await w.meta.phone(BLUE, t.customer)).messages.filter((m) => m.from === "page");
  expect(phone.map((m) => m.attachments.map((a) => a.type))).toEqual([["like_heart"]]);

  const body = { sticker: "like_heart", text: "and text" };
  expect((await w.reply(t.thread.id, body, agent.headers)).status).toBe(422);
  const messenger = await newThread();
  expect((await w.reply(messenger.thread.id, { sticker: "like_heart" }, agent.headers)).json).toMatchObject({
    status: 422,
    code: "way_not_available",
  });
});
