import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { soon } from "./support/soon.ts";
import { ANN, BLUE, TEA, World } from "./support/world.ts";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "sim-test-"));
});
afterEach(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

describe("state", () => {
  it("survives a restart: messages, media, subscriptions, tokens and waiting webhooks", async () => {
    const world = await new World({ dataDir }).start();
    await world.subscribe("messages");
    await world.faults({ delayMs: 3_600_000 });
    await world.write("still on its way");
    const photo = Buffer.from("GIF89a\u0001\0\u0001\0\0\0\0;", "latin1").toString("base64");
    await world.control("POST", `/_sim/pages/${BLUE}/customers/${ANN}/messages`, {
      attachments: [{ type: "image", base64: photo, name: "p.gif" }],
    });
    const token = world.token;
    await world.sim.close();
    await world.start();
    expect(world.token).toBe(token);
    const thread = await world.thread();
    expect(thread.messages.map((message: { text: string | null }) => message.text)).toEqual(["still on its way", null]);
    expect((await fetch(thread.messages[1].attachments[0].url)).status).toBe(200);
    await world.control("POST", "/_sim/webhooks/flush", {});
    await world.sim.idle();
    expect(world.receiver.events).toHaveLength(2);
    await world.stop();
  });

  it("survives kill -9", async () => {
    const run = async (): Promise<{ child: ChildProcess; url: string }> => {
      const child = spawn(process.execPath, [MAIN], {
        env: { ...process.env, SIM_PORT: "0", DATA_DIR: dataDir },
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [line] = (await once(child.stdout!, "data")) as [Buffer];
      return { child, url: /http:\/\/\S+?:\d+/.exec(String(line))?.[0] ?? "" };
    };
    const first = await run();
    const path = `/_sim/pages/${BLUE}/customers/${ANN}`;
    await fetch(`${first.url}${path}/messages`, {
      method: "POST",
      body: JSON.stringify({ text: "kept" }),
      headers: { "content-type": "application/json" },
    });
    await soon(() => readFile(join(dataDir, "sim", "state.json"), "utf8")).toContain("kept");
    first.child.kill("SIGKILL");
    await once(first.child, "exit");
    const second = await run();
    const thread = (await (await fetch(`${second.url}${path}/thread`)).json()) as { messages: { text: string }[] };
    expect(thread.messages.map(({ text }) => text)).toEqual(["kept"]);
    second.child.kill("SIGTERM");
    expect((await once(second.child, "exit"))[0]).toBe(0);
  });

  it("says in one line that the port is taken", async () => {
    const world = await new World().start();
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, SIM_PORT: String(world.sim.port), DATA_DIR: dataDir },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let text = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
    const [code] = await once(child, "close");
    expect(code).toBe(1);
    expect(text.trim().split("\n")).toHaveLength(1);
    expect(text).toContain(`port ${world.sim.port} is in use`);
    await world.stop();
  });
});

describe("sample world", () => {
  it("is told once per Page, dated back, in order, and again only when forced", async () => {
    const world = await new World().start();
    expect(
      (await world.control("POST", "/_sim/world/play", {})).body.pages.every(
        (page: { played: boolean }) => !page.played,
      ),
    ).toBe(true);
    await world.subscribe();
    await world.graph("POST", `/${TEA}/subscribed_apps`, {
      access_token: (await world.control("GET", "/_sim/state")).body.pages[1].accessToken,
      subscribed_fields: "messages",
    });
    const first = await world.control("POST", "/_sim/world/play", {});
    await world.sim.idle();
    const told = world.receiver.events.length;
    expect(first.body.pages.map((page: { played: boolean }) => page.played)).toEqual([true, true]);
    expect(told).toBeGreaterThan(50);
    expect((await world.control("POST", "/_sim/world/play", {})).body.pages[0].played).toBe(false);
    const mine = world.receiver.events.filter(
      (event: { sender: { id: string }; message?: unknown }) => event.sender.id === ANN && event.message,
    );
    const times = mine.map((event: { timestamp: number }) => event.timestamp);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeLessThan(Date.now() - 2 * 86_400_000);
    const states = await Promise.all(
      ["1", "2", "4", "5"].map(async (last) => (await world.thread(`740000000000000${last}`)).window.state),
    );
    expect(states).toEqual(["open", "open", "human_agent", "closed"]);
    expect((await world.send({ text: "x" }, {}, "7400000000000007")).body.error.error_subcode).toBe(2018001);
    expect((await world.send({ text: "x" }, {}, "7400000000000008")).body.error.code).toBe(551);
    const mids = () =>
      new Set(world.receiver.events.flatMap((event: { message?: { mid: string } }) => event.message?.mid ?? []));
    const before = mids();
    await world.control("POST", "/_sim/world/play", { pageId: BLUE, force: true });
    await world.sim.idle();
    expect(world.receiver.events.length).toBeGreaterThan(told);
    expect(mids()).toEqual(before);
    await world.stop();
  });

  it("masks tokens in the log of Graph calls and resets to the same ids and secrets", async () => {
    const world = await new World().start();
    await world.graph("GET", "/me");
    const log = JSON.stringify((await world.control("GET", "/_sim/graph-calls")).body);
    expect(log).toContain('"path":"/me"');
    expect(log).not.toContain(world.token);
    const before = world.token;
    await world.write("forgotten");
    await world.control("POST", "/_sim/reset", {});
    await world.readTokens();
    expect(world.token).toBe(before);
    expect((await world.thread()).messages).toEqual([]);
    await world.stop();
  });
});
