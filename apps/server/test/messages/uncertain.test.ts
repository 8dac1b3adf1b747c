import type { Conversation, Message } from "@firstline/contracts";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { echoed, instagramBody, pageBody, post } from "../api/support/webhooks.ts";
import {
  BLUE,
  BLUE_INSTAGRAM,
  HELD_BACK_MS,
  KEVIN,
  startWorld,
  surveyed,
  type World,
  workedOff,
} from "../api/support/world.ts";
import { FakeClock, META_APP, makeMessage, type Person } from "../harness/index.ts";
import { chosenPictures } from "./files/chosen.ts";
import { whilePaused } from "./support/paused.ts";

type Platform = "messenger" | "instagram";
const BOTH = ["messenger", "instagram"] as const;

let w: World;
let agent: Person;
let channelIds: string[];
/** New for every test. */
let threads: Record<Platform, Conversation>;
let customers: Record<Platform, string>;

beforeAll(async () => {
  w = await startWorld({ clock: new FakeClock(Date.now()) });
  agent = await w.asMember("agent", { name: "Ada" });
  const token = await w.meta.pageToken(KEVIN, BLUE);
  const connected = [await w.connect("messenger", BLUE, token), await w.connect("instagram", BLUE_INSTAGRAM, token)];
  channelIds = connected.map(({ json }) => json.id);
  await atRest();
});
afterAll(() => w.close());
/** Nobody but a test reads Meta's record: what follows a connection is over, comparisons too. */
async function atRest(): Promise<void> {
  for (const id of channelIds) await surveyed(w, id);
  await until("no comparison is under way", async () => {
    const running = w.deps.db.selectFrom("reconciliation").select("id").where("state", "=", "running");
    return (await running.execute()).length === 0;
  });
}
beforeEach(async () => {
  await w.meta.clearFaults();
  // What the test before left unknown takes no turn at the record away.
  await sql`update message set state = 'cancelled' where state = 'uncertain'`.execute(w.deps.db);
  w.clock.set(Date.now());
  const person = async (platform: Platform) =>
    (await w.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, { name: "Ida Holm", platform })).id;
  customers = { messenger: await person("messenger"), instagram: await person("instagram") };
  threads = {
    messenger: await w.customerWrites(BLUE, customers.messenger, "hello"),
    instagram: await w.customerWrites(BLUE, customers.instagram, "hola"),
  };
  await w.sim.idle();
});

const noEchoes = { lose: { kinds: ["echo"], rate: 1 } };
const write = async (platform: Platform, text: string) =>
  (await w.reply(threads[platform].id, { text }, agent.headers)).json;
const onPhone = async (platform: Platform) =>
  (await w.meta.phone(BLUE, customers[platform])).messages.filter((m) => m.from === "page");
const texts = async (platform: Platform) => (await onPhone(platform)).map((m) => m.text);
const outbound = async (platform: Platform) =>
  (await w.messages(threads[platform].id)).filter((m) => m.direction === "outbound");
const act = (m: Message, action: string, body?: object) =>
  w.call<Message & { code: string; nextAt: string | null }>(
    "POST",
    `/conversations/${m.conversationId}/messages/${m.id}/${action}`,
    { headers: agent.headers, ...(body ? { body } : {}) },
  );
/** Time goes on, and everybody looks. */
async function later(by: Parameters<FakeClock["advance"]>[0]): Promise<void> {
  w.clock.advance(by);
  await sql`select pg_notify('firstline_send', '')`.execute(w.deps.db);
}
const checked = (m: Message, state: string, looks: (check: NonNullable<Message["check"]>) => boolean = () => true) =>
  until(`it is looked up: ${state}`, async () => {
    const now = await w.message(m.conversationId, m.id);
    return now.check?.state === state && looks(now.check) && now;
  });
/** A reply that never reached Meta. */
async function lost(platform: Platform, text: string): Promise<Message> {
  await w.meta.faults({ nextSend: [{ cut: "before" }] });
  return w.becomes(await write(platform, text), "uncertain");
}
/** A reply that Meta took, with the answer lost. */
async function taken(platform: Platform, text: string, fault: object = { cut: "after" }): Promise<Message> {
  await w.meta.faults({ ...noEchoes, nextSend: [fault] });
  const m = await w.becomes(await write(platform, text), "uncertain");
  await w.sim.idle();
  return m;
}
/** Somebody writes in the Page inbox. */
const colleague = (text: string) =>
  w.meta.post(`/pages/${BLUE}/inbox-reply`, { customerId: customers.messenger, text, control: false });
