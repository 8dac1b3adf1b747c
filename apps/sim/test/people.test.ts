import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { debug } from "./support/login.ts";
import { ANN, BLUE, KEVIN, TEA, World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
});

const MEI = "100000000000102";
const DESK = "122100000000104";
const user = (path: string, body: object = {}, id = KEVIN) => world.control("POST", `/_sim/users/${id}${path}`, body);
const page = (path: string, body: object = {}) => world.control("POST", `/_sim/pages/${BLUE}${path}`, body);
const tokenOf = async (id: string, pageId = BLUE): Promise<string> => {
  const { body } = await world.control("GET", "/_sim/state");
  const found = body.pages.find((one: { id: string }) => one.id === pageId);
  return found.tokens.find((one: { userId: string }) => one.userId === id).accessToken;
};
const read = async (token = world.token) => (await world.graph("GET", `/${BLUE}`, { access_token: token })).body.error;

/** What the person's Page token says once this happened, in a call and in `debug_token`. */
async function both() {
  const error = await read();
  const told = await debug(world, world.token);
  expect(told.status).toBe(200);
  expect(told.is_valid).toBe(error === undefined);
  expect(told.error?.subcode).toBe(error?.error_subcode);
  return error;
}

describe("the account of the person behind a token", () => {
  it("S3 password changed: 190/460 for all their tokens, not for a system user's", async () => {
    const desk = await tokenOf(DESK);
    await user("/password");
    await user("/password", {}, DESK);
    expect(await both()).toMatchObject({ code: 190, error_subcode: 460 });
    expect(await read(desk)).toBeUndefined();
  });

  it("S4 two-factor switched on ends the sessions there were; a fresh login works", async () => {
    expect((await user("/two-factor", { on: true })).body.tokensKilled).toBeGreaterThan(1);
    expect(await both()).toMatchObject({ code: 190, error_subcode: 460 });
    const fresh = (await user("/token")).body.pages[0].accessToken;
    expect(await read(fresh)).toBeUndefined();
  });

  it("S4 demanded by the Page's business: who has none is refused, who switches it on is not, a system user never", async () => {
    await page("/two-factor-required", { on: true });
    expect(await both()).toMatchObject({
      code: 190,
      error_subcode: 492,
      message: expect.stringContaining("If the page business requires Two Factor Authentication"),
    });
    expect(await read(await tokenOf(DESK))).toBeUndefined();
    const other = await world.graph("GET", `/${TEA}`, { access_token: await tokenOf(KEVIN, TEA) });
    expect(other.status).toBe(200);
    await user("/two-factor", { on: true, endSessions: false });
    expect(await both()).toBeUndefined();
  });

  it.each([
    ["checkpoint", { on: true }, 459],
    ["checkpoint", { on: true, subcode: 490 }, 490],
    ["unconfirmed", { on: true }, 464],
  ])("S5 %s %o stops every token of theirs until it is cleared", async (what, body, subcode) => {
    await user(`/${what}`, body);
    expect(await both()).toMatchObject({ code: 190, error_subcode: subcode });
    expect((await world.graph("GET", "/me", { access_token: world.userToken })).body.error.error_subcode).toBe(subcode);
    await user(`/${what}`, { on: false });
    expect(await both()).toBeUndefined();
  });

  it.each(["logout", "deactivate"])("S5 %s ends all sessions with 190/467", async (what) => {
    await user(`/${what}`, what === "deactivate" ? { on: true } : {});
    expect(await both()).toMatchObject({ code: 190, error_subcode: 467 });
  });

  it("O3 left the company: 190/492 on every Page, the user token lists none, and the others go on", async () => {
    const mei = await tokenOf(MEI);
    const { body } = await user("/leave");
    expect(Object.keys(body.roles)).toEqual([BLUE, TEA]);
    expect(await both()).toMatchObject({ code: 190, error_subcode: 492 });
    expect((await world.graph("GET", "/me/accounts", { access_token: world.userToken })).body.data).toEqual([]);
    expect(await read(mei)).toBeUndefined();
  });

  it("O3 a person is added with a password and roles, and can be asked for tokens", async () => {
    const { body } = await world.control("POST", "/_sim/users", {
      name: "Nora Fels",
      roles: { [BLUE]: ["MESSAGING"] },
    });
    const tokens = (await user("/grant", {}, body.id)).body;
    expect(tokens.pages.map((one: { id: string }) => one.id)).toEqual([BLUE]);
    expect(await read(tokens.pages[0].accessToken)).toBeUndefined();
  });
});

