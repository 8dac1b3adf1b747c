import { Id, type Message, Message as MessageSchema, ResendMessage } from "@firstline/contracts";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import type { Locale } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { ChannelsModule } from "../channels/index.ts";
import { resendWhenOurs } from "./after-control.ts";
import { changeMessage, lockMessage } from "./change.ts";
import type { LookUp } from "./uncertain/index.ts";

/** What an agent may do about a reply that waits, failed, or whose outcome is unknown. */
export function changeRoutes(
  app: App,
  deps: Deps,
  modules: {
    channels: ChannelsModule;
    lookUp: LookUp;
    present(workspaceId: string, id: string, locale: Locale): Promise<Message>;
  },
): void {
  const tags = ["messages"];
  const params = z.object({ id: Id, messageId: Id });
  const config = { permission: "conversations:write" } as const;

  app.post(
    "/api/v1/conversations/:id/messages/:messageId/resend",
    {
      config,
      schema: {
        tags,
        summary: "Send a reply again that failed, or that Meta's record does not have",
        params,
        body: ResendMessage,
        response: { 202: MessageSchema },
      },
    },
    async (request, reply) => {
      const { actor, locale } = request;
      const { id, messageId } = request.params;
      if (request.body?.whenOurs) await resendWhenOurs(deps, modules.channels, actor, id, messageId);
      else await changeMessage(deps, actor.workspaceId, id, messageId, "resend");
      return reply.status(202).send(await modules.present(actor.workspaceId, messageId, locale));
    },
  );

  app.post(
    "/api/v1/conversations/:id/messages/:messageId/check",
    {
      config,
      schema: {
        tags,
        summary: "Look a reply of unknown outcome up in Meta's own record now",
        params,
        response: { 200: MessageSchema },
      },
    },
    async ({ actor: { workspaceId }, locale, params: { id, messageId } }) => {
      await deps.db.transaction().execute((tx) => lockMessage(tx, workspaceId, id, messageId));
      await modules.lookUp({ workspaceId, conversationId: id, messageIds: [messageId] });
      return modules.present(workspaceId, messageId, locale);
    },
  );

  for (const { action, summary } of SIMPLE)
    app.post(
      `/api/v1/conversations/:id/messages/:messageId/${action}`,
      { config, schema: { tags, summary, params, response: { 200: MessageSchema } } },
      async ({ actor: { workspaceId }, locale, params: { id, messageId } }) => {
        await changeMessage(deps, workspaceId, id, messageId, action);
        return modules.present(workspaceId, messageId, locale);
      },
    );
}

const SIMPLE = [
  { action: "confirm", summary: "Mark a reply of unknown outcome as arrived" },
  { action: "cancel", summary: "Give up a reply that waits or failed" },
] as const;
