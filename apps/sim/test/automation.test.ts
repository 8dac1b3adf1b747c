import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LEAD_ADS, outcome, PAGE_INBOX, ROSA, RoutingWorld, SALES_BOT } from "./support/routing.ts";
import { soon } from "./support/soon.ts";
import { ANN, BLUE } from "./support/world.ts";

let world: RoutingWorld;
beforeEach(async () => {
  world = new RoutingWorld();
  await world.start();
  await world.listen();
});
afterEach(async () => {
  await world.stop();
});

const messageOf = async (text: string) =>
  (await world.heard()).find(({ event }) => event.message?.text === text)?.event.message;

describe("R3 who wrote it (facts §2.2)", () => {
  it("R3 native automation comes as an echo without app id, or with the Inbox's", async () => {
    await world.write("hi");
    await world.on("/automation", { kind: "away", text: "bare" });
    await world.on("/automation", { kind: "away", text: "marked", withAppId: true });
    expect(await messageOf("bare")).toEqual({ mid: expect.any(String), is_echo: true, text: "bare" });
    expect(await messageOf("marked")).toMatchObject({ is_echo: true, app_id: Number(PAGE_INBOX) });
    expect(await world.owner()).toBeNull();
  });

  it("R3 Meta's notices are ordinary texts of the Page", async () => {
    await world.write("hi");
    await world.on("/notice", { text: "Lead stage set to Qualified" });
    expect(await messageOf("Lead stage set to Qualified")).toMatchObject({ is_echo: true, app_id: Number(PAGE_INBOX) });
  });

  it("R3 Meta AI's answer carries the Inbox's app id, ai_generated and source axon", async () => {
    await world.write("hi");
    await world.on("/meta-ai", { text: "An AI says hello", hold: false });
    expect(await messageOf("An AI says hello")).toEqual({
      mid: expect.any(String),
      is_echo: true,
      app_id: Number(PAGE_INBOX),
      metadata: '{"source":"axon"}',
      ai_generated: true,
      text: "An AI says hello",
    });
    expect(await world.owner()).toBeNull();
    expect(outcome(await world.send({ text: "us too" }))).toBe("ok");
  });

  it("R3 an Instagram answer of Meta AI keeps ai_generated and carries no app id", async () => {
    await world.write("hola", ROSA);
    await world.on("/meta-ai", { text: "¡hola!", hold: false }, ROSA);
    expect(await messageOf("¡hola!")).toEqual({
      mid: expect.any(String),
      is_echo: true,
      ai_generated: true,
      text: "¡hola!",
    });
  });
});

describe("R2 Meta AI holds the conversation without routing (facts §3.2, field observation)", () => {
  it("R2 messages and answers come in standby, sends and every way to control fail, no handover event ever comes", async () => {
    await world.write("hi");
    await world.on("/meta-ai", { text: "I can help" });
    await world.write("really?");
    expect(outcome(await world.send({ text: "no" }))).toBe("10/2018300");
    expect(outcome(await world.hand("take"))).toBe("27");
    expect(outcome(await world.hand("pass", { target_app_id: world.own }))).toBe("100");
    expect(outcome(await world.hand("release"))).toBe("100");
    expect(outcome(await world.hand("request"))).toBe("ok");
    expect((await world.thread()).control).toMatchObject({
      mode: "default",
      ownerAppId: PAGE_INBOX,
      ownerName: "Meta AI",
      hold: "meta_ai",
    });
    await world.on("/meta-ai/release");
    await world.write("back?");
    expect(await world.told()).toEqual(["messaging:hi", "standby:I can help", "standby:really?", "messaging:back?"]);
    expect(outcome(await world.send({ text: "back" }))).toBe("ok");
  });

  it("R2 switched on for the Page it answers every message by itself, on both platforms", async () => {
    await world.page("POST", "/meta-ai", { on: true });
    await world.write("anyone?");
    await world.write("¿hola?", ROSA);
    const heard = (await world.heard()).filter(({ event }) => event.message);
    expect(heard.map(({ channel }) => channel)).toEqual(["standby", "standby", "standby", "standby"]);
    expect(heard.filter(({ event }) => event.message.ai_generated)).toHaveLength(2);
    await world.page("POST", "/meta-ai", { on: false });
    await world.on("/meta-ai/release");
    await world.write("quiet now");
    expect((await world.told()).at(-1)).toBe("messaging:quiet now");
  });

  it("R2 a person in Business Suite takes the chat over, and apps may write again", async () => {
    await world.write("hi");
    await world.on("/meta-ai");
    await world.page("POST", "/inbox-reply", { customerId: ANN, text: "a person here" });
    expect(await world.owner()).toBeNull();
    expect(outcome(await world.send({ text: "thanks" }))).toBe("ok");
  });

  it("R2 with routing on it is ordinary control of the Inbox: told and taken back", async () => {
    await world.routing(world.own);
    await world.write("hi");
    await world.on("/meta-ai", { text: "I can help" });
    expect(outcome(await world.send({ text: "no" }))).toBe("10/2018300");
    expect(outcome(await world.hand("take"))).toBe("ok");
    expect(await world.told()).toEqual(["messaging:hi", "messaging:take_thread_control", "standby:I can help"]);
  });
});

