import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ANN, BLUE, World } from "./support/world.ts";

const PAGE = `/_sim/pages/${BLUE}`;
const ROSA = "6400000000000001";

let world: World;
beforeEach(async () => {
  world = await new World().start();
  await world.subscribe("messages,message_echoes,message_deliveries,messaging_referrals,messaging_optins");
  await world.faults({ conversationRate: null });
});
afterEach(async () => {
  await world.stop();
});

const told = async () => {
  await world.sim.idle();
  return world.receiver.events;
};
const post = async (path: string, body: unknown = {}) => (await world.control("POST", `${PAGE}/${path}`, body)).body;
const profile = async (id: string, params: Record<string, string> = {}) =>
  (await world.graph("GET", `/${id}`, { access_token: world.token, ...params })).body;
const conversations = async (params: Record<string, string>) =>
  (await world.graph("GET", `/${BLUE}/conversations`, { access_token: world.token, ...params })).body;

describe("O2 guests (facts §5.2)", () => {
  it("O2 a guest is announced by is_guest_user, has no profile, and can be answered until the chat ends", async () => {
    const guest = await post("guests");
    expect(guest.name).toMatch(/^Guest \d{4}$/);
    await world.write("just looking", guest.id);
    const [referral, message] = await told();
    expect(referral.referral).toMatchObject({ source: "CUSTOMER_CHAT_PLUGIN", is_guest_user: "true" });
    expect(message.message.text).toBe("just looking");
    expect((await profile(guest.id)).error).toMatchObject({ code: 100, error_subcode: 33 });
    expect((await world.send({ text: "hello" }, {}, guest.id)).status).toBe(200);
    await post(`customers/${guest.id}/end-chat`);
    expect((await world.send({ text: "still there?" }, {}, guest.id)).body.error).toMatchObject({
      code: 100,
      error_subcode: 2018001,
    });
    expect((await world.write("again", guest.id)).status).toBe(422);
  });

  it("O2 the end of a chat is told only when asked for", async () => {
    const guest = await post("guests", { name: "Guest 7315" });
    await world.write("bye", guest.id);
    await told();
    await post(`customers/${guest.id}/end-chat`, { event: true });
    expect((await told()).at(-1)).toMatchObject({
      sender: { id: guest.id },
      recipient: { id: BLUE },
      guest_chat: { status: "ended" },
    });
  });
});

