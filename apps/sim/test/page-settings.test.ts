import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { debug } from "./support/login.ts";
import { ANN, BLUE, INSTAGRAM, KEVIN, TEA, World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
});

const ROSA = "6400000000000001";
const page = (path: string, body: object = {}, id = BLUE) => world.control("POST", `/_sim/pages/${id}${path}`, body);
const link = (body: object, id = BLUE) => world.control("PUT", `/_sim/pages/${id}/instagram`, body);
const read = async () => (await world.graph("GET", `/${BLUE}`)).body.error;
const state = async (id = BLUE) =>
  (await world.control("GET", "/_sim/state")).body.pages.find((one: { id: string }) => one.id === id);
const userToken = async () => (await world.control("POST", `/_sim/users/${KEVIN}/token`, {})).body.accessToken;

describe("the Page itself", () => {
  it.each(["unpublished", "deleted"])("O5 %s: its tokens say that it is not accessible", async (standing) => {
    await page("/standing", { state: standing });
    const error = await read();
    expect(error).toMatchObject({
      code: 190,
      message: "This Page access token belongs to a Page that is not accessible.",
    });
    expect(error.error_subcode).toBeUndefined();
    expect((await debug(world, world.token)).is_valid).toBe(false);
    const { body } = await world.graph("GET", "/me/accounts", { access_token: world.userToken });
    expect(body.data.some((one: { id: string }) => one.id === BLUE)).toBe(standing === "unpublished");
    await page("/standing", { state: "published" });
    expect(await read()).toBeUndefined();
  });

  it("O5 a deleted Page tells no app anything", async () => {
    await world.subscribe("messages");
    await page("/standing", { state: "deleted" });
    await world.write("anybody?");
    await world.sim.idle();
    expect(world.receiver.received).toEqual([]);
  });
});

describe("our app under Business Apps and Advanced Messaging", () => {
  it("O5 removed: the subscription is gone and the next call fails, for everybody; connecting again brings it back", async () => {
    await world.subscribe("messages");
    const desk = (await world.control("POST", "/_sim/users/122100000000104/token", {})).body.pages[0].accessToken;
    expect((await page("/own-app", { on: false })).body.state).toBe("removed");
    expect((await state()).subscribedApps).toEqual([]);
    for (const token of [world.token, desk]) {
      const { error } = (await world.graph("GET", `/${BLUE}`, { access_token: token })).body;
      expect(error).toMatchObject({ code: 190, message: expect.stringContaining("must be granted") });
    }
    await world.write("lost");
    await world.sim.idle();
    expect(world.receiver.received).toEqual([]);
    expect((await world.control("PUT", `/_sim/pages/${BLUE}/routing`, { enabled: true })).status).toBe(422);
    const tea = await world.graph("GET", `/${TEA}`, { access_token: await userToken() });
    expect(tea.status).toBe(200);
    await world.control("POST", `/_sim/users/${KEVIN}/grant`, { pageIds: [BLUE] });
    expect((await state()).ownApp).toBe("on_page");
    await world.readTokens();
    expect(await read()).toBeUndefined();
  });

  it("O5 the removal taken back: everybody who had granted the Page has again", async () => {
    await page("/own-app", { on: false });
    await page("/own-app", { on: true });
    const { tokens } = await state();
    expect(tokens.map(({ valid }: { valid: boolean }) => valid)).toEqual([true, true, true, true]);
  });
});

