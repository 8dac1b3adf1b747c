import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { INSTAGRAM_INBOX, outcome, PAGE_INBOX, ROSA, RoutingWorld, SALES_BOT } from "./support/routing.ts";
import { soon } from "./support/soon.ts";
import { ANN, BLUE } from "./support/world.ts";

let world: RoutingWorld;
beforeEach(async () => {
  world = new RoutingWorld();
  await world.start();
  await world.listen();
  await world.page("POST", "/apps");
  await world.write("hi");
});
afterEach(async () => {
  await world.stop();
});

const handovers = async () =>
  (await world.heard())
    .map(({ event }) => event)
    .filter((event) => Object.keys(event).some((key) => key.endsWith("_control")));

describe("R4 thread control without routing (facts §3.2, table A)", () => {
  it("R4 take is refused with 27 and its sentence", async () => {
    const { status, body } = await world.hand("take");
    expect([status, body.error.code]).toEqual([400, 27]);
    expect(body.error.message).toContain(
      "Take thread control is not supported when Conversation Routing is not enabled.",
    );
  });

  it("R4 pass from idle goes to any app, even to oneself, and is told to the new owner", async () => {
    expect(outcome(await world.hand("pass", { target_app_id: world.own, metadata: "mine" }))).toBe("ok");
    const [event] = await handovers();
    expect(event).toMatchObject({
      sender: { id: ANN },
      recipient: { id: BLUE },
      pass_thread_control: { previous_owner_app_id: null, new_owner_app_id: world.own, metadata: "mine" },
    });
    expect(outcome(await world.hand("pass"))).toBe("100");
    expect(outcome(await world.hand("pass", { target_app_id: "1900000000000999" }))).toBe("100/2018164");
    expect(outcome(await world.hand("pass", { target_app_id: PAGE_INBOX }))).toBe("ok");
    expect(outcome(await world.hand("pass", { target_app_id: world.own }))).toBe("100");
  });

  it("R4 request of an idle conversation is granted with a pass event; of an owned one it says success and no more", async () => {
    expect(outcome(await world.hand("request"))).toBe("ok");
    expect(await world.owner()).toBe(world.own);
    await world.on("/control", { to: SALES_BOT, event: false });
    expect(outcome(await world.hand("request"))).toBe("ok");
    expect(await world.owner()).toBe(SALES_BOT);
    expect(await handovers()).toHaveLength(1);
  });

  it("R4 release is the owner's alone, makes idle and is told to nobody", async () => {
    expect(outcome(await world.hand("release"))).toBe("100");
    await world.hand("request");
    expect(outcome(await world.hand("release"))).toBe("ok");
    expect(await world.owner()).toBeNull();
    expect(await handovers()).toHaveLength(1);
  });

  it("R4 the send parameter thread_control needs routing", async () => {
    expect(outcome(await world.send({ text: "bye" }, { thread_control: { control_type: "release" } }))).toBe("100");
  });
});

