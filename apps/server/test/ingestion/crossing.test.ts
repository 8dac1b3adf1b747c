import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProcessor } from "../../src/modules/ingestion/process.ts";
import { createReceive } from "../../src/modules/messages/receive/index.ts";
import { pageBody, post, type Thread, wrote } from "../api/support/webhooks.ts";
import { closeGate, createTestApp, makeChannel, type TestApp } from "../harness/index.ts";

const AT = Date.parse("2026-03-02T08:00:00.000Z");
const REF = "ref_of_a_visitor";
let t: TestApp;
let thread: Thread;

beforeAll(async () => {
  t = await createTestApp();
  thread = { account: (await makeChannel(t.deps, { workspace_id: t.workspaceId })).external_id, customer: "7500001" };
  await t.deps.jobs.start({ work: false });
});
afterAll(async () => {
  await t.deps.jobs.stop();
  await t.close();
});

const workOff = () => createProcessor(t.deps, createReceive(t.deps)).run(1);
const said = (mid: string, at: number, ref: string) =>
  pageBody(thread.account, {
    ...wrote(thread, at, mid, "hello", { referral: { ref, source: "SHORTLINK", type: "OPEN_THREAD" } }),
    prior_message: { source: "checkbox_plugin", identifier: REF },
  });
const agreed = (ref: string, at: number) =>
  pageBody(thread.account, { recipient: { id: thread.account }, timestamp: at, optin: { ref, user_ref: REF } });

test("R5 an opt-in of a website's visitor and a message of the same person, worked off at once, do not wait for each other", async () => {
  for (const body of [said("m_first", AT, "SPRING"), agreed("BASKET", AT + 1)]) {
    await post(t, body);
    await workOff();
  }
  await post(t, agreed("BASKET AGAIN", AT + 2));
  const gate = await closeGate(t.deps, "user_ref");
  const optin = workOff();
  await gate.waiting(1);
  await post(t, said("m_second", AT + 3, "AUTUMN"));
  const message = workOff();
  await gate.waiting(2);
  await gate.open();
  // Of two that wait for each other PostgreSQL ends one, and its deliveries come again: this is about not getting there.
  expect(await Promise.all([optin, message])).toEqual([1, 1]);
  const { rows } = await sql<{ ref: string }>`select referral->>'ref' as ref from contact`.execute(t.deps.db);
  expect(rows).toEqual([{ ref: "AUTUMN" }]);
});