const echoOf = (platform: Platform, mid: string, text: string, metadata: string) =>
  platform === "messenger"
    ? pageBody(
        BLUE,
        echoed({ account: BLUE, customer: customers.messenger }, Date.now(), mid, text, {
          app_id: META_APP.id,
          metadata,
        }),
      )
    : instagramBody(
        BLUE_INSTAGRAM,
        echoed({ account: BLUE_INSTAGRAM, customer: customers.instagram }, Date.now(), mid, text),
      );

for (const platform of BOTH)
  for (const [how, fault] of [
    ["the connection is cut", { cut: "after" }],
    ["the answer is an empty 500", { empty: true, status: 500, accepted: true }],
    ["the answer is -2", { code: -2, accepted: true }],
  ] as const)
    test(`S10 taken by Meta, ${how}, and no echo ever comes: Meta's record settles it after a minute (${platform})`, async () => {
      const m = await taken(platform, "see you at six", fault);
      expect(m.check).toMatchObject({ state: "pending", at: null, reason: null });
      expect(Date.parse(m.check!.nextAt!) - w.clock.now()).toBe(60_000);
      await later({ seconds: 59 });
      expect((await w.message(m.conversationId, m.id)).state).toBe("uncertain");
      await later({ seconds: 2 });
      const settled = await w.becomes(m, "sent", "delivered");
      const [one, ...more] = await onPhone(platform);
      expect(more).toEqual([]);
      expect(settled).toMatchObject({ externalId: one!.mid, failure: null, check: null, source: { name: "Ada" } });
      expect(await outbound(platform)).toHaveLength(1);
      expect(
        (await w.call<Conversation>("GET", `/conversations/${m.conversationId}`, { headers: agent.headers })).json,
      ).toMatchObject({ needsLook: false, lastMessage: { id: m.id } });
      // Its echo, hours late, is the same message.
      await post(w, echoOf(platform, one!.mid, "see you at six", m.id));
      await workedOff(w);
      const bubbles = await outbound(platform);
      expect(bubbles.map((b) => [b.id, b.externalId])).toEqual([[m.id, one!.mid]]);
    });

for (const platform of BOTH)
  test(`S10 never taken: Meta's record does not have it, the agent is asked, and two clicks send it again once (${platform})`, async () => {
    const m = await lost(platform, "are you there?");
    await later({ seconds: 61 });
    const first = await checked(m, "absent");
    expect(first.state).toBe("uncertain");
    expect(Date.parse(first.check!.nextAt!) - w.clock.now()).toBe(239_000);
    await later({ minutes: 5 });
    const last = await checked(m, "absent", (check) => check.nextAt === null);
    expect(last.failure?.fault).toBe("outcome_unknown");
    expect(await texts(platform)).toEqual([]);

    const clicks = await whilePaused(w, threads[platform].channelId, () =>
      Promise.all([act(m, "resend"), act(m, "resend")]),
    );
    expect(clicks.map((c) => c.status)).toEqual([202, 202]);
    await w.becomes(m, "sent", "delivered");
    expect(await texts(platform)).toEqual(["are you there?"]);
    expect(await outbound(platform)).toHaveLength(1);
  });

test("S10 it is not sent again before Meta's record has been looked at; a look right after the call tells nothing yet", async () => {
  const m = await lost("messenger", "too soon");
  const refused = await act(m, "resend");
  expect([refused.status, refused.json.code]).toEqual([409, "outcome_pending"]);
  expect(Date.parse(refused.json.nextAt!) - w.clock.now()).toBe(60_000);
  const soon = (await act(m, "check")).json;
  expect(soon).toMatchObject({
    state: "uncertain",
    check: { state: "pending", at: new Date(w.clock.now()).toISOString(), nextAt: refused.json.nextAt },
  });
  expect((await act(m, "resend")).status).toBe(409);
  await later({ seconds: 61 });
  await checked(m, "absent");
  expect((await act(m, "resend")).status).toBe(202);
  await w.becomes(m, "sent", "delivered");
  expect(await texts("messenger")).toEqual(["too soon"]);
});

test("S10 a person may look at once: what Meta's record has is settled without waiting", async () => {
  const m = await taken("messenger", "look now");
  const now = (await act(m, "check")).json;
  expect(["sent", "delivered"]).toContain(now.state);
  expect(now.externalId).toBe((await onPhone("messenger"))[0]!.mid);
  // Nothing is left to find out: the same question again changes nothing.
  expect((await act(m, "check")).json.externalId).toBe(now.externalId);
  expect((await act(m, "resend")).status).toBe(409);
});

