import { BLUE_HARBOUR, KEVIN, TOMAS } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";
import { toldCustomer } from "../src/told.ts";

test("S4 a session ended by two-factor, and nobody writes: the check finds the dead token before an agent does", async ({
  ownWorld,
  deskOf,
}) => {
  test.slow();
  const world = await ownWorld();
  const ann = await world.sim.customer("Ann Lee");
  await ann.writes("Do you have it in green?");
  const desk = await deskOf(world.team.kai);
  await desk.open(ann.name);
  await expect(desk.off).toHaveCount(0);
  await world.sim.play("S4-session-invalidated", { userId: KEVIN, pageId: BLUE_HARBOUR });
  const { page } = desk;
  await page.goto(`/settings/channels/${world.channelId}`);
  // Opening the page asks Meta about everything.
  await expect(page.getByTestId("health-verdict")).toHaveAttribute("data-tone", "bad", { timeout: 20_000 });
  await expect(page.locator("[data-testid=authorizer][data-state=dead]")).toHaveCount(1);
  await desk.go("inbox");
  await desk.open(ann.name);
  await expect(desk.off).toHaveAttribute("data-code", "channel_needs_reauthorization");
  expect((await ann.thread()).messages.filter((message) => message.from === "page")).toHaveLength(0);
});

test("S5 whoever connected the Page lost it: any other administrator of the Page reconnects, the same channel goes on, and what waited is sent", async ({
  ownWorld,
  deskOf,
  phoneOf,
}) => {
  test.slow();
  const world = await ownWorld();
  const ann = await world.sim.customer("Ann Lee");
  const phone = await phoneOf(ann);
  await phone.write("Do you have it in green?");
  const desk = await deskOf(world.team.kai);
  await desk.open(ann.name);
  await desk.input.fill("Green arrives on Friday.");
  // On their way they would meet what breaks at Meta next, before the reply does.
  await expect.poll(() => toldCustomer(world, ann)).toEqual(expect.arrayContaining(["mark_seen", "typing_on"]));
  await world.sim.call("POST", `/users/${KEVIN}/role`, { pageId: BLUE_HARBOUR, tasks: [] });
  await desk.input.press("Enter");
  await expect(desk.message("Green arrives on Friday.")).toHaveAttribute("data-state", "held");
  const { page } = desk;
  await desk.go("settings");
  await page.getByTestId("reauthorize").click();
  await page.getByTestId(`oauth-user-${TOMAS}`).check();
  await page.getByTestId("oauth-allow").click();
  await expect(page.getByTestId("reauthorization-done")).toBeVisible();
  await desk.go("settings");
  await expect(page.locator(`[data-channel-id="${world.channelId}"]`)).toHaveAttribute("data-state", "healthy");
  await expect(phone.received()).toHaveText([/Green arrives on Friday\./]);
  await desk.go("inbox");
  await desk.open(ann.name);
  await expect(desk.message("Do you have it in green?")).toBeVisible();
  await expect(desk.message("Green arrives on Friday.")).toHaveAttribute("data-state", /sent|delivered|read/);
});

test("S11 Meta restricts the Page: one refusal, then everything waits with the reason, nothing more is tried, and what waits can be cancelled", async ({
  ownWorld,
  deskOf,
}) => {
  test.slow();
  const world = await ownWorld();
  const ann = await world.sim.customer("Ann Lee");
  await ann.writes("Is anybody there?");
  const desk = await deskOf(world.team.kai);
  await desk.open(ann.name);
  await world.sim.call("POST", `/pages/${BLUE_HARBOUR}/restrict`, { restricted: true });
  await desk.send("Yes, right away.");
  const first = desk.message("Yes, right away.");
  await expect(first).toHaveAttribute("data-state", "held");
  await expect(desk.off).toHaveAttribute("data-code", "channel_restricted");
  await expect(desk.status).toContainText("Meta has restricted this Page");
  await desk.page.getByTestId("write-held").click();
  await desk.send("What is it about?");
  const second = desk.message("What is it about?");
  await expect(second).toHaveAttribute("data-state", "held");
  await desk.go("settings");
  await expect(desk.page.locator(`[data-channel-id="${world.channelId}"]`)).toHaveAttribute("data-state", "restricted");
  const { data: calls } = await world.sim.call<{ data: { method: string; params: { message?: unknown } }[] }>(
    "GET",
    "/graph-calls?limit=200",
  );
  expect(calls.filter(({ method, params }) => method === "POST" && params.message !== undefined)).toHaveLength(1);
  await desk.go("inbox");
  await desk.open(ann.name);
  await second.getByTestId("failure-toggle").click();
  await second.getByTestId("cancel-send").click();
  await expect(second).toHaveAttribute("data-state", "cancelled");
  await expect(first).toHaveAttribute("data-state", "held");
  expect((await ann.thread()).messages.filter((message) => message.from === "page")).toHaveLength(0);
});
