import type { Channel } from "@firstline/contracts";
import { expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { createTestApp, makeAuthorizer, makeChannel, type TestApp } from "../harness/index.ts";

const stateOf = async (t: TestApp, id: string) =>
  (await t.call<Channel>("GET", `/channels/${id}`, { headers: t.apiKey })).json.state;
const look = (t: TestApp, id: string) => t.call("GET", `/channels/${id}/health`, { headers: t.apiKey });

test("S3 a channel that looks healthy and has no token needs reauthorisation as soon as one is wanted", async () => {
  await using t = await createTestApp();
  const { id } = await makeChannel(t.deps, { workspace_id: t.workspaceId }, { accessToken: null });
  await look(t, id);
  expect(await stateOf(t, id)).toBe("needs_reauthorization");
});

test("S3 a token given while somebody had just found none is used: the channel stays healthy", async () => {
  await using t = await createTestApp();
  const channel = await makeChannel(t.deps, { workspace_id: t.workspaceId }, { accessToken: null });
  const given = Promise.withResolvers<void>();
  // As connecting does it: under the channel's lock.
  const connecting = t.deps.db.transaction().execute(async (tx) => {
    await tx.selectFrom("channel").select("id").where("id", "=", channel.id).forUpdate().execute();
    await makeAuthorizer({ ...t.deps, db: tx }, channel, "EAATESTGIVEN");
    await given.promise;
  });
  const looking = look(t, channel.id);
  await until("somebody found no token and waits to say so", async () => {
    const { rows } = await t.deps.database.pool.query<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return rows[0]!.n > 0;
  });
  given.resolve();
  await Promise.all([connecting, looking]);
  expect(await stateOf(t, channel.id)).toBe("healthy");
});
