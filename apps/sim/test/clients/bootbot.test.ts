import { once } from "node:events";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ANN, World } from "../support/world.ts";
import { loaded, reachInsteadOfMeta } from "./graph-host.ts";

const require = createRequire(import.meta.url);
const BootBot = loaded(require("bootbot"));
let world: World;
let bot: typeof BootBot;
let port: number;
let putBack: () => void;

beforeAll(async () => {
  vi.spyOn(console, "log").mockReturnValue();
  world = await new World().start();
  putBack = reachInsteadOfMeta(world.sim.url);
  bot = new BootBot({
    accessToken: world.token,
    verifyToken: "boot",
    appSecret: world.sim.app.secret,
    broadcastEchoes: true,
  });
  // Its start() trips over today's express, after its routes are in place: `.bind(this)` registers the HTTP method BIND there.
  expect(() => bot.start(0)).toThrow("path must be a string");
  bot.server = bot.app.listen(0, "127.0.0.1");
  await once(bot.server, "listening");
  ({ port } = bot.server.address());
  await world.write("hi");
});
afterAll(async () => {
  putBack();
  bot.server.closeAllConnections();
  bot.close();
  await world.stop();
  vi.restoreAllMocks();
});

const last = async () => (await world.thread()).messages.at(-1);

describe("bootbot 1.1.0 (Charca), unmodified, with Meta's address and v2.12 built in", () => {
  it("verifies its webhook, checks our signature and answers what it hears", async () => {
    const subscribed = await world.graph("POST", `/v26.0/${world.sim.app.id}/subscriptions`, {
      access_token: world.appToken,
      object: "page",
      fields: "messages,message_echoes,message_deliveries,messaging_postbacks",
      callback_url: `http://127.0.0.1:${port}/webhook`,
      verify_token: "boot",
    });
    expect(subscribed.body).toEqual({ success: true });
    await world.graph("POST", "/v26.0/me/subscribed_apps", {
      subscribed_fields: "messages,message_echoes,message_deliveries,messaging_postbacks",
    });
    const answered = new Promise((resolve) =>
      bot.hear(["hello", /hey/i], (_payload: unknown, chat: { say(text: string): Promise<unknown> }) =>
        resolve(chat.say("Hello, human!")),
      ),
    );
    const delivered = new Promise((resolve) => bot.on("delivery", resolve));
    await world.write("hello");
    expect(await answered).toMatchObject({ recipient_id: ANN, message_id: expect.stringMatching(/^m_/) });
    expect((await last()).text).toBe("Hello, human!");
    expect(await delivered).toMatchObject({ delivery: { watermark: expect.any(Number) } });
  });

  it("sends an attachment by address, a button template, and typing on and off around a text", async () => {
    const url = `${world.sim.url}/_cdn/avatar/${ANN}.png`;
    expect(await bot.sendAttachment(ANN, "image", url)).toMatchObject({ recipient_id: ANN });
    expect((await last()).attachments).toMatchObject([{ type: "image" }]);
    const buttons = [{ type: "postback", title: "Sizes", payload: "SIZES" }];
    expect(await bot.say(ANN, { text: "What next?", buttons })).toMatchObject({ recipient_id: ANN });
    expect(await bot.say(ANN, "typed", { typing: 1 })).toMatchObject({ recipient_id: ANN });
    expect(await world.thread()).toMatchObject({ pageTyping: false });
    expect((await last()).text).toBe("typed");
  });

  it("reads a profile", async () => {
    expect(await bot.getUserProfile(ANN)).toMatchObject({ first_name: expect.any(String), id: ANN });
  });

  it("gets refusals as Meta's error object", async () => {
    await world.faults({ nextSend: [{ code: 613 }] });
    expect(await bot.say(ANN, "too fast")).toMatchObject({ error: { code: 613, type: "OAuthException" } });
  });
});
