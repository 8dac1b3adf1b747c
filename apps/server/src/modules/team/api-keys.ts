import { type ApiKey, ApiKeyCreated, ApiKeyList, CreateApiKey, Role } from "@firstline/contracts";
import { z } from "zod";
import { createKey, deleteKey, listKeys, type StoredKey } from "../../platform/auth/index.ts";
import { notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { Team } from "./context.ts";

/** Keys for programs. A key belongs to the workspace, not to who made it. */
export function apiKeyRoutes(app: App, { deps, auth, cache }: Team): void {
  app.get(
    "/api/v1/api-keys",
    { config: { permission: "apikeys:write" }, schema: { tags: ["team"], response: { 200: ApiKeyList } } },
    async (request) => ({ data: (await listKeys(deps.db, request.actor.workspaceId)).map(toApiKey), nextCursor: null }),
  );

  app.post(
    "/api/v1/api-keys",
    {
      config: { permission: "apikeys:write" },
      schema: { tags: ["team"], body: CreateApiKey, response: { 201: ApiKeyCreated } },
    },
    async (request, reply) => {
      const { workspaceId } = request.actor;
      const made = await createKey(auth, { workspaceId, name: request.body.name, role: request.body.role });
      return reply.status(201).send({ ...toApiKey(made), key: made.key });
    },
  );

  app.delete(
    "/api/v1/api-keys/:id",
    {
      config: { permission: "apikeys:write" },
      schema: { tags: ["team"], params: z.object({ id: z.string().max(100) }), response: { 204: z.undefined() } },
    },
    async (request, reply) => {
      if (!(await deleteKey(deps.db, request.actor.workspaceId, request.params.id))) throw notFound("API key");
      cache.forgetKey(request.params.id);
      return reply.status(204).send();
    },
  );
}

function toApiKey(key: StoredKey): ApiKey {
  return {
    id: key.id,
    name: key.name,
    role: Role.parse(key.role),
    start: key.start,
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  };
}
