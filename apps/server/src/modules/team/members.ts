import { Id, Me, Member, MemberList, UpdateMember } from "@firstline/contracts";
import { z } from "zod";
import { endSessions, renewSession } from "../../platform/auth/index.ts";
import { ApiError, notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import { conflict, type Team } from "./context.ts";
import { findMember, listMembers, toMember } from "./member-rows.ts";

export function memberRoutes(app: App, team: Team): void {
  const { deps, auth } = team;

  app.get(
    "/api/v1/me",
    { config: { permission: "team:read" }, schema: { tags: ["team"], response: { 200: Me } } },
    async (request, reply) => {
      const { workspaceId, member, permissions } = request.actor;
      const workspace = await deps.db
        .selectFrom("workspace")
        .select(["id", "name"])
        .where("id", "=", workspaceId)
        .executeTakeFirst();
      if (!workspace) throw notFound("workspace");
      const own = member ? await findMember(deps.db, workspaceId, member.id) : null;
      if (member) {
        // Every screen begins with this call, so a session that is used never ends.
        const cookies = await renewSession(auth, request.headers);
        if (cookies.length > 0) reply.header("set-cookie", cookies);
        if (request.headers["accept-language"]) await noteLanguage(team, workspaceId, member.id, request.locale);
      }
      return { member: own && toMember(own), workspace, permissions: [...permissions] };
    },
  );

  app.get(
    "/api/v1/members",
    { config: { permission: "team:read" }, schema: { tags: ["team"], response: { 200: MemberList } } },
    async (request) => ({
      data: (await listMembers(deps.db, request.actor.workspaceId)).map(toMember),
      nextCursor: null,
    }),
  );

  app.patch(
    "/api/v1/members/:id",
    {
      config: { permission: "team:write" },
      schema: {
        tags: ["team"],
        summary: "Change a member's role, or close and open their access",
        params: z.object({ id: Id }),
        body: UpdateMember,
        response: { 200: Member },
      },
    },
    async (request) => updateMember(team, request.actor.workspaceId, request.params.id, request.body),
  );
}

/** What is sent to the member (alerts) is in the language the screens had last. */
async function noteLanguage({ deps }: Team, workspaceId: string, id: string, language: string): Promise<void> {
  await deps.db
    .updateTable("member")
    .set({ language })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("language", "is distinct from", language)
    .execute();
}

/** @throws ApiError 404; 409 when the workspace would be left without an administrator, or unconfirmed what depends on the member. */
async function updateMember(
  { deps, cache, leaving }: Team,
  workspaceId: string,
  id: string,
  wish: z.infer<typeof UpdateMember>,
): Promise<z.infer<typeof Member>> {
  const { before, after } = await deps.db.transaction().execute(async (tx) => {
    // One change of the team at a time: two administrators who demote each other must not both succeed.
    await tx.selectFrom("workspace").select("id").where("id", "=", workspaceId).forUpdate().execute();
    const before = await findMember(tx, workspaceId, id);
    if (!before) throw notFound("member");
    if (wish.deactivated && !wish.confirmed && !before.deactivatedAt) {
      const channels = (await Promise.all(leaving.map((guard) => guard(tx, workspaceId, id)))).flat();
      if (channels.length > 0) throw new ApiError(409, "member_authorises_channels", null, { channels });
    }
    const role = wish.role ?? before.role;
    const deactivatedAt =
      wish.deactivated === undefined
        ? before.deactivatedAt
        : wish.deactivated
          ? (before.deactivatedAt ?? new Date(deps.clock()))
          : null;
    await tx
      .updateTable("member")
      .set({ role, deactivated_at: deactivatedAt })
      .where("workspace_id", "=", workspaceId)
      .where("id", "=", id)
      .execute();
    const administrator = await tx
      .selectFrom("member")
      .select("id")
      .where("workspace_id", "=", workspaceId)
      .where("role", "=", "administrator")
      .where("deactivated_at", "is", null)
      .limit(1)
      .executeTakeFirst();
    if (!administrator)
      throw conflict({
        en: "This is the last administrator. Make somebody else an administrator first.",
        "zh-TW": "這是最後一位管理員。請先將其他成員設為管理員。",
      });
    if (deactivatedAt) await endSessions(tx, before.userId);
    return { before, after: { ...before, role, deactivatedAt } };
  });
  cache.forgetUser(before.userId);
  return toMember(after);
}
