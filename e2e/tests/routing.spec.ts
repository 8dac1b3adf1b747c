import { expectAccessible } from "../src/axe.ts";
import { BLUE_HARBOUR, LANTERN_TEA } from "../src/sim-control.ts";
import { connectPage } from "../src/team.ts";
import { expect, test } from "../src/test.ts";

const SALES_BOT = "1900000000000777";

test("R4 several apps on the Page: named with what they hear, with who is first and the clicks that change it", async ({
  world,
  desk: { page },
}) => {
  const place = `/pages/${BLUE_HARBOUR}`;
  const mode = page.getByTestId("routing-mode");
  const bot = page.locator(`[data-testid=routing-app][data-app="${SALES_BOT}"]`);
  try {
    await page.goto(`/settings/channels/${world.channelId}`);
    await page.getByTestId("routing-refresh").click();
    await expect(mode).toHaveAttribute("data-mode", "all_apps");
    await expect(bot).toHaveCount(0);

    await test.step("a second app without routing: both hear and answer everybody", async () => {
      await world.sim.call("POST", `${place}/apps`, { id: SALES_BOT });
      await page.getByTestId("routing-refresh").click();
      await expect(bot).toContainText("Sales Bot");
      const check = page.locator("[data-testid=health-check][data-code=other_apps]");
      await expect(check).toHaveAttribute("data-status", "warn");
      await expect(check.getByTestId("check-action")).toHaveAttribute("href", "#routing-clicks");
    });

    await test.step("Conversation Routing on: who is first, and today's clicks with the old words", async () => {
      await world.sim.call("PUT", `${place}/routing`, { enabled: true, defaultAppId: SALES_BOT });
      await page.getByTestId("routing-refresh").click();
      await expect(mode).toHaveAttribute("data-mode", "routing");
      const click = page.getByTestId("routing-click").first();
      await expect(click).toContainText("Conversation Routing");
      await expect(click).toContainText("Messenger Receiver");
      await expect(click.getByRole("link")).toHaveAttribute("href", /^https:\/\/www\.facebook\.com\//);
      await expectAccessible(page, "channel with routing");
    });
  } finally {
    await world.sim.call("PUT", `${place}/routing`, { enabled: false });
    await world.sim.call("DELETE", `${place}/apps/${SALES_BOT}`);
  }
});

test("R1 a connected Page that writes opens no conversation, whether Meta tells of it or not, and health names the blind spot", async ({
  ownWorld,
  deskOf,
}) => {
  const world = await ownWorld();
  await connectPage(world, LANTERN_TEA);
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  for (const event of [false, true]) {
    const text = event ? "Told: do you supply shops?" : "Silent: do you supply shops?";
    await world.sim.call("POST", `/pages/${BLUE_HARBOUR}/page-writes`, { fromPageId: LANTERN_TEA, text, event });
  }
  await world.sim.idle();
  // Whoever writes after it arrives: so what came before has been worked off.
  const lars = await world.sim.customer("Lars Ek");
  await lars.writes("A real customer");
  await expect(desk.row(lars.name)).toBeVisible();
  const { data } = await world.api<{ data: { contact: { externalId: string } }[] }>("GET", "/api/v1/conversations");
  expect(data.map((one) => one.contact.externalId)).not.toContain(LANTERN_TEA);

  await page.goto(`/settings/channels/${world.channelId}`);
  const spot = page.locator("[data-testid=health-check][data-code=page_to_page]");
  await expect(spot).toHaveAttribute("data-status", "unknown");
  await expect(spot).toContainText("Business Suite");
});
