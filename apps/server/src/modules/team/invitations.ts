import { CreateInvitation, Id, InvitationCreated, InvitationList } from "@firstline/contracts";
import { z } from "zod";
import { notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { Team } from "./context.ts";
import { invite, listInvitations, toInvitation, withdraw } from "./invitation-rows.ts";

/** What administrators do with invitations. How a person takes one up is in `join.ts`. */
export function invitationRoutes(app: App, { deps }: Team): void {
  app.get(
    "/api/v1/invitations",
    { config: { permission: "team:write" }, schema: { tags: ["team"], response: { 200: InvitationList } } },
    async (request) => ({
      data: (await listInvitations(deps.db, request.actor.workspaceId)).map(toInvitation),
      nextCursor: null,
    }),
  );

  app.post(
    "/api/v1/invitations",
    {
      config: { permission: "team:write" },
      schema: { tags: ["team"], body: CreateInvitation, response: { 201: InvitationCreated } },
    },
    async (request, reply) => {
      const { row, token } = await invite(deps.db, {
        workspaceId: request.actor.workspaceId,
        email: request.body.email,
        role: request.body.role,
        invitedBy: request.actor.member?.id ?? null,
        now: deps.clock(),
      });
      return reply.status(201).send({ ...toInvitation(row), url: `${deps.config.publicUrl}/invite/${token}` });
    },
  );

  app.delete(
    "/api/v1/invitations/:id",
    {
      config: { permission: "team:write" },
      schema: { tags: ["team"], params: z.object({ id: Id }), response: { 204: z.undefined() } },
    },
    async (request, reply) => {
      if (!(await withdraw(deps.db, request.actor.workspaceId, request.params.id))) throw notFound("open invitation");
      return reply.status(204).send();
    },
  );
}
