import type { Sim } from "../sim.ts";
import type { Comment } from "../store/content.ts";
import { numericId } from "../store/ids.ts";
import type { Page, Platform } from "../store/types.ts";

export interface NewComment {
  platform: Platform;
  from: { id: string; name: string };
  text: string;
  postId: string | undefined;
  parentId: string | undefined;
  live: boolean;
}

/** Writes a comment and tells it: `feed` of the Page, `comments` or `live_comments` of Instagram (meta-receiving §2.19, §2.21). */
export function addComment(sim: Sim, page: Page, input: NewComment): Comment {
  const instagram = input.platform === "instagram";
  const postId = input.postId ?? (instagram ? `179${numericId(14)}` : `${page.id}_${numericId(15)}`);
  const id = instagram ? `178${numericId(14)}` : `${postId.split("_").at(-1)}_${numericId(15)}`;
  const { platform, from, text, parentId } = input;
  const comment: Comment = {
    id,
    platform,
    postId,
    parentId: parentId ?? null,
    from,
    text,
    at: sim.now(),
    removed: false,
  };
  page.comments = [...(page.comments ?? []), comment];
  if (instagram) tellInstagram(sim, page, comment, input.live);
  else tellFeed(sim, page, comment, "add");
  return comment;
}

/** Facebook tells edits and removals, Instagram neither. */
export function changeComment(sim: Sim, page: Page, comment: Comment, verb: "edited" | "remove", text: string): void {
  if (verb === "edited") comment.text = text;
  else comment.removed = true;
  tellFeed(sim, page, comment, verb);
}

function tellFeed(sim: Sim, page: Page, comment: Comment, verb: "add" | "edited" | "remove"): void {
  emitChange(sim, page, "page", "feed", comment.from.id, {
    item: "comment",
    verb,
    comment_id: comment.id,
    post_id: comment.postId,
    // Equal to the post's id: a comment on the post itself, not on another comment.
    parent_id: comment.parentId ?? comment.postId,
    created_time: Math.floor((verb === "add" ? comment.at : sim.now()) / 1000),
    ...(verb !== "remove" && { message: comment.text }),
    from: comment.from,
  });
}

function tellInstagram(sim: Sim, page: Page, comment: Comment, live: boolean): void {
  const { from, text, parentId, postId } = comment;
  emitChange(sim, page, "instagram", live ? "live_comments" : "comments", from.id, {
    [sim.store.state.faults.versions.commentId]: comment.id,
    ...(parentId !== null && { parent_id: parentId }),
    from: { id: from.id, username: from.name },
    text,
    media: { id: postId, media_product_type: live ? "LIVE" : "FEED" },
  });
}

/** An event of `entry[].changes[]`. Those of one person keep their order. */
export function emitChange(
  sim: Sim,
  page: Page,
  object: "page" | "instagram",
  field: string,
  personId: string,
  value: Record<string, unknown>,
): void {
  sim.sender.emit({ page, object, field, channel: "changes", customerId: personId, event: { field, value } });
  sim.store.touch();
  sim.bus.emit({ type: "world" });
}
