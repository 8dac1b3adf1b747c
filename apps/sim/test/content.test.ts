import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ANN, BLUE, INSTAGRAM, World } from "./support/world.ts";

const ROSA = "6400000000000001";
const FIELDS = [
  "messages",
  "message_echoes",
  "message_edits",
  "message_reactions",
  "messaging_postbacks",
  "messaging_referrals",
  "messaging_optins",
  "messaging_account_linking",
  "messaging_feedback",
  "messaging_customer_information",
  "send_cart",
  "response_feedback",
  "messaging_in_thread_lead_form_submit",
  "messaging_policy_enforcement",
  "inbox_labels",
  "feed",
].join(",");
const IG_FIELDS =
  "messages,message_reactions,messaging_postbacks,messaging_referral,messaging_seen,message_edit,comments,live_comments,mentions";
const PAGE = `/_sim/pages/${BLUE}`;

let world: World;
beforeEach(async () => {
  world = await new World().start();
  await world.subscribe(FIELDS);
  await world.subscribeApp("instagram", IG_FIELDS);
});
afterEach(async () => {
  await world.stop();
});

const does = async (path: string, body: unknown = {}, customer = ANN) => {
  const answer = await world.control("POST", `${PAGE}/customers/${customer}/${path}`, body);
  expect(answer.body.error).toBeUndefined();
  return answer.body;
};
const page = async (path: string, body: unknown = {}) => (await world.control("POST", `${PAGE}/${path}`, body)).body;
/** The entries told so far, once all are told. */
const entries = async () => {
  await world.sim.idle();
  return world.receiver.received.flatMap(({ body }) => body.entry);
};
const last = async () => (await entries()).at(-1).messaging[0];

