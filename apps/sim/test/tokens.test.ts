import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TOKEN_SUBCODES } from "../src/graph/token-death.ts";
import { debug, exchange } from "./support/login.ts";
import { ANN, BLUE, INSTAGRAM, KEVIN, TEA, World } from "./support/world.ts";

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
const read = async (token: string) => (await world.graph("GET", `/${BLUE}`, { access_token: token })).body.error;
const accounts = async (token: string) => (await world.graph("GET", "/me/accounts", { access_token: token })).body;
const DAY = 86_400;
const now = () => Math.floor(Date.now() / 1000);

describe("how long tokens live", () => {
  it("O3 a short-lived user token takes its Page tokens with it, with the dated text of 190/463", async () => {
    const { body } = await user("/token", { life: "short" });
    const [page] = body.pages;
    expect((await debug(world, page.accessToken)).expires_at).toBeLessThan(now() + 7200);
    await user("/tokens/age", { hours: 2 });
    for (const token of [body.accessToken, page.accessToken]) {
      const error = await read(token);
      expect(error).toMatchObject({ code: 190, error_subcode: 463 });
      expect(error.message).toMatch(
        /^Error validating access token: Session has expired on \w+day, \d{2}-\w{3}-\d{2} \d{2}:\d{2}:\d{2} PST\. The current time is /,
      );
      expect((await debug(world, token)).error).toMatchObject({ code: 190, subcode: 463 });
    }
  });

  it("O3 a long-lived one ends after 60 days, its Page tokens go on", async () => {
    const { body } = await user("/token");
    await user("/tokens/age", { days: 59 });
    expect(await read(body.accessToken)).toBeUndefined();
    await user("/tokens/age", { days: 2 });
    expect((await read(body.accessToken)).error_subcode).toBe(463);
    expect(await read(body.pages[0].accessToken)).toBeUndefined();
    const refused = await exchange(world, { grant_type: "fb_exchange_token", fb_exchange_token: body.accessToken });
    expect(refused.body.error.error_subcode).toBe(463);
  });

  it("O3 a system user's token has no end, or 60 days with those of its Pages", async () => {
    const endless = (await user("/token", {}, DESK)).body;
    const limited = (await user("/token", { life: "60_days" }, DESK)).body;
    expect(await debug(world, endless.accessToken)).toMatchObject({ type: "SYSTEM_USER", expires_at: 0 });
    expect((await debug(world, limited.pages[0].accessToken)).expires_at).toBeGreaterThan(now() + 59 * DAY);
    await user("/tokens/age", { days: 400 }, DESK);
    expect(await read(endless.accessToken)).toBeUndefined();
    expect(await read(endless.pages[0].accessToken)).toBeUndefined();
    expect((await read(limited.accessToken)).error_subcode).toBe(463);
    expect((await read(limited.pages[0].accessToken)).error_subcode).toBe(463);
  });

  it("O3 after 90 days data access is over: reading fails, sending and debug_token do not, logging in renews it", async () => {
    await world.write("hi");
    await user("/tokens/age", { days: 91 });
    const told = await debug(world, world.token);
    expect(told).toMatchObject({ is_valid: true, expires_at: 0 });
    expect(told.data_access_expires_at).toBeLessThan(now());
    for (const path of [`/${BLUE}`, `/${BLUE}/conversations`, `/${ANN}`, "/me"])
      expect((await world.graph("GET", path)).body.error.code, path).toBe(10);
    expect((await world.send({ text: "still works" })).status).toBe(200);
    await user("/token");
    expect(await read(world.token)).toBeUndefined();
  });

  it("O3 one token alone can be aged", async () => {
    const { body } = await user("/token");
    await user("/tokens/age", { days: 70, accessToken: body.accessToken });
    expect((await read(body.accessToken)).error_subcode).toBe(463);
    expect(await read(world.userToken)).toBeUndefined();
  });
});

describe("killed by hand", () => {
  it.each([...TOKEN_SUBCODES, null])(
    "S5 190/%s is said by calls and by debug_token, until it is taken back",
    async (subcode) => {
      expect((await user("/tokens/kill", { subcode })).body.killed).toBeGreaterThan(2);
      const error = await read(world.token);
      expect(error.code).toBe(190);
      expect(error.error_subcode ?? null).toBe(subcode);
      const told = await debug(world, world.token);
      expect(told).toMatchObject({ status: 200, is_valid: false, type: "PAGE", profile_id: BLUE, user_id: KEVIN });
      expect(told.error).toMatchObject({ code: 190, message: error.message });
      await user("/tokens/revive");
      expect(await read(world.token)).toBeUndefined();
    },
  );

  it("S5 one token or those of one Page die, the others live", async () => {
    const { body } = await world.control("GET", `/_sim/users/${KEVIN}/tokens`);
    const tea = body.data.find((one: { pageId: string }) => one.pageId === TEA).accessToken;
    await user("/tokens/kill", { subcode: 467, pageId: TEA });
    expect((await world.graph("GET", `/${TEA}`, { access_token: tea })).body.error.error_subcode).toBe(467);
    expect(await read(world.token)).toBeUndefined();
    await user("/tokens/kill", { subcode: 458, accessToken: world.token });
    expect((await read(world.token)).message).toBe(
      `Error validating access token: User ${KEVIN} has not authorized application ${world.sim.app.id}.`,
    );
    expect(await read(world.userToken)).toBeUndefined();
    expect((await user("/tokens/kill", { subcode: 461 })).status).toBe(400);
    expect((await user("/tokens/kill", { subcode: 467, accessToken: "x" })).status).toBe(404);
  });

  it("S5 what a password change killed stays dead", async () => {
    await user("/password");
    await user("/tokens/revive");
    expect((await read(world.token)).error_subcode).toBe(460);
  });
});

