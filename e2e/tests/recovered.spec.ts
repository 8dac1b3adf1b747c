import { expectAccessible } from "../src/axe.ts";
import { compareWithMeta } from "../src/conversations.ts";
import { expect, test } from "../src/test.ts";

declare global {
  interface Window {
    called: string[];
  }
}

test("R5 recovered messages come back in their place, marked and explained, and call nobody", async ({
  world,
  deskOf,
}) => {
  test.slow();
  const ida = await world.sim.customer("Ida Moreno");
  await ida.writes("First");
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  // The page believes that nobody looks, and that desktop notifications are wanted.
  await page.addInitScript(() => {
    window.called = [];
    localStorage.setItem("firstline.notify", "on");
    Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
    window.Notification = class {
      static permission = "granted";
      static requestPermission = async () => "granted" as const;
      onclick = null;
      constructor(title: string, options?: NotificationOptions) {
        window.called.push(`${title}: ${options?.body}`);
      }
      close() {}
    } as unknown as typeof Notification;
  });
  // Of this person: an alert of the world that journeys share is a notification too.
  const called = async () =>
    (await page.evaluate(() => window.called)).filter((note) => note.startsWith(`${ida.name}:`));
  await desk.openInbox();
  await desk.open(ida.name);
  await world.sim.faults({ lose: { customerId: ida.id, count: 2 } });
  await ida.writes("Lost, one");
  await ida.writes("Lost, two");
  await world.sim.noFaults();
  await ida.writes("Fourth");
  await expect(desk.message("Fourth")).toBeVisible();
  await expect.poll(called).toEqual([`${ida.name}: Fourth`]);

  await compareWithMeta(world, world.channelId, ida.id);
  await expect(desk.message("Lost, two")).toBeVisible();
  const line = page.getByTestId("recovered");
  await expect(line).toHaveText(
    /^2 messages recovered at \d\d:\d\d: Meta did not deliver them \(written from \d\d:\d\d\)\.$/,
  );
  await expect(page.getByTestId("recovered-mark").last()).toHaveText(/^recovered \d\d:\d\d$/);
  const texts = () => page.locator("[data-testid=message] p").allTextContents();
  await expect.poll(texts).toEqual(["First", "Lost, one", "Lost, two", "Fourth"]);
  const lines = page.locator("[data-testid=recovered], [data-testid=message]");
  const order = () => lines.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.testid));
  await expect.poll(order).toEqual(["message", "recovered", "message", "message", "message"]);
  expect(await called()).toEqual([`${ida.name}: Fourth`]);
  await expect(desk.row(ida.name)).toContainText("Fourth");
  await expectAccessible(page, "recovered messages");
});

test("R5 a message of which Meta told nothing but its id is shown as incomplete, and whole once it is found at Meta", async ({
  world,
  desk,
}) => {
  const noor = await world.sim.customer("Noor Haddad");
  await noor.writes("Hello");
  await desk.open(noor.name);
  await world.sim.faults({ sendEmpty: { customerId: noor.id, count: 1 } });
  await noor.writes("My order number is 4711");
  await expect(desk.page.getByTestId("placeholder")).toContainText("Meta told of this message but not what it says");
  await compareWithMeta(world, world.channelId, noor.id);
  await expect(desk.message("My order number is 4711")).toBeVisible();
  await expect(desk.page.getByTestId("placeholder")).toHaveCount(0);
});
