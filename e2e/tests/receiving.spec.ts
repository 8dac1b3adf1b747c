import { expectAccessible } from "../src/axe.ts";
import { comment } from "../src/conversations.ts";
import { BLUE_HARBOUR, TOMAS } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";

test("R5 a lost message is recovered, reported and traced", async ({ ownWorld, deskOf }) => {
  test.slow();
  const world = await ownWorld();
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  const nora = await world.sim.customer("Nora Lund");
  await nora.writes("Are you open on Sunday?");
  await expect(desk.row(nora.name)).toBeVisible();
  await world.sim.faults({ lose: { count: 1, customerId: nora.id, fields: ["messages"] } });
  await nora.writes("And on Monday?");
  await world.sim.idle();
  await world.sim.noFaults();
  await nora.writes("Hello?");
  await expect(desk.row(nora.name)).toContainText("Hello?");

  await test.step("comparing with Meta's record brings it back", async () => {
    await page.goto(`/settings/channels/${world.channelId}`);
    await page.getByTestId("compare-now").click();
    await expect(page.locator("[data-testid=comparison][data-state=done]").first()).toBeVisible();
    await expect(page.getByTestId("compare-status")).toContainText("has been compared");
  });

  await test.step("the report counts it, in a sentence, as a chart and as a table", async () => {
    await expect(page.getByTestId("receiving-sentence")).toHaveText(/Meta lost 1 of 3 messages in 30 days/);
    await expect(page.getByTestId("receiving-recovered")).toHaveText("1");
    await expect(page.getByTestId("receiving-chart").locator("svg").first()).toBeVisible();
    await page.getByTestId("receiving-day-fold").locator("summary").click();
    await expect(page.getByTestId("receiving-days").getByRole("row")).toHaveCount(31);
    await page.getByTestId("receiving-field-fold").locator("summary").click();
    await expect(page.getByTestId("receiving-fields").locator("[data-key=message] td").nth(1)).toHaveText("1");
    await expectAccessible(page, "channel with a report");
  });

  await test.step("the message stands in its place in the conversation", async () => {
    await page.goto("/inbox");
    await desk.open(nora.name);
    await expect(page.getByTestId("message")).toHaveText([/Are you open/, /And on Monday/, /Hello\?/]);
  });

  await test.step("the health leads to the trace, which says the same", async () => {
    await page.goto(`/settings/channels/${world.channelId}`);
    await page.getByTestId("health-refresh").click();
    await page.locator("[data-code=losses]").getByTestId("check-action").click();
    await page.getByTestId("trace-person").fill(nora.id);
    await page.getByTestId("trace-submit").click();
    await expect(page.getByTestId("trace-verdict")).toHaveAttribute("data-verdict", "recovered");
  });
});

test("R5 dropped subscription: the health says so, connecting again subscribes and reads back what was missed", async ({
  ownWorld,
  deskOf,
}) => {
  test.slow();
  const world = await ownWorld();
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  const eva = await world.sim.customer("Eva Holt");
  await eva.writes("Do you deliver?");
  await expect(desk.row(eva.name)).toBeVisible();
  await world.sim.call("POST", `/pages/${BLUE_HARBOUR}/drop-subscription`, { alert: false });
  await eva.writes("To Taipei, I mean.");
  await world.sim.idle();

  await page.goto(`/settings/channels/${world.channelId}`);
  const check = page.locator("[data-testid=health-check][data-code=page_subscription]");
  await expect(check).toHaveAttribute("data-status", "fail");
  await expect(page.getByTestId("health-verdict")).toHaveAttribute("data-tone", "bad");
  await check.getByTestId("check-action").click();
  await page.getByTestId(`oauth-user-${TOMAS}`).check();
  await page.getByTestId("oauth-allow").click();
  await expect(check).toHaveAttribute("data-status", "ok");
  await page.getByTestId("compare-now").click();
  await expect(page.getByTestId("receiving-recovered")).toHaveText("1");
  await page.goto("/inbox");
  await desk.open(eva.name);
  await expect(desk.message("To Taipei, I mean.")).toHaveCount(1);
});

test("R5 an agent sees the report but starts no comparison", async ({ world, deskOf }) => {
  const { page } = await deskOf(world.team.mei);
  await page.goto(`/settings/channels/${world.channelId}`);
  await expect(page.getByTestId("receiving-sentence")).toBeVisible();
  await expect(page.getByTestId("compare-now")).toHaveCount(0);
});

test("R5 comments are kept: newest first, edited and removed ones say so, and the author's conversation is one click away", async ({
  world,
  desk,
}) => {
  const { page } = desk;
  const rolf = await world.sim.customer("Rolf Aas");
  await rolf.writes("I have just asked under your post.");
  await expect(desk.row(rolf.name)).toBeVisible();
  const asked = await comment(world, { text: "Is it waterproof?", customerId: rolf.id });
  const gone = await comment(world, { text: "First!", name: "Somebody Quick" });
  await comment(world, { verb: "edited", commentId: asked, text: "Is the blue one waterproof?" });
  await comment(world, { verb: "remove", commentId: gone });

  await page.goto("/settings");
  await page.getByTestId("settings-comments").click();
  const row = (id: string) => page.locator(`[data-testid=comment-row][data-comment-id="${id}"]`);
  await expect(row(asked)).toContainText("Is the blue one waterproof?");
  await expect(row(asked)).toContainText("edited");
  await expect(row(gone)).toContainText("removed");
  await expect(row(gone).getByTestId("comment-conversation")).toHaveCount(0);
  await expectAccessible(page, "comments");
  await row(asked).getByTestId("comment-conversation").click();
  await expect(desk.message("I have just asked under your post.")).toBeVisible();
});

test("WCAG 2.2 AA at 390 px, dark, in Chinese: channel, trace, comments and deliveries", async ({ world, deskOf }) => {
  test.slow();
  const { page } = await deskOf(world.team.kai, {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "zh-TW",
  });
  const mona = await world.sim.customer("Mona Vik");
  await mona.writes("Hello");
  await world.sim.idle();

  await page.goto(`/settings/channels/${world.channelId}`);
  await expect(page.getByTestId("receiving-chart").locator("svg").first()).toBeVisible();
  await expect(page.getByTestId("routing-mode")).toBeVisible();
  await expect(page.getByTestId("health-check").first()).toBeVisible();
  await page.getByTestId("receiving-day-fold").locator("summary").click();
  await expectAccessible(page, "channel");
  const at = new Date().toISOString();
  await page.goto(`/trace?channelId=${world.channelId}&contactExternalId=${mona.id}&at=${at}`);
  await expect(page.getByTestId("trace-verdict")).toBeVisible();
  await expectAccessible(page, "trace");
  await page.goto("/settings/comments");
  await expect(page.getByTestId("comment-row").or(page.getByTestId("comments-empty")).first()).toBeVisible();
  await expectAccessible(page, "comments");
  await page.goto("/settings/deliveries");
  await page.getByTestId("delivery-row").first().getByRole("link").click();
  await expect(page.getByTestId("delivery-event").first()).toBeVisible();
  await expectAccessible(page, "delivery");
});
