import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BLUE, KEVIN, TEA, World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
});

const REDIRECT = "http://127.0.0.1:3000/oauth/callback?x=1";

async function decide(fields: Record<string, string>): Promise<URL> {
  const response = await fetch(`${world.sim.url}/v26.0/dialog/oauth`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      client_id: world.sim.app.id,
      redirect_uri: REDIRECT,
      state: "s-1",
      scope: "pages_show_list,pages_messaging",
      ...fields,
    }),
  });
  expect(response.status).toBe(302);
  return new URL(response.headers.get("location") ?? "");
}

const exchange = (params: Record<string, string>) =>
  world.graph("GET", "/v26.0/oauth/access_token", {
    access_token: "",
    client_id: world.sim.app.id,
    client_secret: world.sim.app.secret,
    ...params,
  });

describe("login", () => {
  it("offers people and Pages, and refuses an unknown app", async () => {
    const query = new URLSearchParams({ client_id: world.sim.app.id, redirect_uri: REDIRECT, state: "<s>" });
    const page = await world.http("GET", `/dialog/oauth?${query}`);
    expect(page.headers.get("content-type")).toContain("text/html");
    for (const text of ["Kevin Chou", "Blue Harbour", "&#60;s&#62;"]) expect(page.body).toContain(text);
    query.set("client_id", "1");
    expect((await world.http("GET", `/v26.0/dialog/oauth?${query}`)).status).toBe(400);
  });

  it("goes from dialog to code to short and long token to a Page token without end", async () => {
    const back = await decide({ decision: "allow", user: KEVIN, pages: BLUE });
    expect([back.searchParams.get("x"), back.searchParams.get("state")]).toEqual(["1", "s-1"]);
    const code = back.searchParams.get("code") ?? "";
    const mismatch = await exchange({ code, redirect_uri: "http://127.0.0.1:3000/other" });
    expect(mismatch.body.error.code).toBe(100);
    const short = await exchange({ code, redirect_uri: REDIRECT });
    expect(short.body).toMatchObject({ token_type: "bearer" });
    expect(short.body.expires_in).toBeLessThan(2 * 3600 + 1);
    expect((await exchange({ code, redirect_uri: REDIRECT })).body.error.code).toBe(100);
    const long = await exchange({ grant_type: "fb_exchange_token", fb_exchange_token: short.body.access_token });
    expect(long.body.expires_in).toBeGreaterThan(59 * 24 * 3600);
    const accounts = async (access_token: string) =>
      (await world.graph("GET", "/me/accounts", { access_token })).body.data;
    const expiry = async (input_token: string) =>
      (await world.graph("GET", "/debug_token", { input_token, access_token: world.appToken })).body.data.expires_at;
    const [fromShort] = await accounts(short.body.access_token);
    const [fromLong] = await accounts(long.body.access_token);
    expect(await expiry(fromShort.access_token)).toBeGreaterThan(0);
    expect(await expiry(fromLong.access_token)).toBe(0);
    expect(await accounts(long.body.access_token)).toHaveLength(1);
    const permissions = await world.graph("GET", "/me/permissions", { access_token: long.body.access_token });
    expect(permissions.body.data).toContainEqual({ permission: "pages_messaging", status: "granted" });
  });

  it("grants only what was asked: a missing permission shows later", async () => {
    const back = await decide({ decision: "allow", user: KEVIN, pages: TEA, scope: "pages_show_list" });
    const { body } = await exchange({ code: back.searchParams.get("code") ?? "", redirect_uri: REDIRECT });
    const [page] = (await world.graph("GET", "/me/accounts", { access_token: body.access_token })).body.data;
    const refused = await world.graph("POST", `/${TEA}/subscribed_apps`, {
      access_token: page.access_token,
      subscribed_fields: "messages",
    });
    expect(refused.body.error).toMatchObject({ code: 200 });
    world.token = page.access_token;
    expect((await world.send({})).body.error.code).toBe(230);
  });

  it("comes back with access_denied when cancelled", async () => {
    const back = await decide({ decision: "cancel", user: KEVIN });
    expect(back.searchParams.get("error")).toBe("access_denied");
    expect(back.searchParams.get("state")).toBe("s-1");
    expect(back.searchParams.has("code")).toBe(false);
  });

  it("gives the app token for client_credentials and refuses a wrong secret", async () => {
    expect((await exchange({ grant_type: "client_credentials" })).body.access_token).toBe(world.appToken);
    expect((await exchange({ grant_type: "client_credentials", client_secret: "x" })).status).toBe(400);
  });
});
