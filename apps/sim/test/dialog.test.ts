import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { debug, exchange, Login, REDIRECT } from "./support/login.ts";
import { BLUE, INSTAGRAM, KEVIN, TEA, World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
});

const user = (path: string, body: object = {}) => world.control("POST", `/_sim/users/${KEVIN}${path}`, body);
const step = (page: string) => /data-testid="oauth-step-(\w+)"/.exec(page)?.[1];
const accounts = async (token: string) =>
  (await world.graph("GET", "/me/accounts", { access_token: token })).body.data.map((page: { id: string }) => page.id);

describe("who you are", () => {
  it("S5 goes on as whoever granted the app before, with the password filled in", async () => {
    const login = new Login(world);
    const { page } = await login.open();
    expect(step(page)).toBe("login");
    const done = await login.press("allow", { user: KEVIN });
    expect(done.back?.searchParams.get("state")).toBe("s-1");
    expect(await accounts((await login.redeem(done)).token)).toEqual([BLUE, TEA]);
  });

  it("S3 takes the new password and refuses the old one", async () => {
    await user("/password", { password: "brand-new" });
    const login = new Login(world);
    await login.open();
    const wrong = await login.press("allow", { user: KEVIN, password: "harbour-1" });
    expect(wrong.page).toContain("password you entered is incorrect");
    expect((await login.press("allow", { user: KEVIN, password: "brand-new" })).back).not.toBeNull();
  });

  it("S4 asks for the code of the second factor, and only then goes on", async () => {
    await user("/two-factor", { on: true });
    const login = new Login(world);
    await login.open();
    expect(step((await login.press("allow", { user: KEVIN })).page)).toBe("code");
    const wrong = await login.press("allow", { code: "000000" });
    expect(wrong.page).toContain("code you entered is incorrect");
    const state = (await world.control("GET", "/_sim/state")).body;
    const code = state.users.find((one: { id: string }) => one.id === KEVIN).twoFactorCode;
    expect((await login.press("allow", { code })).back?.searchParams.get("code")).toBeTruthy();
  });

  it("S5 stops at a checkpoint and at an unconfirmed account until the person clears them", async () => {
    await user("/checkpoint", { on: true, subcode: 490 });
    await user("/unconfirmed", { on: true });
    const login = new Login(world);
    await login.open();
    expect((await login.press("allow", { user: KEVIN })).page).toContain('data-testid="oauth-checkpoint"');
    const done = await login.press("allow");
    expect(done.back?.searchParams.get("code")).toBeTruthy();
    const { body } = await world.graph("GET", "/me", { access_token: (await login.redeem(done)).token });
    expect(body.name).toBe("Kevin Chou");
  });

  it("O3 does not take a deactivated person", async () => {
    await user("/deactivate", { on: true });
    const login = new Login(world);
    expect((await login.open()).page).toMatch(new RegExp(`value="${KEVIN}"[^>]* disabled`));
    expect((await login.press("allow", { user: KEVIN })).page).toContain("deactivated");
  });
});

