import { describe, expect, it } from "vitest";
import type { OutgoingMessage } from "./channel.ts";
import { adapterFor, adapters } from "./index.ts";

const PAGE = "110000000000001";
const text: OutgoingMessage = { recipientId: "74", text: "Yes, until six.", way: "reply", metadata: "our-id" };
const file: OutgoingMessage = {
  recipientId: "74",
  attachment: { kind: "image", name: "lamp.png", contentType: "image/png", bytes: Uint8Array.of(1, 2, 3) },
  way: "human_agent",
  metadata: "our-id",
  replyTo: "m_0",
};
const { messenger, instagram } = adapters;

describe("building a send", () => {
  it("S1 S10 sends Messenger text as RESPONSE with our id in metadata", () => {
    expect(messenger.buildSend(PAGE, text)).toEqual({
      method: "POST",
      path: `/${PAGE}/messages`,
      json: {
        recipient: { id: "74" },
        messaging_type: "RESPONSE",
        message: { text: "Yes, until six.", metadata: "our-id" },
      },
    });
  });

  it("S2 carries the human-agent tag only on that way", () => {
    expect(messenger.buildSend(PAGE, { ...text, way: "human_agent" }).json).toMatchObject({
      messaging_type: "MESSAGE_TAG",
      tag: "HUMAN_AGENT",
    });
    expect(instagram.buildSend(PAGE, { ...text, way: "human_agent" }).json).toMatchObject({
      messaging_type: "MESSAGE_TAG",
      tag: "HUMAN_AGENT",
    });
    for (const adapter of Object.values(adapters)) expect(adapter.buildSend(PAGE, text).json).not.toHaveProperty("tag");
  });

  it("S7 sends a file as the one part filedata with its type, all other members as JSON text", () => {
    expect(messenger.buildSend(PAGE, file)).toEqual({
      method: "POST",
      path: `/${PAGE}/messages`,
      form: {
        recipient: '{"id":"74"}',
        messaging_type: "MESSAGE_TAG",
        tag: "HUMAN_AGENT",
        message: '{"attachment":{"type":"image","payload":{}},"metadata":"our-id"}',
        reply_to: '{"mid":"m_0"}',
      },
      file: { field: "filedata", name: "lamp.png", contentType: "image/png", bytes: Uint8Array.of(1, 2, 3) },
    });
  });

  it("S7 sends a file Meta has already by its id, several images as one message", () => {
    const { attachment: _, ...rest } = file;
    const image = (attachmentId: string) => ({ kind: "image" as const, attachmentId });
    const shown = (id: string) => ({ type: "image", payload: { attachment_id: id } });
    expect(messenger.buildSend(PAGE, { ...rest, uploaded: [image("185")] }).json).toMatchObject({
      message: { attachment: shown("185"), metadata: "our-id" },
    });
    expect(instagram.buildSend(PAGE, { ...rest, uploaded: [image("1"), image("2")] }).json).toMatchObject({
      message: { attachments: [shown("1"), shown("2")] },
    });
  });

  it("S7 uploads a file to be kept, on Instagram naming the product", () => {
    const { attachment } = file as { attachment: NonNullable<OutgoingMessage["attachment"]> };
    const message = '{"attachment":{"type":"image","payload":{"is_reusable":true}}}';
    expect(messenger.buildUpload(PAGE, attachment)).toEqual({
      method: "POST",
      path: `/${PAGE}/message_attachments`,
      form: { message },
      file: { field: "filedata", name: "lamp.png", contentType: "image/png", bytes: Uint8Array.of(1, 2, 3) },
    });
    expect(instagram.buildUpload(PAGE, attachment).form).toEqual({ message, platform: "instagram" });
    expect(instagram.uploads).toEqual(["image"]);
  });

  it("I1 sends Instagram through /me of the Page, without the members Meta documents for Messenger alone", () => {
    expect(instagram.buildSend(PAGE, { ...text, replyTo: "m_0" })).toEqual({
      method: "POST",
      path: "/me/messages",
      json: { recipient: { id: "74" }, message: { text: "Yes, until six." }, reply_to: { mid: "m_0" } },
    });
    expect(instagram.buildSend(PAGE, file).form?.message).toBe('{"attachment":{"type":"image","payload":{}}}');
  });

  it("answers no message by an id Meta does not know", () => {
    for (const adapter of Object.values(adapters))
      expect(adapter.buildSend(PAGE, { ...text, replyTo: "derived:abc" }).json).not.toHaveProperty("reply_to");
  });

  it("sends a sender action alone", () => {
    expect(messenger.buildSenderAction(PAGE, "74", "typing_on")).toEqual({
      method: "POST",
      path: `/${PAGE}/messages`,
      json: { recipient: { id: "74" }, sender_action: "typing_on" },
    });
    expect(instagram.buildSenderAction(PAGE, "74", "mark_seen")).toMatchObject({
      path: "/me/messages",
      json: { sender_action: "mark_seen" },
    });
  });
});

