import { randomUUID } from "node:crypto";
import type { Retention, RetentionPreview } from "@firstline/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { finishErasure } from "../../src/modules/privacy/erase-steps.ts";
import { beginRuns, continueRun } from "../../src/modules/privacy/retention-run.ts";
import {
  createTestApp,
  makeChannel,
  makeContact,
  makeConversation,
  makeMessage,
  makeWorkspace,
  type TestApp,
} from "../harness/index.ts";
import { everythingKept, found } from "./support.ts";

const DAY = 86_400_000;

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp();
  // Jobs are taken in but not worked off: each night is played by hand.
  await t.start({ web: true, worker: false });
});
afterAll(() => t.close());

const daysAgo = (days: number) => new Date(t.clock.now() - days * DAY);

interface Wish {
  /** Days since the last message. */
  quiet: number;
  /** Days since it was resolved; null: it is open. */
  resolved?: number | null;
  state?: string;
}
/** A workspace of its own with an administrator, a channel and conversations of the given ages. */
async function place(wishes: Record<string, Wish>) {
  const { id: workspaceId } = await makeWorkspace(t.deps);
  const admin = await t.asMember("administrator", { workspaceId, name: "Kai" });
  const channel = await makeChannel(t.deps, { workspace_id: workspaceId });
  for (const [name, { quiet, resolved = quiet, state = "received" }] of Object.entries(wishes)) {
    const contact = await makeContact(t.deps, channel, { meta_name: name, external_id: `ext-${name}` });
    const thread = await makeConversation(t.deps, channel, {
      contact_id: contact.id,
      status: resolved === null ? "open" : "resolved",
      resolved_at: resolved === null ? null : daysAgo(resolved),
      last_message_at: daysAgo(quiet),
    });
    await makeMessage(t.deps, thread, {
      text: `words of ${name}`,
      sent_at: daysAgo(quiet),
      ...(state === "received" ? {} : { direction: "outbound", state, external_id: null }),
    });
    const id = randomUUID();
    const key = `${workspaceId}/uploads/${id}`;
    const file = { workspace_id: workspaceId, conversation_id: thread.id, kind: "file", state: "stored" };
    await t.deps.db
      .insertInto("attachment")
      .values({ ...file, id, name, blob_key: key })
      .execute();
    await t.deps.blobs.put(key, Buffer.from(`file of ${name}`), "text/plain");
  }
  const get = async <T>(path: string) => (await t.call<T>("GET", path, { headers: admin.headers })).json;
  return {
    workspaceId,
    read: () => get<Retention>("/privacy/retention"),
    preview: (days: number) => get<RetentionPreview>(`/privacy/retention/preview?days=${days}`),
    set: async (days: number | null) =>
      (await t.call<Retention>("PUT", "/privacy/retention", { headers: admin.headers, body: { days } })).json,
    names: async () => {
      const rows = await t.deps.db
        .selectFrom("contact")
        .select("meta_name")
        .where("workspace_id", "=", workspaceId)
        .execute();
      return rows.map((r) => r.meta_name).sort();
    },
    erasures: () => get<{ data: unknown[] }>("/privacy/erasures"),
    /** One night: the run, and the steps of each deletion, which are jobs. */
    async night(deps: Parameters<typeof continueRun>[0] = t.deps) {
      await beginRuns(deps);
      await continueRun(deps, workspaceId);
      const open = await t.deps.db
        .selectFrom("erasure")
        .select("id")
        .where("workspace_id", "=", workspaceId)
        .where("done_at", "is", null)
        .execute();
      for (const { id } of open) await finishErasure(t.deps, workspaceId, id);
    },
  };
}

