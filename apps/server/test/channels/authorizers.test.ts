import type { Channel, Conversation, Member, Problem } from "@firstline/contracts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { ANN, BLUE, DESK, KEVIN, MEI, startWorld, surveyed, TEA, type World } from "../api/support/world.ts";
import { FakeClock } from "../harness/index.ts";

let w: World;
let clock: FakeClock;
let id: string;
beforeEach(async () => {
  clock = new FakeClock(Date.now());
  w = await startWorld({ clock });
  id = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json.id;
  await surveyed(w, id);
});
afterEach(() => w.close());

const channel = async (of = id) => (await w.call<Channel>("GET", `/channels/${of}`, { headers: w.apiKey })).json;
const used = (c: Channel) => c.authorizers.filter((a) => a.inUse);
const personal = async (userId: string) => {
  const { users } = await w.meta.get<{ users: { id: string; accessToken: string }[] }>("/state");
  return users.find((u) => u.id === userId)!.accessToken;
};
const connectAs = (headers: Record<string, string>, externalId: string, accessToken: string) =>
  w.call<Channel>("POST", "/channels", { headers, body: { platform: "messenger", externalId, accessToken } });
/** The schedule comes round: whatever it finds of this channel has come into effect when `holds` does. */
async function checked(what: string, holds: (c: Channel) => boolean): Promise<Channel> {
  await w.deps.jobs.add("channels.tokens", [{ data: {} }]);
  return until(what, async () => {
    const found = await channel();
    return holds(found) && found;
  });
}
const role = (userId: string, tasks: string[]) =>
  w.meta.post(`/users/${userId}/role`, { pageId: BLUE, tasks, keepRole: true });
const remove = (authorizerId: string, query: Record<string, string> = {}) =>
  w.call<Channel & Problem>("DELETE", `/channels/${id}/authorizers/${authorizerId}`, { headers: w.apiKey, query });
const patch = (memberId: string, body: object) =>
  w.call<Member & Problem & { channels: { id: string; name: string; authorizers: (string | null)[] }[] }>(
    "PATCH",
    `/members/${memberId}`,
    { headers: w.apiKey, body },
  );

test("O3 each authorisation says which member gave it, what that person may do on the Page and what it lacks; one is in use", async () => {
  const kim = await w.asMember("administrator", { name: "Kim" });
  await connectAs(kim.headers, BLUE, await personal(MEI));
  const found = await checked("the tasks are known", (c) => c.authorizers.every((a) => a.tasks !== null));
  const mei = found.authorizers.find((a) => a.connectedBy !== null);
  expect(mei).toMatchObject({
    name: "Mei Lin",
    connectedBy: { id: kim.memberId, name: "Kim", deactivated: false },
    lacking: { permissions: [], tasks: [] },
  });
  expect(mei?.tasks).toContain("MESSAGING");
  // A Page's own token tells no name; the Page's roles do.
  expect(found.authorizers.filter((a) => a.connectedBy === null)).toMatchObject([{ name: "Kevin Chou" }]);
  expect(used(found)).toHaveLength(1);
});

test("O3 of the living ones a system user's is used before a person's, and one that may send before one that may not", async () => {
  await w.connect("messenger", BLUE, await personal(MEI));
  await surveyed(w, id);
  await role(MEI, ["MODERATE"]);
  const weak = await checked("the lost task is seen", (c) => c.authorizers.some((a) => a.lacking.tasks.length > 0));
  expect(weak.state).toBe("healthy");
  expect(weak.authorizers.find((a) => a.name === "Mei Lin")).toMatchObject({
    inUse: false,
    state: "live",
    tasks: ["MODERATE"],
    lacking: { tasks: ["MESSAGING"] },
  });
  await w.connect("messenger", BLUE, await personal(DESK));
  expect(used(await channel())).toMatchObject([{ kind: "system_user" }]);
});

test("O3 a person who authorises again is one authorisation still, and no spare of themselves", async () => {
  const first = (await channel()).authorizers[0]!;
  await w.meta.post(`/users/${KEVIN}/password`);
  await checked("it is dead", (c) => c.state === "needs_reauthorization");
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  const again = await channel();
  expect(again).toMatchObject({ state: "healthy", authorizers: [{ state: "live", inUse: true }] });
  expect(again.authorizers[0]!.id).not.toBe(first.id);
});

