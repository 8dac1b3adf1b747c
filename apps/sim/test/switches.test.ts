import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { soon } from "./support/soon.ts";
import { ANN, BLUE, INSTAGRAM, World } from "./support/world.ts";

const JONAS = "7400000000000002";
const ROSA = "6400000000000001";

let world: World;
beforeEach(async () => {
  world = await new World().start();
  await world.subscribe("messages,message_echoes,message_deliveries,messaging_postbacks,messaging_referrals");
  await world.subscribeApp("instagram", "messages");
});
afterEach(async () => {
  await world.stop();
});

const told = async () => {
  await world.sim.idle();
  return world.receiver.events;
};
const attach = async (attachment: object, customer = ANN) =>
  await world.control("POST", `/_sim/pages/${BLUE}/customers/${customer}/messages`, { attachments: [attachment] });

describe("R5 switches about what is told (facts §9)", () => {
  it("R5 lose by kind and person: one customer's images, nothing else", async () => {
    await world.faults({ lose: { customerId: ANN, kinds: ["image"] } });
    await attach({ type: "image", url: "https://x/a.jpg" });
    await attach({ type: "sticker" });
    await world.write("text");
    await attach({ type: "image", url: "https://x/b.jpg" }, JONAS);
    const kinds = (await told()).map(({ sender, message }) => [sender.id, message.attachments?.[0].type ?? "text"]);
    expect(kinds).toHaveLength(3);
    expect(kinds).toEqual(
      expect.arrayContaining([
        [ANN, "sticker"],
        [ANN, "text"],
        [JONAS, "image"],
      ]),
    );
  });

  it("R5 send empty: so many messages arrive with their mid alone, Graph knows the rest", async () => {
    await world.faults({ sendEmpty: { customerId: ANN, count: 1 } });
    const { body } = await world.write("hidden");
    await world.write("shown");
    const events = await told();
    expect(events[0].message).toEqual({ mid: body.mid });
    expect(events[1].message.text).toBe("shown");
    expect(
      (await world.graph("GET", `/${body.mid}`, { access_token: world.token, fields: "message" })).body.message,
    ).toBe("hidden");
  });

  it("R5 strip fields: dotted members leave every event, also inside lists", async () => {
    await world.faults({ stripFields: ["message.text", "sender", "message.attachments.payload"] });
    await world.write("hidden");
    await attach({ type: "image", url: "https://x/a.jpg" });
    const [text, image] = await told();
    expect(text).toEqual({
      recipient: { id: BLUE },
      timestamp: expect.any(Number),
      message: { mid: expect.any(String) },
    });
    expect(image.message.attachments).toEqual([{ type: "image" }]);
    await world.faults({ stripFields: null });
    await world.write("whole again");
    expect((await told()).at(-1).message.text).toBe("whole again");
  });

  it("R5 versions: sticker, share, reply_to flag", async () => {
    const types = async () => (await told()).at(-1).message.attachments.map(({ type }: { type: string }) => type);
    for (const [version, expected] of [
      ["image", ["image"]],
      ["both", ["image", "sticker"]],
      ["sticker", ["sticker"]],
    ] as const) {
      await world.faults({ versions: { sticker: version } });
      await attach({ type: "sticker" });
      expect(await types()).toEqual(expected);
    }
    for (const [version, expected] of [
      ["share", ["share"]],
      ["both", ["share", "ig_post"]],
      ["ig_post", ["ig_post"]],
    ] as const) {
      await world.faults({ versions: { share: version } });
      await attach({ type: "ig_post", url: "https://i/p", id: "1" }, ROSA);
      expect(await types()).toEqual(expected);
    }
    const { body } = await world.write("a");
    await world.write("b", ANN, { replyTo: body.mid });
    expect((await told()).at(-1).message.reply_to).toEqual({ mid: body.mid, is_self_reply: true });
    await world.faults({ versions: { replyToFlag: false } });
    await world.write("c", ANN, { replyTo: body.mid });
    expect((await told()).at(-1).message.reply_to).toEqual({ mid: body.mid });
    expect((await world.control("GET", "/_sim/faults")).body.versions).toMatchObject({
      sticker: "sticker",
      share: "ig_post",
    });
  });

  it("R5 versions: seconds and ids as numbers, exact also where a double cannot hold them", async () => {
    await world.faults({ versions: { timestampUnit: "s", idsAs: "number" } });
    await world.write("hola", ROSA);
    await told();
    const raw = world.receiver.received.at(-1)?.raw.toString() ?? "";
    expect(raw).toContain(`"id":${INSTAGRAM}`);
    expect(raw).toContain(`"sender":{"id":${ROSA}}`);
    const [entry] = world.receiver.received.at(-1)?.body.entry ?? [];
    expect(entry.time).toBeLessThan(1e12);
    expect(entry.messaging[0].timestamp).toBeLessThan(1e12);
  });

  it("R3 Instagram echoes of the native app can be missing; those of the Send API are told", async () => {
    await world.faults({ igEchoes: false });
    await world.write("hola", ROSA);
    await world.control("POST", `/_sim/pages/${BLUE}/inbox-reply`, { customerId: ROSA, text: "from the phone" });
    const { body } = await world.send({ text: "from the app" }, {}, ROSA);
    await soon(() => world.receiver.events.length).toBe(2);
    expect((await told()).at(-1).message.mid).toBe(body.message_id);
  });

  it("R5 an ad in a message is told only to whoever subscribed messaging_referrals too", async () => {
    const click = async (write?: string) =>
      await world.control("POST", `/_sim/pages/${BLUE}/customers/${ANN}/ad-click`, {
        adId: "630",
        adTitle: "T",
        write,
      });
    await click("from the ad");
    expect((await told()).at(-1).message.referral).toMatchObject({
      ad_id: "630",
      source: "ADS",
      ads_context_data: { ad_title: "T" },
    });
    await world.graph("POST", `/${BLUE}/subscribed_apps`, { access_token: world.token, subscribed_fields: "messages" });
    await click("again");
    expect((await told()).at(-1).message).not.toHaveProperty("referral");
  });

  it("R5 a dropped subscription: silence at once, an alert, and messages only Graph knows", async () => {
    await world.control("POST", `/_sim/pages/${BLUE}/drop-subscription`, {});
    expect((await world.graph("GET", `/${BLUE}/subscribed_apps`)).body).toEqual({ data: [] });
    expect((await world.control("GET", "/_sim/alerts")).body.data).toMatchObject([{ level: "disabled", pageId: BLUE }]);
    const { body } = await world.write("anybody there?");
    expect(await told()).toEqual([]);
    expect((await world.graph("GET", `/${body.mid}`)).body.id).toBe(body.mid);
    expect((await world.control("POST", `/_sim/pages/${BLUE}/drop-subscription`, {})).status).toBe(409);
  });

  it("R6 Instagram's Connected Tools off: silence, and 200/2534041 from Graph", async () => {
    await world.write("hola", ROSA);
    await told();
    await world.control("POST", `/_sim/pages/${BLUE}/instagram-access`, { allowed: false });
    await world.write("¿hola?", ROSA);
    expect(await told()).toHaveLength(1);
    const list = await world.graph("GET", `/${BLUE}/conversations`, {
      access_token: world.token,
      platform: "instagram",
    });
    expect(list.body.error).toMatchObject({ code: 200, error_subcode: 2534041 });
    expect((await world.send({ text: "x" }, {}, ROSA)).body.error).toMatchObject({ code: 200, error_subcode: 2534041 });
  });

  it("R5 a state file of an earlier simulator is taken up with today's switches", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "sim-old-"));
    const old = await new World({ dataDir }).start();
    await old.write("kept");
    await old.stop();
    const path = join(dataDir, "sim", "state.json");
    const state = JSON.parse(await readFile(path, "utf8"));
    for (const name of ["versions", "stripFields", "sendEmpty", "conversationRate", "igEchoes"])
      delete state.faults[name];
    await writeFile(path, JSON.stringify(state));
    const again = await new World({ dataDir }).start();
    expect((await again.control("GET", "/_sim/faults")).body).toEqual(
      (await world.control("GET", "/_sim/faults")).body,
    );
    const { body } = await again.graph("GET", `/${BLUE}/conversations`, {
      access_token: again.token,
      fields: "snippet",
    });
    expect(body.data).toMatchObject([{ snippet: "kept" }]);
    await again.stop();
    await rm(dataDir, { recursive: true });
  });

  it("R5 nothing is re-shaped by default, and DELETE sets every switch back", async () => {
    const before = (await world.control("GET", "/_sim/faults")).body;
    await world.faults({
      stripFields: ["sender"],
      sendEmpty: 3,
      versions: { sticker: "both", idsAs: "number" },
      igEchoes: false,
      conversationDepth: 5,
    });
    expect((await world.control("DELETE", "/_sim/faults")).body).toEqual(before);
    expect((await world.control("PUT", "/_sim/faults", { versions: { stikcer: "both" } })).status).toBe(400);
  });
});
