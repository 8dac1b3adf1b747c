import { conversationWith } from "../src/conversations.ts";
import { BLUE_HARBOUR } from "../src/sim-control.ts";
import { connectPage } from "../src/team.ts";
import { expect, test } from "../src/test.ts";

test("S5 self-test: a connection tests itself step by step; what broke since is named with what to do, and passes once it is mended", async ({
  ownWorld,
  deskOf,
}) => {
  const world = await ownWorld();
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  await page.goto(`/settings/channels/${world.channelId}`);
  const verdict = page.getByTestId("self-test-verdict");
  const step = (code: string) => page.locator(`[data-testid=self-test-step][data-code=${code}]`);
  await expect(verdict).toHaveAttribute("data-kind", "passed");
  await page.getByTestId("self-test-unfold").click();
  await expect(page.getByTestId("self-test-step")).toHaveCount(9);
  await expect(step("callback")).toHaveAttribute("data-status", "ok");
  await expect(step("round_trip")).toHaveAttribute("data-status", "not_possible");

  // Somebody wrote, and somebody else took the Page's subscription away.
  const tess = await world.sim.customer("Tess");
  await tess.writes("Is anybody there?");
  await conversationWith(world, tess.id);
  await world.sim.call("POST", `/pages/${BLUE_HARBOUR}/drop-subscription`, {});
  await page.getByTestId("self-test-run").click();
  await expect(verdict).toHaveAttribute("data-kind", "failed");
  await expect(verdict).toContainText("Events of the Page");
  await expect(step("page_fields")).toHaveAttribute("data-status", "fail");
  await expect(step("page_fields")).toContainText("Connect the Page again");
  await expect(step("round_trip")).toContainText("is here too");

  await connectPage(world);
  await expect(verdict).toHaveAttribute("data-kind", "passed");
  await expect(verdict).toContainText("after connecting again");
  await expect(step("page_fields")).toHaveAttribute("data-status", "ok");
  await expect(page.locator("#check-self_test")).toHaveAttribute("data-status", "ok");
});
