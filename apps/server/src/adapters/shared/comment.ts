import { isRecord, readId, readText, readTime, type WireRecord } from "@firstline/meta-wire";
import type { CommentEvent, InboundEvent } from "../channel.ts";
import { otherEvent, partyId, readEventTime, type Scene } from "./scene.ts";

/** What a comment says, as its product tells it. */
interface Told {
  verb: CommentEvent["verb"];
  at: number | null;
  commentId: string | null;
  postId: string | null;
  parentId: string | null;
  from: WireRecord;
  authorName: string | null;
  byPage: boolean;
  text: string | null;
}

const NOBODY: WireRecord = {};

function comment(scene: Scene, accountId: string | null, name: string, told: Told): InboundEvent {
  const { verb, at, commentId, postId, parentId, from, authorName, text } = told;
  if (accountId === null || commentId === null) return otherEvent(null, scene, name, false);
  const authorId = readId(from.id);
  const byPage = told.byPage || authorId === accountId;
  return {
    type: "comment",
    platform: scene.platform,
    accountId,
    contactId: byPage ? null : authorId,
    at,
    standby: false,
    verb,
    commentId,
    postId,
    // A comment right under the post names the post as its parent (Page feed, read 2026-11).
    parentId: parentId === postId ? null : parentId,
    authorName,
    byPage,
    text,
  };
}

/** `hide` and `unhide` change who sees the comment, not the comment. */
const VERBS = new Map<string | null, CommentEvent["verb"] | "none">([
  ["add", "add"],
  ["edited", "edit"],
  ["edit", "edit"],
  ["remove", "remove"],
  ["delete", "remove"],
  ["hide", "none"],
  ["unhide", "none"],
]);

/** What a visitor may post on the Page itself; of the Page's own posts nothing is to be known here. */
const POSTS: ReadonlySet<string | null> = new Set(["post", "status", "photo", "video"]);

function isVisitor(from: WireRecord, scene: Scene): boolean {
  const id = readId(from.id);
  return id !== null && id !== scene.accountId;
}

/**
 * Page `feed`: comments, also those under ad posts, and what visitors post on the Page, which is a comment that is its own post,
 * for it may be answered privately just so; the Page's posts, reactions and shares are understood and change nothing
 * (Page webhooks reference v26.0, 2026-09-02). `created_time` is the comment's own, so a change has the time of its entry.
 */
export function readFeed(value: WireRecord, scene: Scene, field: string): InboundEvent {
  const item = readText(value.item);
  const from = isRecord(value.from) ? value.from : NOBODY;
  const posted = POSTS.has(item) && isVisitor(from, scene) && readId(value.post_id) !== null;
  if (item !== "comment" && !posted) return otherEvent(null, scene, field, true);
  const verb = VERBS.get(readText(value.verb) ?? "add");
  if (verb === "none") return otherEvent(null, scene, field, true);
  if (verb === undefined) return otherEvent(null, scene, field, false);
  const created = readTime(value.created_time);
  return comment(scene, scene.accountId, field, {
    verb,
    at: verb === "add" ? (created ?? scene.entryAt) : (scene.entryAt ?? created),
    commentId: readId(posted ? value.post_id : value.comment_id),
    postId: readId(value.post_id),
    parentId: posted ? null : readId(value.parent_id),
    from,
    authorName: readText(from.name) ?? readText(value.sender_name),
    byPage: false,
    text: readText(value.message),
  });
}

/**
 * `group_feed`: a comment on the Page's post in a Facebook Group. Documented as an element of `messaging`, listed as a
 * field of the Page; both are read (group-feed event, read 2026-11).
 */
export function readGroupComment(body: WireRecord, scene: Scene): InboundEvent {
  const from = isRecord(body.from) ? body.from : NOBODY;
  return comment(scene, scene.accountId ?? partyId(body.recipient), "group_feed", {
    verb: "add",
    at: readTime(body.created_time) ?? readEventTime(body, scene),
    commentId: readId(body.comment_id),
    postId: readId(body.post_id),
    parentId: readId(body.parent_id),
    from,
    authorName: readText(from.name),
    byPage: false,
    text: readText(body.message),
  });
}

/**
 * Instagram `comments` and `live_comments`: the page names `comment_id`, deliveries and the reference name `id` (webhook
 * examples, 2025-11-24). A comment of the account itself carries `self_ig_scoped_id` (self messaging, 2026-03-15).
 */
export function readInstagramComment(value: WireRecord, scene: Scene, field: string): InboundEvent {
  const from = isRecord(value.from) ? value.from : NOBODY;
  const media = isRecord(value.media) ? value.media : NOBODY;
  return comment(scene, scene.accountId, field, {
    verb: "add",
    at: readTime(value.created_time ?? value.timestamp) ?? scene.entryAt,
    commentId: readId(value.id) ?? readId(value.comment_id),
    postId: readId(media.id),
    parentId: readId(value.parent_id),
    from,
    authorName: readText(from.username),
    byPage: from.self_ig_scoped_id !== undefined,
    text: readText(value.text),
  });
}
