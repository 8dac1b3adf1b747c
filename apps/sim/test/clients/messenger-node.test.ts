import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { png } from "../../src/store/png.ts";
import { ANN, World } from "../support/world.ts";
import { freePort, loaded, reachInsteadOfMeta } from "./graph-host.ts";

const require = createRequire(import.meta.url);
const { Client, Webhook } = loaded(require("messenger-node"));
const recipient = { id: ANN };
let world: World;
let client: typeof Client;
let webhook: typeof Webhook;
let putBack: () => void;
const dir = mkdtempSync(join(tmpdir(), "messenger-node-"));

beforeAll(async () => {
  vi.spyOn(console, "log").mockReturnValue();
  world = await new World().start();
  putBack = reachInsteadOfMeta(world.sim.url);
  await world.write("hi");
  client = new Client({ page_token: world.token, app_token: world.appToken, graph_api_version: "v26.0" });
  webhook = new Webhook({ verify_token: "my_voice_is_my_passport", port: await freePort(), endpoint: "/hook" });
});
afterAll(async () => {
  putBack();
  await new Promise((resolve) => webhook.stopInstance(resolve));
  await world.stop();
  rmSync(dir, { recursive: true, force: true });
  vi.restoreAllMocks();
});

const last = async () => (await world.thread()).messages.at(-1);

describe("messenger-node 0.3.2 (amuramoto), unmodified, with Meta's address built in", () => {
  it("sends a text, quick replies and a button template", async () => {
    expect(await client.sendText(recipient, "from messenger-node")).toEqual({
      recipient_id: ANN,
      message_id: expect.stringMatching(/^m_/),
    });
    expect((await last()).text).toBe("from messenger-node");
    const replies = [{ content_type: "text", title: "Yes", payload: "YES" }];
    await client.sendQuickReplies(recipient, replies, "Shall we?");
    expect((await last()).text).toBe("Shall we?");
  });

  it("sends a picture by address and by bytes, and uploads one for reuse", async () => {
    const source = `${world.sim.url}/_cdn/avatar/${ANN}.png`;
    expect(await client.sendAttachment({ type: "image", source }, recipient)).toMatchObject({ recipient_id: ANN });
    const file = join(dir, "blue.png");
    writeFileSync(
      file,
      png(8, 8, () => [10, 120, 200]),
    );
    expect(await client.sendAttachment({ type: "image", source: file }, recipient)).toMatchObject({
      recipient_id: ANN,
    });
    expect((await last()).attachments).toMatchObject([{ type: "image" }]);
    expect(await client.uploadAttachment({ type: "image", source: file })).toEqual({
      attachment_id: expect.stringMatching(/^\d+$/),
    });
  });

  it("shows typing, reads a profile and asks for control", async () => {
    expect(await client.sendSenderAction(recipient, "typing_on")).toMatchObject({ recipient_id: ANN });
    expect((await world.thread()).pageTyping).toBe(true);
    expect(await client.getUserProfile(ANN, ["id", "first_name"])).toMatchObject({ id: ANN });
    expect(await client.requestThreadControl(ANN)).toEqual({ success: true });
  });

  it("its webhook passes the handshake and receives signed events", async () => {
    const heard = new Promise((resolve) =>
      webhook.once("messages", (_type: unknown, sender: { value: string }, event: { message: { text: string } }) =>
        resolve([sender.value, event.message.text]),
      ),
    );
    const subscribed = await world.graph("POST", `/v26.0/${world.sim.app.id}/subscriptions`, {
      access_token: world.appToken,
      object: "page",
      fields: "messages",
      callback_url: `http://127.0.0.1:${webhook.getPort()}/hook`,
      verify_token: "my_voice_is_my_passport",
    });
    expect(subscribed.body).toEqual({ success: true });
    await world.graph("POST", "/v26.0/me/subscribed_apps", { subscribed_fields: "messages" });
    await world.write("heard by messenger-node");
    expect(await heard).toEqual([ANN, "heard by messenger-node"]);
  });

  it("tells refusals with Meta's whole body", async () => {
    await world.faults({ nextSend: [{ code: 551, subcode: 1545041 }] });
    await expect(client.sendText(recipient, "anybody?")).rejects.toMatchObject({
      error: { code: 551, error_subcode: 1545041, fbtrace_id: expect.any(String) },
    });
  });
});