test("O3 the only authoriser lost the task to send: told as an incident before anybody's reply meets it, and over when it is back", async () => {
  const rows = () => w.deps.db.selectFrom("incident").selectAll().where("code", "=", "tasks").execute();
  const looked = async (what: string, holds: (r: Awaited<ReturnType<typeof rows>>) => boolean) => {
    await w.deps.jobs.add("incidents.watch", [{ data: {} }]);
    await until(what, async () => holds(await rows()));
  };
  await role(KEVIN, ["MODERATE"]);
  await looked("it was seen once", (r) => r.length === 1);
  clock.advance({ minutes: 10 });
  await looked("it is told", (r) => r[0]?.confirmed_at !== null);
  expect(JSON.stringify((await rows())[0]?.words)).toContain("MODERATE");
  expect((await channel()).authorizers).toMatchObject([{ state: "live", lacking: { tasks: ["MESSAGING"] } }]);
  expect(await w.deps.db.selectFrom("send_attempt").select("id").execute()).toEqual([]);
  await role(KEVIN, ["MESSAGING", "MODERATE"]);
  await looked("it is over", (r) => r[0]?.until !== null);
});

test("O3 one removed by hand is forgotten and the next goes on without a pause; the last one needs to be confirmed, then replies wait", async () => {
  const thread: Conversation = await w.customerWrites(BLUE, ANN, "hello");
  await w.connect("messenger", BLUE, await w.meta.pageToken(MEI, BLUE));
  const inUse = used(await channel())[0]!;
  const one = await remove(inUse.id);
  expect([one.status, one.json.state, one.json.authorizers.length]).toEqual([200, "healthy", 1]);
  expect(await w.deps.db.selectFrom("authorizer").select("id").where("id", "=", inUse.id).execute()).toEqual([]);
  await w.becomes((await w.reply(thread.id, { text: "no pause" })).json, "sent", "delivered", "read");

  const last = one.json.authorizers[0]!;
  const refused = await remove(last.id);
  expect([refused.status, refused.json.code]).toEqual([409, "last_authorizer"]);
  expect((await channel()).authorizers).toHaveLength(1);
  const done = await remove(last.id, { confirmed: "true" });
  expect(done.json).toMatchObject({
    state: "needs_reauthorization",
    stateReason: { code: "authorization_removed" },
    authorizers: [],
  });
  const { json: waits } = await w.reply(thread.id, { text: "later" });
  expect(waits.state).toBe("held");
  expect((await w.customerWrites(BLUE, ANN, "still heard")).id).toBe(thread.id);
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  await w.becomes(waits, "sent", "delivered", "read");
  expect((await remove(last.id)).status).toBe(404);

  // Of two that are removed at once the second is the last one.
  await w.connect("messenger", BLUE, await w.meta.pageToken(MEI, BLUE));
  const both = await Promise.all((await channel()).authorizers.map((a) => remove(a.id)));
  expect(both.map((a) => a.status).sort()).toEqual([200, 409]);
  expect((await channel()).state).toBe("healthy");
});

test("O3 deactivating a member says by name what lives on their authorisation alone, no system user's; confirmed it is done, and nothing breaks at once", async () => {
  const kim = await w.asMember("administrator", { name: "Kim" });
  await w.asOwner();
  const tea = (await connectAs(kim.headers, TEA, await personal(MEI))).json.id;
  await connectAs(kim.headers, BLUE, await personal(MEI));
  const refused = await patch(kim.memberId, { deactivated: true });
  expect([refused.status, refused.json.code, refused.json.channels]).toEqual([
    409,
    "member_authorises_channels",
    [{ id: tea, name: expect.any(String), authorizers: ["Mei Lin"] }],
  ]);
  const member = await w.deps.db
    .selectFrom("member")
    .select("deactivated_at")
    .where("id", "=", kim.memberId)
    .executeTakeFirst();
  expect(member?.deactivated_at).toBeNull();

  expect((await patch(kim.memberId, { deactivated: true, confirmed: true })).status).toBe(200);
  expect(await channel(tea)).toMatchObject({
    state: "healthy",
    authorizers: [{ state: "live", connectedBy: { name: "Kim", deactivated: true } }],
  });
  expect((await patch(kim.memberId, { deactivated: false })).status).toBe(200);
  await w.connect("messenger", TEA, await personal(DESK));
  expect((await patch(kim.memberId, { deactivated: true })).status).toBe(200);
});
