import { Setup, SetupState } from "@firstline/contracts";
import { sql } from "kysely";
import { z } from "zod";
import { addUser, hashOf } from "../../platform/auth/index.ts";
import type { Q, Tx } from "../../platform/db/pool.ts";
import type { App } from "../../platform/http/server.ts";
import { ownerlessWorkspace } from "./bootstrap.ts";
import { conflict, FOUNDING_LOCK, type Team, UNNAMED_WORKSPACE } from "./context.ts";
import { phonePageOf } from "./local-meta.ts";

/** First run: somebody becomes the owner. Open to anybody exactly as long as there is no member at all. */
export function setupRoutes(app: App, team: Team): void {
  const { deps } = team;
  app.get(
    "/api/v1/setup",
    { config: { public: true }, schema: { tags: ["team"], security: [], response: { 200: SetupState } } },
    async () => ({
      needed: !(await anyMember(deps.db)),
      localMeta: phonePageOf(deps.config.meta.graphUrl),
    }),
  );

  app.post(
    "/api/v1/setup",
    {
      config: { public: true },
      schema: { tags: ["team"], security: [], body: Setup, response: { 201: z.object({ ok: z.literal(true) }) } },
    },
    async (request, reply) => {
      await setUp(team, request.body);
      return reply.status(201).send({ ok: true as const });
    },
  );
}

/** @throws ApiError 409 when the installation has an owner. */
async function setUp({ deps }: Team, wish: z.infer<typeof Setup>): Promise<void> {
  const done = () =>
    conflict({
      en: "This installation has its owner already. Sign in, or ask an administrator for an invitation.",
      "zh-TW": "這個系統已有擁有者。請登入，或請管理員邀請你。",
    });
  // Hashing is dear: nobody makes us do it once there is an owner.
  if (await anyMember(deps.db)) throw done();
  const passwordHash = await hashOf(wish.password);
  await deps.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${FOUNDING_LOCK})`.execute(tx);
    if (await anyMember(tx)) throw done();
    const userId = await addUser(tx, { name: wish.name, email: wish.email, passwordHash });
    const workspaceId = await workspaceFor(tx, deps.config.bootstrap.workspace, wish.workspaceName);
    await tx
      .insertInto("member")
      .values({ workspace_id: workspaceId, user_id: userId, role: "administrator" })
      .execute();
  });
}

async function workspaceFor(tx: Tx, configured: string, name: string): Promise<string> {
  const waiting = await ownerlessWorkspace(tx, configured);
  if (!waiting) return (await tx.insertInto("workspace").values({ name }).returning("id").executeTakeFirstOrThrow()).id;
  if (waiting.name === UNNAMED_WORKSPACE)
    await tx.updateTable("workspace").set({ name }).where("id", "=", waiting.id).execute();
  return waiting.id;
}

async function anyMember(q: Q): Promise<boolean> {
  return (await q.selectFrom("member").select("id").limit(1).executeTakeFirst()) !== undefined;
}
