import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clock, outcome, tagged } from "./support/sending.ts";
import { ANN, BLUE, World } from "./support/world.ts";

const ROSA = "6400000000000001";

let world: World;
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
});

const C = (customer = ANN) => `/_sim/pages/${BLUE}/customers/${customer}`;
const send = async (extra: Record<string, unknown> = {}, customer = ANN) =>
  outcome(await world.send({ text: "x" }, extra, customer));

describe("policy table (facts §2.7)", () => {
  const AGES = [0, 23.9, 24, 24 * 6.9, 24 * 7, null];
  const [SENT, FB, IG] = ["sent", "10/2018278", "10/2534022"];

  it.each([
    ["messenger", ANN, "RESPONSE", false, [SENT, SENT, FB, FB, FB, FB]],
    ["messenger", ANN, "UPDATE", false, [SENT, SENT, FB, FB, FB, FB]],
    ["messenger", ANN, "none", false, [SENT, SENT, FB, FB, FB, FB]],
    ["messenger", ANN, "HUMAN_AGENT", true, [SENT, SENT, SENT, SENT, FB, FB]],
    ["messenger", ANN, "HUMAN_AGENT", false, Array(6).fill("100/2018276")],
    ["messenger", ANN, "ACCOUNT_UPDATE", true, Array(6).fill("100/1893061")],
    ["messenger", ANN, "NON_PROMOTIONAL_SUBSCRIPTION", true, Array(6).fill("10/2018065")],
    ["messenger", ANN, "typing_on", false, [SENT, SENT, FB, FB, FB, FB]],
    ["instagram", ROSA, "RESPONSE", false, [SENT, SENT, IG, IG, IG, IG]],
    ["instagram", ROSA, "HUMAN_AGENT", true, [SENT, SENT, SENT, SENT, IG, IG]],
    ["instagram", ROSA, "HUMAN_AGENT", false, Array(6).fill("100/2018276")],
    ["instagram", ROSA, "ACCOUNT_UPDATE", true, Array(6).fill("100/1893061")],
    ["instagram", ROSA, "CUSTOMER_FEEDBACK", true, Array(6).fill("100")],
    ["instagram", ROSA, "typing_on", false, [SENT, SENT, IG, IG, IG, IG]],
  ])("S1 S2 O4 %s, %s: %s, approved %s", async (_platform, customer, way, approved, expected) => {
    await world.write("hi", customer);
    await world.faults({ humanAgentApproved: approved });
    const found = [];
    for (const lastActionHoursAgo of AGES) {
      await clock(world, { lastActionHoursAgo }, customer);
      if (way === "typing_on")
        found.push(outcome(await world.send(undefined, { sender_action: "typing_on" }, customer)));
      else if (way === "none") found.push(await send({}, customer));
      else if (way === "RESPONSE" || way === "UPDATE") found.push(await send({ messaging_type: way }, customer));
      else found.push(await send(tagged(way), customer));
    }
    expect(found).toEqual(expected);
  });

  it("S1 nobody is found who never wrote, after the tag was judged", async () => {
    expect(await send()).toBe("100/2018001");
    expect(await send({}, ROSA)).toBe("100/2534014");
    expect(await send(tagged("HUMAN_AGENT"))).toBe("100/2018276");
    expect(await send(tagged("ACCOUNT_UPDATE"), ROSA)).toBe("100/1893061");
  });

  it.each(["CONFIRMED_EVENT_UPDATE", "POST_PURCHASE_UPDATE", "ACCOUNT_UPDATE"])(
    "O4 %s lives until 2026-04-27 and on Messenger only, whatever the window; the date moves no clock",
    async (tag) => {
      await world.write("hi", ROSA);
      await world.write("hi");
      await clock(world, { lastActionHoursAgo: 24 * 30 });
      await world.faults({ policyDate: "2026-04-26" });
      expect(await send(tagged(tag))).toBe("sent");
      expect(await send(tagged(tag), ROSA)).toBe("100");
      expect(await send()).toBe("10/2018278");
      await world.faults({ policyDate: "2026-04-27" });
      expect(await send(tagged(tag))).toBe("100/1893061");
      await world.faults({ policyDate: null });
      expect(await send(tagged(tag))).toBe("100/1893061");
    },
  );

  it("O4 tells the table of any day, and keeps no rules from before 2020-03-04", async () => {
    const alive = async (date: string) =>
      (await world.control("GET", `/_sim/policy?date=${date}`)).body.data
        .filter((way: { alive: boolean }) => way.alive)
        .map((way: { name: string }) => way.name);
    expect(await alive("2026-01-01")).toContain("ACCOUNT_UPDATE");
    expect(await alive("2026-05-01")).not.toContain("ACCOUNT_UPDATE");
    expect((await world.control("PUT", "/_sim/faults", { policyDate: "2019-01-01" })).status).toBe(400);
    expect((await world.control("PUT", "/_sim/faults", { policyDate: "soon" })).status).toBe(400);
  });

  it("I1 what a message may contain has its day too", async () => {
    await world.write("hi", ROSA);
    const mid = (await world.write("again", ROSA)).body.mid;
    await world.faults({ policyDate: "2025-12-01" });
    expect(outcome(await world.send({ text: "x" }, { reply_to: { mid } }, ROSA))).toBe("100");
    await world.faults({ policyDate: "2025-12-20" });
    expect(outcome(await world.send({ text: "x" }, { reply_to: { mid } }, ROSA))).toBe("sent");
    await world.faults({ policyDate: "2025-09-01" });
    expect(outcome(await world.send(undefined, { sender_action: "typing_on" }, ROSA))).toBe("100");
  });
});

