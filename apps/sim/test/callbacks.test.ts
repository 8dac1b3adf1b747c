import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signRequest } from "../src/callbacks/signed-request.ts";
import { CallbackReceiver } from "./support/callback-receiver.ts";
import { soon } from "./support/soon.ts";
import { BLUE, KEVIN, World } from "./support/world.ts";

let world: World;
let receiver: CallbackReceiver;
beforeEach(async () => {
  world = await new World().start();
  receiver = await new CallbackReceiver().listen();
  await world.control("PATCH", `/_sim/apps/${world.sim.app.id}`, {
    deauthorizeUrl: `${receiver.url}/deauthorize`,
    dataDeletionUrl: `${receiver.url}/data-deletion`,
  });
});
afterEach(async () => {
  await world.stop();
  await receiver.close();
});

const user = (path: string, body: object = {}) => world.control("POST", `/_sim/users/${KEVIN}${path}`, body);
const call = (body: object) =>
  world.control("POST", "/_sim/callbacks", { kind: "deauthorize", userId: KEVIN, ...body });
const parts = (signed: string) => {
  const [signature = "", payload = ""] = signed.split(".");
  return { signature, payload, json: JSON.parse(Buffer.from(payload, "base64url").toString()) };
};
/** Checked here by hand, as a receiver would. */
const isGood = (signed: string, secret = world.sim.app.secret) => {
  const { signature, payload } = parts(signed);
  const expected = createHmac("sha256", secret).update(payload).digest();
  return Buffer.from(signature, "base64url").equals(expected);
};

describe("signed_request", () => {
  it("O5 is, letter by letter, the published one for the published secret and payload", () => {
    const payload = { algorithm: "HMAC-SHA256", expires: 1291840400, issued_at: 1291836800, user_id: "218471" };
    expect(signRequest("client_secret_shhhhhh!", payload)).toBe(
      "w5ZbbWP9yOwBA1uJZbc7-9gZok0O42U4i0yyvxXE_jY.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImV4cGlyZXMiOjEyOTE4NDA0MDAsImlzc3VlZF9hdCI6MTI5MTgzNjgwMCwidXNlcl9pZCI6IjIxODQ3MSJ9",
    );
    expect(signRequest("client_secret_shhhhhh!", payload, { over: "decoded" })).not.toMatch(/^w5ZbbWP9/);
  });
});

describe("deauthorise", () => {
  it("O5 is called once when a person removes the app, form-encoded and signed", async () => {
    const { body } = await user("/remove-app");
    expect(body.callback).toMatchObject({ kind: "deauthorize", status: 200, answer: "ok" });
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]).toMatchObject({
      path: "/deauthorize",
      contentType: expect.stringContaining("application/x-www-form-urlencoded"),
    });
    const [signed = ""] = receiver.signed;
    expect(isGood(signed)).toBe(true);
    expect(parts(signed).json).toMatchObject({ algorithm: "HMAC-SHA256", user_id: KEVIN });
    expect(Math.abs(parts(signed).json.issued_at - Date.now() / 1000)).toBeLessThan(60);
  });

  it("O5 is called when the app itself takes the permissions away", async () => {
    const answer = await world.graph("DELETE", "/me/permissions", { access_token: world.userToken });
    expect(answer.body).toEqual({ success: true });
    await soon(() => receiver.received.length).toBe(1);
    expect((await world.graph("GET", `/${BLUE}`)).body.error.error_subcode).toBe(458);
  });

  it("O5 is not called for one Page, nor when the app is removed on the Page, nor for a lost role or password", async () => {
    await user("/remove-app", { pageId: BLUE });
    await world.control("POST", `/_sim/pages/${BLUE}/own-app`, { on: false });
    await user("/leave");
    await user("/password");
    expect(receiver.received).toEqual([]);
  });

  it("O5 is not repeated when it fails; the log says what came of it", async () => {
    receiver.answer = { status: 500, body: "no" };
    await user("/remove-app");
    expect(receiver.received).toHaveLength(1);
    const { data } = (await world.control("GET", "/_sim/callbacks")).body;
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({ status: 500, answer: "no", userId: KEVIN, replayOf: null });
  });

  it("O5 has its address set through the app's node too", async () => {
    const set = await world.graph("POST", `/v26.0/${world.sim.app.id}`, {
      access_token: world.appToken,
      deauth_callback_url: `${receiver.url}/elsewhere`,
    });
    expect(set.body).toEqual({ success: true });
    const byPerson = await world.graph("POST", `/${world.sim.app.id}`, { deauth_callback_url: "https://x.example/" });
    expect(byPerson.body.error.code).toBe(15);
    await user("/remove-app");
    expect(receiver.received[0]?.path).toBe("/elsewhere");
  });
});

