import type { Comment, Platform } from "@firstline/contracts";

/**
 * Where a comment can be read at Facebook. Instagram has no address made of ids: its posts are reached by a short code that no
 * event tells.
 */
export function commentAddress(comment: Pick<Comment, "postId" | "externalId">, platform: Platform): string | null {
  if (platform !== "messenger" || !comment.postId || !/^[\d_]+$/.test(comment.postId)) return null;
  const id = comment.externalId.split("_").at(-1) ?? "";
  return `https://www.facebook.com/${comment.postId}${/^\d+$/.test(id) ? `?comment_id=${id}` : ""}`;
}