test("S10 I1 an echo settles it before any look: by our id on Messenger, by its text on Instagram, which brings no id of ours back", async () => {
  for (const platform of BOTH) {
    await w.meta.faults({ nextSend: [{ cut: "after" }], delayMs: HELD_BACK_MS });
    const m = await w.becomes(await write(platform, `echo of ${platform}`), "uncertain");
    await w.meta.faults({ delayMs: 0 });
    const settled = await w.becomes(m, "sent", "delivered");
    await workedOff(w);
    expect([settled.externalId, (await outbound(platform)).length]).toEqual([(await onPhone(platform))[0]!.mid, 1]);
  }
});

test("I1 an echo that overtakes the lost answer stands as a bubble of its own only until Meta's record joins it", async () => {
  await w.meta.faults({ echoOvertakes: true, nextSend: [{ cut: "after" }] });
  const m = await write("instagram", "overtaken");
  await w.becomes(m, "uncertain", "sent", "delivered");
  await workedOff(w);
  await later({ seconds: 61 });
  const settled = await w.becomes(m, "sent", "delivered");
  expect((await outbound("instagram")).map((b) => [b.id, b.externalId])).toEqual([[m.id, settled.externalId]]);
});

test("S10 the record is late: what the first look does not find the second does", async () => {
  const m = await lost("messenger", "slow to appear");
  await later({ seconds: 61 });
  await checked(m, "absent");
  await w.meta.faults(noEchoes);
  await colleague("slow to appear");
  await w.sim.idle();
  await later({ minutes: 4 });
  await w.becomes(m, "sent", "delivered");
  expect(await outbound("messenger")).toHaveLength(1);
});

test("S10 the same words of a colleague in the Page inbox, told by their echo, are not taken for ours", async () => {
  const m = await lost("messenger", "ok");
  await colleague("ok");
  await until("the colleague's bubble is here", async () => (await outbound("messenger")).length === 2);
  await later({ seconds: 61 });
  expect((await checked(m, "absent")).state).toBe("uncertain");
});

test("S10 two in the record that may be it: nobody guesses, and after the last look the agent decides", async () => {
  const m = await taken("messenger", "ok");
  await colleague("ok");
  await w.sim.idle();
  await later({ seconds: 61 });
  const unclear = await checked(m, "unreadable");
  expect(unclear.check?.reason?.code).toBe("record_inconclusive");
  expect((await act(m, "resend")).json.code).toBe("outcome_pending");
  await later({ minutes: 5 });
  await checked(m, "unreadable", (check) => check.nextAt === null);
  const arrived = (await act(m, "confirm")).json;
  expect(arrived).toMatchObject({ state: "sent", externalId: null, failure: null, check: null });
});

for (const platform of BOTH)
  test(`S10 what the agent marks as arrived is joined by its echo or its recovered copy: never a second bubble (${platform})`, async () => {
    const m = await lost(platform, "it is there, I called them");
    expect((await act(m, "confirm")).json).toMatchObject({ state: "sent", externalId: null });
    expect((await act(m, "confirm")).status).toBe(200);
    const others = { metadata: "", app_id: undefined };
    await post(
      w,
      platform === "messenger"
        ? pageBody(
            BLUE,
            echoed({ account: BLUE, customer: customers.messenger }, Date.now(), `m_late_${platform}`, m.text!, others),
          )
        : echoOf(platform, `m_late_${platform}`, m.text!, m.id),
    );
    await until(
      "the echo is worked off",
      async () => (await w.message(m.conversationId, m.id)).externalId === `m_late_${platform}`,
    );
    expect(await outbound(platform)).toHaveLength(1);
  });

test("S10 the record refused: the reason is told, it is asked again for an hour, then the agent decides at their own risk", async () => {
  const m = await lost("messenger", "nobody can tell");
  await w.meta.faults({ nextGraph: [{ path: "conversations", code: 100, times: 50 }] });
  await later({ seconds: 61 });
  const refused = await checked(m, "unreadable");
  expect(refused.check?.reason?.code).toBe("request_rejected");
  expect((await act(m, "resend")).json.code).toBe("outcome_pending");
  const nextMs: (number | null)[] = [];
  for (const wait of [{ minutes: 4 }, { minutes: 15 }, { minutes: 15 }, { minutes: 15 }]) {
    const at = (await w.message(m.conversationId, m.id)).check!.at;
    await later(wait);
    const { check } = await checked(m, "unreadable", (c) => c.at !== at);
    nextMs.push(check!.nextAt === null ? null : Math.round((Date.parse(check!.nextAt) - w.clock.now()) / 60_000));
  }
  expect(nextMs).toEqual([15, 15, 15, null]);
  expect((await act(m, "resend")).status).toBe(202);
  await w.becomes(m, "sent", "delivered");
  expect(await texts("messenger")).toEqual(["nobody can tell"]);
});

