import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import { numericId } from "../store/ids.ts";
import type { Page, Platform } from "../store/types.ts";
import { addComment, changeComment, emitChange } from "../world/comments.ts";
import { ControlError, parseBody } from "./body.ts";
import { findCustomer, findPage } from "./find.ts";

type Path = { Params: { id: string } };

const Input = z.strictObject({
  platform: z.enum(["messenger", "instagram"]).optional(),
  name: z.string().min(1).optional(),
  customerId: z.string().optional(),
  text: z.string().default(""),
  postId: z.string().optional(),
  parentId: z.string().optional(),
  verb: z.enum(["add", "edited", "remove"]).default("add"),
  commentId: z.string().optional(),
  live: z.boolean().default(false),
  hoursAgo: z.number().min(0).default(0),
});

/** Comments under posts, and mentions. */
export function commentRoutes(app: FastifyInstance, sim: Sim): void {
  app.post<Path>("/_sim/pages/:id/comments", async (request, reply) => {
    const page = findPage(sim, request.params.id);
    const input = parseBody(Input, request);
    if (input.verb !== "add") return { commentId: change(sim, page, input) };
    const customer = input.customerId === undefined ? null : findCustomer(sim, page.id, input.customerId);
    const platform = input.platform ?? customer?.platform ?? "messenger";
    onInstagram(page, platform);
    if (input.text === "") throw new ControlError(400, "text: required");
    if (customer && customer.platform !== platform)
      throw new ControlError(422, `Customer ${customer.id} is not on ${platform}.`);
    const name =
      input.name ?? customer?.username ?? customer?.name ?? (platform === "instagram" ? "nora.berg" : "Nora Berg");
    const from = { id: customer?.id ?? numericId(16), name };
    const { text, postId, parentId, live } = input;
    const at = sim.now() - input.hoursAgo * 3_600_000;
    const comment = addComment(sim, page, {
      platform,
      from,
      text,
      postId,
      parentId,
      live,
      at,
      customerId: customer?.id,
    });
    return await reply.code(201).send({ commentId: comment.id, postId: comment.postId, fromId: from.id });
  });
  app.get<Path>("/_sim/pages/:id/comments", async (request) => ({
    data: (findPage(sim, request.params.id).comments ?? []).map((one) => ({
      ...one,
      at: new Date(one.at).toISOString(),
      repliedAt: one.repliedAt === undefined ? null : new Date(one.repliedAt).toISOString(),
    })),
  }));
  const Mention = z.strictObject({ mediaId: z.string().optional(), commentId: z.string().optional() });
  app.post<Path>("/_sim/pages/:id/mentions", async (request, reply) => {
    const page = findPage(sim, request.params.id);
    onInstagram(page, "instagram");
    const { mediaId = `179${numericId(14)}`, commentId } = parseBody(Mention, request);
    const value = { ...(commentId !== undefined && { comment_id: commentId }), media_id: mediaId };
    emitChange(sim, page, "instagram", "mentions", mediaId, value);
    return await reply.code(201).send({ mediaId, commentId: commentId ?? null });
  });
}

function onInstagram(page: Page, platform: Platform): void {
  if (platform === "instagram" && !page.instagram) throw new ControlError(422, "This Page has no Instagram account.");
}

function change(sim: Sim, page: Page, input: z.infer<typeof Input>): string {
  const comment = page.comments?.find((one) => one.id === input.commentId);
  if (!comment || comment.removed) throw new ControlError(404, `This Page has no comment ${input.commentId ?? ""}.`);
  if (comment.platform === "instagram") throw new ControlError(422, "Instagram tells neither edits nor removals.");
  if (input.verb === "add") return comment.id;
  changeComment(sim, page, comment, input.verb, input.text);
  return comment.id;
}