describe("what the app gets", () => {
  it("S5 is chosen: Pages, Instagram accounts and permissions; what is left out is known from then on", async () => {
    const login = new Login(world);
    await login.open();
    expect(step((await login.press("edit", { user: KEVIN })).page)).toBe("choice");
    const kept = ["pages_show_list", "pages_messaging", "pages_manage_metadata"];
    const done = await login.press("allow", { pages: [BLUE], instagram: [], permissions: kept });
    const { token } = await login.redeem(done);
    expect(await accounts(token)).toEqual([BLUE]);
    const told = await debug(world, token);
    expect(told.scopes.toSorted()).toEqual([...kept, "public_profile"].toSorted());
    expect(told.granular_scopes).toContainEqual({ scope: "pages_messaging", target_ids: [BLUE] });
    const { body } = await world.graph("GET", `/${BLUE}`, {
      access_token: token,
      fields: "id,instagram_business_account",
    });
    expect(body).toEqual({ id: BLUE });
    const permissions = (await world.graph("GET", "/me/permissions", { access_token: token })).body.data;
    expect(permissions).toContainEqual({ permission: "pages_read_engagement", status: "declined" });
  });

  it("S5 does not ask again for what was declined, but with auth_type=rerequest", async () => {
    const first = new Login(world);
    await first.open();
    await first.press("edit", { user: KEVIN });
    await first.press("allow", { permissions: ["pages_show_list"] });
    const second = new Login(world);
    await second.open();
    const again = await second.redeem(await second.press("allow", { user: KEVIN }));
    expect((await debug(world, again.token)).scopes).toEqual(["pages_show_list", "public_profile"]);
    const third = new Login(world, { auth_type: "rerequest" });
    await third.open();
    expect(step((await third.press("allow", { user: KEVIN })).page)).toBe("choice");
    const { token } = await third.redeem(await third.press("allow"));
    expect((await debug(world, token)).scopes).toContain("pages_messaging");
  });

  it("S5 granted for all Pages, now and later, names none", async () => {
    const login = new Login(world);
    await login.open();
    await login.press("edit", { user: KEVIN });
    const { token } = await login.redeem(await login.press("allow", { all_pages: "1" }));
    const told = await debug(world, token);
    expect(told.granular_scopes).toContainEqual({ scope: "pages_messaging" });
    expect(told.granular_scopes).toContainEqual({ scope: "instagram_basic" });
    await user("/pages", { count: 1, grant: false });
    expect(await accounts(token)).toHaveLength(3);
  });

  it("S5 leaves one Instagram account out and keeps the Page", async () => {
    const login = new Login(world);
    await login.open();
    await login.press("edit", { user: KEVIN });
    const { token } = await login.redeem(await login.press("allow", { instagram: [] }));
    const told = await debug(world, token);
    expect(told.granular_scopes).toContainEqual({ scope: "instagram_manage_messages", target_ids: [] });
    expect((await world.graph("GET", `/${INSTAGRAM}`, { access_token: token })).body.error.code).toBe(100);
  });

  it("O3 a configuration for system users gives a token that knows no person: all permissions, without an end or for 60 days", async () => {
    for (const [config_id, expires] of [
      ["1519000000000002", false],
      ["1519000000000003", true],
    ] as const) {
      const login = new Login(world, { config_id });
      await login.open();
      const choice = await login.press("allow", { user: KEVIN });
      expect(choice.page).toContain('data-testid="oauth-config"');
      expect(choice.page).not.toContain("oauth-permission-");
      const { token, expiresIn } = await login.redeem(await login.press("allow", { pages: [BLUE] }));
      expect(expiresIn === undefined).toBe(!expires);
      const told = await debug(world, token);
      expect(told).toMatchObject({ type: "SYSTEM_USER", is_valid: true, data_access_expires_at: 0 });
      expect(told.expires_at > 0).toBe(expires);
      expect(told.scopes).toContain("pages_utility_messaging");
      const me = await world.graph("GET", "/me", { access_token: token, fields: "id,client_business_id" });
      expect(me.body.client_business_id).toMatch(/^\d+$/);
      const [page] = (await world.graph("GET", "/me/accounts", { access_token: token })).body.data;
      await user("/password");
      world.token = page.access_token;
      expect((await world.graph("GET", `/${BLUE}`)).body.name).toBe("Blue Harbour");
      const pageToken = await debug(world, page.access_token);
      expect(pageToken.expires_at).toBe(told.expires_at);
    }
  });

  it("O3 a 60-day system user's token is renewed by exchanging it", async () => {
    const { body } = await world.control("POST", "/_sim/users/122100000000104/token", { life: "60_days" });
    const renewed = await exchange(world, {
      grant_type: "fb_exchange_token",
      fb_exchange_token: body.accessToken,
      set_token_expires_in_60_days: "true",
    });
    expect(renewed.body.access_token).not.toBe(body.accessToken);
    expect(renewed.body.expires_in).toBeGreaterThan(59 * 86_400);
  });

  it("S5 grants nothing for Pages on which the person has no role", async () => {
    await user("/leave");
    const login = new Login(world);
    await login.open();
    expect((await login.press("edit", { user: KEVIN })).page).toContain('data-testid="oauth-no-pages"');
    const { token } = await login.redeem(await login.press("allow", { pages: [BLUE] }));
    expect(await accounts(token)).toEqual([]);
  });
});

describe("what leads nowhere", () => {
  it.each(["login", "code", "choice"])("S5 cancelled at the step %s: access_denied with the state", async (where) => {
    await user("/two-factor", { on: true });
    const login = new Login(world);
    let turn = await login.open();
    if (where !== "login") turn = await login.press("edit", { user: KEVIN });
    if (where === "choice") {
      const shown = /oauth-code-shown">(\d+)/.exec(turn.page)?.[1] ?? "";
      turn = await login.press("allow", { code: shown });
    }
    expect(step(turn.page)).toBe(where);
    const { back } = await login.press("cancel");
    expect(Object.fromEntries(back?.searchParams ?? [])).toMatchObject({
      error: "access_denied",
      error_reason: "user_denied",
      error_description: expect.any(String),
      state: "s-1",
      x: "1",
    });
  });

  it("S5 a redirect address that is not registered, or a configuration that does not exist, is refused without going back", async () => {
    await world.control("PATCH", `/_sim/apps/${world.sim.app.id}`, { redirectUris: ["https://example.com/back"] });
    const refused = await new Login(world).open();
    expect(refused.status).toBe(400);
    expect(refused.page).toContain("URL Blocked");
    await world.control("PATCH", `/_sim/apps/${world.sim.app.id}`, { redirectUris: [REDIRECT] });
    expect((await new Login(world).open()).status).toBe(200);
    expect((await new Login(world, { config_id: "77" }).open()).status).toBe(400);
  });

  it("S5 a code works once, at its address, with the right secret", async () => {
    const login = new Login(world);
    await login.open();
    const { back } = await login.press("allow", { user: KEVIN });
    const code = back?.searchParams.get("code") ?? "";
    const fails = async (params: Record<string, string>) =>
      (await exchange(world, { code, redirect_uri: REDIRECT, ...params })).body.error;
    expect(await fails({ redirect_uri: "http://127.0.0.1:3000/other" })).toMatchObject({
      code: 100,
      error_subcode: 36008,
    });
    expect(await fails({ client_secret: "x" })).toMatchObject({ code: 1 });
    expect(await fails({ code: "AQ-made-up" })).toMatchObject({ code: 100, error_subcode: 36007 });
    expect((await exchange(world, { code, redirect_uri: REDIRECT })).body.access_token).toBeTruthy();
    expect(await fails({})).toMatchObject({
      code: 100,
      error_subcode: 36009,
      message: "This authorization code has been used.",
    });
  });

  it("S5 a step without the steps before it begins again", async () => {
    const login = new Login(world);
    await login.open();
    const turn = await login.press("allow", { step: "choice", ticket: "made-up", pages: [BLUE] });
    expect(step(turn.page)).toBe("login");
    expect(turn.back).toBeNull();
  });
});
