import type { Me } from "@firstline/contracts";
import { expect, test } from "vitest";
import { createTestApp, makeChannel, makeConversation, makeMessage, startTestSim } from "../harness/index.ts";

test("the whole server is built, started and closed on a database of its own, beside others", async () => {
  const [one, two] = await Promise.all([createTestApp(), createTestApp()]);
  try {
    const owner = await one.asOwner();
    const me = await one.call<Me>("GET", "/me", { headers: owner.headers });
    expect(me.json.member?.name).toBe("Olivia Owner");
    expect((await two.call("GET", "/me", { headers: owner.headers })).status).toBe(401);
    const conversation = await makeConversation(
      one.deps,
      await makeChannel(one.deps, { workspace_id: one.workspaceId }),
    );
    const message = await makeMessage(one.deps, conversation);
    const stored = one.deps.db.selectFrom("conversation").select("last_message_id").where("id", "=", conversation.id);
    expect((await stored.executeTakeFirstOrThrow()).last_message_id).toBe(message.id);
    expect(await two.deps.db.selectFrom("conversation").selectAll().execute()).toEqual([]);
    await one.start();
    const url = await one.listen();
    const answer = await fetch(`${url}/api/v1/me`, { headers: one.apiKey });
    expect(await answer.json()).toMatchObject({ member: null, workspace: { id: one.workspaceId } });
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
});

test("the local Meta starts for a test and agrees with the tests' configuration about the app", async () => {
  await using sim = await startTestSim();
  await using t = await createTestApp({ graphUrl: sim.url, clock: "real" });
  expect(sim.app).toEqual({ id: t.deps.config.meta.appId, secret: t.deps.config.meta.appSecret });
  expect((await t.call<{ localMeta: string }>("GET", "/setup")).json.localMeta).toBe(`${sim.url}/phone`);
});