describe("R4 thread control with routing (facts §3.2 table B, §3.3, §3.5)", () => {
  it("R4 take works with the take-over switch on, is refused with it off and to the owner itself", async () => {
    await world.routing(SALES_BOT);
    await world.write("who?");
    await world.page("PATCH", `/apps/${world.own}`, { takeoverAllowed: false });
    expect(outcome(await world.hand("take"))).toBe("100");
    await world.page("PATCH", `/apps/${world.own}`, { takeoverAllowed: true });
    expect(outcome(await world.hand("take", { metadata: "ours" }))).toBe("ok");
    expect(outcome(await world.hand("take"))).toBe("100");
    expect(outcome(await world.send({ text: "hello" }))).toBe("ok");
    expect(await handovers()).toEqual([]);
  });

  it("R4 losing control is told by take_thread_control with both app ids", async () => {
    await world.routing(world.own);
    await world.on("/control", { to: SALES_BOT, metadata: "vip" });
    const [event] = await handovers();
    expect(event.take_thread_control).toEqual({
      previous_owner_app_id: world.own,
      new_owner_app_id: SALES_BOT,
      metadata: "vip",
    });
    await world.on("/control", { to: "own" });
    expect((await handovers())[1].pass_thread_control).toMatchObject({ previous_owner_app_id: SALES_BOT });
    await world.on("/control", { to: "inbox", event: false });
    expect(await world.owner()).toBe(PAGE_INBOX);
    expect(await handovers()).toHaveLength(2);
  });

  it("R4 pass without a target goes to the default app; request is not available", async () => {
    await world.routing(SALES_BOT);
    await world.on("/control", { to: "own" });
    expect(outcome(await world.hand("pass"))).toBe("ok");
    expect(await world.owner()).toBe(SALES_BOT);
    expect(outcome(await world.hand("request"))).toBe("100");
    expect(outcome(await world.hand("pass", { target_app_id: world.own }))).toBe("100");
  });

  it("R4 thread_owner tells the owner or default app who, others only until when, and nothing of an idle one", async () => {
    await world.routing(world.own);
    const inADay = Math.floor(Date.now() / 1000) + 86_400;
    const [own] = await world.threadOwner();
    expect(own.thread_owner.app_id).toBe(world.own);
    expect(Math.abs(own.thread_owner.expiration - inADay)).toBeLessThan(10);
    await world.hand("pass", { target_app_id: SALES_BOT });
    expect((await world.threadOwner())[0].thread_owner.app_id).toBe(SALES_BOT);
    await world.routing(SALES_BOT);
    expect(Object.keys((await world.threadOwner())[0].thread_owner)).toEqual(["expiration"]);
    await world.on("/control", { to: null });
    expect(await world.threadOwner()).toEqual([]);
  });

  it("R4 extend lasts up to seven days, for the owner alone, and any move sets it back to one", async () => {
    await world.routing(world.own);
    expect(outcome(await world.hand("extend", { duration: String(7 * 86_400) }))).toBe("ok");
    const left = async () => Math.round((Date.parse((await world.thread()).control.until) - Date.now()) / 3_600_000);
    expect(await left()).toBe(168);
    await world.on("/window", { lastActionHoursAgo: 48 });
    expect(await world.owner()).toBe(world.own);
    expect(outcome(await world.hand("extend", { duration: "604801" }))).toBe("100");
    await world.write("again");
    await world.on("/control", { to: SALES_BOT });
    expect(await left()).toBe(24);
    expect(outcome(await world.hand("extend", { duration: "60" }))).toBe("100");
  });

  it("R4 a send may pass or release control with it; the echo still comes to the owner", async () => {
    await world.routing(world.own);
    const pass = { thread_control: { control_type: "pass", app_id: SALES_BOT } };
    expect(outcome(await world.send({ text: "the bot helps you" }, pass))).toBe("ok");
    await soon(() => world.owner()).toBe(SALES_BOT);
    expect((await world.told()).slice(1)).toEqual(["messaging:the bot helps you"]);
    await world.on("/control", { to: "own", event: false });
    expect(outcome(await world.send({ text: "x" }, { thread_control: { control_type: "pass", app_id: "5" } }))).toBe(
      "100/2018164",
    );
    await world.send({ text: "bye" }, { thread_control: { control_type: "release" } });
    await soon(() => world.owner()).toBeNull();
  });

  it("R4 on Instagram events come in messaging_handover with the account's id, refusals as 100/2534037", async () => {
    await world.routing(world.own, "instagram");
    await world.write("hola", ROSA);
    await world.on("/control", { to: "inbox" }, ROSA);
    const [event] = await handovers();
    expect(event).toMatchObject({
      recipient: { id: "17841400000009001" },
      take_thread_control: { previous_owner_app_id: world.own, new_owner_app_id: INSTAGRAM_INBOX },
    });
    const log = (await world.control("GET", "/_sim/webhooks")).body.data;
    expect(log.some((one: { fields: string[] }) => one.fields.includes("messaging_handover"))).toBe(true);
    expect(outcome(await world.hand("release", {}, ROSA))).toBe("100/2534037");
    expect(outcome(await world.hand("pass", { target_app_id: world.own }, ROSA))).toBe("100/2534037");
  });

  it("R4 another Page's customer is unknown, and a token without the permission is told so", async () => {
    expect(outcome(await world.hand("take", {}, "7400000000000011"))).toBe("100/2018001");
    expect(outcome(await world.graph("POST", `/${BLUE}/take_thread_control`))).toBe("100");
    expect(outcome(await world.graph("POST", "/108123450000002/take_thread_control", { recipient: ANN }))).toBe(
      "100/33",
    );
  });
});
