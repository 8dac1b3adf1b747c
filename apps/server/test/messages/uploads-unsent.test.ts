import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetExpired, forgetUnsent } from "../../src/modules/messages/uploads/forget-unsent.ts";
import { createTestApp, makeChannel, makeConversation, makeMessage, type TestApp } from "../harness/index.ts";

const HOUR = 3_600_000;
let t: TestApp;
let channel: Awaited<ReturnType<typeof makeChannel>>;
let conversation: Awaited<ReturnType<typeof makeConversation>>;

beforeAll(async () => {
  t = await createTestApp();
  channel = await makeChannel(t.deps, { workspace_id: t.workspaceId });
  conversation = await makeConversation(t.deps, channel);
});
afterAll(() => t.close());

async function file(hoursAgo: number, messageId: string | null = null, state: "stored" | "pending" = "stored") {
  const { rows } = await sql<{ id: string }>`
    insert into attachment (workspace_id, conversation_id, message_id, kind, name, state, created_at)
    values (${t.workspaceId}, ${conversation.id}, ${messageId}, 'image', 'a.png', ${state}, ${new Date(t.clock.now() - hoursAgo * HOUR)}) returning id`.execute(
    t.deps.db,
  );
  const { id } = rows[0]!;
  const key = `${t.workspaceId}/uploads/${id}`;
  if (state === "stored") {
    await t.deps.blobs.put(key, Buffer.from(id), "image/png");
    await sql`update attachment set blob_key = ${key} where id = ${id}`.execute(t.deps.db);
  }
  return { id, key };
}
const rows = async () => (await t.deps.db.selectFrom("attachment").select("id").execute()).map((r) => r.id).sort();
const isStored = (key: string) =>
  t.deps.blobs.get(key).then(
    () => true,
    () => false,
  );

test("S7 files chosen a day ago and never sent go with their bytes; younger ones and those of any message stay", async () => {
  const old = await file(25);
  const half = await file(30, null, "pending");
  const young = await file(23);
  const message = await makeMessage(t.deps, conversation, { direction: "outbound", state: "cancelled" });
  const given = await file(400, message.id);
  await forgetUnsent(t.deps);
  expect(await rows()).toEqual([young.id, given.id].sort());
  expect(await Promise.all([old, half, young, given].map((f) => isStored(f.key)))).toEqual([false, false, true, true]);
  await forgetUnsent(t.deps);
  expect(await rows()).toHaveLength(2);
});

test("S7 however many there are, all go; one whose bytes cannot be removed keeps its row for the next day", async () => {
  await sql`delete from attachment`.execute(t.deps.db);
  for (let n = 0; n < 120; n++) await file(48);
  await forgetUnsent(t.deps);
  expect(await rows()).toEqual([]);
  const stuck = await file(48, null, "pending");
  mkdirSync(join(t.deps.config.dataDir, "blobs", stuck.key), { recursive: true });
  await expect(forgetUnsent(t.deps)).rejects.toThrow();
  expect(await rows()).toEqual([stuck.id]);
});

test("S7 what Meta has forgotten is forgotten here, with its name", async () => {
  const day = 86_400_000;
  for (const days of [89, 91])
    await sql`
      insert into uploaded_file (workspace_id, channel_id, sha256, kind, name, external_id, uploaded_at)
      values (${t.workspaceId}, ${channel.id}, 'a', 'file', ${`${days}.pdf`}, ${String(days)}, ${new Date(t.clock.now() - days * day)})`.execute(
      t.deps.db,
    );
  await forgetExpired(t.deps);
  expect(await t.deps.db.selectFrom("uploaded_file").select("name").execute()).toEqual([{ name: "89.pdf" }]);
});