describe("tasks on a Page", () => {
  const tasks = (...list: string[]) => user("/role", { pageId: BLUE, tasks: list });
  const subscribe = async () =>
    (await world.graph("POST", `/${BLUE}/subscribed_apps`, { subscribed_fields: "messages" })).body;
  const listed = async () => (await world.graph("GET", `/${BLUE}/subscribed_apps`)).body;
  const NOT_ENOUGH = { code: 200, message: expect.stringContaining("sufficient administrative permission") };

  it("S5 without MESSAGING nothing can be sent, and the token is valid", async () => {
    await world.write("hi");
    await tasks("MODERATE", "ANALYZE");
    expect((await world.send({ text: "x" })).body.error).toMatchObject(NOT_ENOUGH);
    expect((await world.send({ text: "x" })).status).toBe(400);
    expect((await debug(world, world.token)).is_valid).toBe(true);
    expect(await subscribe()).toEqual({ success: true });
    await tasks("MESSAGING");
    expect((await world.send({ text: "x" })).status).toBe(200);
  });

  it("S5 subscribing, listing and unsubscribing need CREATE_CONTENT, MANAGE or MODERATE", async () => {
    for (const task of ["CREATE_CONTENT", "MANAGE", "MODERATE"]) {
      await tasks("MESSAGING", task);
      expect(await subscribe()).toEqual({ success: true });
      expect((await listed()).data).toHaveLength(1);
    }
    await tasks("MESSAGING", "ANALYZE", "ADVERTISE");
    expect((await subscribe()).error).toMatchObject(NOT_ENOUGH);
    expect((await listed()).error).toMatchObject(NOT_ENOUGH);
    expect((await world.graph("DELETE", `/${BLUE}/subscribed_apps`)).body.error).toMatchObject(NOT_ENOUGH);
  });

  it("S5 conversations are read with MESSAGING or MODERATE", async () => {
    const get = async () => (await world.graph("GET", `/${BLUE}/conversations`)).body;
    await tasks("ANALYZE");
    expect((await get()).error).toMatchObject({ code: 200 });
    await tasks("MODERATE");
    expect((await get()).data).toEqual([]);
  });

  it("S5 a role without any task: listed with its token, refused everywhere", async () => {
    await user("/role", { pageId: BLUE, tasks: [], keepRole: true });
    const { body } = await world.graph("GET", "/me/accounts", { access_token: world.userToken });
    expect(body.data.find((one: { id: string }) => one.id === BLUE).tasks).toEqual([]);
    expect(await both()).toBeUndefined();
    await world.write("hi");
    expect((await world.send({ text: "x" }, {}, ANN)).body.error).toMatchObject(NOT_ENOUGH);
  });

  it("S5 a task nobody knows is refused", async () => {
    expect((await tasks("MESSAGE")).status).toBe(400);
  });

  it("S5 subscribing names the permission that is missing for each field", async () => {
    const { body } = await user("/grant", { scopes: ["pages_show_list", "pages_messaging"] });
    world.token = body.pages[0].accessToken;
    const { body: refused } = await world.graph("POST", `/${BLUE}/subscribed_apps`, {
      subscribed_fields: "messages,feed",
    });
    expect(refused.error.code).toBe(200);
    expect(refused.error.message.split("\n")).toEqual([
      "(#200) To subscribe to the messages field, one of these permissions is needed: pages_manage_metadata.",
      "To subscribe to the feed field, one of these permissions is needed: pages_manage_metadata.",
    ]);
  });
});
