import { describe, expect, it } from "vitest";
import {
  AT,
  IGID,
  IGSID,
  instagramSamples as instagram,
  messengerSamples as messenger,
  PAGE,
  PSID,
  pageChange,
  SENT_SECONDS,
  type WebhookSample,
  wireBytes,
} from "../../../../packages/meta-wire/fixtures/index.ts";
import type { InboundEvent } from "./channel.ts";
import { normalizeDelivery } from "./normalize.ts";

const only = (sample: WebhookSample | { body: object }): InboundEvent => {
  const { events } = normalizeDelivery(wireBytes(sample.body));
  expect(events).toHaveLength(1);
  return events[0]!;
};
const onPage = { platform: "messenger", accountId: PAGE, contactId: PSID, at: AT, standby: false };
const onInstagram = { platform: "instagram", accountId: IGID, contactId: IGSID, at: AT, standby: false };

describe("comments", () => {
  const created = 1_763_769_500_000;
  const sent = SENT_SECONDS * 1000;
  const comment = {
    ...onPage,
    type: "comment",
    at: created,
    verb: "add",
    commentId: "P_1_C_1",
    postId: "PAGE_P_1",
    parentId: null,
    authorName: "Ann",
    byPage: false,
    text: "price?",
  };
  const onMedia = {
    ...onInstagram,
    type: "comment",
    at: sent,
    verb: "add",
    postId: "1791",
    parentId: null,
    authorName: "ann",
    byPage: false,
  };
  it.each([
    ["added", messenger.feedComment, comment],
    ["answered", messenger.feedReply, { ...comment, commentId: "C_2", parentId: "P_1_C_1" }],
    [
      "edited, at the time of its entry",
      messenger.feedEdited,
      { ...comment, verb: "edit", at: sent, text: "price please?" },
    ],
    ["removed, at the time of its entry", messenger.feedRemoved, { ...comment, verb: "remove", at: sent, text: null }],
    ["of the Page itself", messenger.feedOwn, { ...comment, contactId: null, authorName: "Shop", byPage: true }],
    ["of somebody unnamed", messenger.feedAnonymous, { ...comment, contactId: null, authorName: null, text: null }],
    ["in a group", messenger.groupComment, { ...comment, commentId: "C_3", postId: "P_2", text: null }],
    [
      "on Instagram",
      instagram.comment,
      {
        ...onMedia,
        commentId: "17900000000000001",
        postId: "17918195224117851",
        parentId: "17900000000000000",
        text: "price?",
      },
    ],
    ["on an ad", instagram.commentOnAd, { ...onMedia, commentId: "17900000000000003", postId: "1792", text: "price?" }],
    [
      "of the account itself",
      instagram.commentOwn,
      {
        ...onMedia,
        commentId: "17900000000000004",
        contactId: null,
        authorName: "shop",
        byPage: true,
        text: "Thank you",
      },
    ],
    ["on a broadcast", instagram.liveComment, { ...onMedia, commentId: "17900000000000002", text: "hi" }],
    ["on the entry itself", instagram.commentOnEntry, { ...onMedia, commentId: "179", postId: null, text: "price?" }],
  ])("R5 reads a comment %s, in no thread", (_name, sample, expected) => {
    expect(only(sample)).toEqual(expected);
  });

  it("R5 reads what a visitor posts on the Page as a comment that is its own post", () => {
    const body = pageChange("feed", {
      item: "post",
      verb: "add",
      post_id: "P_7",
      created_time: SENT_SECONDS,
      message: "lovely shop",
      from: { id: PSID, name: "Ann" },
    });
    expect(only({ body })).toEqual({
      ...comment,
      at: sent,
      commentId: "P_7",
      postId: "P_7",
      parentId: null,
      text: "lovely shop",
    });
  });

  it("R5 understands what else a feed tells and does nothing with it", () => {
    for (const sample of [messenger.feedHidden, messenger.feedReaction])
      expect(only(sample)).toMatchObject({ type: "other", name: "feed", understood: true });
    expect(only(messenger.mention)).toMatchObject({ type: "other", name: "mention", understood: true });
    expect(only(instagram.mention)).toMatchObject({ type: "other", name: "mentions", understood: true });
    for (const from of [{ id: PAGE, name: "Shop" }, {}])
      expect(
        only({ body: pageChange("feed", { item: "status", verb: "add", post_id: "P_9", message: "news", from }) }),
      ).toMatchObject({ type: "other", name: "feed", understood: true });
    const nameless = pageChange("feed", { item: "comment", verb: "add", message: "?" });
    expect(only({ body: nameless })).toMatchObject({ type: "other", name: "feed", understood: false });
  });
});
