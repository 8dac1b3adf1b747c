import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { CommentEvent, NoticeEvent } from "../../../adapters/channel.ts";
import { addLine } from "./fold-control.ts";
import {
  clean,
  compareText,
  earlier,
  type Folded,
  type FoldedComment,
  type FoldedThread,
  type FoldedUserRef,
  greaterText,
  type ReceivedDelivery,
  type Route,
} from "./folded.ts";
import type { Counted } from "./intake.ts";

/** A notice becomes a line, in the thread of its customer or on the channel; some change what is known of the person. */
export function foldNotice(
  folded: Folded,
  route: Route,
  thread: FoldedThread | null,
  event: NoticeEvent,
  at: number,
  delivery: ReceivedDelivery,
  counted: Counted | null,
): void {
  const data = Object.fromEntries(
    Object.entries(event.data)
      .map(([k, v]) => [clean(k), clean(v)] as const)
      .sort(([a], [b]) => compareText(a, b)),
  );
  const text = clean(event.text);
  const contactId = thread?.contactId ?? null;
  const said = JSON.stringify([event.kind, contactId, event.at, text, data]);
  addLine(folded, counted, {
    ...route,
    contactExternalId: contactId,
    kind: event.kind,
    at,
    deliveryId: delivery.deliveryId,
    text,
    data,
    dedup: `${event.kind}|${createHash("sha256").update(said).digest("base64url")}`,
  });
  if (event.kind === "optin" && data.userRef)
    optIn(folded, { ...route, userRef: data.userRef, ref: data.ref ?? null, at });
  if (!thread) return;
  if (event.kind === "label_added" || event.kind === "label_removed") thread.relabelled = true;
  if (event.kind === "guest_ended") {
    thread.isGuest = true;
    thread.guestEndedAt = earlier(thread.guestEndedAt, at);
  }
}

/** The checkbox plugin names a person by a reference of the website: the newest opt-in of it counts. */
function optIn(folded: Folded, said: Omit<FoldedUserRef, "contactId" | "at"> & { at: number }): void {
  const key = `${said.channelId}|${said.userRef}`;
  const before = folded.userRefs.get(key);
  if (!before) folded.userRefs.set(key, { ...said, contactId: null });
  else if (before.at === null || (said.at - before.at || compareText(said.ref, before.ref)) > 0) {
    before.at = said.at;
    before.ref = said.ref;
  }
}

/** A comment, whichever of writing, changing and removing was told first. */
export function foldComment(
  folded: Folded,
  route: Route,
  event: CommentEvent,
  at: number,
  delivery: ReceivedDelivery,
  counted: Counted | null,
): void {
  const comment: FoldedComment = {
    ...route,
    commentId: clean(event.commentId),
    postId: clean(event.postId),
    parentId: clean(event.parentId),
    authorId: clean(event.contactId),
    authorName: clean(event.authorName),
    byPage: event.byPage,
    at,
    text: event.verb === "remove" ? null : clean(event.text),
    changedAt: at,
    edition: event.verb === "edit" ? 1 : 0,
    removedAt: event.verb === "remove" ? at : null,
    deliveryId: delivery.deliveryId,
    counted,
  };
  const key = `${route.channelId}|${comment.commentId}`;
  const before = folded.comments.get(key);
  const merged = before ? mergeComments(before, comment) : comment;
  if (before && isDeepStrictEqual(before, merged)) folded.intake.add(counted, "duplicate");
  folded.comments.set(key, merged);
}

/** The same rules as `upsertComments`: the newest text, the earliest time, and nothing of what was removed. */
function mergeComments(a: FoldedComment, b: FoldedComment): FoldedComment {
  const newer = a.edition - b.edition || a.changedAt - b.changedAt || compareText(a.text, b.text);
  const { text, edition, changedAt } = newer >= 0 ? a : b;
  const removedAt = earlier(a.removedAt, b.removedAt);
  return {
    ...a,
    postId: greaterText(a.postId, b.postId),
    parentId: greaterText(a.parentId, b.parentId),
    authorId: greaterText(a.authorId, b.authorId),
    authorName: greaterText(a.authorName, b.authorName),
    byPage: a.byPage || b.byPage,
    at: Math.min(a.at, b.at),
    text: removedAt === null ? text : null,
    edition,
    changedAt,
    removedAt,
  };
}
