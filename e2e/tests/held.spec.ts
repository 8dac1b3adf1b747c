import { expectAccessible } from "../src/axe.ts";
import { conversationWith } from "../src/conversations.ts";
import { BLUE_HARBOUR } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";

const SALES_BOT = "1900000000000777";

test("R2 held by Meta AI: readable, composer off with who and until when, draft kept, refusals explained in place, return announced", async ({
  world,
  deskOf,
}) => {
  test.slow();
  const lena = await world.sim.customer("Lena Yamada");
  await lena.writes("Do you ship abroad?");
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  await desk.open(lena.name);
  await desk.input.fill("To most countries, within");

  await lena.does("meta-ai", { text: "Yes! We ship to most countries." });
  await expect(desk.message("We ship to most countries.")).toBeVisible();
  await expect(page.locator("[data-testid=message-source][data-source=meta_ai]")).toContainText("Meta AI");
  await expect(page.locator("[data-testid=activity][data-kind=control_held]")).toContainText("Meta AI");
  await expect(desk.status).toHaveAttribute("data-state", "held");
  await expect(desk.status).toContainText("Held by Meta AI until");
  await expect(desk.off).toHaveAttribute("data-holder", "meta_ai");
  await expect(desk.off).toContainText("Your draft is kept.");
  await expect(desk.input).toBeDisabled();
  await expect(page.getByTestId("composer-send")).toBeDisabled();
  await expect(desk.row(lena.name).getByTestId("row-held")).toHaveText("held by Meta AI");
  await page.getByTestId("filter-needsLook").click();
  await expect(desk.row(lena.name)).toBeVisible();

  await lena.writes("And to Brazil?");
  await expect(desk.message("And to Brazil?")).toBeVisible();
  await expect(page.getByTestId("standby").last()).toBeVisible();

  await page.getByTestId("control-take").click();
  const refusal = page.getByTestId("control-refusal");
  await expect(refusal).toHaveAttribute("data-action", "take");
  await expect(refusal).toContainText("Conversation Routing (formerly Handover Protocol");
  await expectAccessible(page, "held, with a refusal");
  await page.getByTestId("control-request").click();
  await expect(refusal).toBeHidden();
  await expect(page.getByTestId("control-asked")).toBeVisible();
  await expect(page.locator("[data-testid=activity][data-kind=control_requested]")).toContainText("You");
  await expect(page.getByTestId("open-suite")).toHaveAttribute(
    "href",
    new RegExp(`/business#${BLUE_HARBOUR}/${lena.id}`),
  );

  const phone = await deskOf(world.team.mei, {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "zh-TW",
  });
  await phone.page.goto(page.url());
  await phone.live();
  await expect(phone.off).toHaveAttribute("data-holder", "meta_ai");
  await expectAccessible(phone.page, "held, 390 px, dark, Chinese");
  // To the list within the page, as a person would: what happens from here on is news.
  await phone.page.getByTestId("back-to-list").click();
  await expect(phone.row(lena.name)).toBeVisible();

  await lena.does("meta-ai/release");
  await lena.writes("Hello?");
  await expect(phone.page.getByTestId("control-returned")).toContainText("Meta AI");
  await expect(phone.page.getByText(`${lena.name}：對話已交回`, { exact: true })).toBeVisible();
  await expect(page.getByTestId("control-returned")).toContainText(lena.name);
  await expect(desk.status).toHaveAttribute("data-state", "open");
  await expect(page.locator("[data-testid=activity][data-kind=control_returned]")).toContainText("Meta AI");
  await expect(desk.input).toHaveValue("To most countries, within");
  await desk.send("To most countries, within a week.");
  await expect(desk.message("within a week.")).toHaveAttribute("data-state", /sent|delivered|read/);
});

test("R2 lead ad: what was never told is read back in its place, the answers stand as a card, the ad is on the contact", async ({
  world,
  deskOf,
}) => {
  const { customerId } = await world.sim.play("R2-lead-ad-complete");
  const { id } = await conversationWith(world, customerId);
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  await page.goto(`/inbox/${id}`);
  const card = page.locator("[data-testid=details-card][data-card=lead]");
  await expect(card).toContainText("Lead ad answered");
  await expect(card.locator("dt")).toHaveText(["Which city are you in?", "When do you want to visit?"]);
  await expect(card.locator("dd")).toHaveText(["Taichung", "Next Saturday"]);
  await expect(page.getByTestId("recovered")).toContainText("5 messages recovered");
  await expect(desk.message("Which city are you in?").first()).toBeVisible();
  await expect(page.locator("[data-testid=activity][data-kind=control_returned]")).toContainText("Messenger lead ad");
  const referral = page.getByTestId("referral");
  await expect(referral).toHaveAttribute("data-by", "ad");
  await expect(referral).toContainText("Try our raincoats");
  await expect(referral).toContainText("answered");
  await expect(desk.status).toHaveAttribute("data-state", "open");
  await expectAccessible(page, "lead ad");
});

