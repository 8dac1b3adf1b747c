import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import { resealVapid } from "../alerts/index.ts";

/** Columns that hold something sealed, and what recognises it again. A test reads from the catalogue that none is missing. */
export const SEALED = [
  {
    table: "authorizer",
    ciphertext: "token_ciphertext",
    keyId: "token_key_id",
    fingerprint: { column: "token_fingerprint", within: "channel_id" },
  },
  { table: "channel_grant", ciphertext: "pages_ciphertext", keyId: "key_id", fingerprint: null },
  {
    table: "push_subscription",
    ciphertext: "subscription_ciphertext",
    keyId: "subscription_key_id",
    fingerprint: null,
  },
  { table: "alert_webhook", ciphertext: "target_ciphertext", keyId: "target_key_id", fingerprint: null },
] as const;

type Sealed = (typeof SEALED)[number];

interface Row {
  workspace_id: string;
  id: string;
  ciphertext: Buffer;
  key_id: string;
  within: string | null;
}

export interface Resealed {
  /** Rows sealed anew, by table. */
  resealed: Record<string, number>;
  /** Rows no given key opens, by the id of the key they were sealed with. */
  unopened: Record<string, number>;
}

const AT_ONCE = 200;

/**
 * Seals anew with the key in use whatever was sealed with another, and computes its fingerprint with it. A batch is a transaction;
 * stopped in the middle or repeated it ends in the same rows. A row that changes meanwhile is left to whoever changed it, who has
 * the key in use.
 */
export async function reseal(deps: Pick<Deps, "db" | "vault">): Promise<Resealed> {
  const told: Resealed = { resealed: {}, unopened: {} };
  for (const sealed of SEALED) {
    told.resealed[sealed.table] = 0;
    let after: Row | undefined;
    do after = await deps.db.transaction().execute((tx) => batch(tx, deps.vault, sealed, after, told));
    while (after);
  }
  const vapid = await resealVapid(deps);
  told.resealed.installation = vapid && "resealed" in vapid ? 1 : 0;
  if (vapid && "unopened" in vapid) told.unopened[vapid.unopened] = (told.unopened[vapid.unopened] ?? 0) + 1;
  return told;
}

/** Gives the last row looked at; undefined: there are no more. */
async function batch(
  tx: Tx,
  vault: Deps["vault"],
  sealed: Sealed,
  after: Row | undefined,
  told: Resealed,
): Promise<Row | undefined> {
  const [table, ciphertext, keyId] = [sql.table(sealed.table), sql.ref(sealed.ciphertext), sql.ref(sealed.keyId)];
  const { rows } = await sql<Row>`
    select workspace_id, id, ${ciphertext} as ciphertext, ${keyId} as key_id, ${sealed.fingerprint ? sql.ref(sealed.fingerprint.within) : sql`null`} as within from ${table}
    where ${ciphertext} is not null and ${keyId} <> ${vault.keyId} ${after ? sql`and (workspace_id, id) > (${after.workspace_id}::uuid, ${after.id}::uuid)` : sql``}
    order by workspace_id, id limit ${AT_ONCE} for update`.execute(tx);
  for (const row of rows) {
    const secret = open(vault, row);
    if (!secret) {
      told.unopened[row.key_id] = (told.unopened[row.key_id] ?? 0) + 1;
      continue;
    }
    const { fingerprint } = sealed;
    const recognised = vault.fingerprint(secret);
    if (fingerprint) {
      // Proved again since the key was changed: that row is the newer one of the same token.
      const { rows: newer } = await sql`
        select 1 from ${table} where workspace_id = ${row.workspace_id} and ${sql.ref(fingerprint.within)} = ${row.within}::uuid and ${sql.ref(fingerprint.column)} = ${recognised}`.execute(
        tx,
      );
      if (newer.length > 0) {
        await sql`delete from ${table} where workspace_id = ${row.workspace_id} and id = ${row.id}`.execute(tx);
        continue;
      }
    }
    await sql`
      update ${table} set ${ciphertext} = ${vault.seal(secret)}, ${keyId} = ${vault.keyId} ${fingerprint ? sql`, ${sql.ref(fingerprint.column)} = ${recognised}` : sql``}
      where workspace_id = ${row.workspace_id} and id = ${row.id}`.execute(tx);
    told.resealed[sealed.table] = (told.resealed[sealed.table] ?? 0) + 1;
  }
  return rows.length === AT_ONCE ? rows.at(-1) : undefined;
}

function open(vault: Deps["vault"], row: Row) {
  try {
    return vault.open(row.ciphertext, row.key_id);
  } catch {
    return null;
  }
}
