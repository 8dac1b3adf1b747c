import { UpdateWorkspace, Workspace } from "@firstline/contracts";
import { notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { Team } from "./context.ts";

const COLUMNS = ["id", "name", "typing_shown", "seen_shown"] as const;

/** What customers see of the team at work. */
export interface Signals {
  typingShown: boolean;
  seenShown: boolean;
}

/** The settings of the whole workspace: read by everybody in it, changed by administrators. */
export function workspaceRoutes(app: App, { deps }: Pick<Team, "deps">): void {
  app.get(
    "/api/v1/workspace",
    {
      config: { permission: "team:read" },
      schema: { tags: ["team"], summary: "Settings of the workspace", response: { 200: Workspace } },
    },
    (request) => read({ deps }, request.actor.workspaceId),
  );

  app.patch(
    "/api/v1/workspace",
    {
      config: { permission: "team:write" },
      schema: {
        tags: ["team"],
        summary: "Change settings of the workspace",
        body: UpdateWorkspace,
        response: { 200: Workspace },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const { name, typingShown, seenShown } = request.body;
      const wish = {
        ...(name === undefined ? {} : { name }),
        ...(typingShown === undefined ? {} : { typing_shown: typingShown }),
        ...(seenShown === undefined ? {} : { seen_shown: seenShown }),
      };
      if (Object.keys(wish).length > 0)
        await deps.db.updateTable("workspace").set(wish).where("id", "=", workspaceId).execute();
      return read({ deps }, workspaceId);
    },
  );
}

/** @throws ApiError 404 */
export async function signalsOf(deps: Team["deps"], workspaceId: string): Promise<Signals> {
  const { typingShown, seenShown } = await read({ deps }, workspaceId);
  return { typingShown, seenShown };
}

async function read({ deps }: Pick<Team, "deps">, workspaceId: string): Promise<Workspace> {
  const row = await deps.db.selectFrom("workspace").select(COLUMNS).where("id", "=", workspaceId).executeTakeFirst();
  if (!row) throw notFound("workspace");
  return { id: row.id, name: row.name, typingShown: row.typing_shown, seenShown: row.seen_shown };
}