describe("the Instagram account of the Page", () => {
  const field = async (id = BLUE) =>
    (
      await world.graph("GET", `/${id}`, {
        access_token: await userToken(),
        fields: "instagram_business_account{id,username}",
      })
    ).body.instagram_business_account;
  const answer = async () => (await world.send({ text: "hello" }, {}, ROSA)).body.error;
  const conversations = async () =>
    (await world.graph("GET", `/${BLUE}/conversations`, { platform: "instagram" })).body.error;
  const told = async () => {
    await world.sim.idle();
    return world.receiver.received.filter(({ body }) => body.object === "instagram").length;
  };

  beforeEach(async () => {
    await world.subscribe("messages");
    await world.subscribeApp("instagram", "messages");
    await world.write("hi", ROSA, {}, INSTAGRAM);
  });

  it("I1 as it stands is read, answered and heard", async () => {
    expect(await field()).toEqual({ id: INSTAGRAM, username: "blueharbour" });
    expect(await told()).toBe(1);
    expect(await answer()).toBeUndefined();
  });

  it("I1 unlinked: the Page has none, sends and reads fail with 100/2534013; linked again the people are back", async () => {
    await world.control("DELETE", `/_sim/pages/${BLUE}/instagram`);
    expect(await field()).toBeUndefined();
    expect(await answer()).toMatchObject({ code: 100, error_subcode: 2534013 });
    expect(await conversations()).toMatchObject({ code: 100, error_subcode: 2534013 });
    expect((await world.graph("GET", `/${ROSA}`)).body.error.code).toBe(100);
    expect((await world.graph("GET", `/${INSTAGRAM}`, { access_token: await userToken() })).body.error.code).toBe(100);
    await link({ accountId: INSTAGRAM });
    expect(await answer()).toBeUndefined();
    expect((await state()).instagramCustomers.map(({ id }: { id: string }) => id)).toContain(ROSA);
  });

  it("I1 converted to a personal account: no API reaches it and nothing is told", async () => {
    const before = await told();
    await page("/instagram/personal", { on: true });
    expect(await field()).toBeUndefined();
    expect(await answer()).toMatchObject({ code: 100, error_subcode: 2534013 });
    await world.write("still there?", ROSA, {}, INSTAGRAM);
    expect(await told()).toBe(before);
    await page("/instagram/personal", { on: false });
    expect(await answer()).toBeUndefined();
  });

  it("I1 two-factor demanded for the link: 10/2534077 for sends and reads", async () => {
    await page("/instagram/two-factor-required", { on: true });
    expect(await answer()).toMatchObject({ code: 10, error_subcode: 2534077 });
    expect(await conversations()).toMatchObject({ code: 10, error_subcode: 2534077 });
    expect((await world.write("hi")).status).toBe(201);
    expect((await world.send({ text: "Messenger goes on" }, {}, ANN)).status).toBe(200);
  });

  it("I1 allow access to messages off: 200/2534041, and the link stands", async () => {
    await page("/instagram-access", { allowed: false });
    expect(await answer()).toMatchObject({ code: 200, error_subcode: 2534041 });
    expect(await field()).toMatchObject({ id: INSTAGRAM });
  });

  it("I1 another account in its place: a new id, and nobody of before is found", async () => {
    const { body } = await link({ username: "blue.harbour.new" });
    expect(await field()).toEqual({ id: body.instagram.id, username: "blue.harbour.new" });
    expect(body.instagram.id).not.toBe(INSTAGRAM);
    expect(await answer()).toMatchObject({ code: 100, error_subcode: 2534014 });
    expect((await world.control("GET", "/_sim/state")).body.unlinkedInstagram).toEqual([
      { id: INSTAGRAM, username: "blueharbour" },
    ]);
  });

  it("I1 moved to another Page with its people: the old Page has none, the new one answers the same person", async () => {
    await link({ accountId: INSTAGRAM }, TEA);
    expect(await answer()).toMatchObject({ code: 100, error_subcode: 2534013 });
    expect(await field(TEA)).toEqual({ id: INSTAGRAM, username: "blueharbour" });
    await world.control("POST", `/_sim/users/${KEVIN}/token`, {});
    const { tokens } = await state(TEA);
    world.token = tokens.find((one: { userId: string }) => one.userId === KEVIN).accessToken;
    expect(await answer()).toBeUndefined();
    const { body } = await world.graph("GET", `/${TEA}/conversations`, {
      platform: "instagram",
      fields: "messages{message}",
    });
    expect(body.data[0].messages.data.map(({ message }: { message: string }) => message)).toContain("hi");
  });

  it("I1 left out of the grant: not seen, and refused for want of the permission", async () => {
    const { body } = await world.control("POST", `/_sim/users/${KEVIN}/grant`, { instagramIds: [] });
    world.token = body.pages[0].accessToken;
    expect(await answer()).toMatchObject({ code: 230 });
    expect(await conversations()).toMatchObject({ code: 230 });
  });

  it("I1 refuses what cannot be", async () => {
    expect((await link({})).status).toBe(400);
    expect((await link({ accountId: "17841400000000000" })).status).toBe(404);
    expect((await world.control("DELETE", `/_sim/pages/${TEA}/instagram`)).status).toBe(422);
  });
});
