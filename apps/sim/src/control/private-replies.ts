import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { INSTAGRAM_INBOX_APP_ID, PAGE_INBOX_APP_ID } from "../routing/apps.ts";
import type { Sim } from "../sim.ts";
import type { Comment } from "../store/content.ts";
import { numericId } from "../store/ids.ts";
import type { Page } from "../store/types.ts";
import { addComment, personOfComment } from "../world/comments.ts";
import { answerFromInbox } from "../world/page-side.ts";
import { ControlError, parseBody } from "./body.ts";
import { findCustomer, findPage } from "./find.ts";

type Path = { Params: { id: string; commentId: string } };
const HOUR = 3_600_000;

/** What decides about the one private reply to a comment: its age, a broadcast's end, a colleague who was faster. */
export function privateReplyRoutes(app: FastifyInstance, sim: Sim): void {
  const find = (page: Page, id: string): Comment => {
    const comment = page.comments?.find((one) => one.id === id && !one.removed);
    if (!comment) throw new ControlError(404, `This Page has no comment ${id}.`);
    return comment;
  };
  const done = () => {
    sim.store.touch();
    sim.bus.emit({ type: "world" });
  };
  const Post = z.strictObject({
    text: z.string().min(1),
    name: z.string().min(1).default("Nora Berg"),
    customerId: z.string().optional(),
    hoursAgo: z.number().min(0).default(0),
  });
  app.post<Path>("/_sim/pages/:id/visitor-posts", async (request, reply) => {
    const page = findPage(sim, request.params.id);
    const { text, name, customerId, hoursAgo } = parseBody(Post, request);
    const customer = customerId === undefined ? null : findCustomer(sim, page.id, customerId);
    if (customer?.platform === "instagram") throw new ControlError(422, "Visitors post on Facebook only.");
    const from = { id: customer?.id ?? numericId(16), name: customer?.name ?? name };
    const post = addComment(sim, page, {
      platform: "messenger",
      from,
      text,
      postId: undefined,
      parentId: undefined,
      live: false,
      customerId: customer?.id,
      visitorPost: true,
      at: sim.now() - hoursAgo * HOUR,
    });
    return await reply.code(201).send({ postId: post.postId, fromId: from.id });
  });
  app.post<Path>("/_sim/pages/:id/comments/:commentId/age", async (request) => {
    const comment = find(findPage(sim, request.params.id), request.params.commentId);
    comment.at = sim.now() - parseBody(z.strictObject({ hoursAgo: z.number().min(0) }), request).hoursAgo * HOUR;
    done();
    return { ok: true, at: new Date(comment.at).toISOString() };
  });
  app.post<Path>("/_sim/pages/:id/comments/:commentId/live-end", async (request) => {
    const comment = find(findPage(sim, request.params.id), request.params.commentId);
    if (!comment.live) throw new ControlError(422, "This comment is under no broadcast.");
    comment.liveEnded = true;
    done();
    return { ok: true };
  });
  app.post<Path>("/_sim/pages/:id/comments/:commentId/reply", async (request, reply) => {
    const page = findPage(sim, request.params.id);
    const comment = find(page, request.params.commentId);
    if (comment.repliedAt !== undefined) throw new ControlError(409, "This comment has its private reply.");
    const { text } = parseBody(z.strictObject({ text: z.string().min(1) }), request);
    const appId = comment.platform === "instagram" ? INSTAGRAM_INBOX_APP_ID : PAGE_INBOX_APP_ID;
    const customer = personOfComment(sim, page, comment);
    const message = answerFromInbox(sim, sim.store.thread(customer), {
      appId,
      text,
      attachments: [],
      privateReplyTo: { id: comment.id, text: comment.text },
    });
    Object.assign(comment, { repliedAt: sim.now(), repliedBy: appId });
    done();
    return await reply.code(201).send({ mid: message.mid, customerId: customer.id });
  });
}
