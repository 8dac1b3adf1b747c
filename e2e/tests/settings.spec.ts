import { caller } from "../src/call.ts";
import { Desk } from "../src/desk.ts";
import { KEVIN, LANTERN_TEA, TOMAS } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";

test("a Page is connected by token: a dead token is refused with the reason, a good one leads to its health", async ({
  ownWorld,
  deskOf,
}) => {
  const world = await ownWorld();
  const { page } = await deskOf(world.team.kai);
  const tea = (await world.sim.state()).pages.find((one) => one.id === LANTERN_TEA)!;
  await page.goto("/settings/channels");
  await page.getByTestId("connect-token").click();
  await page.getByTestId("connect-token-id").fill(LANTERN_TEA);
  await page.getByTestId("connect-token-value").fill("EAAnot-a-token-at-all-0123456789");
  await page.getByTestId("connect-token-submit").click();
  await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
  await page.getByTestId("connect-token-value").fill(tea.accessToken);
  await page.getByTestId("connect-token-submit").click();
  await expect(page.getByTestId("health-verdict")).toHaveAttribute("data-tone", /good|warn/);
  await expect(page.getByRole("heading", { name: "Lantern Tea" })).toBeVisible();

  const kim = await world.sim.customer("Kim", { pageId: LANTERN_TEA });
  await kim.writes("Do you have oolong?");
  await page.goto("/inbox");
  await expect(new Desk(page).row(kim.name)).toContainText("oolong");
});

test("health: every check has evidence; after a password change the verdict says so and one button connects again", async ({
  ownWorld,
  deskOf,
}) => {
  const world = await ownWorld();
  const { page } = await deskOf(world.team.kai);
  await page.goto(`/settings/channels/${world.channelId}`);
  const checks = page.getByTestId("health-check");
  await expect(checks.first()).toBeVisible();
  expect(await checks.count()).toBeGreaterThan(5);
  await expect(page.locator("[data-testid=health-check][data-status=fail]")).toHaveCount(0);
  await world.sim.changePassword(KEVIN);
  await page.getByTestId("health-refresh").click();
  await expect(page.getByTestId("health-verdict")).toHaveAttribute("data-tone", "bad");
  await expect(page.locator("[data-testid=health-check][data-status=fail]").first()).toBeVisible();
  await expect(page.locator("[data-testid=authorizer][data-state=dead]")).toHaveCount(1);

  // Another administrator of the Page may put it right (S5).
  await page.getByTestId("reauthorize").click();
  await page.getByTestId(`oauth-user-${TOMAS}`).check();
  await page.getByTestId("oauth-allow").click();
  await expect(page.getByTestId("reauthorization-done")).toBeVisible();
  await expect(page.getByTestId("health-verdict")).toHaveAttribute("data-tone", /good|warn/);
  await expect(page.locator("[data-testid=authorizer][data-state=live]")).toContainText("Tomas Reyes");
});

test("the dialog cancelled: back on the channels with the reason and a way to try again", async ({ world, desk }) => {
  const { page } = desk;
  await page.goto("/settings/channels");
  await page.getByTestId("connect-facebook").click();
  await page.getByTestId("oauth-cancel").click();
  await expect(page.getByTestId("connect-problem")).toBeVisible();
  await expect(page.getByTestId("connect-retry")).toBeVisible();
  await expect(page.locator(`[data-channel-id="${world.channelId}"]`)).toHaveAttribute("data-state", "healthy");
});

