import { describe, expect, it } from "vitest";
import {
  AT,
  IGID,
  IGSID,
  instagramSamples as samples,
  type WebhookSample,
  wireBytes,
} from "../../../../../packages/meta-wire/fixtures/index.ts";
import type { InboundEvent } from "../channel.ts";
import { normalizeDelivery } from "../normalize.ts";

const only = (sample: WebhookSample): InboundEvent => {
  const { events } = normalizeDelivery(wireBytes(sample.body));
  expect(events).toHaveLength(1);
  return events[0]!;
};
const LOOKASIDE = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1&signature=s";
const base = { platform: "instagram", accountId: IGID, contactId: IGSID, at: AT, standby: false };

describe("events of an Instagram account", () => {
  it("I1 gives text with its thread and opens the window", () => {
    expect(only(samples.text)).toMatchObject({
      ...base,
      type: "message",
      direction: "inbound",
      kind: "text",
      text: "Hi 你好",
      opensWindow: true,
    });
  });

  it("I1 keeps the story a message answers or mentions, by the address that will expire", () => {
    expect(only(samples.storyReply)).toMatchObject({
      kind: "story",
      text: "nice",
      replyTo: null,
      attachments: [{ kind: "share", type: "story_reply", url: LOOKASIDE }],
    });
    expect(only(samples.storyMention)).toMatchObject({
      kind: "story",
      text: null,
      incomplete: false,
      attachments: [{ type: "story_mention", url: LOOKASIDE }],
    });
  });

  it("I1 shows a post shared as share and ig_post once, with what either of them told", () => {
    const event = only(samples.sharedPostTwice);
    expect(event).toMatchObject({
      kind: "share",
      attachments: [{ type: "ig_post", title: "Lamps", url: LOOKASIDE, link: null }],
    });
    expect(event.type === "message" && event.attachments).toHaveLength(1);
  });

  it("R5 keeps disappearing media and stickers as incomplete messages", () => {
    for (const sample of [samples.ephemeral, samples.stickerUnsupported])
      expect(only(sample)).toMatchObject({ type: "message", kind: "unsupported", incomplete: true, opensWindow: true });
  });

  it("I1 reads an unsend as such and never as a message", () => {
    expect(only(samples.unsend)).toEqual({ ...base, type: "unsend", mid: "ig_text" });
  });

  it("R3 reads an echo without app id", () => {
    expect(only(samples.echo)).toMatchObject({
      ...base,
      direction: "outbound",
      mid: "ig_echo",
      appId: null,
      metadata: null,
      opensWindow: false,
    });
  });

  it("reads seen by mid, without a watermark", () => {
    expect(only(samples.seen)).toEqual({ ...base, type: "read", watermark: null, mids: ["ig_echo"] });
  });

  it("gives a reaction without emoji the emoji of its name, and none when taken back", () => {
    expect(only(samples.reaction)).toMatchObject({ type: "reaction", emoji: "😆", by: "customer", opensWindow: true });
    expect(only(samples.unreaction)).toMatchObject({ type: "reaction", emoji: null, opensWindow: false });
  });

  it("S1 opens the window for an ig.me link", () => {
    expect(only(samples.linkReferral)).toMatchObject({ type: "referral", opensWindow: true });
  });

  it("opens no thread for a test to oneself or for the dashboard's test button", () => {
    expect(only(samples.toOneself)).toMatchObject({
      type: "other",
      name: "message",
      contactId: null,
      understood: true,
    });
    expect(only(samples.selfEcho)).toMatchObject({ type: "other", name: "message", understood: true });
    expect(only(samples.testButton)).toMatchObject({
      type: "other",
      name: "messages",
      accountId: null,
      contactId: null,
      understood: true,
    });
  });

  it("R5 reads a message that came as a change of a real account", () => {
    expect(only(samples.messageAsChange)).toMatchObject({
      ...base,
      at: 1_763_769_599_000,
      type: "message",
      mid: "ig_change",
      text: "hello",
    });
  });

  it("I1 reads edits, ice breakers, replies and voice messages", () => {
    expect(only(samples.edit)).toEqual({ ...base, type: "edit", mid: "ig_text", text: "Hi!", edition: 1 });
    expect(only(samples.postback)).toMatchObject({
      kind: "postback",
      text: "Opening hours?",
      payload: "HOURS",
      referral: { ref: "R" },
      opensWindow: true,
    });
    expect(only(samples.reply)).toMatchObject({ kind: "text", replyTo: "ig_echo" });
    expect(only(samples.voice)).toMatchObject({ kind: "audio", attachments: [{ url: LOOKASIDE }] });
  });

  it("I1 shows a shared post and reel by title and file, and the ad a message came from", () => {
    for (const sample of [samples.sharedPost, samples.sharedReel])
      expect(only(sample)).toMatchObject({ kind: "share", attachments: [{ url: LOOKASIDE, link: null }] });
    expect(only(samples.adMessage)).toMatchObject({ kind: "text", referral: { adId: "63", adTitle: "Lamps" } });
  });

  it("I1 shows a heart as a sticker that is whole, though it has no picture of its own", () => {
    const message = { mid: "ig_heart", is_echo: true, attachments: [{ type: "like_heart" }] };
    const element = { sender: { id: IGID }, recipient: { id: IGSID }, timestamp: AT, message };
    const body = { object: "instagram", entry: [{ id: IGID, time: AT, messaging: [element] }] };
    const { events } = normalizeDelivery(wireBytes(body));
    expect(events).toMatchObject([
      { direction: "outbound", kind: "sticker", incomplete: false, attachments: [{ kind: "sticker", url: null }] },
    ]);
  });
});
