import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { png } from "../../src/store/png.ts";
import { ANN, BLUE, World } from "../support/world.ts";
import { loaded } from "./graph-host.ts";

const require = createRequire(import.meta.url);
const { MessengerClient } = loaded(require("messaging-api-messenger"));
let world: World;
let client: typeof MessengerClient;
const picture = png(8, 8, () => [10, 120, 200]);

beforeAll(async () => {
  world = await new World().start();
  await world.write("hi");
  client = new MessengerClient({
    accessToken: world.token,
    appId: world.sim.app.id,
    appSecret: world.sim.app.secret,
    version: "26.0",
    origin: world.sim.url,
  });
});
afterAll(() => world.stop());

const last = async () => (await world.thread()).messages.at(-1);

describe("messaging-api-messenger 1.1.0 (Yoctol), unmodified, with its own option for the address", () => {
  it("sends a text, signed with appsecret_proof, and reads the ids of the answer", async () => {
    await world.faults({ requireProof: true });
    const answer = await client.sendText(ANN, "from messaging-api", { messagingType: "RESPONSE" });
    await world.faults({ requireProof: false });
    expect(answer).toEqual({ recipientId: ANN, messageId: expect.stringMatching(/^m_/) });
    expect(await last()).toMatchObject({ from: "page", text: "from messaging-api" });
  });

  it("sends a picture by address, by bytes and by the id of an upload", async () => {
    const url = `${world.sim.url}/_cdn/avatar/${ANN}.png`;
    expect(await client.sendImage(ANN, url, { messagingType: "RESPONSE" })).toMatchObject({ recipientId: ANN });
    expect((await last()).attachments).toMatchObject([{ type: "image" }]);
    expect(await client.sendImage(ANN, picture, { filename: "blue.png" })).toMatchObject({ recipientId: ANN });
    expect((await last()).attachments).toMatchObject([{ type: "image" }]);
    const { attachmentId } = await client.uploadImage(picture, { isReusable: true, filename: "blue.png" });
    expect(attachmentId).toMatch(/^\d+$/);
    const sent = await client.sendImage(ANN, { attachmentId }, { messagingType: "RESPONSE" });
    expect(sent.messageId).toMatch(/^m_/);
    expect((await last()).attachments).toMatchObject([{ type: "image" }]);
  });

  it("shows typing and seen", async () => {
    expect(await client.typingOn(ANN)).toEqual({ recipientId: ANN });
    expect((await world.thread()).pageTyping).toBe(true);
    await client.typingOff(ANN);
    expect((await world.thread()).pageTyping).toBe(false);
    await client.markSeen(ANN);
    expect((await world.thread()).pageSeenAt).not.toBeNull();
  });

  it("reads profiles, the Page, its token and its subscriptions", async () => {
    expect(await client.getUserProfile(ANN)).toMatchObject({ id: ANN, firstName: expect.any(String) });
    expect(await client.getPageInfo()).toMatchObject({ id: BLUE });
    // It signs debug_token with the proof of the Page's token beside the app's token, which Meta refuses too.
    const { accessToken, appId, appSecret } = client;
    const plain = new MessengerClient({
      accessToken,
      appId,
      appSecret,
      skipAppSecretProof: true,
      origin: world.sim.url,
    });
    expect(await plain.debugToken()).toMatchObject({ isValid: true, type: "PAGE", appId });
  });

  it("subscribes the app: the callback's handshake passes, and the subscription is read back", async () => {
    const { url: callbackUrl, verifyToken } = world.receiver;
    const accessToken = world.appToken;
    const done = await client.createSubscription({ callbackUrl, verifyToken, fields: ["messages"], accessToken });
    expect(done).toEqual({ success: true });
    expect(await client.getPageSubscription({ accessToken })).toMatchObject({ object: "page", callbackUrl });
    const refused = client.createSubscription({ callbackUrl, verifyToken: "wrong", fields: ["messages"], accessToken });
    await expect(refused).rejects.toThrow("Callback verification failed");
  });

  it("tells refusals as Meta words them: code, type and message", async () => {
    await world.faults({ nextSend: [{ code: 10, subcode: 2018278 }] });
    const refused = client.sendText(ANN, "late", { messagingType: "RESPONSE" });
    await expect(refused).rejects.toThrow("Messenger API - 10 OAuthException (#10) This message is sent outside of");
    const wrong = new MessengerClient({ accessToken: "nope", origin: world.sim.url });
    await expect(wrong.sendText(ANN, "x")).rejects.toThrow("Messenger API - 190 OAuthException");
  });
});