describe("answering a comment, reacting, a heart", () => {
  it("S1 a private reply names the comment, or a visitor's post, instead of the person", () => {
    const reply: OutgoingMessage = { ...text, way: "private_reply", answers: { kind: "comment", id: "9_1" } };
    expect(messenger.buildSend(PAGE, reply)).toEqual({
      method: "POST",
      path: `/${PAGE}/messages`,
      json: {
        recipient: { comment_id: "9_1" },
        messaging_type: "RESPONSE",
        message: { text: "Yes, until six.", metadata: "our-id" },
      },
    });
    expect(instagram.buildSend(PAGE, reply).json).toEqual({
      recipient: { comment_id: "9_1" },
      message: { text: "Yes, until six." },
    });
    expect(messenger.buildSend(PAGE, { ...reply, answers: { kind: "post", id: "9_2" } }).json).toMatchObject({
      recipient: { post_id: "9_2" },
    });
  });

  it("reacts by Meta's name where the emoji has one, else by the emoji, and takes it back by the message alone", () => {
    const payload = (emoji: string | null) => messenger.buildReaction(PAGE, "74", "m_1", emoji).json;
    expect(payload("👍")).toEqual({
      recipient: { id: "74" },
      sender_action: "react",
      payload: { message_id: "m_1", reaction: "like" },
    });
    for (const heart of ["❤️", "❤"]) expect(payload(heart)).toMatchObject({ payload: { reaction: "love" } });
    expect(payload("🎉")).toMatchObject({ payload: { reaction: "🎉" } });
    expect(instagram.buildReaction(PAGE, "64", "m_1", null)).toEqual({
      method: "POST",
      path: "/me/messages",
      json: { recipient: { id: "64" }, sender_action: "unreact", payload: { message_id: "m_1" } },
    });
  });

  it("I1 sends a heart as an attachment of its own", () => {
    const { text: _none, ...rest } = text;
    expect(instagram.buildSend(PAGE, { ...rest, sticker: "like_heart" }).json).toEqual({
      recipient: { id: "74" },
      message: { attachment: { type: "like_heart" } },
    });
  });
});

describe("adapters", () => {
  it("are found by platform and name the webhook object they read", () => {
    expect([adapterFor("messenger").object, adapterFor("instagram").object]).toEqual(["page", "instagram"]);
    for (const [platform, adapter] of Object.entries(adapters)) expect(adapter.platform).toBe(platform);
  });

  it("R2 R4 subscribe what shows other apps' work: standby, echoes and handovers", () => {
    for (const list of [messenger.pageFields, messenger.appFields])
      expect(list).toEqual(expect.arrayContaining(["standby", "message_echoes", "messaging_handovers"]));
    expect(instagram.appFields).toEqual(expect.arrayContaining(["standby", "messaging_handover", "messaging_seen"]));
  });

  it("I1 ask the Page edge for no field only Instagram has", () => {
    const instagramOnly = [
      "messaging_seen",
      "messaging_referral",
      "messaging_handover",
      "message_edit",
      "comments",
      "live_comments",
      "mentions",
      "story_insights",
    ];
    for (const adapter of Object.values(adapters)) {
      expect(adapter.pageFields.length).toBeGreaterThan(0);
      expect(adapter.pageFields.filter((field) => instagramOnly.includes(field))).toEqual([]);
    }
  });
});
