import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { outcome } from "./support/sending.ts";
import { ANN, type Answer, BLUE, World } from "./support/world.ts";

const ROSA = "6400000000000001";
let world: World;
beforeEach(async () => {
  world = await new World().start();
  await world.write("hi");
  await world.write("hi", ROSA);
});
afterEach(async () => {
  await world.stop();
});

const usage = (answer: Answer, page = BLUE) =>
  JSON.parse(answer.headers.get("x-business-use-case-usage") ?? "{}")[page]?.[0];
/** Sends at once, so that they fall within one second however slow the machine is. */
const burst = async (count: number, to = ANN, message: unknown = { text: "x" }) =>
  await Promise.all(Array.from({ length: count }, () => world.send(message, {}, to)));

describe("limits of sending", () => {
  it("S9 nothing is limited by itself; every answer tells how much is used", async () => {
    const answers = await burst(5);
    expect(answers.map(outcome)).toEqual(Array(5).fill("sent"));
    expect(usage(answers[0] as Answer)).toEqual({
      type: "messenger",
      call_count: 0,
      total_cputime: 0,
      total_time: 0,
      estimated_time_to_regain_access: 0,
    });
    expect(JSON.parse(answers[0]?.headers.get("x-app-usage") ?? "")).toHaveProperty("call_count");
  });

  it("S9 the ceiling of a Page refuses with 613, per platform and apart for audio and video", async () => {
    await world.faults({ sendRate: { text: 2, media: 1 } });
    const answers = await burst(4);
    const refused = answers.filter((one) => outcome(one) === "613");
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.body.error.is_transient).toBe(true);
    expect(usage(refused[0] as Answer).call_count).toBeGreaterThan(100);
    const instagram = await burst(4, ROSA);
    expect(instagram.map(outcome)).toContain("613/2534040");
    const video = { attachment: { type: "video", payload: { url: `${world.sim.url}/_cdn/none/x.mp4` } } };
    expect((await burst(2, ANN, video)).map(outcome).sort()).toEqual(["100/2018008", "613"]);
    await world.faults({ sendRate: null });
    expect((await burst(4)).map(outcome)).toEqual(Array(4).fill("sent"));
  });

  it.each([
    [4, "x-app-usage"],
    [80006, "x-business-use-case-usage"],
    [613, "x-business-use-case-usage"],
  ])("S9 a reached limit %s refuses sends and says so in %s", async (code, header) => {
    await world.faults({ callLimit: { code, seconds: 300 } });
    const answer = await world.send({ text: "x" });
    expect([outcome(answer), answer.body.error.is_transient]).toEqual([String(code), true]);
    expect(answer.headers.get(header)).toMatch(/"call_count":10\d/);
    if (header !== "x-app-usage") expect(usage(answer).estimated_time_to_regain_access).toBe(5);
    expect((await world.graph("GET", "/v26.0/me")).status).toBe(code === 4 ? 400 : 200);
    await world.faults({ callLimit: null });
    expect(outcome(await world.send({ text: "x" }))).toBe("sent");
  });

  it("S9 limits concern their own calls: Instagram's, user tokens', the Pages API's, one Page", async () => {
    const hit = async (limit: Record<string, unknown>) => {
      await world.faults({ callLimit: { seconds: 60, ...limit } });
      const user = await world.graph("GET", "/v26.0/me", { access_token: world.userToken });
      return [
        outcome(await world.send({ text: "x" })),
        outcome(await world.send({ text: "x" }, {}, ROSA)),
        outcome(user),
        outcome(await world.graph("GET", "/v26.0/me")),
      ];
    };
    expect(await hit({ code: 80002 })).toEqual(["sent", "80002", "sent", "sent"]);
    expect(await hit({ code: 17 })).toEqual(["sent", "sent", "17", "sent"]);
    expect(await hit({ code: 80001 })).toEqual(["sent", "sent", "sent", "80001"]);
    expect(await hit({ code: 613, pageId: "108123450000002" })).toEqual(["sent", "sent", "sent", "sent"]);
  });

  it("S9 a limit injected once carries its headers, Retry-After only when asked for", async () => {
    await world.faults({
      nextSend: [{ code: 80006, regainMinutes: 7, retryAfter: 420 }, { code: 32 }, { code: 613 }],
    });
    const messenger = await world.send({ text: "x" });
    expect(messenger.headers.get("retry-after")).toBe("420");
    expect(usage(messenger)).toMatchObject({ type: "messenger", estimated_time_to_regain_access: 7 });
    expect((await world.send({ text: "x" })).headers.get("x-page-usage")).toContain("call_count");
    expect((await world.send({ text: "x" })).headers.get("retry-after")).toBeNull();
  });
});
