import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clock, outcome, sendTo, tagged } from "./support/sending.ts";
import { soon } from "./support/soon.ts";
import { ANN, BLUE, INSTAGRAM, TEA, World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
});

const P = `/_sim/pages/${BLUE}`;
const comment = async (body: Record<string, unknown> = {}): Promise<string> =>
  (await world.control("POST", `${P}/comments`, { text: "price?", ...body })).body.commentId;
const reply = (id: string, extra: Record<string, unknown> = {}) =>
  sendTo(world, { comment_id: id }, { text: "We wrote to you." }, extra);

describe("private replies (facts §2.6)", () => {
  it("S1 open a conversation with the person, who has to answer before anything more can be written", async () => {
    const id = await comment();
    const sent = await reply(id);
    expect(sent.body).toEqual({ recipient_id: expect.stringMatching(/^\d{16}$/), message_id: expect.any(String) });
    const person = sent.body.recipient_id;
    const thread = await world.thread(person);
    expect(thread.messages.map((one: { privateReplyTo: unknown }) => one.privateReplyTo)).toEqual([
      { id, text: "price?" },
    ]);
    expect(thread.window.state).toBe("closed");
    expect(outcome(await world.send({ text: "more" }, {}, person))).toBe("10/2018278");
    await world.faults({ humanAgentApproved: true });
    expect(outcome(await world.send({ text: "more" }, tagged("HUMAN_AGENT"), person))).toBe("10/2018278");
    await world.write("hello", person);
    expect(outcome(await world.send({ text: "more" }, {}, person))).toBe("sent");
  });

  it("S1 one per comment, also when a colleague was faster; another comment of the person joins the same conversation", async () => {
    const id = await comment({ customerId: ANN });
    expect(outcome(await reply(id))).toBe("sent");
    const second = await reply(id);
    expect([outcome(second), second.body.error.message]).toEqual(["10900", "(#10900) Activity already replied to"]);
    const other = await comment({ customerId: ANN });
    expect((await reply(other)).body.recipient_id).toBe(ANN);
    const byHand = await comment();
    await world.control("POST", `${P}/comments/${byHand}/reply`, { text: "From Business Suite" });
    expect(outcome(await reply(byHand))).toBe("10900");
  });

  it("S1 two at the same moment are one too many", async () => {
    const id = await comment();
    const both = await Promise.all([reply(id), reply(id)]);
    expect(both.map(outcome).sort()).toEqual(["10900", "sent"]);
  });

  it("S1 within seven days, not from who blocked the Page, never to a Page, not to a comment that is gone", async () => {
    expect(outcome(await reply(await comment({ hoursAgo: 24 * 7 - 1 })))).toBe("sent");
    expect(outcome(await reply(await comment({ hoursAgo: 24 * 7 })))).toBe("10903");
    const aged = await comment();
    await world.control("POST", `${P}/comments/${aged}/age`, { hoursAgo: 200 });
    expect(outcome(await reply(aged))).toBe("10903");
    const blocked = await comment({ customerId: ANN });
    await world.control("POST", `${P}/customers/${ANN}/block`);
    expect(outcome(await reply(blocked))).toBe("10903");
    const gone = await comment();
    await world.control("POST", `${P}/comments`, { verb: "remove", commentId: gone });
    expect(outcome(await reply(gone))).toBe("100/33");
    expect(outcome(await reply("999_999"))).toBe("100/33");
    const { body } = await world.control("POST", `${P}/restrict`, {});
    expect(body.restricted).toBe(true);
    expect(outcome(await reply(await comment()))).toBe("10/1893063");
  });

  it("S1 to posts of visitors by post_id; a comment's id is none", async () => {
    const { body } = await world.control("POST", `${P}/visitor-posts`, { text: "Lovely shop" });
    expect(outcome(await sendTo(world, { comment_id: body.postId }, { text: "x" }))).toBe("100/33");
    expect(outcome(await sendTo(world, { post_id: body.postId }, { text: "Thank you" }))).toBe("sent");
    expect(outcome(await sendTo(world, { post_id: body.postId }, { text: "Thank you" }))).toBe("10900");
    expect(outcome(await sendTo(world, { id: ANN, post_id: body.postId }, { text: "x" }))).toBe("100");
  });

  it("I1 on Instagram: in Requests for a stranger, its own error for an unknown comment, over with the broadcast", async () => {
    const id = await comment({ platform: "instagram", name: "nora.berg" });
    const sent = await reply(id);
    const thread = await world.control("GET", `/_sim/pages/${INSTAGRAM}/customers/${sent.body.recipient_id}/thread`);
    expect(thread.body.platform).toBe("instagram");
    expect(outcome(await world.send({ text: "x" }, {}, sent.body.recipient_id))).toBe("10/2534022");
    expect(outcome(await reply(id))).toBe("10900");
    expect(outcome(await reply("17800000000000000"))).toBe("100/2534025");
    const live = await comment({ platform: "instagram", live: true });
    await world.control("POST", `${P}/comments/${live}/live-end`, {});
    expect(outcome(await reply(live))).toBe("10903");
  });

  it("S1 tags are judged before the comment, and a comment tells whether it can be answered", async () => {
    const id = await comment();
    expect(outcome(await reply(id, tagged("ACCOUNT_UPDATE")))).toBe("100/1893061");
    const read = async () => (await world.graph("GET", `/v26.0/${id}`, { fields: "message,can_reply_privately" })).body;
    expect(await read()).toEqual({ id, message: "price?", can_reply_privately: true });
    await reply(id);
    expect((await read()).can_reply_privately).toBe(false);
    const { body } = await world.control("GET", "/_sim/state");
    const tea = body.pages.find((page: { id: string }) => page.id === TEA).accessToken;
    expect(outcome(await world.graph("GET", `/v26.0/${id}`, { access_token: tea }))).toBe("100/33");
  });

  it("S1 the echo of a private reply is told, with its metadata", async () => {
    await world.subscribe();
    const id = await comment();
    await sendTo(world, { comment_id: id }, { text: "Hello", metadata: "m-7" });
    const echo = () =>
      world.receiver.received
        .flatMap(({ body }) => body.entry)
        .flatMap((entry) => entry.messaging ?? [])
        .find((event) => event.message?.is_echo);
    // It goes out once the answer has gone.
    await soon(() => echo()?.message).toMatchObject({ text: "Hello", metadata: "m-7" });
  });

  it("S1 an ordinary window is not opened by a private reply", async () => {
    await world.write("hi");
    await clock(world, { lastActionHoursAgo: 30 });
    await reply(await comment({ customerId: ANN }));
    expect(outcome(await world.send({ text: "x" }))).toBe("10/2018278");
  });
});