describe("windows after an ad", () => {
  it("S1 last seven days from the first message, where the Page's switch or the app's says so, since 2026-09-28", async () => {
    await world.control("POST", `${C()}/ad-click`, { write: "hi" });
    expect((await world.thread()).window.adMessageAt).not.toBeNull();
    await clock(world, { lastActionHoursAgo: 100, adMessageHoursAgo: 100 });
    expect(await send()).toBe("10/2018278");
    await world.control("POST", `/_sim/pages/${BLUE}/ad-window`, { on: true });
    expect(await send()).toBe("sent");
    const { window } = await world.thread();
    expect([window.state, window.openUntil > window.humanAgentUntil]).toEqual(["open", false]);
    await world.faults({ policyDate: "2026-09-27" });
    expect(await send()).toBe("10/2018278");
    await world.faults({ policyDate: null, adWindow: true });
    await world.control("POST", `/_sim/pages/${BLUE}/ad-window`, { on: false });
    expect(await send()).toBe("sent");
    await clock(world, { adMessageHoursAgo: 24 * 7 });
    expect(await send()).toBe("10/2018278");
  });

  it("S1 an ordinary conversation keeps its 24 hours", async () => {
    await world.write("hi");
    await world.faults({ adWindow: true });
    await clock(world, { lastActionHoursAgo: 25 });
    expect(await send()).toBe("10/2018278");
  });
});

describe("people who cannot be reached", () => {
  it.each([
    ["551", "551/1545041", 400],
    ["200", "200/1545041", 400],
    ["2", "2", 500],
    ["2018108", "10/2018108", 400],
  ])("S6 blocked as %s: answered %s while others pass", async (as, expected, status) => {
    await world.write("hi");
    await world.write("hi", "7400000000000002");
    await world.control("POST", `${C()}/block`, { as });
    const refused = await world.send({ text: "x" });
    expect([outcome(refused), refused.status]).toEqual([expected, status]);
    expect(await send({}, "7400000000000002")).toBe("sent");
    await world.control("POST", `${C()}/unblock`);
    expect(await send()).toBe("sent");
  });

  it("S6 a code 200 says #551 in its text", async () => {
    await world.write("hi");
    await world.control("POST", `${C()}/block`, { as: "200" });
    expect((await world.send({ text: "x" })).body.error.message).toBe("(#551) This person isn't available right now.");
  });

  it("S12 an app in development reaches its testers alone", async () => {
    await world.write("hi");
    await world.faults({ appMode: "development" });
    expect(await send()).toBe("200/2018028");
    await world.control("PATCH", C(), { tester: true });
    expect(await send()).toBe("sent");
  });

  it.each([
    [undefined, "10/1893063"],
    [368, "368"],
    [2022, "2022"],
  ])("S11 a Page restricted with %s is refused with %s until it is taken back", async (code, expected) => {
    await world.write("hi");
    await world.control("POST", `/_sim/pages/${BLUE}/restrict`, { ...(code && { code }) });
    expect([await send(), await send()]).toEqual([expected, expected]);
    await world.control("POST", `/_sim/pages/${BLUE}/restrict`, { restricted: false });
    expect(await send()).toBe("sent");
  });
});

describe("Instagram's own rules", () => {
  it("I1 counts bytes, sends hearts, reacts and takes back, answers a message", async () => {
    const { body } = await world.write("hi", ROSA);
    expect(outcome(await world.send({ text: "é".repeat(501) }, {}, ROSA))).toBe("100/2534015");
    expect(outcome(await world.send({ attachment: { type: "like_heart" } }, {}, ROSA))).toBe("sent");
    const react = { sender_action: "react", payload: { message_id: body.mid, reaction: "love" } };
    expect(outcome(await world.send(undefined, react, ROSA))).toBe("sent");
    expect((await world.thread(ROSA)).messages[0].reactions).toHaveLength(1);
    const unreact = { sender_action: "unreact", payload: { message_id: body.mid } };
    expect(outcome(await world.send(undefined, unreact, ROSA))).toBe("sent");
    expect((await world.thread(ROSA)).messages[0].reactions).toEqual([]);
    expect(outcome(await world.send({ text: "to that" }, { reply_to: { mid: body.mid } }, ROSA))).toBe("sent");
    await world.control("POST", `${C(ROSA)}/unsend`, { mid: body.mid });
    expect(outcome(await world.send({ text: "to that" }, { reply_to: { mid: body.mid } }, ROSA))).toBe("9000001");
    expect(outcome(await world.send(undefined, react, ROSA))).toBe("9000001");
  });

  it("I1 refuses stickers, utility templates, and personas anywhere", async () => {
    await world.write("hi", ROSA);
    await world.write("hi");
    expect(outcome(await world.send({ sticker_id: 369239263222822 }, {}, ROSA))).toBe("100");
    expect(await send({ persona_id: "123" })).toBe("100");
  });

  it("I1 closed Connected Tools answer 200/2534041, with 403 only for code 10", async () => {
    await world.write("hi", ROSA);
    await world.control("POST", `/_sim/pages/${BLUE}/instagram-access`, { allowed: false });
    const off = await world.send({ text: "x" }, {}, ROSA);
    expect([off.status, outcome(off)]).toEqual([400, "200/2534041"]);
  });
});
