import { sendRefused } from "../../routing/send.ts";
import type { Sim } from "../../sim.ts";
import type { Comment } from "../../store/content.ts";
import type { Page } from "../../store/types.ts";
import { personOfComment } from "../../world/comments.ts";
import { type Auth, unsupported } from "../auth.ts";
import type { Call } from "../call.ts";
import type { GraphError } from "../error.ts";
import { instagramFault } from "../instagram-access.ts";
import { ready } from "../ready-errors.ts";
import { acceptMessage } from "./accept.ts";
import { bad } from "./checks.ts";
import { personFault } from "./policy.ts";
import { checkPrivateReplyRate } from "./rate.ts";
import type { SendRequest } from "./shape.ts";
import { PRIVATE_REPLY_MS } from "./ways.ts";

/** The comment or visitor post a send names. */
export function commentOf(page: Page, request: Pick<SendRequest, "commentId" | "postId">): Comment | undefined {
  const id = request.commentId ?? request.postId;
  const post = request.postId !== null;
  return page.comments?.find((one) => one.id === id && (one.visitorPost ?? false) === post);
}

/**
 * Whether the one private reply may be sent: not twice, within seven days, never to a Page, on Instagram Live only while the
 * broadcast lasts (Private replies, 2026-07-02; meta-sending §2.6).
 */
export function privateReplyFault(sim: Sim, page: Page, comment: Comment): GraphError | null {
  if (comment.repliedAt !== undefined) return ready.repliedAlready();
  if (sim.now() - comment.at >= PRIVATE_REPLY_MS || comment.liveEnded) return ready.cannotReplyPrivately();
  if (sim.store.page(comment.from.id) || comment.from.id === page.instagram?.id) return ready.cannotReplyPrivately();
  const person = comment.customerId === undefined ? undefined : sim.store.customer(comment.customerId);
  return person && personFault(person) ? ready.cannotReplyPrivately() : null;
}

/** A private reply: opens a conversation the person has to answer before anything more can be written. */
export async function replyPrivately(call: Call, auth: Auth, page: Page, request: SendRequest): Promise<unknown> {
  const { sim } = call;
  const comment = commentOf(page, request);
  if (!comment || comment.removed) {
    const onInstagram = comment?.platform === "instagram" || /^178\d{14}$/.test(request.commentId ?? "");
    throw onInstagram ? ready.instagramComment() : unsupported("post", request.commentId ?? request.postId ?? "");
  }
  if (request.senderAction) throw bad("Param recipient[id] is required for a sender_action.");
  if (page.restricted) throw ready.restricted(page.restrictedAs);
  const hidden = comment.platform === "instagram" ? instagramFault(auth, page) : null;
  if (hidden) throw hidden;
  checkPrivateReplyRate(sim, page, comment.platform);
  const refused = privateReplyFault(sim, page, comment);
  if (refused) throw refused;
  const known = comment.customerId === undefined ? undefined : sim.store.customer(comment.customerId);
  const held = known && sendRefused(sim, page, sim.store.thread(known), auth.app.id, { mayTake: false });
  if (held) throw held;
  // Claimed before anything is waited for: two replies at once are one too many.
  comment.repliedAt = sim.now();
  comment.repliedBy = auth.app.id;
  try {
    const thread = sim.store.thread(personOfComment(sim, page, comment));
    return await acceptMessage(call, auth, page, thread, request, {
      privateReplyTo: { id: comment.id, text: comment.text },
    });
  } catch (error) {
    delete comment.repliedAt;
    delete comment.repliedBy;
    throw error;
  }
}
