import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { soon } from "./support/soon.ts";
import { ANN, World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await new World().start();
  await world.write("hi");
});
afterEach(async () => {
  await world.stop();
});

const next = (...nextSend: Record<string, unknown>[]) => world.faults({ nextSend });

type Got = { status: number; body: string; whole: boolean } | null;

/** A send over a bare connection: what arrived before it ended, or `null` when the sender gave up first. */
function raw(text: string): { answer: Promise<Got>; giveUp(): void } {
  const { promise: answer, resolve } = Promise.withResolvers<Got>();
  const { port } = new URL(world.sim.url);
  const headers = { authorization: `Bearer ${world.token}`, "content-type": "application/json" };
  const call = request({ port, method: "POST", path: "/v26.0/me/messages", headers }, (response) => {
    let body = "";
    response.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    response.on("close", () => resolve({ status: response.statusCode ?? 0, body, whole: response.complete }));
  });
  call.on("error", () => resolve({ status: 0, body: "", whole: false }));
  call.end(JSON.stringify({ recipient: { id: ANN }, message: { text } }));
  return {
    answer,
    giveUp() {
      resolve(null);
      call.destroy();
    },
  };
}
/** The local Meta has the call, and the fault that was waiting for it. */
const taken = () => soon(async () => (await world.control("GET", "/_sim/faults")).body.nextSend).toEqual([]);
/** Longer than any test. */
const FOR_LONG_MS = 600_000;

const texts = async () => (await world.thread()).messages.map((message: { text: string }) => message.text).slice(1);

describe("answers that are none", () => {
  it.each([
    [{ cut: "before" }, [], { status: 0, body: "", whole: false }],
    [{ cut: "after" }, ["x"], { status: 0, body: "", whole: false }],
    [{ cut: "during" }, ["x"], { status: 200, body: expect.stringMatching(/^\{"recipient_id":/), whole: false }],
    [{ html: "<h1>502</h1>" }, [], { status: 502, body: "<h1>502</h1>", whole: true }],
    [{ html: "<h1>502</h1>", accepted: true }, ["x"], { status: 502, body: "<h1>502</h1>", whole: true }],
    [{ html: "", status: 503 }, [], { status: 503, body: "", whole: true }],
    [{ empty: true }, [], { status: 500, body: "", whole: true }],
    [{ empty: true, accepted: true }, ["x"], { status: 200, body: "", whole: true }],
    [
      { truncated: true },
      [],
      { status: 500, body: expect.stringMatching(/^\{"error":\{"message":"An [^}]*$/), whole: true },
    ],
    [
      { truncated: true, accepted: true },
      ["x"],
      { status: 200, body: expect.stringMatching(/^\{"recipient_id":[^}]*$/), whole: true },
    ],
  ])("S10 %j leaves %j at Meta", async (fault, accepted, answer) => {
    await next(fault);
    expect(await raw("x").answer).toEqual(answer);
    expect(await texts()).toEqual(accepted);
    expect((await raw("next").answer)?.status).toBe(200);
  });

  it.each([
    ["before", []],
    ["after", ["x"]],
  ])(
    "S10 a call that hangs %s it was carried out leaves %j at Meta, and others are answered meanwhile",
    async (hang, accepted) => {
      await next({ hang });
      const call = raw("x");
      await taken();
      await soon(texts).toEqual(accepted);
      expect((await raw("next").answer)?.status).toBe(200);
      expect(await texts()).toEqual([...accepted, "next"]);
      call.giveUp();
      expect(await call.answer).toBeNull();
    },
  );

  it("S10 an error may come although the message was accepted, and its echo comes", async () => {
    await world.subscribe();
    await next({ code: -2, accepted: true });
    const answer = await world.send({ text: "sent all the same", metadata: "m-1" });
    expect([answer.status, answer.body.error.code]).toEqual([500, -2]);
    const echoes = () =>
      world.receiver.received
        .flatMap(({ body }) => body.entry)
        .flatMap((entry) => entry.messaging ?? [])
        .filter((event) => event.message?.is_echo);
    await soon(() => echoes().map(({ message }) => [message.text, message.metadata])).toEqual([
      ["sent all the same", "m-1"],
    ]);
  });

  it("S10 a sender who gives up on a slow call is told later what became of it", async () => {
    await next({ slowBeforeMs: FOR_LONG_MS });
    const first = raw("slow to be taken");
    await taken();
    first.giveUp();
    expect(await first.answer).toBeNull();
    expect(await texts()).toEqual([]);
    await world.control("DELETE", "/_sim/faults");
    await soon(texts).toEqual(["slow to be taken"]);
    await next({ slowAfterMs: FOR_LONG_MS });
    const second = raw("slow to be answered");
    await soon(texts).toEqual(["slow to be taken", "slow to be answered"]);
    second.giveUp();
    expect(await second.answer).toBeNull();
    await world.control("DELETE", "/_sim/faults");
  });

  it("S10 a call that is held up goes on as soon as all switches are back to normal", async () => {
    await next({ slowBeforeMs: FOR_LONG_MS });
    const answer = world.send({ text: "at last" });
    await taken();
    expect(await texts()).toEqual([]);
    await world.control("DELETE", "/_sim/faults");
    expect((await answer).status).toBe(200);
    expect(await texts()).toEqual(["at last"]);
  });

  it("S10 faults of any Graph call break off after it too", async () => {
    await world.faults({ nextGraph: [{ path: "subscribed_apps", cut: "after" }] });
    await expect(world.graph("POST", "/v26.0/me/subscribed_apps", { subscribed_fields: "messages" })).rejects.toThrow();
    const { body } = await world.graph("GET", "/v26.0/me/subscribed_apps");
    expect(body.data).toHaveLength(1);
  });
});
