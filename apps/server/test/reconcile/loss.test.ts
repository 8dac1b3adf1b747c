import { afterAll, beforeAll, expect, test } from "vitest";
import { BLUE, type World } from "../api/support/world.ts";
import { META_APP } from "../harness/index.ts";
import { seeded } from "../ingestion/scenario.ts";
import {
  compareNow,
  connectedWorld,
  customerPath,
  inTheInbox,
  newCustomer,
  onThePhone,
  type PlatformName,
  settled,
} from "./support.ts";

let w: World & { channels: Record<PlatformName, string> };
beforeAll(async () => {
  w = await connectedWorld();
});
afterAll(() => w.close());

const PLATFORMS: PlatformName[] = ["messenger", "instagram"];
const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** What goes wrong, by the first of the customers: Meta loses by chance, by person, by kind and by field. */
const TROUBLE: [name: string, faults: (customer: string) => Record<string, unknown>][] = [
  ["by chance", () => ({ lose: { rate: 0.4 } })],
  ["everything of one person", (customerId) => ({ lose: { rate: 1, customerId } })],
  ["pictures, stickers and buttons", () => ({ lose: { rate: 1, kinds: ["image", "sticker", "postback"] } })],
  ["every echo, with duplicates", () => ({ lose: { rate: 1, kinds: ["echo"] }, duplicate: { rate: 0.5 } })],
  [
    "by chance, the rest twice, swapped and in batches",
    () => ({ lose: { rate: 0.5 }, duplicate: { rate: 0.4 }, reorder: true, batch: 5 }),
  ],
  ["everything of everybody", () => ({ lose: { rate: 1 } })],
];

/** One thing that happens in a conversation. */
async function act(customer: string, random: () => number, said: string[]): Promise<void> {
  const path = customerPath(customer);
  const write = async (body: object) =>
    void said.push((await w.meta.post<{ mid: string }>(`${path}/messages`, body)).mid);
  const n = Math.floor(random() * 10);
  if (said.length === 0 || n < 4) await write({ text: `words ${said.length} ${n}  你好 👋` });
  else if (n === 4) await write({ attachments: [{ type: "image", base64: PICTURE, name: "a.png" }] });
  else if (n === 5) await write({ attachments: [{ type: "sticker" }] });
  else if (n === 6) await w.meta.post(`${path}/postbacks`, { title: "Track order", payload: "TRACK" });
  else if (n === 7) await write({ text: "as said", replyTo: said.at(-1) });
  else await w.meta.post(`/pages/${BLUE}/inbox-reply`, { customerId: customer, text: `from Business Suite ${n}` });
}

/** Messages whose webhooks the simulator lost, by its own log: every event of them, and none delivered. */
async function lostByMeta(customers: readonly string[]): Promise<Set<string>> {
  interface Told {
    state: string;
    body: string;
  }
  const { data } = await w.meta.get<{ data: Told[] }>("/webhooks?limit=1000");
  const midsOf = (state: string) =>
    data
      .filter((one) => one.state === state)
      .flatMap((one) => {
        const body = JSON.parse(one.body);
        const events = body.entry ? body.entry.flatMap((e: { messaging?: object[] }) => e.messaging ?? []) : [body];
        return events.flatMap(
          (e: {
            message?: { mid: string };
            postback?: { mid: string };
            sender?: { id: string };
            recipient?: { id: string };
          }) =>
            customers.includes(e.sender?.id ?? "") || customers.includes(e.recipient?.id ?? "")
              ? (e.message?.mid ?? e.postback?.mid ?? [])
              : [],
        );
      }) as string[];
  const delivered = new Set(midsOf("delivered"));
  return new Set(midsOf("lost").filter((mid) => !delivered.has(mid)));
}

