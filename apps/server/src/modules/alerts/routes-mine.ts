import {
  AlertDevice,
  AlertTestResults,
  CreatePushSubscription,
  Id,
  MyAlerts,
  UpdateMyAlerts,
} from "@firstline/contracts";
import { sql } from "kysely";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { Mail } from "./mail.ts";
import { addDevice, devicesOf, myAlerts } from "./mine.ts";
import { testMember } from "./send-test.ts";

const tags = ["alerts"];

/** How the signed-in member is told. */
export function mineRoutes(app: App, deps: Deps, mail: Mail): void {
  app.get(
    "/api/v1/me/alerts",
    {
      config: { permission: "team:read" },
      schema: { tags, summary: "How you are told what is wrong", response: { 200: MyAlerts } },
    },
    (request) => myAlerts(deps, request.actor.workspaceId, memberOf(request)),
  );

  app.patch(
    "/api/v1/me/alerts",
    {
      config: { permission: "team:read" },
      schema: {
        tags,
        summary: "Choose what you are told by e-mail and on your devices",
        body: UpdateMyAlerts,
        response: { 200: MyAlerts },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const memberId = memberOf(request);
      const { email = null, push = null } = request.body;
      await sql`
        insert into alert_settings (workspace_id, member_id, email, push)
        select workspace_id, id, coalesce(${email}, case role when 'administrator' then 'all' else 'none' end), coalesce(${push}, 'all')
        from member where workspace_id = ${workspaceId} and id = ${memberId}
        on conflict (workspace_id, member_id) do update set email = coalesce(${email}, alert_settings.email), push = coalesce(${push}, alert_settings.push)`.execute(
        deps.db,
      );
      return myAlerts(deps, workspaceId, memberId);
    },
  );

  app.post(
    "/api/v1/me/alerts/test",
    {
      config: { permission: "team:read" },
      schema: {
        tags,
        summary: "Send yourself a test, by e-mail and to each device, whatever you chose",
        response: { 200: AlertTestResults },
      },
    },
    async (request) => ({ results: await testMember(deps, mail, request.actor.workspaceId, memberOf(request)) }),
  );

  app.post(
    "/api/v1/me/push-subscriptions",
    {
      config: { permission: "team:read" },
      schema: {
        tags,
        summary: "Have this browser told by web push",
        body: CreatePushSubscription,
        response: { 201: AlertDevice },
      },
    },
    async (request, reply) => {
      const { workspaceId } = request.actor;
      const memberId = memberOf(request);
      const id = await addDevice(deps, workspaceId, memberId, request.body);
      const device = (await devicesOf(deps, workspaceId, memberId)).find((d) => d.id === id);
      if (!device) throw notFound("device");
      return reply.status(201).send(device);
    },
  );

  app.delete(
    "/api/v1/me/push-subscriptions/:id",
    {
      config: { permission: "team:read" },
      schema: {
        tags,
        summary: "Tell a device of yours nothing more",
        params: z.object({ id: Id }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { rows } = await sql`
        delete from push_subscription where workspace_id = ${request.actor.workspaceId} and id = ${request.params.id} and member_id = ${memberOf(request)}
        returning id`.execute(deps.db);
      if (rows.length === 0) throw notFound("device");
      return reply.status(204).send(null);
    },
  );
}

/** @throws ApiError 404 for an API key: it stands for nobody who could be told. */
function memberOf(request: { actor: { member: { id: string } | null } }): string {
  const id = request.actor.member?.id;
  if (!id) throw notFound("member: an API key has no mailbox and no device");
  return id;
}
