import { createECDH, createHmac, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../src/axe.ts";
import { conversationWith } from "../src/conversations.ts";
import { KEVIN } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";

interface Posted {
  kind: string;
  words: { en: { title: string } };
}

interface Receiver {
  origin: string;
  secret: string;
  taken: Posted[];
  /** Sealed for one device. */
  pushed: number;
  server: Server;
}

/**
 * The program of a workspace that takes alerts, and a push service beside it. It keeps what was posted with a good signature, and
 * refuses the rest.
 */
async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = { origin: "", secret: "", taken: [], pushed: 0, server: createServer() };
  receiver.server.on("request", async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (request.url === "/push") {
      if (request.headers["content-encoding"] === "aes128gcm") receiver.pushed += 1;
      response.writeHead(201).end();
      return;
    }
    const mac = createHmac("sha256", receiver.secret)
      .update(`${request.headers["x-firstline-timestamp"]}.`)
      .update(body);
    const good = request.headers["x-firstline-signature"] === `sha256=${mac.digest("hex")}`;
    if (good) receiver.taken.push(JSON.parse(body.toString()) as Posted);
    response.writeHead(good ? 204 : 401).end();
  });
  await new Promise<void>((ready) => {
    receiver.server.listen(0, "127.0.0.1", () => ready());
  });
  receiver.origin = `http://127.0.0.1:${(receiver.server.address() as AddressInfo).port}`;
  return receiver;
}

/** A browser without a push service of its own (as this one is) gets the one of the test. */
async function givePushService(page: Page, endpoint: string): Promise<void> {
  const device = createECDH("prime256v1");
  const keys = { p256dh: device.generateKeys().toString("base64url"), auth: randomBytes(16).toString("base64url") };
  await page.context().grantPermissions(["notifications"]);
  await page.addInitScript(
    (made) => {
      const kept = "test-subscribed";
      const subscription = {
        endpoint: made.endpoint,
        toJSON: () => made,
        unsubscribe: async () => {
          localStorage.removeItem(kept);
          return true;
        },
      };
      PushManager.prototype.subscribe = async () => {
        localStorage.setItem(kept, "yes");
        return subscription as unknown as PushSubscription;
      };
      PushManager.prototype.getSubscription = async () =>
        localStorage.getItem(kept) ? (subscription as unknown as PushSubscription) : null;
    },
    { endpoint, keys },
  );
}

/** What the push service of a browser does: an event for the worker, whether the desk is open or not. */
async function deliverPush(page: Page, data: object): Promise<void> {
  const started = page.context().serviceWorkers()[0] ?? page.context().waitForEvent("serviceworker");
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
  });
  const worker = await started;
  await worker.evaluate((text) => {
    const Push = (globalThis as unknown as { PushEvent: new (kind: string, init: { data: string }) => Event })
      .PushEvent;
    globalThis.dispatchEvent(new Push("push", { data: text }));
  }, JSON.stringify(data));
}

test("S3 what breaks is told once: at the desk, to the workspace's webhook with its signature, and by the browser while the desk is closed", async ({
  ownWorld,
  deskOf,
}) => {
  test.slow();
  const receiver = await startReceiver();
  const world = await ownWorld({ env: { ALERT_WEBHOOK_ORIGINS: receiver.origin } });
  const { page } = await deskOf(world.team.kai);

  await givePushService(page, `${receiver.origin}/push`);
  await page.goto("/settings/alerts");
  await expect(page.getByTestId("my-alerts")).toContainText("Your operator has set no mail server");
  await page.getByTestId("webhook-url").fill(`${receiver.origin}/hook`);
  await page.getByTestId("webhook-save").click();
  receiver.secret = (await page.getByTestId("webhook-secret").textContent()) ?? "";
  await expectAccessible(page, "alerts, with a new secret");
  await page.getByTestId("webhook-test").click();
  await expect(page.locator("[data-testid=test-result][data-way=webhook]")).toHaveAttribute("data-state", "sent");
  await page.getByTestId("alerts-push").getByText("Critical").click();
  await expect(page.getByTestId("alerts-push").getByRole("radio", { name: "Critical" })).toBeChecked();

  await page.getByRole("switch", { name: "This browser" }).press("Space");
  await expect(page.getByTestId("alert-device")).toContainText("Chrome");
  await expect(page.getByRole("switch", { name: "This browser" })).toBeChecked();

  const lena = await world.sim.customer("Lena Ortiz");
  await lena.writes("Are you open today?");
  const { id } = await conversationWith(world, lena.id);
  await world.sim.changePassword(KEVIN);
  for (const n of [1, 2, 3])
    await world.team.mei.call("POST", `/api/v1/conversations/${id}/messages`, {
      clientId: `alert-${n}`,
      text: `Yes, until eight (${n}).`,
    });
  await expect(page.getByTestId("alert-told")).toContainText("Blue Harbour");
  await expect(page.getByTestId("alert-told")).toContainText("password");
  await expect.poll(() => receiver.taken.map(({ kind }) => kind)).toEqual(["test", "opened"]);
  await expect.poll(() => receiver.pushed).toBe(1);
  expect(receiver.taken[1]?.words.en.title).toContain("password");
  const results = () =>
    world.team.kai
      .call<{ results: { state: string }[] }>("GET", "/api/v1/workspace/webhook")
      .then((webhook) => webhook.results.map(({ state }) => state));
  await expect.poll(results).toEqual(["sent", "sent"]);
  await page.reload();
  await expect(page.locator("[data-testid=webhook-result][data-state=sent]")).toHaveCount(2);

  await page.getByRole("switch", { name: "This browser" }).press("Space");
  await expect(page.getByTestId("alert-device")).toHaveCount(0);

  const phone = await deskOf(world.team.mei, {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "zh-TW",
  });
  await phone.page.context().grantPermissions(["notifications"], { origin: world.url });
  await phone.page.goto("/settings/alerts");
  await expect(phone.page.getByTestId("my-alerts")).toBeVisible();
  await expect(phone.page.getByTestId("alert-webhook")).toHaveCount(0);
  await expectAccessible(phone.page, "alerts of an agent, 390 px, dark, Chinese");
  const shown = () =>
    phone.page.evaluate(async () =>
      (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag }) => ({
        title,
        body,
        tag,
      })),
    );
  await deliverPush(phone.page, { title: "Blue Harbour: test", body: "b", path: "/settings/incidents", tag: "t" });
  await expect.poll(shown).toEqual([{ title: "Blue Harbour: test", body: "b", tag: "t" }]);
  receiver.server.close();
});