test("a resolved conversation goes with its contact and files once it has been quiet for the days set, on the day and not before; what is open, younger, lately resolved or still to be sent stays", async () => {
  const w = await place({
    Olduvai: { quiet: 91 },
    Jericho: { quiet: 89.5 },
    Opened: { quiet: 400, resolved: null },
    Lately: { quiet: 400, resolved: 3 },
    Waits: { quiet: 400, state: "held" },
    Unclear: { quiet: 400, state: "uncertain" },
  });
  expect(await w.read()).toEqual({ days: null, nextRunAt: null, lastRun: null, runs: [], changes: [] });
  await w.night();
  expect(await w.names()).toHaveLength(6);

  const preview = await w.preview(90);
  expect(preview).toMatchObject({ days: 90, conversations: 1, oldestAt: daysAgo(91).toISOString() });
  const set = await w.set(90);
  expect(set.nextRunAt).toBe(preview.nextRunAt);
  expect(set).toMatchObject({ days: 90, changes: [{ by: "Kai", before: null, after: 90 }] });
  expect(Date.parse(set.nextRunAt!) - t.clock.now()).toBeGreaterThan(0);
  expect(await w.names()).toHaveLength(6);

  await w.night();
  expect(await w.names()).toEqual(["Jericho", "Lately", "Opened", "Unclear", "Waits"]);
  expect(found(await everythingKept(t), ["words of Olduvai", "ext-Olduvai", "file of Olduvai"])).toEqual([]);
  expect(found(await everythingKept(t), ["words of Jericho", "file of Jericho"])).toHaveLength(2);
  const { runs, lastRun } = await w.read();
  expect(runs).toMatchObject([{ days: 90, conversations: 1, messages: 1, files: 1 }]);
  expect(lastRun!.doneAt).not.toBeNull();
  // Nobody asked for it, so it is counted there and not listed among what somebody deleted.
  expect((await w.erasures()).data).toEqual([]);

  t.clock.advance(DAY);
  await w.night();
  expect(await w.names()).toEqual(["Lately", "Opened", "Unclear", "Waits"]);
  expect((await w.read()).runs).toHaveLength(2);
});

test("a run that is killed goes on where it was, and counts nothing twice", async () => {
  const w = await place(Object.fromEntries(["A", "B", "C", "D"].map((n) => [n, { quiet: 100 }])));
  await w.set(30);
  await beginRuns(t.deps);
  let adds = 0;
  const dying = {
    ...t.deps.jobs,
    add: async (...job: Parameters<typeof t.deps.jobs.add>) => {
      if (++adds > 2) throw new Error("killed");
      await t.deps.jobs.add(...job);
    },
  };
  await expect(continueRun({ ...t.deps, jobs: dying as never }, w.workspaceId)).rejects.toThrow("killed");
  expect(await w.names()).toHaveLength(2);
  expect((await w.read()).lastRun).toMatchObject({ conversations: 2, messages: 2, files: 2, doneAt: null });
  // The next night finds it open and begins no second one; two workers at once do not count double.
  await beginRuns(t.deps);
  await Promise.all([continueRun(t.deps, w.workspaceId), continueRun(t.deps, w.workspaceId)]);
  expect(await w.names()).toEqual([]);
  expect((await w.read()).runs).toMatchObject([{ conversations: 4, messages: 4, files: 4 }]);
  expect((await w.read()).lastRun!.doneAt).not.toBeNull();
});

test("a setting taken back before the night deletes nothing, one taken back in the middle ends the run, and every change is kept", async () => {
  const w = await place({ E: { quiet: 100 } });
  await w.set(30);
  await w.set(30);
  await w.set(null);
  await w.night();
  expect(await w.names()).toEqual(["E"]);
  await w.set(60);
  await beginRuns(t.deps);
  await w.set(365);
  await continueRun(t.deps, w.workspaceId);
  expect(await w.names()).toEqual(["E"]);
  expect(await w.read()).toMatchObject({
    days: 365,
    lastRun: { days: 60, conversations: 0 },
    runs: [],
    changes: [
      { before: 60, after: 365 },
      { before: null, after: 60 },
      { before: 30, after: null },
      { before: null, after: 30 },
    ],
  });
});

test("one workspace's setting deletes nothing of another's", async () => {
  const [a, b] = [await place({ F: { quiet: 500 } }), await place({ G: { quiet: 500 } })];
  await a.set(90);
  await a.night();
  expect([await a.names(), await b.names()]).toEqual([[], ["G"]]);
});

test("fewer than thirty days are refused", async () => {
  for (const days of [29, 0, -1, 45.5, "90"]) {
    const answer = await t.call<{ code: string }>("PUT", "/privacy/retention", { headers: t.apiKey, body: { days } });
    expect([days, answer.status, answer.json.code]).toEqual([days, 422, "invalid_request"]);
  }
  expect((await t.call("GET", "/privacy/retention/preview?days=29", { headers: t.apiKey })).status).toBe(422);
});
