import { expectAccessible } from "../src/axe.ts";
import { KEVIN } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";

const INSTAGRAM = "17841400000009001";

test("S5 connecting: cancelled and begun again, what was declined granted afterwards, one Page found among 120 by keyboard", async ({
  ownWorld,
  deskOf,
}) => {
  test.slow();
  const world = await ownWorld();
  const { page } = await deskOf(world.team.kai);
  const problem = page.getByTestId("connect-problem");
  const logIn = async (decision: "oauth-allow" | "oauth-edit") => {
    await page.getByTestId(`oauth-user-${KEVIN}`).check();
    await page.getByTestId(decision).click();
  };
  const instagram = page.locator(`[data-testid=granted-page][data-external-id="${INSTAGRAM}"]`);
  const permission = (name: string) => page.getByTestId(`oauth-permission-${name}`);

  await test.step("cancelled at Facebook: said, with a way to begin again", async () => {
    await page.goto("/settings/channels");
    await page.getByTestId("connect-facebook").click();
    await page.getByTestId("oauth-cancel").click();
    await expect(problem).toContainText("cancelled at Facebook");
    await page.getByTestId("connect-retry").click();
  });

  await test.step("a permission left out: what needs it is offered with its name, and it can be granted afterwards", async () => {
    await logIn("oauth-edit");
    await permission("instagram_manage_messages").uncheck();
    await page.getByTestId("oauth-allow").click();
    await expect(page.getByTestId("grant-declined")).toContainText("instagram_manage_messages");
    await expect(instagram).toContainText("instagram_manage_messages");
    await expect(instagram.getByRole("checkbox")).toBeDisabled();
    await expectAccessible(page, "choice with a partial grant");
    await page.getByTestId("grant-rest").click();
    await logIn("oauth-allow");
    await permission("instagram_manage_messages").check();
    await page.getByTestId("oauth-allow").click();
    await expect(instagram.getByRole("checkbox")).toBeEnabled();
    await expect(page.getByTestId("grant-declined")).toHaveCount(0);
  });

  await test.step("an answer of Facebook that nobody here waits for says so", async () => {
    await page.goto("/api/v1/channels/authorizations/callback?state=made-up&code=AQ");
    await expect(problem).toContainText("took too long");
  });

  await test.step("among 120 Pages none is ticked; one is found by name, ticked and connected without a mouse", async () => {
    await world.sim.call("POST", `/users/${KEVIN}/pages`, { count: 120, name: "Kiosk", instagramEvery: 0 });
    await page.getByTestId("connect-retry").click();
    await logIn("oauth-allow");
    await expect(page.getByTestId("grant-connect")).toBeDisabled({ timeout: 25_000 });
    await page.getByTestId("grant-search").fill("kiosk 117");
    await expect(page.getByTestId("granted-page")).toHaveCount(1);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Space");
    await expect(page.getByTestId("granted-page").getByRole("checkbox")).toBeChecked();
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("grant-connected")).toContainText("Kiosk 117", { timeout: 25_000 });
  });
});