test("S3 S10 a record that a dead token kept closed is asked as soon as the Page is reconnected", async () => {
  const m = await taken("messenger", "closed for a while");
  await w.meta.post(`/users/${KEVIN}/password`);
  await later({ seconds: 61 });
  await checked(m, "unreadable");
  const token = await w.meta.pageToken(KEVIN, BLUE);
  await w.connect("messenger", BLUE, token);
  await w.becomes(m, "sent", "delivered");
  expect(await texts("messenger")).toEqual(["closed for a while"]);
  await w.connect("instagram", BLUE_INSTAGRAM, token);
  await atRest();
});

test("S10 a process that died between the commit and the call leaves nothing forgotten: uncertain, looked up at once, then asked", async () => {
  const { id, channelId } = threads.messenger;
  const at = new Date(w.clock.now());
  const base = { workspace_id: w.workspaceId, id, channel_id: channelId };
  const left = await makeMessage(w.deps, base, {
    direction: "outbound",
    client_id: "left",
    external_id: null,
    state: "sending",
    text: "never called",
    attempts: 1,
    called_at: at,
    sent_at: at,
    next_attempt_at: new Date(w.clock.now() + 150_000),
  });
  const m = { id: left.id, conversationId: id } as Message;
  await later({ seconds: 151 });
  const looked = await checked(m, "absent");
  expect(looked.failure?.fault).toBe("outcome_unknown");
  expect(Date.parse(looked.check!.nextAt!) - at.getTime()).toBe(300_000);
  expect((await act(m, "resend")).status).toBe(202);
  await w.becomes(m, "sent", "delivered");
  expect(await texts("messenger")).toEqual(["never called"]);
});

test("S10 it is found behind what was written since, on the next page of the record", async () => {
  const m = await taken("messenger", "long ago");
  await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      w.meta.post(`/pages/${BLUE}/customers/${customers.messenger}/messages`, { text: `and another thing ${n}` }),
    ),
  );
  await w.sim.idle();
  await later({ seconds: 61 });
  await w.becomes(m, "sent", "delivered");
});

test("I1 beyond the 20 newest Meta tells nothing on Instagram: that it is not there proves nothing", async () => {
  const m = await lost("instagram", "who knows");
  for (let n = 0; n < 21; n++)
    await w.meta.post(`/pages/${BLUE}/customers/${customers.instagram}/messages`, { text: `more ${n}` });
  await w.sim.idle();
  await later({ seconds: 61 });
  expect((await checked(m, "unreadable")).check?.reason?.code).toBe("record_inconclusive");
});

for (const platform of BOTH)
  test(`S7 S10 two pictures in one message are known by their kinds: Meta's record settles them, and a text of that time does not (${platform})`, async () => {
    const thread = threads[platform];
    await w.meta.faults({ ...noEchoes, nextSend: [{ cut: "after" }, { cut: "before" }] });
    const attachmentIds = await chosenPictures(w, thread, 2);
    const pictures = (await w.reply(thread.id, { attachmentIds }, agent.headers)).json;
    await w.becomes(pictures, "uncertain");
    const text = await w.becomes(await write(platform, "and a word"), "uncertain");
    await later({ seconds: 61 });
    const settled = await w.becomes(pictures, "sent", "delivered");
    expect(settled.attachments.map((a) => a.name)).toEqual(["picture 1.png", "picture 2.png"]);
    expect((await checked(text, "absent")).state).toBe("uncertain");
    expect((await onPhone(platform)).map((m) => m.mid)).toEqual([settled.externalId]);
  });

test("S10 replies behind one of unknown outcome go on: they do not depend on it", async () => {
  const m = await lost("messenger", "first");
  await w.becomes(await write("messenger", "second"), "sent", "delivered");
  expect((await w.message(m.conversationId, m.id)).state).toBe("uncertain");
  expect(await texts("messenger")).toEqual(["second"]);
});

test("two processes look at the same moment: one reads the record, and it is settled once", async () => {
  const m = await taken("messenger", "only once");
  const answers = await Promise.all([act(m, "check"), act(m, "check"), later({ seconds: 61 })]);
  expect(answers.slice(0, 2).map((a) => (a as { status: number }).status)).toEqual([200, 200]);
  await w.becomes(m, "sent", "delivered");
  expect(await outbound("messenger")).toHaveLength(1);
});