describe("R5 content of messages (facts §2.1, §2.21)", () => {
  it.each([
    [
      { type: "reel", url: "https://f/reel/1", title: "t", id: 123 },
      { url: "https://f/reel/1", title: "t", reel_video_id: 123 },
    ],
    [
      { type: "post", url: "https://f/p", title: "t", id: 456 },
      { url: "https://f/p", title: "t", id: 456 },
    ],
    [
      { type: "ig_post", url: "https://i/p", id: 457 },
      { url: "https://i/p", id: 457 },
    ],
    [
      { type: "appointment_booking", payload: { booking_id: "B1", status: "confirmed" } },
      { booking_id: "B1", status: "confirmed" },
    ],
    [
      { type: "fallback", url: "https://youtu.be/x", title: "Link" },
      { url: "https://youtu.be/x", title: "Link" },
    ],
    [{ type: "fallback" }, null],
    [{ type: "template", payload: { product: { elements: [{ id: "1" }] } } }, { product: { elements: [{ id: "1" }] } }],
  ])("R5 a Page is told %j as it is at Meta", async (attachment, payload) => {
    await does("messages", { attachments: [attachment] });
    expect((await last()).message.attachments).toEqual([{ type: attachment.type, payload }]);
  });

  it.each([
    [
      { type: "story_mention", url: "https://cdn/s", id: "S" },
      { type: "story_mention", payload: { url: "https://cdn/s" } },
    ],
    [{ type: "ephemeral" }, { type: "ephemeral" }],
    [
      { type: "share", url: "https://i/p" },
      { type: "share", payload: { url: "https://i/p" } },
    ],
    [
      { type: "ig_post", url: "https://i/p", title: "t", id: "180" },
      { type: "ig_post", payload: { ig_post_media_id: "180", url: "https://i/p", title: "t" } },
    ],
    [
      { type: "media", url: "https://i/m" },
      { type: "media", payload: { url: "https://i/m" } },
    ],
  ])("I1 Instagram is told %j as it is at Meta", async (attachment, told) => {
    await does("messages", { attachments: [attachment] }, ROSA);
    expect((await last()).message.attachments).toEqual([told]);
  });

  it("R5 tells story replies, referrals, commands, unsupported and empty messages", async () => {
    await does("messages", { text: "nice", storyReply: { url: "https://cdn/s", id: "S" } }, ROSA);
    expect((await last()).message).toMatchObject({
      text: "nice",
      reply_to: { story: { url: "https://cdn/s", id: "S" } },
    });
    await does("messages", { text: "this one?", referral: { product: { id: "P1" } }, commands: [{ name: "flights" }] });
    expect((await last()).message).toMatchObject({
      referral: { product: { id: "P1" } },
      commands: [{ name: "flights" }],
    });
    const unsupported = await does("messages", { unsupported: true, text: "only on the phone" });
    expect((await last()).message).toEqual({ mid: unsupported.mid, is_unsupported: true });
    const empty = await does("messages", { empty: true });
    expect((await last()).message).toEqual({ mid: empty.mid });
    const graph = await world.graph("GET", `/${unsupported.mid}`, {
      access_token: world.token,
      fields: "is_unsupported,message",
    });
    expect(graph.body).toMatchObject({ is_unsupported: true, message: "" });
  });

  it("I1 unsend: Instagram tells is_deleted, Messenger nothing unless asked; Graph answers 9000001", async () => {
    const { mid } = await does("messages", { text: "regretted" }, ROSA);
    await does("unsend", { mid }, ROSA);
    expect((await last()).message).toEqual({ mid, is_deleted: true });
    const messenger = await does("messages", { text: "regretted" });
    const before = (await entries()).length;
    await does("unsend", { mid: messenger.mid });
    expect(await entries()).toHaveLength(before);
    await world.faults({ conversationRate: null });
    for (const id of [mid, messenger.mid]) expect((await world.graph("GET", `/${id}`)).body.error.code).toBe(9000001);
    const thread = await world.thread();
    expect(thread.messages[0]).toMatchObject({ removed: true, text: null });
    const quoted = await world.send({ text: "why?" }, { reply_to: { mid: messenger.mid } });
    expect(quoted.body.error.code).toBe(9000001);
    const other = await does("messages", { text: "again" });
    await does("unsend", { mid: other.mid, event: true });
    expect((await last()).message).toEqual({ mid: other.mid, is_deleted: true });
  });

  it("I1 edits and reactions on Instagram: message_edit, and no reaction named when it is taken back", async () => {
    const { mid } = await does("messages", { text: "teh" }, ROSA);
    await does("edits", { mid, text: "the" }, ROSA);
    expect((await last()).message_edit).toEqual({ mid, text: "the", num_edit: 1 });
    await does("reactions", { mid, emoji: "❤️" }, ROSA);
    await does("reactions", { mid, emoji: null }, ROSA);
    expect((await last()).reaction).toEqual({ mid, action: "unreact" });
  });
});

