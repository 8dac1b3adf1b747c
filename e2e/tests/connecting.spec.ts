import { BLUE_HARBOUR, KEVIN } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";

const INSTAGRAM = "17841400000009001";

test("S5 connecting: cancelled and begun again, one Page found among 120 by keyboard, what was declined granted afterwards", async ({
  ownWorld,
  deskOf,
}) => {
  const world = await ownWorld();
  await world.sim.call("POST", `/users/${KEVIN}/pages`, { count: 120, name: "Kiosk" });
  const { page } = await deskOf(world.team.kai);
  const problem = page.getByTestId("connect-problem");
  const asKevin = async (decision: string) => {
    await page.getByTestId(`oauth-user-${KEVIN}`).check();
    await page.getByTestId(decision).click();
  };
  const row = (externalId: string) => page.locator(`[data-testid=granted-page][data-external-id="${externalId}"]`);

  await test.step("cancelled at Facebook: said, with a way to begin again", async () => {
    await page.goto("/settings/channels");
    await page.getByTestId("connect-facebook").click();
    await page.getByTestId("oauth-cancel").click();
    await expect(problem).toContainText("cancelled at Facebook");
    await page.getByTestId("connect-retry").click();
    await asKevin("oauth-allow");
  });

  await test.step("among 120 Pages none is ticked; one is found by name, ticked and connected without a mouse", async () => {
    await expect(row(BLUE_HARBOUR)).toContainText("Connected");
    await expect(page.getByTestId("grant-connect")).toBeDisabled();
    await page.getByTestId("grant-search").fill("kiosk 117");
    await expect(page.getByTestId("granted-page").filter({ hasText: "Kiosk 116" })).toHaveCount(0);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Space");
    await expect(page.getByTestId("granted-page").getByRole("checkbox").first()).toBeChecked();
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("grant-connected")).toHaveCount(1);
    await expect(page.getByTestId("grant-connected")).toContainText(/kiosk ?117/i);
    await page.getByTestId("grant-done").click();
  });

  await test.step("an answer of Facebook that nobody here waits for says so", async () => {
    await page.goto("/api/v1/channels/authorizations/callback?state=made-up&code=AQ");
    await expect(problem).toContainText("took too long");
  });

  await test.step("a permission left out: the account that needs it is offered with its name, and the rest can be granted", async () => {
    await page.getByTestId("connect-retry").click();
    await asKevin("oauth-edit");
    await page.getByTestId("oauth-permission-instagram_manage_messages").uncheck();
    await page.getByTestId("oauth-permission-pages_utility_messaging").uncheck();
    await page.getByTestId("oauth-allow").click();
    await expect(page.getByTestId("grant-declined")).toContainText("pages_utility_messaging");
    await expect(row(INSTAGRAM)).toContainText("instagram_manage_messages");
    await expect(row(INSTAGRAM).getByRole("checkbox")).toBeDisabled();
    await page.getByTestId("grant-rest").click();
    await asKevin("oauth-allow");
    await page.getByTestId("oauth-permission-instagram_manage_messages").check();
    await page.getByTestId("oauth-permission-pages_utility_messaging").check();
    await page.getByTestId("oauth-allow").click();
    await expect(row(INSTAGRAM).getByRole("checkbox")).toBeEnabled();
    await expect(page.getByTestId("grant-declined")).toHaveCount(0);
  });
});
