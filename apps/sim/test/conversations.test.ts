import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ANN, type Answer, BLUE, INSTAGRAM, World } from "./support/world.ts";

const JONAS = "7400000000000002";
const MARTA = "7400000000000006";
const ROSA = "6400000000000001";
const EVERYTHING =
  "id,created_time,from,to,message,attachments,shares,sticker,story,reactions,tags,is_unsupported,reply_to";

let world: World;
beforeEach(async () => {
  world = await new World().start();
  await world.faults({ conversationRate: null });
});
afterEach(async () => {
  await world.stop();
});

const get = (path: string, params: Record<string, string> = {}) =>
  world.graph("GET", path, { access_token: world.token, ...params });
const conversations = (params: Record<string, string> = {}) => get(`/v26.0/${BLUE}/conversations`, params);
const ids = (answer: Answer) => answer.body.data.map(({ id }: { id: string }) => id);
/** Follows an address Graph gave, as clients do. */
const follow = async (address: string) => {
  const url = new URL(address);
  return await world.http("GET", `${url.pathname}${url.search}`);
};

describe("R5 Conversations API (facts §4)", () => {
  it("R5 lists conversations newest first, by platform, person and default fields", async () => {
    await world.write("first", ANN, { at: Date.now() - 60_000 });
    await world.write("second", JONAS);
    await world.write("hola", ROSA);
    const messenger = await conversations({ platform: "messenger" });
    expect(messenger.body.data).toHaveLength(2);
    for (const one of messenger.body.data) {
      expect(one.id).toMatch(/^t_\d+$/);
      expect(one.updated_time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
      expect(Object.keys(one).sort()).toEqual(["id", "updated_time"]);
    }
    const jonas = await conversations({ user_id: JONAS, fields: "participants,snippet,message_count,unread_count" });
    expect(jonas.body.data).toMatchObject([
      { id: messenger.body.data[0].id, snippet: "second", message_count: 1, unread_count: 1 },
    ]);
    expect(jonas.body.data[0].participants.data).toEqual([
      { name: "Jonas Kern", email: `${JONAS}@facebook.com`, id: JONAS },
      { name: "Blue Harbour", email: `${BLUE}@facebook.com`, id: BLUE },
    ]);
    const instagram = await conversations({ platform: "instagram", fields: "participants" });
    expect(instagram.body.data[0].id).toMatch(/^aWdfZAG06/);
    expect(instagram.body.data[0].participants.data).toEqual([
      { username: "rosa.olmos", id: ROSA },
      { username: "blueharbour", id: INSTAGRAM },
    ]);
    expect((await conversations({ user_id: "7400000000000099" })).body).toEqual({ data: [] });
  });

  it("R5 pages by cursor: cursors.after on the last page too, next only when there is more, nested on the thread's edge", async () => {
    for (const text of ["1", "2", "3", "4", "5"]) await world.write(text);
    const { body } = await conversations({ fields: "messages.limit(2){id,message}" });
    const nested = body.data[0].messages;
    expect(nested.data.map(({ message }: { message: string }) => message)).toEqual(["5", "4"]);
    expect(new URL(nested.paging.next).pathname).toBe(`/v26.0/${body.data[0].id}/messages`);
    const second = await follow(nested.paging.next);
    expect(second.body.data.map(({ message }: { message: string }) => message)).toEqual(["3", "2"]);
    const last = await follow(second.body.paging.next);
    expect(last.body.data.map(({ message }: { message: string }) => message)).toEqual(["1"]);
    expect(last.body.paging.cursors.after).toBeTruthy();
    expect(last.body.paging).not.toHaveProperty("next");
    expect(ids(await follow(last.body.paging.previous))).toEqual(ids(second));
  });

  it("R5 goes through many conversations without missing or doubling one while new messages arrive", async () => {
    const people = [ANN, JONAS, "7400000000000003", "7400000000000004", "7400000000000005"];
    for (const [index, id] of people.entries())
      await world.write("x", id, { at: new Date(Date.now() - (index + 1) * 60_000).toISOString() });
    const first = await conversations({ limit: "2" });
    await world.write("moves to the top", people[1]);
    const second = await follow(first.body.paging.next);
    const third = await follow(second.body.paging.next);
    expect(new Set([...ids(first), ...ids(second), ...ids(third)]).size).toBe(5);
    expect(third.body.paging).not.toHaveProperty("next");
  });

  it("R5 tells a message with the webhook's id, who wrote it, media, replies, reactions and postbacks as plain text", async () => {
    const { body: hello } = await world.write("hello");
    const sent = await world.send({ text: "hi", metadata: "m" }, { reply_to: { mid: hello.mid } });
    const at = `/_sim/pages/${BLUE}/customers/${ANN}`;
    await world.control("POST", `${at}/reactions`, { mid: sent.body.message_id, emoji: "❤️" });
    await world.control("POST", `${at}/postbacks`, { title: "Track order", payload: "TRACK" });
    await world.control("POST", `${at}/messages`, {
      attachments: [
        { type: "image", base64: Buffer.from("GIF89a\u0001\0\u0001\0\0\0\0;", "latin1").toString("base64") },
      ],
    });
    await world.control("POST", `${at}/messages`, { attachments: [{ type: "sticker" }] });
    const [thread] = (await conversations({ user_id: ANN })).body.data;
    const { body } = await get(`/${thread.id}/messages`, { fields: EVERYTHING });
    const [sticker, photo, postback, answer, first] = body.data;
    expect(first).toMatchObject({
      id: hello.mid,
      message: "hello",
      from: { name: "Ann Lee", id: ANN },
      to: { data: [{ name: "Blue Harbour", id: BLUE }] },
    });
    expect(first).not.toHaveProperty("is_unsupported");
    expect(answer).toMatchObject({
      id: sent.body.message_id,
      from: { id: BLUE },
      reply_to: { mid: hello.mid, is_self_reply: false },
      reactions: { data: [{ reaction: "love", users: [{ id: ANN }] }] },
    });
    expect(JSON.stringify(answer)).not.toMatch(/metadata|app_id/);
    expect(postback).toMatchObject({ message: "Track order" });
    expect(JSON.stringify(postback)).not.toContain("TRACK");
    expect(photo).toMatchObject({ message: "", attachments: { data: [{ mime_type: "image/gif", image_data: {} }] } });
    expect((await fetch(photo.attachments.data[0].image_data.url)).status).toBe(200);
    expect(sticker.sticker).toContain("369239263222822");
    const single = await get(`/${sent.body.message_id}`, { fields: "id,message,from{id}" });
    expect(single.body).toEqual({ id: sent.body.message_id, message: "hi", from: { id: BLUE } });
  });

  it("R5 also has what no webhook told: lost by a switch, or never subscribed", async () => {
    await world.subscribe("messages");
    await world.faults({ lose: { customerId: ANN } });
    const { body } = await world.write("nobody told you");
    await world.sim.idle();
    expect(world.receiver.events).toHaveLength(0);
    expect((await get(`/${body.mid}`, { fields: "message" })).body.message).toBe("nobody told you");
  });

  it("R5 tells only the 20 newest in detail: always on Instagram, by a switch on Messenger", async () => {
    for (let index = 0; index < 22; index += 1) {
      await world.write(`ig ${index}`, ROSA);
      await world.write(`fb ${index}`, ANN);
    }
    const read = async (platform: string, user_id: string) => {
      const { body } = await conversations({
        platform,
        user_id,
        fields: "messages.limit(25){id,created_time,message}",
      });
      return body.data[0].messages.data as { id: string; created_time: string; message?: string }[];
    };
    const instagram = await read("instagram", ROSA);
    expect(instagram.map((one) => "message" in one)).toEqual([...Array(20).fill(true), false, false]);
    expect(instagram[20]?.created_time).toBeTruthy();
    expect((await get(`/${instagram[20]?.id}`)).body.error).toMatchObject({ code: 9000001 });
    expect((await get(`/${instagram[19]?.id}`, { fields: "message" })).body.message).toBe("ig 2");
    expect((await read("messenger", ANN)).every((one) => "message" in one)).toBe(true);
    await world.faults({ conversationDepth: 3 });
    const messenger = await read("messenger", ANN);
    expect(messenger.filter((one) => "message" in one)).toHaveLength(3);
    expect((await get(`/${messenger[3]?.id}`)).body.error.code).toBe(9000001);
  });

  it("R5 takes two calls a second for each Page and platform, then 613, and says the usage in headers", async () => {
    await world.write("hi", ANN);
    await world.write("hola", ROSA);
    await world.faults({ conversationRate: 2 });
    // At once, so that they fall within one second however slow the machine is.
    const three = async (platform: string) =>
      (await Promise.all(Array.from({ length: 3 }, () => conversations({ platform })))).sort(
        (a, b) => a.status - b.status,
      );
    const messenger = await three("messenger");
    expect(messenger.map(({ status }) => status)).toEqual([200, 200, 400]);
    expect(messenger[2]?.body.error).toMatchObject({ code: 613, is_transient: true });
    expect((await three("instagram"))[2]?.body.error).toMatchObject({ code: 613, error_subcode: 2534040 });
    for (const { headers } of [messenger[0]!, messenger[2]!]) {
      expect(JSON.parse(headers.get("x-business-use-case-usage") ?? "")[BLUE]).toMatchObject([{ type: "messenger" }]);
      expect(headers.get("x-app-usage")).toBeTruthy();
    }
  });

  it("R5 needs the Page's own token, permission and task; another Page's ids are unknown", async () => {
    const { body } = await world.write("hi");
    const [thread] = (await conversations()).body.data;
    const state = (await world.control("GET", "/_sim/state")).body;
    const tea = state.pages[1].accessToken;
    for (const id of [thread.id, body.mid, `${thread.id}/messages`])
      expect((await get(`/${id}`, { access_token: tea })).body.error).toMatchObject({ code: 100, error_subcode: 33 });
    expect((await conversations({ access_token: world.userToken })).body.error).toMatchObject({ code: 190 });
    expect((await get("/me/conversations")).body.data).toHaveLength(1);
    await world.control("POST", "/_sim/users/100000000000101/role", { pageId: BLUE, tasks: ["ANALYZE"] });
    expect((await conversations()).body.error).toMatchObject({ code: 200 });
  });

  it.each([
    ["an unknown field", { fields: "id,naem" }, "(naem)"],
    ["time-based paging", { since: "1700000000" }, "since"],
    ["an unknown platform", { platform: "whatsapp" }, "platform"],
  ])("R5 refuses %s loudly", async (_what, params, named) => {
    const { status, body } = await conversations(params);
    expect([status, body.error.code]).toEqual([400, 100]);
    expect(body.error.message).toContain(named);
  });

  it("O1 names in participants what the profile does not tell", async () => {
    await world.write("olá", MARTA);
    expect((await get(`/${MARTA}`)).body.error).toMatchObject({ code: 100, error_subcode: 2018218 });
    const { body } = await conversations({ user_id: MARTA, fields: "participants" });
    expect(body.data[0].participants.data[0].name).toBe("Marta Oliveira");
  });
});