test("R2 lead ad running: a reply waits for it, the composer says why, and nothing is offered that cannot help", async ({
  world,
  desk,
}) => {
  const felix = await world.sim.customer("Felix Costa");
  await felix.writes("I saw your ad.");
  await desk.open(felix.name);
  await felix.does("lead-ad", { keepRunning: true });
  await desk.send("May I help?");
  await expect(desk.status).toHaveAttribute("data-state", "held");
  await expect(desk.off).toHaveAttribute("data-holder", "lead_ad_flow");
  await expect(desk.off).toContainText("Wait until the customer has finished");
  await expect(desk.page.getByTestId("control-take")).toHaveCount(0);
  await felix.does("lead-ad/finish");
  await expect(desk.status).toHaveAttribute("data-state", "open");
});

test("R4 another app holds it by routing: named in row, header and composer, taken over with one key, given on and released", async ({
  ownWorld,
  deskOf,
}) => {
  test.slow();
  const world = await ownWorld();
  const { customerId } = await world.sim.play("R4-other-app-is-default");
  await world.api("GET", `/api/v1/channels/${world.channelId}/routing?refresh=true`);
  const { id, contact } = await conversationWith(world, customerId);
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  await expect(desk.row(contact.name).getByTestId("row-held")).toHaveText("held by Sales Bot");
  await desk.open(contact.name);
  await expect(page.getByTestId("held-tag")).toHaveText("held by Sales Bot");
  await expect(desk.status).toContainText("Held by Sales Bot until");
  await expect(desk.off).toHaveAttribute("data-code", "held_by_other_app");
  await expect(page.locator("[data-testid=message-source][data-source=other_app]")).toContainText("Sales Bot");
  await expect(page.getByTestId("control-request")).toHaveCount(0);

  await page.keyboard.press("t");
  await expect(desk.status).toHaveAttribute("data-state", "open");
  await expect(page.getByTestId("held-tag")).toHaveCount(0);
  await expect(page.locator("[data-testid=activity][data-kind=control_returned]")).toContainText("Sales Bot");
  await desk.send("Size 42 is here.");
  await expect(desk.message("Size 42 is here.")).toHaveAttribute("data-state", /sent|delivered|read/);

  await page.getByTestId("thread-more").click();
  await expect(page.getByTestId("control-pass-inbox")).toBeVisible();
  await expectAccessible(page, "who holds it, menu");
  await page.locator(`[data-testid=control-pass-app][data-app-id="${SALES_BOT}"]`).click();
  await expect(desk.status).toContainText("Held by Sales Bot");

  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Search for an action or a person").fill("take over");
  await page.keyboard.press("Enter");
  await expect(desk.status).toHaveAttribute("data-state", "open");
  await page.getByTestId("thread-more").click();
  await page.getByTestId("control-release").click();
  await expect
    .poll(() =>
      world.sim
        .call<{ control: { ownerAppId: string | null } }>(
          "GET",
          `/pages/${BLUE_HARBOUR}/customers/${customerId}/thread`,
        )
        .then(({ control }) => control.ownerAppId),
    )
    .toBeNull();
  expect(page.url()).toContain(id);
});

test("R4 a refused reply that can only be asked for waits in its place and goes out once when the thread comes back", async ({
  world,
  desk,
  deskOf,
}) => {
  const tove = await world.sim.customer("Tove Berg");
  await tove.writes("Do you repair umbrellas?");
  const { page } = desk;
  await desk.find(tove.name);
  await world.sim.faults({ lose: { rate: 1, customerId: tove.id } });
  await tove.does("meta-ai", {});
  await desk.send("We do, within a week.");
  const bubble = desk.message("We do, within a week.");
  await expect(bubble).toHaveAttribute("data-state", "failed");
  await bubble.getByTestId("failure-toggle").click();
  await bubble.getByTestId("take-and-resend").click();
  await expect(bubble).toHaveAttribute("data-state", "held");
  await expect(bubble.getByTestId("delivery-card")).toContainText("Waits for the conversation");
  await expect(bubble.getByTestId("cancel-send")).toBeVisible();
  await expect(bubble.getByTestId("resend")).toHaveCount(0);
  await expect(page.locator("[data-testid=activity][data-kind=control_requested]")).toContainText("You");
  await expectAccessible(page, "a reply that waits for the conversation");
  const phone = await deskOf(world.team.mei, {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "zh-TW",
  });
  await phone.page.goto(page.url());
  await phone.message("We do, within a week.").getByTestId("failure-toggle").click();
  await expectAccessible(phone.page, "a reply that waits for the conversation, 390 px, dark, Chinese");

  await world.sim.faults({ lose: null });
  await tove.does("meta-ai/release");
  await tove.writes("Hello?");
  await expect(bubble).toHaveAttribute("data-state", /sent|delivered|read/);
  await expect(bubble).toHaveCount(1);
  expect((await tove.thread()).messages.filter(({ text }) => text === "We do, within a week.")).toHaveLength(1);
});