describe("data deletion", () => {
  it("O5 shows the person the address and the confirmation code of the app's answer", async () => {
    const answer = { url: "https://app.example/status?code=ABC", confirmation_code: "ABC" };
    receiver.answer = { status: 200, body: JSON.stringify(answer) };
    const { body } = await user("/delete-data");
    expect(body).toMatchObject({ ok: true, url: answer.url, confirmationCode: "ABC", problem: null });
    expect(receiver.received[0]?.path).toBe("/data-deletion");
    expect(isGood(receiver.signed[0] ?? "")).toBe(true);
    const { users } = (await world.control("GET", "/_sim/state")).body;
    const kevin = users.find((one: { id: string }) => one.id === KEVIN);
    expect(kevin.deletions).toEqual([expect.objectContaining({ url: answer.url, code: "ABC", problem: null })]);
  });

  it.each([
    [200, "thanks", "not JSON"],
    [200, '{"url":"/status","confirmation_code":"A"}', "no url"],
    [200, '{"url":"https://app.example/s"}', "no confirmation_code"],
    [404, "{}", "HTTP 404"],
  ])("O5 answered with %i %s: the person is told that it is %s", async (status, text, problem) => {
    receiver.answer = { status, body: text };
    const { body } = await user("/delete-data");
    expect(body).toMatchObject({ ok: false, url: null, problem: expect.stringContaining(problem) });
  });

  it("O5 without an address, or without anybody behind it, says so", async () => {
    await receiver.close();
    expect((await user("/delete-data")).body.problem).toContain("did not answer");
    await world.control("PATCH", `/_sim/apps/${world.sim.app.id}`, { dataDeletionUrl: null });
    expect((await user("/delete-data")).body.problem).toContain("no data-deletion callback");
    receiver = await new CallbackReceiver().listen();
  });
});

describe("calls that should be refused", () => {
  it.each(["forged", "other_app", "decoded"])("O5 signature %s is not that of the app", async (signature) => {
    await call({ signature });
    expect(isGood(receiver.signed[0] ?? "")).toBe(false);
    expect(parts(receiver.signed[0] ?? "").json).toMatchObject({ algorithm: "HMAC-SHA256", user_id: KEVIN });
  });

  it("O5 another algorithm is named while the signature is good", async () => {
    await call({ algorithm: "none" });
    expect(isGood(receiver.signed[0] ?? "")).toBe(true);
    expect(parts(receiver.signed[0] ?? "").json.algorithm).toBe("none");
  });

  it("O5 a replay is the very same bytes, and an old one says when it was issued", async () => {
    const { body } = await call({ issuedAgoSeconds: 86_400 });
    const again = await world.control("POST", `/_sim/callbacks/${body.id}/replay`, {});
    expect(again.body).toMatchObject({ replayOf: body.id, status: 200 });
    expect(receiver.signed[1]).toBe(receiver.signed[0]);
    expect(parts(receiver.signed[0] ?? "").json.issued_at).toBeLessThan(Date.now() / 1000 - 86_000);
    expect((await world.control("POST", "/_sim/callbacks/none/replay", {})).status).toBe(404);
  });

  it("O5 another app signs with its own secret and knows the person by another id", async () => {
    const salesBot = "1900000000000777";
    await world.control("PATCH", `/_sim/apps/${salesBot}`, { deauthorizeUrl: `${receiver.url}/bot` });
    await call({ appId: salesBot });
    const { apps } = (await world.control("GET", "/_sim/state")).body;
    const secret = apps.find((one: { id: string }) => one.id === salesBot).secret;
    expect(isGood(receiver.signed[0] ?? "", secret)).toBe(true);
    expect(parts(receiver.signed[0] ?? "").json.user_id).not.toBe(KEVIN);
  });
});

describe("how it is written", () => {
  it("O5 the user's id is a number and the parts are padded, where the switches say so", async () => {
    await world.faults({ callbacks: { userIdAs: "number", padded: true } });
    await user("/remove-app");
    const [signed = ""] = receiver.signed;
    const [signature = "", payload = ""] = signed.split(".");
    expect(signature.endsWith("=")).toBe(true);
    expect([signature.length % 4, payload.length % 4]).toEqual([0, 0]);
    expect(parts(signed).json.user_id).toBe(Number(KEVIN));
    expect(isGood(signed)).toBe(true);
    await world.control("DELETE", "/_sim/faults");
    await call({});
    expect(parts(receiver.signed[1] ?? "").json.user_id).toBe(KEVIN);
  });
});
