import { sql } from "kysely";
import { expect, test } from "vitest";
import { reseal } from "../../src/modules/privacy/index.ts";
import { SEALED } from "../../src/modules/privacy/rotate-key.ts";
import { createVault, Secret } from "../../src/platform/secrets/index.ts";
import { createTestDeps, makeAuthorizer, makeChannel, makeWorkspace } from "../harness/index.ts";

const OLD = Buffer.alloc(32, 7);
const NEW = Buffer.alloc(32, 8);
const NOTHING = { ...Object.fromEntries(SEALED.map(({ table }) => [table, 0])), installation: 0 };

async function setUp() {
  const made = await createTestDeps();
  const { deps } = made;
  const channel = await makeChannel(deps, { workspace_id: (await makeWorkspace(deps)).id }, { accessToken: "EAA0" });
  const rows = () =>
    deps.db.selectFrom("authorizer").selectAll().where("channel_id", "=", channel.id).orderBy("id").execute();
  return { deps, channel, rows, [Symbol.asyncDispose]: () => made.dispose() };
}

test("O3 every stored token is sealed anew and recognised again, and the former key opens none of them afterwards", async () => {
  await using t = await setUp();
  for (let n = 1; n < 450; n++) await makeAuthorizer(t.deps, t.channel, `EAA${n}`, { state: n % 3 ? "live" : "dead" });
  await t.deps.db
    .insertInto("channel_grant")
    .values({
      workspace_id: t.channel.workspace_id,
      state_hash: Buffer.from("x"),
      pages_ciphertext: t.deps.vault.seal(new Secret("[]")),
      key_id: t.deps.vault.keyId,
      expires_at: new Date(),
    })
    .execute();
  const vault = createVault(NEW, OLD);
  // Before anything is sealed anew both open.
  const [first] = await t.rows();
  expect(vault.open(first!.token_ciphertext!, first!.token_key_id!).reveal()).toBe("EAA0");

  const told = await reseal({ db: t.deps.db, vault });
  expect(told).toEqual({ resealed: { ...NOTHING, authorizer: 450, channel_grant: 1 }, unopened: {} });
  const alone = createVault(NEW);
  for (const row of await t.rows()) {
    const token = alone.open(row.token_ciphertext!, row.token_key_id!);
    expect(row.token_fingerprint.equals(alone.fingerprint(token))).toBe(true);
    expect(() => t.deps.vault.open(row.token_ciphertext!, row.token_key_id!)).toThrow("ENCRYPTION_KEY_PREVIOUS");
  }
  expect((await reseal({ db: t.deps.db, vault })).resealed).toEqual(NOTHING);
});

test("O3 a token proved again under the new key stays one row, and what no key opens is told and left alone", async () => {
  await using t = await setUp();
  const vault = createVault(NEW, OLD);
  const sealedNow = (token: string, by: typeof vault) => ({
    token_ciphertext: by.seal(new Secret(token)),
    token_key_id: by.keyId,
    token_fingerprint: by.fingerprint(new Secret(token)),
  });
  const again = await makeAuthorizer(t.deps, t.channel, "EAA0", sealedNow("EAA0", vault));
  const lost = createVault(Buffer.alloc(32, 9));
  const foreign = await makeAuthorizer(t.deps, t.channel, "EAA9", sealedNow("EAA9", lost));
  const told = await reseal({ db: t.deps.db, vault });
  expect(told.unopened).toEqual({ [lost.keyId]: 1 });
  expect(await t.rows()).toEqual([again, foreign].sort((a, b) => (a.id < b.id ? -1 : 1)));
});

test("O3 a change of keys that is killed in the middle is finished by the next one", async () => {
  await using t = await setUp();
  for (let n = 1; n < 450; n++) await makeAuthorizer(t.deps, t.channel, `EAA${n}`);
  const vault = createVault(NEW, OLD);
  let seals = 0;
  const dying = {
    ...vault,
    seal: (secret: Secret) => {
      if (++seals > 300) throw new Error("killed");
      return vault.seal(secret);
    },
  };
  await expect(reseal({ db: t.deps.db, vault: dying })).rejects.toThrow("killed");
  expect((await t.rows()).filter((r) => r.token_key_id === vault.keyId).length).toBe(200);
  expect((await reseal({ db: t.deps.db, vault })).resealed.authorizer).toBe(250);
});

test("every column that holds something sealed is sealed anew: the catalogue knows no other", async () => {
  await using t = await setUp();
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and (column_name like '%ciphertext%' or column_name like '%sealed%') order by 1`.execute(
    t.deps.db,
  );
  expect(rows.map((r) => r.name)).toEqual(SEALED.map((s) => `${s.table}.${s.ciphertext}`).sort());
});
