import type { Sim } from "../sim.ts";
import type { Comment } from "../store/content.ts";
import { numericId } from "../store/ids.ts";
import type { Customer, Page, Platform } from "../store/types.ts";
import { customerOf } from "./build.ts";

export interface NewComment {
  platform: Platform;
  from: { id: string; name: string };
  text: string;
  postId: string | undefined;
  parentId: string | undefined;
  live: boolean;
  /** The person's id for messages, when they are known by it. */
  customerId?: string | undefined;
  /** Written on the Page itself. */
  visitorPost?: boolean;
  /** ms; now when missing. */
  at?: number | undefined;
}

/** Writes a comment and tells it: `feed` of the Page, `comments` or `live_comments` of Instagram (meta-receiving §2.19, §2.21). */
export function addComment(sim: Sim, page: Page, input: NewComment): Comment {
  const instagram = input.platform === "instagram";
  const { platform, from, text, parentId, live, customerId, visitorPost = false } = input;
  const postId = input.postId ?? (instagram ? `179${numericId(14)}` : `${page.id}_${numericId(15)}`);
  const id = visitorPost ? postId : instagram ? `178${numericId(14)}` : `${postId.split("_").at(-1)}_${numericId(15)}`;
  const comment: Comment = {
    id,
    platform,
    postId,
    parentId: parentId ?? null,
    from,
    text,
    at: input.at ?? sim.now(),
    removed: false,
    ...(live && { live }),
    ...(visitorPost && { visitorPost }),
    ...(customerId !== undefined && { customerId }),
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
  const place = comment.visitorPost
    ? { item: "post", verb, post_id: comment.postId }
    : {
        item: "comment",
        verb,
        comment_id: comment.id,
        post_id: comment.postId,
        // Equal to the post's id: a comment on the post itself, not on another comment.
        parent_id: comment.parentId ?? comment.postId,
      };
  emitChange(sim, page, "page", "feed", comment.from.id, {
    ...place,
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

/**
 * The person behind a comment, as a private reply brings them to light. On Facebook the id for messages is another than the
 * one under the post; on Instagram it is the same, and a stranger's conversation lies in Requests (meta-sending §2.6).
 */
export function personOfComment(sim: Sim, page: Page, comment: Comment): Customer {
  const sameAuthor = page.comments?.find((one) => one.from.id === comment.from.id && one.customerId !== undefined);
  const id = comment.customerId ?? sameAuthor?.customerId;
  const known = id === undefined ? undefined : sim.store.customer(id);
  if (known) {
    comment.customerId = known.id;
    return known;
  }
  const { platform, from } = comment;
  const instagram = platform === "instagram";
  const customer = sim.store.addCustomer(
    customerOf({ pageId: page.id, name: from.name, platform, ...(instagram && { id: from.id, username: from.name }) }),
  );
  if (instagram) customer.inRequests = true;
  comment.customerId = customer.id;
  sim.bus.emit({ type: "world" });
  return customer;
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
