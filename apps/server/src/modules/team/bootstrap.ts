import { sql } from "kysely";
import { hashOfKey, importKey } from "../../platform/auth/index.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { FOUNDING_LOCK, type Team } from "./context.ts";

const workspaceEntry = (name: string) => `bootstrap_workspace:${name}`;
const keyEntry = (hash: string) => `bootstrap_key:${hash}`;

/**
 * Makes what the environment asks for: the workspace BOOTSTRAP_WORKSPACE with BOOTSTRAP_API_KEY as an administrator's key.
 * Each name and each key is dealt with once and remembered, so a start changes nothing that people have changed since: a renamed
 * workspace stays the same workspace, a deleted key stays deleted, another value is one more key.
 */
export async function bootstrap({ deps }: Team): Promise<void> {
  const { apiKey, workspace } = deps.config.bootstrap;
  if (!apiKey) return;
  const hash = await hashOfKey(apiKey);
  await deps.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${FOUNDING_LOCK})`.execute(tx);
    if (await remembered(tx, keyEntry(hash))) return;
    const workspaceId = await bootstrapWorkspace(tx, workspace);
    const now = new Date(deps.clock());
    await importKey(tx, {
      workspaceId,
      name: "Bootstrap",
      role: "administrator",
      hash,
      start: apiKey.slice(0, 6),
      now,
    });
    await remember(tx, keyEntry(hash), workspaceId);
  });
}

/** The workspace made for this name at an earlier start, or a new one. */
async function bootstrapWorkspace(tx: Tx, name: string): Promise<string> {
  const known = await remembered(tx, workspaceEntry(name));
  if (known) return known;
  const made = await tx.insertInto("workspace").values({ name }).returning("id").executeTakeFirstOrThrow();
  await remember(tx, workspaceEntry(name), made.id);
  return made.id;
}

/** The workspace a first owner is to join: one made at a start and without a member. The configured one comes first. */
export async function ownerlessWorkspace(tx: Tx, configured: string): Promise<{ id: string; name: string } | null> {
  const found = await tx
    .selectFrom("installation")
    .innerJoin("workspace", (join) => join.on(sql<boolean>`workspace.id::text = installation.value`))
    .select(["workspace.id", "workspace.name"])
    .where("installation.key", "like", "bootstrap\\_workspace:%")
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom("member").select("member.id").whereRef("member.workspace_id", "=", "workspace.id")),
      ),
    )
    .orderBy(sql`installation.key <> ${workspaceEntry(configured)}`)
    .orderBy("workspace.created_at")
    .executeTakeFirst();
  return found ?? null;
}

async function remembered(tx: Tx, key: string): Promise<string | null> {
  const row = await tx.selectFrom("installation").select("value").where("key", "=", key).executeTakeFirst();
  return row?.value ?? null;
}

async function remember(tx: Tx, key: string, value: string): Promise<void> {
  await tx.insertInto("installation").values({ key, value }).execute();
}
