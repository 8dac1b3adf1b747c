import { expectAccessible } from "../src/axe.ts";
import { conversationWith } from "../src/conversations.ts";
import { expect, test } from "../src/test.ts";

test("O1 a phone-number account: the message is there at once, its name comes from the participants and the pane says why", async ({
  world,
  desk,
}) => {
  const { customerId } = await world.sim.play("O1-phone-number-account");
  const { id, contact } = await conversationWith(world, customerId);
  const { page } = desk;
  await page.goto(`/inbox/${id}`);
  await expect(desk.message("I only have a phone number")).toBeVisible();
  const note = page.getByTestId("name-reason");
  await expect(note).toHaveAttribute("data-reason", "phone_number_account");
  await expect(note).toHaveAttribute("data-source", "participants");
  await expect(note).toContainText("phone number only");
  await expect(note).toContainText("participants of this conversation");
  await expect(page.getByTestId("contact-name")).not.toContainText("Guest");

  const named = `Clara from the market ${customerId}`;
  await page.getByTestId("edit-name").click();
  await page.getByTestId("own-name").fill(named);
  await page.getByTestId("save-name").click();
  await expect(page.getByTestId("contact-name")).toHaveText(named);
  await expect(desk.row(named)).toBeVisible();
  expect(contact.nameReason).not.toBe("pending");
  await expectAccessible(page, "contact of a phone-number account");
});

test("O1 somebody who came through an ad and wrote: name and ad stand on the contact, and a message can be traced from there", async ({
  world,
  desk,
}) => {
  const { customerId } = await world.sim.play("O1-ad-click-then-writes");
  const { id } = await conversationWith(world, customerId);
  const { page } = desk;
  await page.goto(`/inbox/${id}`);
  const referral = page.getByTestId("referral");
  await expect(referral).toHaveAttribute("data-by", "ad");
  await expect(referral).toContainText("Rain jackets, from June");
  await expect(page.getByTestId("name-reason")).toHaveCount(0);
  await page.getByTestId("trace-link").click();
  await expect(page).toHaveURL(new RegExp(`/trace\\?.*contactExternalId=.*${customerId}`));
});

test("O2 guest: badge with the time that is left, and once the guest ends the chat the composer is off for good, with the reason", async ({
  world,
  desk,
}) => {
  const { results } = await world.sim.play("O2-guest-chat");
  const guest = results.guest!.id!;
  const { id } = await conversationWith(world, guest);
  const { page } = desk;
  await page.goto(`/inbox/${id}`);
  const badge = page.getByTestId("guest");
  await expect(badge).toHaveText(/Guest chat: 23h \d+m left, until .*9 May 2024/);
  await expect(desk.status).toContainText("Reply within 23h");
  await expect(desk.status).not.toContainText("then as a person");
  await expectAccessible(page, "guest");

  await world.sim.call("POST", `/pages/108123450000001/customers/${guest}/end-chat`, { event: true });
  await expect(page.locator("[data-testid=activity][data-kind=guest_ended]")).toBeVisible();
  await expect(desk.off).toHaveAttribute("data-code", "guest_chat_ended");
  await expect(desk.off).toContainText("cannot be continued");
  await expect(page.getByTestId("composer-send")).toBeDisabled();
  await expect(badge).toHaveAttribute("data-over", "true");
  await expectAccessible(page, "guest's chat ended");
});
