import { Id, type Message, Message as MessageSchema, ReplyToComment } from "@firstline/contracts";
import { z } from "zod";
import type { Deps } from "../../../deps.ts";
import type { Locale } from "../../../platform/http/problems.ts";
import type { App } from "../../../platform/http/server.ts";
import { composePrivateReply } from "./compose.ts";

/** The one private message Meta allows for a comment or a visitor's post. */
export function privateReplyRoute(
  app: App,
  deps: Deps,
  present: (workspaceId: string, id: string, locale: Locale) => Promise<Message>,
): void {
  app.post(
    "/api/v1/comments/:id/reply",
    {
      config: { permission: "conversations:write" },
      schema: {
        tags: ["conversations"],
        summary:
          "Answer a comment privately, once, within seven days; the same clientId again answers with the same message",
        params: z.object({ id: Id }),
        body: ReplyToComment,
        response: { 202: MessageSchema },
      },
    },
    async (request, reply) => {
      const { actor, locale } = request;
      const id = await composePrivateReply(deps, actor, request.params.id, request.body);
      return reply.status(202).send(await present(actor.workspaceId, id, locale));
    },
  );
}