describe("debug_token", () => {
  it("S5 tells user, Page, system user and app tokens apart, with times and targets", async () => {
    const { body } = await user("/token");
    expect(await debug(world, body.accessToken)).toMatchObject({
      type: "USER",
      app_id: world.sim.app.id,
      user_id: KEVIN,
      is_valid: true,
      issued_at: expect.any(Number),
    });
    const page = await debug(world, body.pages[0].accessToken);
    expect(page).toMatchObject({ type: "PAGE", profile_id: BLUE, expires_at: 0 });
    expect(page.data_access_expires_at).toBeGreaterThan(now() + 89 * DAY);
    expect(page.granular_scopes).toContainEqual({ scope: "pages_messaging", target_ids: [BLUE] });
    expect(page.granular_scopes).toContainEqual({ scope: "instagram_basic", target_ids: [INSTAGRAM] });
    expect((await debug(world, world.appToken)).type).toBe("APP");
    expect(await debug(world, "EAABmade-up")).toMatchObject({ status: 200, is_valid: false, error: { code: 190 } });
  });
});

describe("the app's secret", () => {
  it("O3 reset: app tokens and proofs made with the old one are worthless, people's tokens live", async () => {
    const old = world.appToken;
    const proof = (secret: string) => createHmac("sha256", secret).update(world.token).digest("hex");
    const { body } = await world.control("POST", `/_sim/apps/${world.sim.app.id}/secret`, {});
    const asked = await world.graph("GET", "/debug_token", { input_token: world.token, access_token: old });
    expect(asked.body.error.code).toBe(190);
    const read = async (appsecret_proof: string) => (await world.graph("GET", `/${BLUE}`, { appsecret_proof })).body;
    expect((await read(proof(world.sim.app.secret))).error).toMatchObject({
      code: 100,
      message: "Invalid appsecret_proof provided in the API argument",
    });
    expect((await read(proof(body.secret))).name).toBe("Blue Harbour");
    await world.faults({ requireProof: true });
    expect((await world.graph("GET", `/${BLUE}`)).body.error.message).toContain("require an appsecret_proof");
    await world.control("POST", `/_sim/apps/${world.sim.app.id}/secret`, { restore: true });
    expect((await read(proof(world.sim.app.secret))).name).toBe("Blue Harbour");
  });

  it("O3 reset: webhooks are signed with the new one", async () => {
    await world.subscribe("messages");
    const { body } = await world.control("POST", `/_sim/apps/${world.sim.app.id}/secret`, { secret: "another-secret" });
    await world.write("hi");
    await world.sim.idle();
    const [delivery] = world.receiver.received;
    const expected = createHmac("sha256", body.secret).update(delivery!.raw).digest("hex");
    expect(delivery!.headers["x-hub-signature-256"]).toBe(`sha256=${expected}`);
  });
});

describe("removed under Business Integrations", () => {
  it("O5 the whole app: 190/458 for this person, nobody else", async () => {
    const { body } = await user("/remove-app");
    expect(body).toMatchObject({ ok: true, callback: null });
    expect(body.tokensKilled).toBeGreaterThan(2);
    expect(await read(world.token)).toMatchObject({ code: 190, error_subcode: 458 });
    const mei = (await user("/token", {}, MEI)).body.pages[0].accessToken;
    expect(await read(mei)).toBeUndefined();
    const again = (await user("/grant")).body;
    expect(await read(again.pages[0].accessToken)).toBeUndefined();
  });

  it("O5 one Page: granular scopes shrink, its token is refused, the others go on", async () => {
    const { body } = await user("/token");
    const [blue, tea] = body.pages;
    await user("/remove-app", { pageId: BLUE });
    const told = await debug(world, body.accessToken);
    expect(told.is_valid).toBe(true);
    expect(told.granular_scopes).toContainEqual({ scope: "pages_messaging", target_ids: [TEA] });
    expect(await read(blue.accessToken)).toMatchObject({
      code: 190,
      message: expect.stringContaining("must be granted before impersonating a user's page"),
    });
    expect((await read(blue.accessToken)).error_subcode).toBeUndefined();
    expect((await world.graph("GET", `/${TEA}`, { access_token: tea.accessToken })).status).toBe(200);
    expect((await accounts(body.accessToken)).data.map((one: { id: string }) => one.id)).toEqual([TEA]);
  });

  it("O5 one Page out of all current and future ones leaves the others by name", async () => {
    const { body } = await user("/grant", { allPages: true });
    await user("/remove-app", { pageId: TEA });
    const told = await debug(world, body.accessToken);
    expect(told.granular_scopes).toContainEqual({ scope: "pages_messaging", target_ids: [BLUE] });
  });
});
