import { afterAll, beforeAll, expect, test } from "vitest";
import { openStream, type Stream } from "../api/support/stream.ts";
import { ANN, BLUE, KEVIN, startWorld, surveyed, type World } from "../api/support/world.ts";
import type { Person } from "../harness/index.ts";

let w: World;
let ada: Person;
let stream: Stream;
beforeAll(async () => {
  w = await startWorld();
  ada = await w.asMember("administrator", { name: "Ada" });
  stream = await openStream(w.deps.config.publicUrl, ada.headers);
  await stream.ready();
});
afterAll(async () => {
  await stream.close();
  await w.close();
});

test("what happens is told as it happens, each kind with the whole of what it is about: channel, message, contact, reply, note", async () => {
  const { id: channelId } = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json;
  expect((await stream.next("channel.updated")).channel).toMatchObject({ id: channelId, state: "healthy" });

  const c = await w.customerWrites(BLUE, ANN, "hello");
  const arrived = await stream.next("message.created", (e) => e.message.text === "hello");
  expect(arrived.conversation).toMatchObject({
    id: c.id,
    unreadCount: 1,
    lastMessage: { text: "hello" },
    reply: { state: "open" },
  });
  await stream.next("contact.updated", (e) => e.contact.name === "Ann Lee");

  const sent = (await w.reply(c.id, { text: "hi Ann" }, ada.headers)).json;
  await stream.next("message.created", (e) => e.message.id === sent.id);
  await stream.next("message.updated", (e) => e.message.id === sent.id && e.message.externalId !== null);
  await w.meta.post(`/pages/${BLUE}/customers/${ANN}/read`);
  await stream.next("message.updated", (e) => e.message.id === sent.id && e.message.state === "read");

  await w.call("POST", `/conversations/${c.id}/notes`, { headers: ada.headers, body: { text: "regular" } });
  expect((await stream.next("activity.created", (e) => e.activity.kind === "note")).activity).toMatchObject({
    text: "regular",
    memberName: "Ada",
  });
  await w.call("PATCH", `/conversations/${c.id}`, { headers: ada.headers, body: { status: "resolved" } });
  await stream.next("conversation.updated", (e) => e.conversation.status === "resolved");

  // The self-test's own calls would be the first to learn that the token is dead, and the reply would be held from the start.
  await surveyed(w, channelId);
  await w.meta.post(`/users/${KEVIN}/password`);
  await w.reply(c.id, { text: "too late" }, ada.headers);
  await stream.next("channel.updated", (e) => e.channel.state === "needs_reauthorization");
  await stream.next("message.updated", (e) => e.message.state === "held" && e.conversation.needsLook);
});
