import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { INSTAGRAM_INBOX, outcome, PAGE_INBOX, ROSA, RoutingWorld, SALES_BOT } from "./support/routing.ts";
import { soon } from "./support/soon.ts";
import { ANN, BLUE, TEA } from "./support/world.ts";

let world: RoutingWorld;
beforeEach(async () => {
  world = new RoutingWorld();
  await world.start();
});
afterEach(async () => {
  await world.stop();
});

describe("R4 apps on the Page", () => {
  it("R4 no other app and no routing to begin with; the Sales Bot exists but is installed nowhere", async () => {
    const { body } = await world.control("GET", "/_sim/state");
    expect(body.apps.map((app: { name: string }) => app.name)).toEqual(["Firstline (local)", "Sales Bot"]);
    for (const page of body.pages) {
      expect(page.apps).toEqual([]);
      expect(page.routing.messenger).toEqual({ enabled: false, defaultAppId: null, defaultAppName: null });
    }
    expect((await world.thread()).control).toMatchObject({ mode: "default", ownerAppId: null, ownerName: null });
  });

  it("R4 subscribed_apps lists every installed app with name, category, link and fields (facts §1.1)", async () => {
    await world.listen();
    await world.page("POST", "/apps");
    await world.page("POST", "/apps", {
      id: "1900000000000888",
      name: "Reviews",
      category: "Utility",
      fields: ["feed"],
    });
    const { body } = await world.graph("GET", `/${BLUE}/subscribed_apps`);
    expect(body.data.map((app: { name: string }) => app.name)).toEqual(["Firstline (local)", "Sales Bot", "Reviews"]);
    expect(body.data[2]).toMatchObject({ id: "1900000000000888", category: "Utility", subscribed_fields: ["feed"] });
    expect(body.data[1].link).toMatch(/^http/);
    await world.page("DELETE", `/apps/${SALES_BOT}`);
    expect((await world.graph("GET", `/${BLUE}/subscribed_apps`)).body.data).toHaveLength(2);
    expect((await world.control("GET", "/_sim/state")).body.pages[0].apps).toMatchObject([{ name: "Reviews" }]);
  });

  it("R4 messaging_feature_status tells which platform is routed (facts §3.1)", async () => {
    const status = async () =>
      (await world.graph("GET", "/me", { fields: "messaging_feature_status" })).body.messaging_feature_status;
    expect(await status()).toEqual({ hop_v2: false, msgr_multi_app: false, ig_multi_app: false });
    await world.routing(world.own, "instagram");
    expect(await status()).toEqual({ hop_v2: false, msgr_multi_app: false, ig_multi_app: true });
  });

  it("R4 without routing every connected app hears and may write, another app's answer comes as its echo (table A)", async () => {
    await world.listen();
    await world.page("POST", "/apps");
    await world.write("hi");
    await world.on("/app-reply", { appId: SALES_BOT, text: "from the bot", metadata: "b-1" });
    expect(outcome(await world.send({ text: "from us" }))).toBe("ok");
    await soon(() => world.told()).toEqual(["messaging:hi", "messaging:from the bot", "messaging:from us"]);
    const echo = (await world.heard()).find(({ event }) => event.message?.text === "from the bot")?.event;
    expect(echo.message).toMatchObject({ is_echo: true, app_id: Number(SALES_BOT), metadata: "b-1" });
    expect(await world.owner()).toBeNull();
  });

  it("R4 an app that is not installed cannot answer nor become the default app", async () => {
    expect((await world.on("/app-reply", { appId: SALES_BOT, text: "hi" })).status).toBe(422);
    expect((await world.routing(SALES_BOT)).status).toBe(422);
    expect(
      (await world.control("PUT", `/_sim/pages/${TEA}/routing`, { platform: "instagram", enabled: true })).status,
    ).toBe(422);
  });
});

