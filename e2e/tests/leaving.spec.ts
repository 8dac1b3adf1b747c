import { expectAccessible } from "../src/axe.ts";
import { BLUE_HARBOUR, TOMAS } from "../src/sim-control.ts";
import { connectPage, signIn } from "../src/team.ts";
import { expect, test } from "../src/test.ts";
import { toldCustomer } from "../src/told.ts";

const NORA = { name: "Nora Berg", email: "nora@blueharbour.example", password: "between-two-tides" };

test("O3 O5 leaving: what lives on a colleague is named before they go, one access is removed without a pause, a channel goes with its history or stays", async ({
  ownWorld,
  deskOf,
}) => {
  test.slow();
  const world = await ownWorld();
  const { kai } = world.team;
  const ann = await world.sim.customer("Ann Lee");
  await ann.writes("Do you have it in green?");
  const { url } = await kai.call<{ url: string }>("POST", "/api/v1/invitations", {
    email: NORA.email,
    role: "administrator",
  });
  const { name, password } = NORA;
  await kai.call("POST", `/api/v1/invitations/by-token/${url.split("/").at(-1)}/accept`, { name, password });
  const nora = await signIn(world, NORA);
  const accessToken = await pageTokenOf(world.sim, TOMAS);
  await nora.call("POST", "/api/v1/channels", {
    platform: "messenger",
    externalId: BLUE_HARBOUR,
    accessToken,
  });
  const desk = await deskOf(kai);
  const { page } = desk;
  const ofNora = page.getByTestId("authorizer").filter({ hasText: "Connected by Nora Berg" });
  const others = page.getByTestId("authorizer").filter({ hasNotText: "Connected by Nora Berg" });

  await test.step("each access tells whose it is, who connected it and what it is good for; removing one of two changes nothing for customers", async () => {
    await page.goto(`/settings/channels/${world.channelId}`);
    await expect(ofNora).toContainText("answer messages");
    await expectAccessible(page, "who gave access");
    await others.getByTestId("authorizer-remove").click();
    await page.getByTestId("confirm").click();
    await expect(page.getByTestId("authorizer")).toHaveCount(1);
    await expect(ofNora).toContainText("In use");
    await desk.go("inbox");
    await desk.open(ann.name);
    await desk.send("Yes, since Friday.");
    await expect(desk.message("Yes, since Friday.")).toHaveAttribute("data-state", /sent|delivered|read/);
  });

  await test.step("the colleague whose access is the last one: named, and deactivated only on purpose", async () => {
    await page.goto("/settings/team");
    await page.getByTestId("member-row").filter({ hasText: NORA.name }).getByTestId("member-menu").click();
    await page.getByTestId("member-deactivate").click();
    await expect(page.getByTestId("member-breaks")).toContainText("Blue Harbour");
    await expectAccessible(page, "what lives on a member");
    await page.getByTestId("confirm").click();
    await expect(page.getByTestId("confirm-dialog")).toBeHidden();
    await page.goto(`/settings/channels/${world.channelId}`);
    await expect(ofNora).toContainText("has left the team");
  });

  await test.step("disconnected with its history to go; kept after all, and connected again it is all there", async () => {
    await page.getByTestId("disconnect").filter({ visible: true }).click();
    await page.getByTestId("history-delete").check();
    await expectAccessible(page, "disconnecting");
    await page.getByTestId("confirm").click();
    await expect(page.getByTestId("history-deletion")).toContainText("Kai Lindqvist");
    await desk.go("inbox");
    await desk.open(ann.name);
    await expect(desk.message("Do you have it in green?")).toBeVisible();
    await page.goto(`/settings/channels/${world.channelId}`);
    await page.getByTestId("history-undo").click();
    await expect(page.getByTestId("history-deletion")).toHaveCount(0);
    await expect(page.getByTestId("history-open")).toBeVisible();
    await expect(page.getByTestId("health-verdict")).toContainText("Disconnected");
    // Not on the channel's page, where its checks would go on at Meta into the next step.
    await desk.go("inbox");
    await connectPage(world);
    await expect.poll(() => world.openJobs("reconcile.run", "templates.sync", "contacts.profile")).toEqual([]);
    await desk.open(ann.name);
    await expect(desk.message("Yes, since Friday.")).toBeVisible();
    await expect(desk.status).toHaveAttribute("data-state", "open");
    await expect(page.getByTestId("access-banner")).toHaveCount(0);
  });

  await test.step("the app removed from the Page at Facebook: found by the next reply, which waits, and said above every screen", async () => {
    // That somebody writes is told to Meta too, and would find it first.
    const typed = async () => (await toldCustomer(world, ann)).filter((one) => one === "typing_on").length;
    const before = await typed();
    await desk.input.fill("And in blue since today.");
    await expect.poll(typed).toBeGreaterThan(before);
    await world.sim.call("POST", `/pages/${BLUE_HARBOUR}/own-app`, { on: false });
    await page.getByTestId("composer-send").click();
    await expect(desk.message("And in blue since today.")).toHaveAttribute("data-state", "held");
    await expect(page.getByTestId("access-banner")).toContainText("Blue Harbour: A permission for the Page is missing");
    await expectAccessible(page, "a channel that stopped");
    await page.getByTestId("access-banner").getByRole("link").click();
    await expect(page.getByTestId("health-verdict")).toHaveAttribute("data-tone", "bad");
  });
});

/** A Page's token of a person, freshly made at the local Meta. */
async function pageTokenOf(
  sim: { call<T>(method: "POST", path: string, body?: unknown): Promise<T> },
  userId: string,
): Promise<string> {
  const { pages } = await sim.call<{ pages: { id: string; accessToken: string }[] }>(
    "POST",
    `/users/${userId}/token`,
    {},
  );
  const page = pages.find((one) => one.id === BLUE_HARBOUR);
  if (!page) throw new Error(`${userId} has no role on Blue Harbour`);
  return page.accessToken;
}