describe("R5 rarer events (facts §2.6–2.18)", () => {
  it.each([
    [
      "optin",
      { type: "notification_messages", payload: "N" },
      { optin: { type: "notification_messages", payload: "N" } },
    ],
    [
      "account-linking",
      { status: "linked", code: "C" },
      { account_linking: { status: "linked", authorization_code: "C" } },
    ],
    ["account-linking", { status: "unlinked" }, { account_linking: { status: "unlinked" } }],
    [
      "feedback",
      { screens: [{ screen_id: 0, questions: {} }] },
      { messaging_feedback: { feedback_screens: [{ screen_id: 0, questions: {} }] } },
    ],
    [
      "customer-information",
      { screens: [{ screen_id: "A", responses: [] }] },
      { messaging_customer_information: { screens: [{ screen_id: "A", responses: [] }] } },
    ],
    ["order", { products: [{ id: 1 }], note: "n" }, { order: { products: [{ id: 1 }], note: "n" } }],
    [
      "response-feedback",
      { mid: "m_5", feedback: "Bad response" },
      { response_feedback: { mid: "m_5", feedback: "Bad response" } },
    ],
    ["lead-form", { formId: "123" }, { messaging_in_thread_lead_form_submit: { form_id: "123" } }],
  ])("R5 %s %j is told with sender and recipient", async (path, body, content) => {
    await does(path, body);
    expect(await last()).toMatchObject({ sender: { id: ANN }, recipient: { id: BLUE }, ...content });
  });

  it("R5 a postback brings its referral, a policy event has no sender, a label comes under changes", async () => {
    const referral = { ref: "R", source: "SHORTLINK", type: "OPEN_THREAD" };
    await does("postbacks", { title: "Get Started", payload: "G", referral });
    expect((await last()).postback).toMatchObject({ title: "Get Started", payload: "G", referral });
    await page("policy", { action: "unblock" });
    const policy = await last();
    expect(policy).toMatchObject({ recipient: { id: BLUE }, policy_enforcement: { action: "unblock" } });
    expect(policy).not.toHaveProperty("sender");
    await page("labels", { customerId: ANN, label: "VIP" });
    const entry = (await entries()).at(-1);
    expect(entry.changes).toMatchObject([
      { field: "inbox_labels", value: { user: { id: ANN }, action: "add", label: { page_label_name: "VIP" } } },
    ]);
    expect(entry).not.toHaveProperty("messaging");
  });

  it("R5 comments: feed adds, edits and removes with times in seconds; Instagram's comments, live and mentions", async () => {
    const { commentId, postId } = await page("comments", { customerId: ANN, text: "price?" });
    await page("comments", { verb: "edited", commentId, text: "price, please?" });
    await page("comments", { verb: "remove", commentId });
    const told = await entries();
    const values = told.map((entry) => entry.changes[0].value);
    expect(values.map(({ verb }) => verb)).toEqual(["add", "edited", "remove"]);
    expect(values[0]).toMatchObject({
      item: "comment",
      comment_id: commentId,
      post_id: postId,
      parent_id: postId,
      message: "price?",
      from: { id: ANN, name: "Ann Lee" },
    });
    expect(values[2]).not.toHaveProperty("message");
    expect(told[0].time).toBeLessThan(1e12);
    expect(values[0].created_time).toBeLessThan(1e12);
    const { commentId: ig } = await page("comments", { customerId: ROSA, text: "¿precio?" });
    expect((await entries()).at(-1)).toMatchObject({
      id: INSTAGRAM,
      changes: [{ field: "comments", value: { id: ig, text: "¿precio?", from: { id: ROSA, username: "rosa.olmos" } } }],
    });
    await world.faults({ versions: { commentId: "comment_id" } });
    await page("comments", { platform: "instagram", text: "hi", live: true });
    expect((await entries()).at(-1).changes[0]).toMatchObject({
      field: "live_comments",
      value: { comment_id: expect.any(String), media: { media_product_type: "LIVE" } },
    });
    await page("mentions", { mediaId: "179", commentId: "178" });
    expect((await entries()).at(-1).changes[0]).toEqual({
      field: "mentions",
      value: { comment_id: "178", media_id: "179" },
    });
  });

  it("R1 a Page that writes causes no event by default, one with the other Page's id when switched on", async () => {
    const write = () => page("page-writes", { fromPageId: "108123450000002", text: "hello neighbour" });
    expect(await write()).toMatchObject({ event: false });
    expect(await entries()).toEqual([]);
    await world.faults({ pageToPageEvents: true });
    const { mid } = await write();
    expect(await last()).toMatchObject({
      sender: { id: "108123450000002" },
      recipient: { id: BLUE },
      message: { mid, text: "hello neighbour" },
    });
    await world.faults({ conversationRate: null });
    const { body } = await world.graph("GET", `/${BLUE}/conversations`);
    expect(body).toEqual({ data: [] });
  });

  it("R5 the dashboard's test button and any raw body are signed and sent at once", async () => {
    expect(await page("test-button")).toMatchObject({ status: 200 });
    expect((await entries()).at(-1)).toMatchObject({
      id: "0",
      changes: [{ field: "messages", value: { timestamp: "1527459824", message: { mid: "random_mid" } } }],
    });
    await page("raw", { body: { object: "page", entry: [{ id: BLUE, messaging: [{ hologram: "🛸" }] }] } });
    expect(await last()).toEqual({ hologram: "🛸" });
    expect(world.receiver.received.at(-1)?.headers["x-hub-signature-256"]).toMatch(/^sha256=/);
  });
});
