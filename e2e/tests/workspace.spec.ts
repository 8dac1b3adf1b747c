import { expectAccessible } from "../src/axe.ts";
import { expect, test } from "../src/test.ts";
import { toldCustomer } from "../src/told.ts";

test("what customers see of the team is switched by administrators, for everybody and at once; agents see what holds", async ({
  ownWorld,
  deskOf,
}) => {
  test.slow();
  const world = await ownWorld();
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  await desk.go("settings");
  await page.getByTestId("settings-workspace").click();
  await expect(page.getByTestId("workspace-typingShown")).toBeChecked();
  await expect(page.getByTestId("workspace-seenShown")).toBeChecked();
  await expectAccessible(page, "workspace");

  const vera = await world.sim.customer("Vera Moll");
  await vera.writes("Hello?");
  await desk.go("inbox");
  await desk.open(vera.name);
  await desk.input.pressSequentially("Hi");
  await expect.poll(() => toldCustomer(world, vera)).toEqual(expect.arrayContaining(["typing_on", "mark_seen"]));

  await page.goto("/settings/workspace");
  await page.getByTestId("workspace-typingShown").press("Space");
  await expect(page.getByText("Customers do not see that a reply is being written.")).toBeVisible();
  await page.getByTestId("workspace-seenShown").press("Space");
  await page.getByTestId("workspace-name").fill("Blue Harbour Taipei");
  await page.getByTestId("workspace-name-save").click();
  // All three are shown before the server has them.
  const changed = { name: "Blue Harbour Taipei", typingShown: false, seenShown: false };
  await expect.poll(() => world.api("GET", "/api/v1/workspace")).toMatchObject(changed);
  await page.reload();
  await expect(page.getByTestId("workspace-typingShown")).not.toBeChecked();
  await expect(page.getByTestId("workspace-seenShown")).not.toBeChecked();
  await expect(page.getByTestId("workspace-name")).toHaveValue("Blue Harbour Taipei");

  const omar = await world.sim.customer("Omar Said");
  await omar.writes("Are you there?");
  await desk.go("inbox");
  await desk.open(omar.name);
  await desk.input.pressSequentially("Yes");
  await desk.input.press("Enter");
  await expect(desk.message("Yes")).toHaveAttribute("data-state", /sent|delivered|read/);
  expect(await toldCustomer(world, omar)).toEqual([]);

  const agent = await deskOf(world.team.mei, {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "zh-TW",
  });
  await agent.page.goto("/settings/workspace");
  await expect(agent.page.getByTestId("workspace-read-only")).toBeVisible();
  await expect(agent.page.getByTestId("workspace-typingShown")).toBeDisabled();
  await expect(agent.page.getByTestId("workspace-name")).toHaveCount(0);
  await expectAccessible(agent.page, "workspace of an agent, 390 px, dark, Chinese");
});
