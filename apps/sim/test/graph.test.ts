import { appSecretProof } from "@firstline/meta-wire";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ANN, BLUE, INSTAGRAM, KEVIN, TEA, World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
});

describe("Graph API", () => {
  it("answers errors in Graph's envelope with a 23-character trace id, also in the header", async () => {
    const { status, headers, body } = await world.graph("GET", "/v26.0/me", { access_token: "EAABnonsense" });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 190, type: "OAuthException" });
    expect(body.error.fbtrace_id).toMatch(/^[\w-]{23}$/);
    expect(headers.get("x-fb-trace-id")).toBe(body.error.fbtrace_id);
    expect(headers.get("facebook-api-version")).toBe("v26.0");
    expect(JSON.parse(headers.get("x-app-usage") ?? "")).toHaveProperty("call_count");
  });

  it.each([
    ["/v21.0/me", "v21.0"],
    ["/v26.0/me", "v26.0"],
    ["/me", "v26.0"],
    ["/v12.0/me", "v21.0"],
  ])("serves %s as %s: an expired version by the oldest alive", async (path, version) => {
    const { status, headers } = await world.graph("GET", path);
    expect([status, headers.get("facebook-api-version")]).toEqual([200, version]);
  });

  it.each([
    ["GET", "/v99.0/me", 2500],
    ["GET", "/vx/me", 100],
    ["GET", `/${BLUE}/no_such_edge`, 100],
    ["POST", `/${BLUE}/no_such_edge`, 100],
    ["GET", "/me/a/b/c", 2500],
    ["GET", "/999999", 100],
    ["POST", "/", 100],
  ])("%s %s is refused loudly", async (method, path, code) => {
    const { status, body } = await world.graph(method, path);
    expect(status).toBe(400);
    expect(body.error.code).toBe(code);
  });

  it("names an unknown field and an unknown parameter", async () => {
    const field = await world.graph("GET", `/${BLUE}`, { fields: "id,naem", access_token: world.token });
    expect(field.body.error.message).toBe("(#100) Tried accessing nonexisting field (naem) on node type (Page)");
    const nested = await world.graph("GET", `/${BLUE}`, {
      fields: "instagram_business_account{id,usrname}",
      access_token: world.token,
    });
    expect(nested.body.error.message).toContain("(usrname)");
    const param = await world.send({ text: "x" }, { messagingtype: "RESPONSE" });
    expect(param.body.error.message).toContain("messagingtype");
  });

  it("reads nested fields and defaults", async () => {
    const fields = "name,instagram_business_account{id,username}";
    expect((await world.graph("GET", "/me", { fields, access_token: world.token })).body).toEqual({
      id: BLUE,
      name: "Blue Harbour",
      instagram_business_account: { id: INSTAGRAM, username: "blueharbour" },
    });
    expect(
      (await world.graph("GET", `/${TEA}`, { fields: "instagram_business_account", access_token: world.userToken }))
        .body,
    ).toEqual({ id: TEA });
    const me = await world.graph("GET", "/me", { fields: "name,accounts.limit(1){id}", access_token: world.userToken });
    expect(me.body).toMatchObject({ id: KEVIN, name: "Kevin Chou", accounts: { data: [{ id: BLUE }] } });
  });

  it("pages /me/accounts: cursors, and a next address that leads on", async () => {
    const first = await world.graph("GET", "/v25.0/me/accounts", {
      access_token: world.userToken,
      limit: "1",
      fields: "id,access_token",
    });
    expect(first.body.data).toHaveLength(1);
    expect(first.body.paging.cursors).toHaveProperty("after");
    const next = new URL(first.body.paging.next);
    const { body: second } = await world.http("GET", `${next.pathname}${next.search}`);
    expect([first.body.data[0].id, second.data[0].id]).toEqual([BLUE, TEA]);
    expect(second.paging).not.toHaveProperty("next");
    expect(second.paging.previous).toBeTruthy();
  });

  it("checks appsecret_proof when given, and asks for it when the switch is on", async () => {
    expect(appSecretProof("app_secret_example", "EAAB_example_token")).toBe(
      "e1382c887ec2ca9e3be0caa9e1119037c9a808c4466cada48c02113d80d02146",
    );
    const wrong = await world.graph("GET", "/me", { access_token: world.token, appsecret_proof: "0".repeat(64) });
    expect(wrong.body.error).toMatchObject({
      code: 100,
      type: "GraphMethodException",
      message: "Invalid appsecret_proof provided in the API argument",
    });
    await world.faults({ requireProof: true });
    expect((await world.graph("GET", "/me")).body.error.message).toBe(
      "API calls from the server require an appsecret_proof argument",
    );
    const proof = appSecretProof(world.sim.app.secret, world.token);
    expect((await world.graph("GET", "/me", { access_token: world.token, appsecret_proof: proof })).status).toBe(200);
  });

  it("takes the token from query, form body, JSON body or bearer header", async () => {
    const form = await world.http("POST", `/${BLUE}/subscribed_apps`, {
      body: new URLSearchParams({ access_token: world.token, subscribed_fields: "messages" }),
    });
    const json = await world.http("POST", `/${BLUE}/subscribed_apps`, {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ access_token: world.token, subscribed_fields: ["messages"] }),
    });
    const bearer = await world.http("GET", "/me", { headers: { authorization: `Bearer ${world.token}` } });
    expect([form.body, json.body, bearer.body.id]).toEqual([{ success: true }, { success: true }, BLUE]);
  });

  it("tells by debug_token what a token is worth", async () => {
    const { body } = await world.graph("GET", "/debug_token", {
      input_token: world.token,
      access_token: world.appToken,
    });
    expect(body.data).toMatchObject({
      app_id: world.sim.app.id,
      type: "PAGE",
      is_valid: true,
      expires_at: 0,
      profile_id: BLUE,
    });
    expect(body.data.granular_scopes).toContainEqual({ scope: "pages_messaging", target_ids: [BLUE] });
    const unknown = await world.graph("GET", "/debug_token", { input_token: "EAABx", access_token: world.appToken });
    expect([unknown.status, unknown.body.data.is_valid, unknown.body.data.error.code]).toEqual([200, false, 190]);
  });

  it("S3 password changed: derived tokens die with 190/460, a new login works, system-user tokens live on", async () => {
    const system = (await world.control("GET", "/_sim/state")).body.pages[0].tokens.find(
      (token: { kind: string }) => token.kind === "system_user",
    );
    await world.control("POST", `/_sim/users/${KEVIN}/password`, {});
    for (const access_token of [world.token, world.userToken]) {
      const { status, body } = await world.graph("GET", "/me", { access_token });
      expect([status, body.error.code, body.error.error_subcode]).toEqual([400, 190, 460]);
    }
    const dead = await world.graph("GET", "/debug_token", { input_token: world.token, access_token: world.appToken });
    expect(dead.body.data).toMatchObject({ is_valid: false, error: { code: 190, subcode: 460 } });
    const fresh = await world.control("POST", `/_sim/users/${KEVIN}/token`, {});
    expect((await world.graph("GET", "/me", { access_token: fresh.body.pages[0].accessToken })).body.id).toBe(BLUE);
    expect((await world.graph("GET", "/me", { access_token: system.accessToken })).body.id).toBe(BLUE);
    await world.readTokens();
    expect(world.token).toBe(fresh.body.pages[0].accessToken);
  });

  it("O3 a role taken away: 190/492", async () => {
    await world.control("POST", `/_sim/users/${KEVIN}/role`, { pageId: BLUE, tasks: [] });
    expect((await world.graph("GET", "/me")).body.error).toMatchObject({ code: 190, error_subcode: 492 });
  });

  it("subscribes Page fields, refusing a missing list, an unknown and an Instagram-only field", async () => {
    const at = `/v26.0/${BLUE}/subscribed_apps`;
    expect((await world.graph("POST", at)).body.error.message).toBe(
      "(#100) The parameter subscribed_fields is required.",
    );
    const seen = await world.graph("POST", at, {
      access_token: world.token,
      subscribed_fields: "messages,messaging_seen",
    });
    expect(seen.body.error.message).toMatch(/^\(#100\) Param subscribed_fields\[1\] must be one of \{/);
    await world.graph("POST", at, { access_token: world.token, subscribed_fields: "messages,message_echoes" });
    expect((await world.graph("GET", at)).body.data).toMatchObject([
      { id: world.sim.app.id, subscribed_fields: ["messages", "message_echoes"] },
    ]);
    expect((await world.graph("DELETE", at)).body).toEqual({ success: true });
    expect((await world.graph("GET", at)).body).toEqual({ data: [] });
  });

  it("registers a callback only after the handshake", async () => {
    const good = await world.subscribeApp("page", "messages");
    expect(good.body).toEqual({ success: true });
    world.receiver.verifyToken = "another";
    const bad = await world.graph("POST", `/${world.sim.app.id}/subscriptions`, {
      access_token: world.appToken,
      object: "page",
      fields: "messages",
      callback_url: world.receiver.url,
      verify_token: "wrong",
    });
    expect(bad.body.error).toMatchObject({ code: 2200 });
    expect(bad.body.error.message).toMatch(/^\(#2200\) Callback verification failed .*HTTP Status Code = 403/);
    const list = await world.graph("GET", `/${world.sim.app.id}/subscriptions`, { access_token: world.appToken });
    expect(list.body.data).toMatchObject([
      { object: "page", callback_url: world.receiver.url, active: true, fields: [{ name: "messages" }] },
    ]);
  });

  it("reads profiles, failing by the kind of customer", async () => {
    const read = async (id: string) => (await world.graph("GET", `/${id}`)).body;
    expect(await read(ANN)).toMatchObject({ first_name: "Ann", last_name: "Lee", id: ANN });
    expect((await read("7400000000000006")).error).toMatchObject({ code: 100, error_subcode: 2018218 });
    expect((await read("7400000000000007")).error).toMatchObject({ code: 100, error_subcode: 33 });
    expect((await read("7400000000000011")).error).toMatchObject({ code: 100, error_subcode: 33 });
    expect((await read("6400000000000001")).error).toMatchObject({ code: 230 });
    await world.write("hola", "6400000000000001");
    expect(await read("6400000000000001")).toMatchObject({ username: "rosa.olmos" });
    const { body } = await world.control("POST", `/_sim/pages/${BLUE}/customers`, {
      name: "Ida Holm",
      kind: "ad_only",
    });
    expect(await read(body.id)).toEqual({});
    await world.write("hi", body.id);
    expect(await read(body.id)).toMatchObject({ first_name: "Ida" });
    const picture = await fetch((await read(ANN)).profile_pic);
    expect(picture.headers.get("content-type")).toBe("image/png");
  });
});