test("a colleague is invited by link, joins in another browser, and is deactivated again", async ({
  world,
  desk,
  stranger,
}) => {
  const { page } = desk;
  await page.goto("/settings/team");
  await page.getByTestId("invite-open").click();
  await page.getByTestId("invite-email").fill("nora@blueharbour.example");
  await page.getByTestId("invite-submit").click();
  const url = (await page.getByTestId("invite-url").textContent())!;
  await page.getByTestId("invite-done").click();
  const invitation = page.locator('[data-testid=invitation-row][data-email="nora@blueharbour.example"]');
  await expect(invitation).toBeVisible();

  const other = await (await stranger({ baseURL: world.url })).newPage();
  await other.goto(url);
  await expect(other.getByTestId("invite-email")).toHaveValue("nora@blueharbour.example");
  await other.getByTestId("invite-name").fill("Nora Berg");
  await other.getByTestId("invite-password").fill("between-two-tides");
  await other.getByTestId("invite-submit").click();
  await expect(other).toHaveURL(/\/inbox/);
  await other.goto("/settings/api-keys");
  await expect(other.getByTestId("apikey-create")).toHaveCount(0);

  await page.reload();
  const nora = page.getByTestId("member-row").filter({ hasText: "Nora Berg" });
  await expect(nora).toBeVisible();
  await expect(invitation).toHaveCount(0);
  await nora.getByTestId("member-menu").click();
  await page.getByTestId("member-deactivate").click();
  await page.getByTestId("confirm").click();
  await expect(page.getByTestId("confirm-dialog")).toBeHidden();
  await other.goto("/inbox");
  await expect(other).toHaveURL(/\/login/);
  const again = await (await stranger({ baseURL: world.url })).newPage();
  await again.goto(url);
  await expect(again.getByTestId("invite-submit")).toHaveCount(0);
});

test("an API key is shown once, works as its role allows, and is dead after deletion", async ({ world, desk }) => {
  const { page } = desk;
  await page.goto("/settings/api-keys");
  await page.getByTestId("apikey-create").click();
  await page.getByTestId("apikey-name").fill("Shop system");
  await page.getByTestId("apikey-submit").click();
  const key = (await page.getByTestId("apikey-value").textContent())!;
  await page.getByTestId("apikey-done").click();
  await expect(page.getByText(key)).toHaveCount(0);

  const call = caller(world.url, { authorization: `Bearer ${key}` });
  await expect(call("GET", "/api/v1/conversations")).resolves.toHaveProperty("data");
  await expect(call("GET", "/api/v1/api-keys")).rejects.toThrow(/403/);
  await page.getByTestId("apikey-row").filter({ hasText: "Shop system" }).getByTestId("apikey-delete").click();
  await page.getByTestId("confirm").click();
  await expect(page.getByTestId("apikey-row").filter({ hasText: "Shop system" })).toHaveCount(0);
  await expect(call("GET", "/api/v1/conversations")).rejects.toThrow(/401/);
});

test("R5 deliveries: what Meta sent can be read byte for byte and replayed, and the message stays one", async ({
  world,
  desk,
}) => {
  const { page } = desk;
  const pia = await world.sim.customer("Pia");
  await pia.writes("Find me in the raw body");
  await expect(desk.row(pia.name)).toBeVisible();
  await page.goto("/settings/deliveries");
  await page.getByTestId("delivery-contact").fill(pia.id);
  await page.getByTestId("delivery-contact").press("Enter");
  await expect(page.getByTestId("delivery-row")).toHaveCount(1);
  await page.getByTestId("delivery-row").getByRole("link").click();
  const drawer = page.getByTestId("delivery-drawer");
  await expect(drawer).toContainText("Find me in the raw body");
  await drawer.getByTestId("delivery-replay").click();
  await expect(drawer.getByRole("status")).toHaveText("Worked off again.");
  await page.goto("/inbox");
  await desk.open(pia.name);
  await expect(desk.message("Find me in the raw body")).toHaveCount(1);
});

test("profile: the password changes only with the old one, and the new one signs in", async ({
  ownWorld,
  deskOf,
  stranger,
}) => {
  const world = await ownWorld();
  const { page } = await deskOf(world.team.mei);
  await page.goto("/settings/profile");
  await expect(page.getByTestId("profile-name")).toHaveText("Mei Lin");
  await page.getByTestId("password-current").fill("this-is-not-it");
  await page.getByTestId("password-new").fill("a-brand-new-garden");
  await page.getByTestId("password-submit").click();
  await expect(page.getByTestId("password-current")).toHaveAccessibleDescription(/password/i);
  await page.getByTestId("password-current").fill(world.team.mei.password);
  await page.getByTestId("password-submit").click();
  await expect(page.getByTestId("password-done")).toBeVisible();

  const other = await (await stranger({ baseURL: world.url })).newPage();
  await other.goto("/login");
  await other.getByTestId("login-email").fill(world.team.mei.email);
  await other.getByTestId("login-password").fill("a-brand-new-garden");
  await other.getByTestId("login-submit").click();
  await expect(other).toHaveURL(/\/inbox/);
});