describe("R2 a lead ad asks its questions first (facts §2.7, §3.4, LEAD)", () => {
  const QUESTIONS = [
    { question: "City?", answer: "Menlo Park" },
    { question: "Phone?", answer: "650" },
  ];

  it("R2 nothing is told while it runs, sends fail with 2018321, the thread keeps every message", async () => {
    const { body } = await world.on("/lead-ad", { questions: QUESTIONS, keepRunning: true });
    expect(body).toMatchObject({ running: true, control: { ownerAppId: LEAD_ADS, hold: "lead_ads" } });
    await world.write("is anyone there?");
    expect(await world.heard()).toEqual([]);
    expect(outcome(await world.send({ text: "no" }))).toBe("10/2018321");
    const { messages } = await world.thread();
    expect(messages.map((one: { text: string }) => one.text).slice(1)).toEqual([
      "City?",
      "Menlo Park",
      "Phone?",
      "650",
      "is anyone there?",
    ]);
    expect((await world.on("/lead-ad")).status).toBe(409);
  });

  it("R2 its end is a LEAD_COMPLETE referral with the answers and a pass to us, both in seconds", async () => {
    await world.on("/lead-ad", { questions: QUESTIONS, adId: "630", adTitle: "Parka" });
    const heard = await world.heard();
    expect(heard.map(({ channel }) => channel)).toEqual(["messaging", "messaging"]);
    const [lead, pass] = heard.map(({ event }) => event);
    expect(lead).toMatchObject({
      sender: { id: ANN },
      referral: { source: "ADS", type: "LEAD_COMPLETE", ad_id: "630", ads_context_data: { ad_title: "Parka" } },
      lead: { data: QUESTIONS },
    });
    expect(lead.timestamp).toBeLessThan(1e11);
    expect(pass.pass_thread_control).toEqual({
      previous_owner_app_id: LEAD_ADS,
      new_owner_app_id: world.own,
      metadata: "messenger_lead_gen_complete",
    });
    expect(outcome(await world.send({ text: "thank you" }))).toBe("ok");
  });

  it("R2 who gives up leaves LEAD_INCOMPLETE with the answers given", async () => {
    await world.on("/lead-ad", { questions: QUESTIONS, complete: false, keepRunning: true });
    await world.on("/lead-ad/finish");
    const [lead, pass] = (await world.heard()).map(({ event }) => event);
    expect(lead).toMatchObject({ referral: { type: "LEAD_INCOMPLETE" }, lead: { data: [QUESTIONS[0]] } });
    expect(pass.pass_thread_control.metadata).toBe("messenger_lead_gen_incomplete");
    expect((await world.on("/lead-ad/finish")).status).toBe(409);
  });

  it("R2 the summary message carries hop_context and is not part of the thread", async () => {
    await world.on("/lead-ad", { questions: QUESTIONS, summary: true });
    const summary = (await world.heard()).at(-1)?.event;
    expect(summary.message.text).toBe("Lead summary:\nCity?: Menlo Park\nPhone?: 650");
    expect(summary.hop_context).toEqual({ app_id: Number(LEAD_ADS), metadata: "messenger_lead_gen_complete" });
    const { messages } = await world.thread();
    expect(messages.some((one: { mid: string }) => one.mid === summary.message.mid)).toBe(false);
  });

  it("R2 the referral reaches us even where another app is the default app and holds the conversation", async () => {
    await world.page("POST", "/apps");
    await world.routing(SALES_BOT);
    await world.on("/lead-ad", { questions: QUESTIONS });
    expect((await world.told())[0]).toBe("messaging:referral");
  });

  it("R2 where apps may interrupt they hear it all, and their send ends it", async () => {
    await world.on("/lead-ad", { questions: QUESTIONS, interrupt: true, keepRunning: true });
    expect((await world.told()).slice(1)).toEqual([
      "messaging:City?",
      "messaging:Menlo Park",
      "messaging:Phone?",
      "messaging:650",
    ]);
    expect(outcome(await world.send({ text: "a person here" }))).toBe("ok");
    await soon(async () => (await world.told()).slice(-2)).toEqual(["messaging:referral", "messaging:a person here"]);
    expect((await world.thread()).leadAd).toBeNull();
  });

  it("R2 a flow given a duration ends by itself", async () => {
    await world.on("/lead-ad", { questions: QUESTIONS, durationMs: 30 });
    await soon(() => world.told()).toEqual(["messaging:referral", "messaging:pass_thread_control"]);
  });

  it("R2 a flow that was running when the simulator stopped ends after the next start", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "sim-lead-"));
    const own = new RoutingWorld({ dataDir });
    await own.start();
    await own.listen();
    await own.on("/lead-ad", { questions: QUESTIONS, durationMs: 3_600_000 });
    await own.sim.close();
    await own.start();
    expect((await own.thread()).leadAd).not.toBeNull();
    await own.sim.close();
    // Its hour passes meanwhile.
    const file = join(dataDir, "sim", "state.json");
    const state = JSON.parse(await readFile(file, "utf8"));
    state.threads[`${BLUE}:${ANN}`].leadAd.finishAt = Date.now();
    await writeFile(file, JSON.stringify(state));
    await own.start();
    await soon(() => own.told()).toEqual(["messaging:referral", "messaging:pass_thread_control"]);
    await own.stop();
    await rm(dataDir, { recursive: true });
  });

  it("R2 the person in Business Suite can always write and thereby ends it", async () => {
    await world.on("/lead-ad", { questions: QUESTIONS, keepRunning: true });
    await world.page("POST", "/inbox-reply", { customerId: ANN, text: "let me help" });
    expect(await world.told()).toEqual(["messaging:referral", "messaging:let me help"]);
  });
});