TROUBLE.forEach(([name, faults], seed) => {
  test(`R5 Meta loses ${name}: after the comparison every conversation is as on the phone, and what was recovered is what Meta lost`, async () => {
    const random = seeded(20_261_123 + seed);
    const customers = new Map<PlatformName, string[]>();
    for (const platform of PLATFORMS)
      customers.set(platform, [await newCustomer(w, platform), await newCustomer(w, platform)]);
    const everybody = [...customers.values()].flat();
    await w.meta.faults(faults(everybody[0]!));
    const said = new Map<string, string[]>(everybody.map((id) => [id, []]));
    for (let step = 0; step < 36; step++) {
      const customer = everybody[Math.floor(random() * everybody.length)]!;
      await act(customer, random, said.get(customer)!);
    }
    await w.meta.clearFaults();
    await settled(w);

    const lost = await lostByMeta(everybody);
    expect(lost.size).toBeGreaterThan(3);
    const before = new Map(await Promise.all(everybody.map(async (id) => [id, await inTheInbox(w, id)] as const)));
    const expected = { messenger: 0, instagram: 0 };
    for (const platform of PLATFORMS)
      for (const id of customers.get(platform)!) {
        const phone = await onThePhone(w, id);
        expected[platform] += phone.filter((m) => lost.has(m.mid)).length;
        // The test would prove nothing if what Meta lost were here.
        expect(before.get(id)!.some((m) => lost.has(m.mid))).toBe(false);
      }
    expect(expected.messenger + expected.instagram).toBe(lost.size);

    for (const platform of PLATFORMS) {
      const run = await compareNow(w, w.channels[platform]);
      expect(run).toMatchObject({ state: "done", failure: null, reason: "demand", recovered: expected[platform] });
    }
    for (const id of everybody) {
      const inbox = await inTheInbox(w, id);
      expect(inbox.map(({ recovered: _, ...m }) => m)).toEqual(await onThePhone(w, id));
      expect(inbox.filter((m) => m.recovered).map((m) => m.mid)).toEqual(
        inbox.filter((m) => lost.has(m.mid)).map((m) => m.mid),
      );
    }
    for (const platform of PLATFORMS) expect((await compareNow(w, w.channels[platform])).recovered).toBe(0);
  });
});

test("R5 sixty lost messages of one person are read back page by page, in their order, among those that came", async () => {
  const customer = await newCustomer(w, "messenger");
  for (let n = 0; n < 70; n++) {
    await w.meta.faults({ lose: n % 7 === 3 ? null : { rate: 1, customerId: customer } });
    await w.meta.post(`${customerPath(customer)}/messages`, { text: `number ${n}` });
  }
  await w.meta.clearFaults();
  await settled(w);
  expect(await compareNow(w, w.channels.messenger, { contactExternalId: customer })).toMatchObject({
    state: "done",
    conversations: 1,
    examined: 70,
    recovered: 60,
  });
  expect((await inTheInbox(w, customer)).map((m) => m.text)).toEqual(
    Array.from({ length: 70 }, (_, n) => `number ${n}`),
  );
});

test("R5 of an Instagram conversation Meta tells the 20 newest messages: these come back, and the comparison ends cleanly", async () => {
  const customer = await newCustomer(w, "instagram");
  await w.meta.faults({ lose: { rate: 1, customerId: customer } });
  for (let n = 0; n < 26; n++) await w.meta.post(`${customerPath(customer)}/messages`, { text: `number ${n}` });
  await w.meta.clearFaults();
  expect(await compareNow(w, w.channels.instagram, { contactExternalId: customer })).toMatchObject({
    state: "done",
    recovered: 20,
  });
  expect((await inTheInbox(w, customer)).map((m) => m.text)).toEqual(
    Array.from({ length: 20 }, (_, n) => `number ${n + 6}`),
  );
});

test("R5 a changed text whose event Meta lost is shown as it is now, once", async () => {
  const customer = await newCustomer(w, "messenger");
  const { mid } = await w.meta.post<{ mid: string }>(`${customerPath(customer)}/messages`, { text: "frist" });
  await settled(w);
  await w.meta.faults({ lose: { rate: 1, customerId: customer } });
  await w.meta.post(`${customerPath(customer)}/edits`, { mid, text: "first" });
  await w.meta.clearFaults();
  expect((await compareNow(w, w.channels.messenger)).recovered).toBe(0);
  expect((await inTheInbox(w, customer)).map((m) => m.text)).toEqual(["first"]);
});

test("R5 our own replies whose echoes Meta lost are settled by Meta's record, never shown twice", async () => {
  const customer = await newCustomer(w, "messenger");
  const c = await w.customerWrites(BLUE, customer, "hello");
  await w.meta.faults({ lose: { rate: 1, kinds: ["echo"] }, nextSend: [{ cut: "after" }] });
  const { json: uncertain } = await w.reply(c.id, { text: "did it arrive?" });
  await w.becomes(uncertain, "uncertain");
  const { json: second } = await w.reply(c.id, { text: "and this" });
  await w.becomes(second, "sent", "delivered", "read");
  await w.meta.clearFaults();
  await settled(w);
  expect((await compareNow(w, w.channels.messenger)).recovered).toBe(0);
  await w.becomes(uncertain, "sent", "delivered", "read");
  await w.becomes(second, "sent", "delivered", "read");
  expect((await inTheInbox(w, customer)).map((m) => m.text)).toEqual(["hello", "did it arrive?", "and this"]);
  expect((await onThePhone(w, customer)).map((m) => m.text)).toEqual(["hello", "did it arrive?", "and this"]);
  expect(META_APP.id).toBe(w.sim.app.id);
});
