import { expectAccessible } from "../src/axe.ts";
import type { Customer } from "../src/sim-control.ts";
import { expect, test, type WorkingWorld } from "../src/test.ts";

/** What the app has told a customer's phone so far, besides messages. */
const told = async (world: WorkingWorld, customer: Customer): Promise<string[]> => {
  const { data } = await world.sim.call<{ data: { path: string; body: unknown }[] }>("GET", "/graph-calls?limit=200");
  return data.flatMap((call) => {
    const text = JSON.stringify(call);
    if (!text.includes(customer.id)) return [];
    return /typing_on|typing_off|mark_seen/.exec(text)?.[0] ?? [];
  });
};

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
  await expect.poll(() => told(world, vera)).toEqual(expect.arrayContaining(["typing_on", "mark_seen"]));

  await page.goto("/settings/workspace");
  await page.getByTestId("workspace-typingShown").press("Space");
  await expect(page.getByText("Customers do not see that a reply is being written.")).toBeVisible();
  await page.getByTestId("workspace-seenShown").press("Space");
  await page.getByTestId("workspace-name").fill("Blue Harbour Taipei");
  await page.getByTestId("workspace-name-save").click();
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
  expect(await told(world, omar)).toEqual([]);

  const agent = await deskOf(world.team.mei, {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "zh-TW",
    reducedMotion: "reduce",
  });
  await agent.page.goto("/settings/workspace");
  await expect(agent.page.getByTestId("workspace-read-only")).toBeVisible();
  await expect(agent.page.getByTestId("workspace-typingShown")).toBeDisabled();
  await expect(agent.page.getByTestId("workspace-name")).toHaveCount(0);
  await expectAccessible(agent.page, "workspace of an agent, 390 px, dark, Chinese");
});