describe("O1 people without a profile (facts §5.1, §5.4)", () => {
  it("O1 checkbox: opt-in without sender, sends by user_ref without echo or recipient_id, joined by prior_message", async () => {
    const { userRef } = await post("checkbox", { userRef: "ref-1", ref: "CHECKOUT", name: "Carla Menzel" });
    const [optin] = await told();
    expect(optin).toEqual({
      recipient: { id: BLUE },
      timestamp: expect.any(Number),
      optin: { ref: "CHECKOUT", user_ref: userRef },
    });
    const send = async (recipient: object) =>
      await world.http("POST", "/v26.0/me/messages", {
        headers: { "content-type": "application/json", authorization: `Bearer ${world.token}` },
        body: JSON.stringify({ recipient, message: { text: "Your order is on its way." } }),
      });
    const sent = await send({ user_ref: userRef });
    expect(sent.body).toEqual({ message_id: expect.stringMatching(/^m_/) });
    expect((await send({ user_ref: "unknown" })).body.error).toMatchObject({ code: 100, error_subcode: 2018001 });
    expect(await told()).toHaveLength(1);
    const { customerId, mid } = await post(`checkbox/${userRef}/messages`, { text: "When?" });
    expect((await told()).at(-1)).toMatchObject({
      sender: { id: customerId },
      message: { mid, text: "When?" },
      prior_message: { source: "checkbox_plugin", identifier: userRef },
    });
    const { data } = await conversations({ user_id: customerId, fields: "messages{id}" });
    expect(data[0].messages.data.map(({ id }: { id: string }) => id)).toEqual([mid, sent.body.message_id]);
    expect(await profile(customerId)).toMatchObject({ first_name: "Carla" });
    await post(`checkbox/${userRef}/messages`, { text: "And?" });
    expect((await told()).at(-1)).not.toHaveProperty("prior_message");
  });

  it("O1 an ad click: a referral and an empty profile until the person writes, then the ad in the message", async () => {
    const { id } = await post("customers", { name: "Ida Holm", kind: "ad_only" });
    await post(`customers/${id}/ad-click`, { adId: "630", ref: "JUNE" });
    expect((await told()).at(-1).referral).toMatchObject({ ad_id: "630", ref: "JUNE", source: "ADS" });
    expect(await profile(id)).toEqual({});
    expect(await conversations({ user_id: id })).toEqual({ data: [] });
    await world.write("how much?", id);
    expect((await told()).at(-1).message).toMatchObject({ text: "how much?", referral: { ad_id: "630" } });
    expect(await profile(id)).toMatchObject({ first_name: "Ida" });
    await world.write("hello?", id);
    expect((await told()).at(-1).message).not.toHaveProperty("referral");
  });

  it("O1 profile access missing: {} without fields, 2018247 with; the name stays in participants", async () => {
    await world.write("hi");
    await post("profile-access", { allowed: false });
    expect(await profile(ANN)).toEqual({});
    expect((await profile(ANN, { fields: "first_name" })).error).toMatchObject({ code: 100, error_subcode: 2018247 });
    const { data } = await conversations({ user_id: ANN, fields: "participants{name}" });
    expect(data[0].participants.data[0].name).toBe("Ann Lee");
    await post("profile-access", { allowed: true });
    expect(await profile(ANN)).toMatchObject({ first_name: "Ann" });
  });

  it("O1 a deleted account has no profile and no name; on Instagram 9010, and 230 for a mere commenter", async () => {
    await world.write("hi");
    await world.control("PATCH", `${PAGE}/customers/${ANN}`, { kind: "deleted" });
    expect((await profile(ANN)).error).toMatchObject({ code: 100, error_subcode: 33 });
    const { data } = await conversations({ user_id: ANN, fields: "participants{name}" });
    expect(data[0].participants.data[0].name).toBe("Facebook User");
    await post("comments", { customerId: ROSA, text: "¿precio?" });
    expect((await profile(ROSA)).error).toMatchObject({ code: 230 });
    await world.control("PATCH", `${PAGE}/customers/${ROSA}`, { kind: "deleted" });
    expect((await profile(ROSA)).error).toMatchObject({ code: 9010 });
  });

  it("R5 the Requests folder: returned while active, gone after 30 idle days", async () => {
    await world.write("old request", ANN, { at: new Date(Date.now() - 31 * 86_400_000).toISOString() });
    const [{ id }] = (await conversations({})).data;
    await world.control("PATCH", `${PAGE}/customers/${ANN}`, { inRequests: true });
    expect((await conversations({})).data).toEqual([]);
    expect((await profile(id)).error).toMatchObject({ code: 100, error_subcode: 33 });
    await world.write("are you there?");
    expect((await conversations({ fields: "folder" })).data).toMatchObject([{ id, folder: "pending" }]);
    expect((await conversations({ folder: "inbox" })).data).toEqual([]);
  });

  it("R4 is_owner is told only with Conversation Routing on; Meta's own lines are left out for PARTICIPANTS", async () => {
    await world.write("hi");
    expect((await conversations({ fields: "is_owner" })).data[0]).not.toHaveProperty("is_owner");
    await world.control("PUT", `${PAGE}/routing`, { enabled: true, defaultAppId: world.sim.app.id });
    await world.write("hello?");
    expect((await conversations({ fields: "is_owner" })).data[0].is_owner).toBe(true);
    await post(`customers/${ANN}/control`, { to: "inbox" });
    const [{ id, is_owner }] = (await conversations({ fields: "is_owner" })).data;
    expect(is_owner).toBe(false);
    await post(`customers/${ANN}/notice`, { text: "Your AI agent will respond." });
    const read = async (source: string) =>
      (await world.graph("GET", `/${id}/messages`, { access_token: world.token, source })).body.data.length;
    expect([await read("ALL"), await read("PARTICIPANTS")]).toEqual([3, 2]);
  });
});
