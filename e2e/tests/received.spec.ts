import { expectAccessible } from "../src/axe.ts";
import { conversationWith } from "../src/conversations.ts";
import { expect, test } from "../src/test.ts";

test("R5 every kind of attachment is shown as what it is, an appointment in the reader's time", async ({
  world,
  deskOf,
}) => {
  const { customerId } = await world.sim.play("R5-every-attachment");
  const { id } = await conversationWith(world, customerId);
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  await page.goto(`/inbox/${id}`);
  const kinds = () =>
    page.getByTestId("message").evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.kind));
  await expect
    .poll(kinds)
    .toEqual([
      "image",
      "sticker",
      "share",
      "share",
      "share",
      "share",
      "appointment",
      "template",
      "share",
      "unsupported",
    ]);
  const shared = page.getByTestId("shared");
  await expect(shared.nth(0)).toHaveText("Rain testReel · facebook.com");
  await expect(shared.nth(1)).toHaveText("Rain testReel · instagram.com");
  await expect(shared.nth(2)).toHaveText("New in the shopPost · facebook.com");
  await expect(shared.nth(3)).toHaveText("New in the shopInstagram post · instagram.com");
  await expect(shared.nth(0)).toHaveAttribute("href", "https://www.facebook.com/reel/1");
  await expect(shared.nth(4)).toHaveText("Rain jacket€ 149Product");
  await expect(shared.nth(5)).toHaveText("How to wash itLink · youtu.be");
  const appointment = page.locator("[data-testid=details-card][data-card=appointment]");
  await expect(appointment.getByTestId("card-status")).toHaveText("requested");
  await expect(appointment).toContainText("18:00");
  await expect(appointment).toContainText("GMT+8");
  await expect(page.getByTestId("placeholder")).toContainText("not what it says");
  await expectAccessible(page, "every attachment");
});

test("R5 rare events stand in the thread in words: opt-in, linking, form, order, feedback, label", async ({
  world,
  desk,
}) => {
  const { customerId } = await world.sim.play("R5-rare-events");
  const { id } = await conversationWith(world, customerId);
  const { page } = desk;
  await page.goto(`/inbox/${id}`);
  const line = (kind: string) => page.locator(`[data-testid=activity][data-kind=${kind}]`);
  await expect(line("optin")).toContainText("agreed to be written to: News");
  await expect(line("account_linked")).toBeVisible();
  await expect(line("lead_form_submitted")).toContainText("1234567890");
  await expect(line("label_added")).toContainText("VIP");
  await expect(page.getByTestId("meta-labels")).toHaveText("VIP");
  const card = (kind: string) => page.locator(`[data-testid=details-card][data-card=${kind}]`);
  await expect(card("order")).toContainText("1 × 149 EUR");
  await expect(desk.message("Gift wrap, please")).toHaveAttribute("data-kind", "order");
  await expect(card("form")).toContainText("TW");
  await expect(card("feedback")).toContainText("Satisfaction (1 to 5)");
  await expectAccessible(page, "rare events");
});

test("R5 edits, reactions of both sides, quick replies with their payload and quoted answers", async ({
  world,
  desk,
}) => {
  const { customerId } = await world.sim.play("R5-edits-and-reactions");
  const { id } = await conversationWith(world, customerId);
  const { page } = desk;
  await page.goto(`/inbox/${id}`);
  await expect(desk.message("I would like three.").getByTestId("edited")).toHaveText(/^edited \d\d:\d\d$/);
  await expect(
    desk
      .message("Three it is.")
      .first()
      .getByRole("img", { name: /reacted/ }),
  ).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Show the message answered: Three it is." })).toBeVisible();

  const path = `/pages/108123450000001/customers/${customerId}`;
  await world.sim.call("POST", `${path}/messages`, { text: "Red", quickReplyPayload: "COLOR_RED" });
  await expect(desk.message("Red").last().getByTestId("payload")).toHaveText("COLOR_RED");
  await world.sim.call("POST", `${path}/postbacks`, { title: "Track order", payload: "TRACK" });
  await expect(desk.message("Track order")).toHaveAttribute("data-kind", "postback");
  await expect(desk.message("Track order").getByTestId("payload")).toHaveText("TRACK");
});

test("I1 Instagram: story reply and mention, disappearing media, and an unsent message leave what they are, no more", async ({
  ownWorld,
  deskOf,
}) => {
  const world = await ownWorld();
  const page = (await world.sim.state()).pages[0]!;
  await world.api("POST", "/api/v1/channels", {
    platform: "instagram",
    externalId: page.instagramId,
    accessToken: page.accessToken,
  });
  const rosa = await world.sim.customer("Rosa Prado", { platform: "instagram" });
  const story = { url: `${world.sim.url}/_cdn/avatar/${rosa.id}.png`, id: "18000000000000001" };
  await rosa.does("messages", { text: "Where can I get this?", storyReply: story });
  await rosa.does("messages", { attachments: [{ type: "story_mention", url: story.url }] });
  await rosa.does("messages", { attachments: [{ type: "ephemeral" }] });
  const { mid } = await rosa.does<{ mid: string }>("messages", { text: "Forget what I wrote" });
  const { id } = await conversationWith(world, rosa.id);
  const desk = await deskOf(world.team.kai);
  await desk.page.goto(`/inbox/${id}`);
  const stories = desk.page.getByTestId("story");
  await expect(stories).toHaveText(["Replied to your story", "Mentioned you in a story"]);
  await expect(desk.page.getByTestId("picture")).toHaveCount(2);
  await expect(desk.page.locator("[data-testid=placeholder][data-type=ephemeral]")).toContainText("disappears");
  await expect(desk.message("Forget what I wrote")).toBeVisible();
  await rosa.does("unsend", { mid });
  await expect(desk.page.getByText("The customer unsent this message")).toBeVisible();
  await expect(desk.message("Forget what I wrote")).toHaveCount(0);
  await expectAccessible(desk.page, "Instagram thread");
});
