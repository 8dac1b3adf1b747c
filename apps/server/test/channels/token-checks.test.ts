import type { Channel, Conversation } from "@firstline/contracts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import {
  ANN,
  BLUE,
  BLUE_INSTAGRAM,
  KEVIN,
  MEI,
  profiled,
  startWorld,
  surveyed,
  type World,
} from "../api/support/world.ts";

let w: World;
let channelId: string;
let thread: Conversation;
beforeEach(async () => {
  w = await startWorld();
  const { json } = await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  channelId = json.id;
  await surveyed(w, channelId);
  thread = await w.customerWrites(BLUE, ANN, "hello");
  await profiled(w, thread);
});
afterEach(() => w.close());

const channel = async () => (await w.call<Channel>("GET", `/channels/${channelId}`, { headers: w.apiKey })).json;
/** The schedule comes round: whatever it finds of this channel has come into effect when `holds` does. */
async function scheduled(what: string, holds: (c: Channel) => boolean): Promise<Channel> {
  await w.deps.jobs.add("channels.tokens", [{ data: {} }]);
  return until(what, async () => {
    const found = await channel();
    return holds(found) && found;
  });
}
const tasks = (list: string[]) => w.meta.post(`/users/${KEVIN}/role`, { pageId: BLUE, tasks: list });

test("S4 a token that died in the night is found by the schedule, before any reply meets it", async () => {
  await w.meta.post(`/users/${KEVIN}/password`);
  const dead = await scheduled("the channel needs reauthorisation", (c) => c.state === "needs_reauthorization");
  expect(dead).toMatchObject({
    stateReason: { code: "token_password_changed" },
    authorizers: [{ state: "dead", reason: { code: "token_password_changed" } }],
  });
  const { json } = await w.reply(thread.id, { text: "kept" });
  expect(json.state).toBe("held");
  expect(await w.deps.db.selectFrom("send_attempt").select("id").execute()).toEqual([]);
});

test("S4 O3 every stored token is asked about, not only the one in use; the other goes on without a pause", async () => {
  await w.connect("messenger", BLUE, await w.meta.pageToken(MEI, BLUE));
  await surveyed(w, channelId);
  await w.meta.post(`/users/${KEVIN}/password`);
  const found = await scheduled("one is dead", (c) => c.authorizers.some((a) => a.state === "dead"));
  expect(found.state).toBe("healthy");
  expect(found.authorizers.map((a) => [a.state, a.reason?.code ?? null])).toEqual([
    ["live", null],
    ["dead", "token_password_changed"],
  ]);
  const { json } = await w.reply(thread.id, { text: "no pause" });
  await w.becomes(json, "sent", "delivered", "read");
});

test("S3 a token that dies in use has the same person's other channels asked about at once, before a reply meets them", async () => {
  const { json: other } = await w.connect("instagram", BLUE_INSTAGRAM, await w.meta.pageToken(KEVIN, BLUE));
  await surveyed(w, other.id);
  await w.meta.post(`/users/${KEVIN}/password`);
  const { json } = await w.reply(thread.id, { text: "into the dead token" });
  await w.becomes(json, "held");
  const found = await until("the other channel is known to be dead", async () => {
    const read = (await w.call<Channel>("GET", `/channels/${other.id}`, { headers: w.apiKey })).json;
    return read.state === "needs_reauthorization" && read;
  });
  expect(found.stateReason).toMatchObject({ code: "token_password_changed" });
});

test("S5 a role taken and given back cures the channel by itself, and what was held goes out", async () => {
  await tasks([]);
  await scheduled("the role is missed", (c) => c.state === "needs_reauthorization");
  const { json } = await w.reply(thread.id, { text: "when you are back" });
  expect(json.state).toBe("held");
  await tasks(["MESSAGING", "MODERATE", "CREATE_CONTENT", "MANAGE"]);
  const back = await scheduled("the channel is well again", (c) => c.state === "healthy");
  expect(back.authorizers).toMatchObject([{ state: "live", reason: null }]);
  await w.becomes(json, "sent", "delivered", "read");
});

test.each([
  ["the switch for connected tools", "instagram-access", { allowed: false }, { allowed: true }, "instagram_access_off"],
  [
    "two-factor demanded of the account",
    "instagram/two-factor-required",
    { on: true },
    { on: false },
    "instagram_link_broken",
  ],
] as const)(
  "I1 %s stops an Instagram channel; put right, it works again by itself and what was held goes out",
  async (_name, path, off, on, code) => {
    const token = await w.meta.pageToken(KEVIN, BLUE);
    const { json: instagram } = await w.connect("instagram", BLUE_INSTAGRAM, token);
    await surveyed(w, instagram.id);
    const customer = await w.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, {
      name: "Ida Moss",
      platform: "instagram",
      username: "ida.moss",
    });
    const { id } = await w.customerWrites(BLUE, customer.id, "hello");
    const read = async () => (await w.call<Channel>("GET", `/channels/${instagram.id}`, { headers: w.apiKey })).json;

    await w.meta.post(`/pages/${BLUE}/${path}`, off);
    const { json } = await w.reply(id, { text: "kept until then" });
    await w.becomes(json, "held");
    expect(await read()).toMatchObject({ state: "needs_reauthorization", stateReason: { code } });
    // Still off: asking about the token, which is valid, does not bring the channel back.
    await w.call("GET", `/channels/${instagram.id}/health`, { headers: w.apiKey });
    expect((await read()).state).toBe("needs_reauthorization");

    await w.meta.post(`/pages/${BLUE}/${path}`, on);
    await w.deps.jobs.add("channels.tokens", [{ data: {} }]);
    await w.becomes(json, "sent", "delivered", "read");
    expect(await read()).toMatchObject({ state: "healthy", authorizers: [{ state: "live", reason: null }] });
  },
);
