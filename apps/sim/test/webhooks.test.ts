import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { soon } from "./support/soon.ts";
import { ANN, BLUE, INSTAGRAM, World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
});

const fieldsOf = () =>
  world.receiver.events.map((event: object) =>
    Object.keys(event).find((key) => !["sender", "recipient", "timestamp"].includes(key)),
  );

describe("webhooks", () => {
  it("sign exactly the ASCII-escaped bytes they send, with both headers", async () => {
    await world.subscribe();
    await world.write("äöå 你好 😀 a/b");
    await world.sim.idle();
    const [delivery] = world.receiver.received;
    const raw = delivery?.raw ?? Buffer.alloc(0);
    expect(raw.toString("latin1")).toContain("\\u00e4\\u00f6\\u00e5 \\u4f60\\u597d \\ud83d\\ude00 a\\/b");
    expect([...raw].every((byte) => byte < 0x80)).toBe(true);
    const sign = (hash: string) => createHmac(hash, world.sim.app.secret).update(raw).digest("hex");
    expect(delivery?.headers["x-hub-signature-256"]).toBe(`sha256=${sign("sha256")}`);
    expect(delivery?.headers["x-hub-signature"]).toBe(`sha1=${sign("sha1")}`);
    expect(delivery?.headers["user-agent"]).toBe("facebookexternalua");
    expect(delivery?.body).toMatchObject({
      object: "page",
      entry: [
        {
          id: BLUE,
          messaging: [{ sender: { id: ANN }, recipient: { id: BLUE }, message: { text: "äöå 你好 😀 a/b" } }],
        },
      ],
    });
  });

  it("come only for fields subscribed at app level and at Page level", async () => {
    await world.subscribeApp("page", "messages");
    await world.write("no Page level yet");
    await world.graph("POST", `/${BLUE}/subscribed_apps`, { subscribed_fields: "message_echoes" });
    await world.write("Page level has another field");
    await world.graph("POST", `/${BLUE}/subscribed_apps`, { subscribed_fields: "messages,message_echoes" });
    await world.write("both");
    await world.send({ text: "the echo is not subscribed at app level" });
    await world.sim.idle();
    expect(world.receiver.events.map((event: { message: { text: string } }) => event.message.text)).toEqual(["both"]);
  });

  it("follow a send: echo with app id and metadata, then the delivery, then the read watermark", async () => {
    await world.subscribe();
    await world.write("hi");
    const { body } = await world.send({ text: "hello", metadata: "c-1" });
    await world.control("POST", `/_sim/pages/${BLUE}/customers/${ANN}/read`, {});
    await soon(() => world.receiver.events.length).toBe(4);
    const [, ...after] = world.receiver.events;
    const of = (key: string) => after.find((event: object) => key in event);
    expect(of("message")).toMatchObject({
      sender: { id: BLUE },
      recipient: { id: ANN },
      message: {
        is_echo: true,
        app_id: Number(world.sim.app.id),
        metadata: "c-1",
        mid: body.message_id,
        text: "hello",
      },
    });
    expect(of("delivery").delivery.mids).toEqual([body.message_id]);
    expect(of("read").read.watermark).toBeGreaterThanOrEqual(of("message").timestamp);
    expect((await world.thread()).messages.at(-1)).toMatchObject({ mid: body.message_id, mark: "read" });
  });

  it("bring the echo before the Send API answers when it overtakes", async () => {
    await world.subscribe();
    await world.write("hi");
    await world.faults({ echoOvertakes: true });
    await world.send({ text: "fast echo" });
    expect(world.receiver.events.some((event: { message?: { is_echo?: boolean } }) => event.message?.is_echo)).toBe(
      true,
    );
  });

  it("repeat a delivery that failed, so that the receiver sees it twice and in order", async () => {
    await world.subscribe();
    await world.faults({ retryClock: 1000 });
    world.receiver.status = (index) => (index < 2 ? 500 : 200);
    await world.write("one");
    await world.write("two");
    await world.sim.idle();
    const texts = world.receiver.events.map((event: { message: { text: string } }) => event.message.text);
    expect(texts).toEqual(["one", "one", "one", "two"]);
    expect(
      new Set(world.receiver.received.slice(0, 3).map(({ body }) => body.entry[0].messaging[0].message.mid)).size,
    ).toBe(1);
  });

  it("alert after 15 minutes and drop that Page's subscription after an hour of failing", async () => {
    await world.subscribe();
    await world.faults({ retryClock: 3600 * 4 });
    world.receiver.status = () => 500;
    await world.write("nobody hears this");
    await world.sim.idle();
    const { body } = await world.control("GET", "/_sim/alerts");
    expect(body.data.map((alert: { level: string }) => alert.level)).toEqual(["warning", "disabled"]);
    expect((await world.graph("GET", `/${BLUE}/subscribed_apps`)).body).toEqual({ data: [] });
    expect(
      (await world.graph("GET", `/${world.sim.app.id}/subscriptions`, { access_token: world.appToken })).body.data,
    ).toHaveLength(1);
  });

  it("obey the switches: lost, doubled, reordered, batched", async () => {
    await world.subscribe("messages");
    await world.faults({ lose: 1 });
    await world.write("lost");
    await world.faults({ duplicate: 1 });
    await world.write("twice");
    await world.sim.idle();
    await world.faults({ reorder: true });
    await world.write("first");
    await world.write("second");
    await world.sim.idle();
    const texts = () => world.receiver.events.map((event: { message: { text: string } }) => event.message.text);
    expect(texts()).toEqual(["twice", "twice", "second", "first"]);
    await world.faults({ reorder: false, batch: 10, delayMs: 60_000 });
    for (const [text, customer] of [
      ["a", ANN],
      ["b", "7400000000000002"],
      ["c", ANN],
    ] as const)
      await world.write(text, customer);
    await world.control("POST", "/_sim/webhooks/flush", {});
    await world.sim.idle();
    const batch = world.receiver.received.at(-1)?.body.entry;
    expect(batch).toHaveLength(3);
    for (const entry of batch) expect(entry.messaging).toHaveLength(1);
  });

  it("wait while delayed, and go at a flush", async () => {
    await world.subscribe("messages");
    await world.faults({ delayMs: 60_000 });
    await world.write("later");
    expect((await world.control("GET", "/_sim/webhooks/idle?timeoutMs=0")).body).toMatchObject({
      idle: false,
      pending: 1,
    });
    await world.control("POST", "/_sim/webhooks/flush", {});
    expect(await world.sim.idle()).toBe(true);
    expect(world.receiver.events).toHaveLength(1);
  });

  it("tell reactions, postbacks, referrals and edits in their own fields", async () => {
    await world.subscribe();
    const { body } = await world.write("hi");
    const at = `/_sim/pages/${BLUE}/customers/${ANN}`;
    await world.control("POST", `${at}/reactions`, { mid: body.mid, emoji: "❤️" });
    await world.control("POST", `${at}/postbacks`, { title: "Track", payload: "TRACK" });
    await world.control("POST", `${at}/referrals`, { ref: "R" });
    await world.control("POST", `${at}/edits`, { mid: body.mid, text: "hi!" });
    await world.sim.idle();
    expect(fieldsOf()).toEqual(["message", "reaction", "postback", "referral", "message_edit"]);
    expect(world.receiver.events[1].reaction).toEqual({ reaction: "love", emoji: "❤️", action: "react", mid: body.mid });
    expect(world.receiver.events[3].referral).toEqual({ ref: "R", source: "SHORTLINK", type: "OPEN_THREAD" });
  });

  it("of an Instagram thread come as object instagram: echo inside messages without app id, seen with a mid", async () => {
    await world.subscribe();
    await world.subscribeApp("instagram", "messages,messaging_seen");
    const rosa = "6400000000000001";
    await world.write("hola", rosa);
    const { body } = await world.send({ text: "¡hola!", metadata: "x" }, {}, rosa);
    expect(body.message_id).toMatch(/^aWdfZAG1faXRlbTo/);
    await soon(() => world.receiver.events.length).toBe(2);
    await world.control("POST", `/_sim/pages/${BLUE}/customers/${rosa}/read`, {});
    await world.sim.idle();
    expect(
      world.receiver.received.every((one) => one.body.object === "instagram" && one.body.entry[0].id === INSTAGRAM),
    ).toBe(true);
    expect(world.receiver.events[1].message).toEqual({ mid: body.message_id, is_echo: true, text: "¡hola!" });
    expect(world.receiver.events[2]).toMatchObject({ sender: { id: rosa }, read: { mid: body.message_id } });
  });

  it("name the Page inbox when a person answers in Business Suite", async () => {
    await world.subscribe();
    await world.write("hi");
    await world.control("POST", `/_sim/pages/${BLUE}/inbox-reply`, { customerId: ANN, text: "from the suite" });
    await world.sim.idle();
    expect(world.receiver.events[1].message).toMatchObject({
      is_echo: true,
      app_id: 263902037430900,
      text: "from the suite",
    });
  });

  it("carry media as addresses that answer with the right content type", async () => {
    await world.subscribe();
    const png = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    const form = new FormData();
    form.set("text", "look");
    form.set("photo", new Blob([png], { type: "image/png" }), "door.png");
    await world.http("POST", `/_sim/pages/${BLUE}/customers/${ANN}/messages`, { body: form });
    await world.control("POST", `/_sim/pages/${BLUE}/customers/${ANN}/messages`, {
      attachments: [{ type: "sticker" }],
    });
    await world.sim.idle();
    const [photo, sticker] = world.receiver.events.map(
      (event: { message: { attachments: { type: string; payload: { url: string } }[] } }) =>
        event.message.attachments[0],
    );
    const answer = await fetch(photo?.payload.url ?? "");
    expect(photo?.type).toBe("image");
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true);
    expect(sticker).toMatchObject({ type: "sticker", payload: { sticker_id: 369239263222822 } });
  });
});