describe("R4 Conversation Routing (facts §3.2, table B)", () => {
  beforeEach(async () => {
    await world.listen();
    await world.page("POST", "/apps");
  });

  it("R4 a customer's message makes the default app the owner: it hears messaging, the others standby", async () => {
    await world.routing(world.own);
    await world.write("to us");
    // People's events take no turns with each other's.
    await world.sim.idle();
    expect(await world.owner()).toBe(world.own);
    await world.routing(SALES_BOT);
    await world.write("to the bot", "7400000000000002");
    expect(await world.told()).toEqual(["messaging:to us", "standby:to the bot"]);
    const [, delivery] = world.receiver.received;
    expect(Object.keys(delivery?.body.entry[0]).sort()).toEqual(["id", "standby", "time"]);
  });

  it("R4 a send of who does not hold the conversation is refused: 10/2018300, Instagram 100/2534037 (§3.5)", async () => {
    await world.routing(SALES_BOT);
    await world.write("hi");
    const refused = await world.send({ text: "no" });
    expect(outcome(refused)).toBe("10/2018300");
    expect(refused.body.error.message).toBe(
      "(#10) Message failed to send because another app is controlling this thread now.",
    );
    await world.routing(INSTAGRAM_INBOX, "instagram");
    await world.write("hola", ROSA);
    expect(outcome(await world.send({ text: "no" }, {}, ROSA))).toBe("100/2534037");
  });

  it("R4 while idle only the default app may send, and its message takes control", async () => {
    await world.routing(world.own);
    await world.write("hi");
    expect(outcome(await world.hand("release"))).toBe("ok");
    expect(await world.owner()).toBeNull();
    expect((await world.on("/app-reply", { appId: SALES_BOT, text: "me?" })).status).toBe(201);
    await world.on("/control/expire");
    await world.page("PATCH", `/apps/${SALES_BOT}`, { takeoverAllowed: false });
    expect((await world.on("/app-reply", { appId: SALES_BOT, text: "me?" })).status).toBe(422);
    expect(outcome(await world.send({ text: "we" }))).toBe("ok");
    expect(await world.owner()).toBe(world.own);
  });

  it("R4 standby strips a postback's payload and carries echoes and receipts (§2.13)", async () => {
    await world.routing(SALES_BOT);
    await world.write("hi");
    await world.on("/postbacks", { title: "Track order", payload: "TRACK" });
    await world.on("/app-reply", { appId: SALES_BOT, text: "from the bot" });
    await world.on("/read");
    const heard = await world.heard();
    expect(heard.every(({ channel }) => channel === "standby")).toBe(true);
    expect(heard.find(({ event }) => event.postback)?.event.postback).toEqual({
      mid: expect.stringMatching(/^m_/),
      title: "Track order",
    });
    expect(heard.filter(({ event }) => event.read || event.delivery)).toHaveLength(2);
  });

  it("R4 without standby at both levels who is not the owner hears nothing at all (§3.4)", async () => {
    await world.routing(SALES_BOT);
    await world.graph("POST", `/${BLUE}/subscribed_apps`, { subscribed_fields: "messages,message_echoes" });
    await world.write("Page level lacks it");
    await world.listen();
    await world.subscribeApp("page", "messages,message_echoes");
    await world.write("app level lacks it");
    expect(await world.told()).toEqual([]);
    const { body } = await world.control("GET", "/_sim/webhooks");
    expect(body.data.map((one: { reason: string }) => one.reason)).toEqual([
      "app level: page has no subscription for standby",
      "Page level: standby is not subscribed",
    ]);
  });

  it("R4 control runs out 24 h after the customer's last activity and comes back with the next message", async () => {
    await world.routing(world.own);
    await world.write("hi");
    await world.on("/control", { to: SALES_BOT });
    await world.write("still the bot's");
    expect(await world.owner()).toBe(SALES_BOT);
    await world.on("/window", { lastActionHoursAgo: 25 });
    expect(await world.owner()).toBeNull();
    await world.write("a day later");
    expect(await world.owner()).toBe(world.own);
    expect((await world.told()).slice(-2)).toEqual(["standby:still the bot's", "messaging:a day later"]);
    const until = Date.parse((await world.thread()).control.until);
    expect(Math.abs(until - Date.now() - 24 * 3_600_000)).toBeLessThan(10_000);
  });

  it("R4 a human in the Inbox takes control by replying or by moving to Main, and lets go by Done (§3.2)", async () => {
    await world.routing(world.own);
    await world.write("hi");
    await world.page("POST", "/inbox-reply", { customerId: ANN, text: "from the suite" });
    expect(await world.owner()).toBe(PAGE_INBOX);
    expect(outcome(await world.send({ text: "no" }))).toBe("10/2018300");
    await world.on("/inbox-move", { folder: "done" });
    expect(await world.owner()).toBeNull();
    await world.on("/inbox-move", { folder: "main" });
    expect(await world.owner()).toBe(PAGE_INBOX);
    expect(await world.told()).toEqual(["messaging:hi", "messaging:take_thread_control", "standby:from the suite"]);
    await world.page("POST", "/inbox-reply", { customerId: "7400000000000002", text: "quiet", control: false });
    expect(await world.owner("7400000000000002")).toBeNull();
  });

  it("R4 without routing an Inbox reply takes control only when told to, and then keeps us out", async () => {
    await world.write("hi");
    await world.page("POST", "/inbox-reply", { customerId: ANN, text: "one" });
    expect(await world.owner()).toBeNull();
    await world.page("POST", "/inbox-reply", { customerId: ANN, text: "two", control: true });
    await world.write("who hears this?");
    expect(await world.told()).toEqual(["messaging:hi", "messaging:one", "standby:two", "standby:who hears this?"]);
    expect(outcome(await world.send({ text: "no" }))).toBe("10/2018300");
  });

  it("R4 HUMAN_AGENT takes control when the app's take-over switch allows it, and not otherwise", async () => {
    await world.routing(SALES_BOT);
    await world.faults({ humanAgentApproved: true });
    await world.write("hi");
    const tagged = { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" };
    await world.page("PATCH", `/apps/${world.own}`, { takeoverAllowed: false });
    expect(outcome(await world.send({ text: "a person" }, tagged))).toBe("10/2018300");
    await world.page("PATCH", `/apps/${world.own}`, { takeoverAllowed: true });
    expect(outcome(await world.send({ text: "a person" }, tagged))).toBe("ok");
    expect(await world.owner()).toBe(world.own);
  });

  it("R4 an app removed from the Page holds nothing there any more and is no default app", async () => {
    await world.routing(SALES_BOT);
    await world.write("hi");
    await world.page("DELETE", `/apps/${SALES_BOT}`);
    expect(await world.owner()).toBeNull();
    expect((await world.page("GET", "/routing")).body.messenger.enabled).toBe(false);
    expect(outcome(await world.send({ text: "free again" }))).toBe("ok");
  });
});
