import type { Locator } from "@playwright/test";
import { expectAccessible } from "../src/axe.ts";
import { comment, conversationWith } from "../src/conversations.ts";
import type { Desk } from "../src/desk.ts";
import { BLUE_HARBOUR, type Customer } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";

const replyOf = (desk: Desk, id: string): Locator =>
  desk.page.locator(`[data-testid=comment-row][data-comment-id="${id}"]`).getByTestId("private-reply");

async function write(reply: Locator, text: string): Promise<void> {
  await reply.getByTestId("private-reply-open").click();
  await reply.getByTestId("private-reply-input").fill(text);
  await reply.getByTestId("private-reply-send").click();
}

const onThePhone = async (customer: Customer) =>
  (await customer.thread()).messages.filter(({ from }) => from === "page").map(({ text }) => text);

test("S1 a comment is answered privately once; no more is possible until the person writes, and the thread says so", async ({
  world,
  desk,
}) => {
  const nora = await world.sim.customer("Nora Berg");
  const id = await comment(world, { text: "How much is the blue one?", customerId: nora.id });
  const { page } = desk;
  await page.goto("/settings/comments");
  const reply = replyOf(desk, id);
  await expect(reply).toHaveAttribute("data-state", "possible");
  await expect(reply).toContainText("once, until");
  await reply.getByTestId("private-reply-open").click();
  await expect(reply.getByTestId("private-reply-counter")).toHaveText("0 / 2,000");
  await expect(reply).toContainText("Meta allows one private message");
  await reply.getByTestId("private-reply-input").fill("x".repeat(2_001));
  await expect(reply.getByTestId("private-reply-send")).toBeDisabled();
  await expectAccessible(page, "a private reply being written");
  await reply.getByTestId("private-reply-input").fill("It is 49 euros. Shall I put one aside?");
  await reply.getByTestId("private-reply-send").click();
  await expect(reply).toHaveAttribute("data-state", "replied");
  await expect(reply).toContainText("Answered privately from here");
  expect(await onThePhone(nora)).toEqual(["It is 49 euros. Shall I put one aside?"]);

  await reply.getByTestId("private-reply-conversation").click();
  const sent = desk.message("It is 49 euros.");
  await expect(sent).toHaveAttribute("data-state", /sent|delivered|read/);
  await expect(sent.getByTestId("private-reply-mark")).toBeVisible();
  await expect(desk.off).toHaveAttribute("data-code", "private_reply_waiting");
  await nora.writes("Yes please!");
  await expect(desk.status).toHaveAttribute("data-state", "open");
  await desk.send("It is yours.");
  await expect.poll(() => onThePhone(nora)).toContain("It is yours.");
});

test("S12 10900: somebody answered the comment at Facebook; it is told as done, and nothing arrives twice", async ({
  world,
  desk,
}) => {
  const otto = await world.sim.customer("Otto Lang");
  const id = await comment(world, { text: "Do you ship abroad?", customerId: otto.id });
  await world.sim.call("POST", `/pages/${BLUE_HARBOUR}/comments/${id}/reply`, { text: "We do!" });
  await desk.page.goto("/settings/comments");
  const reply = replyOf(desk, id);
  await expect(reply).toHaveAttribute("data-state", /possible|replied/);
  if ((await reply.getAttribute("data-state")) === "possible") await write(reply, "Yes, to all of Europe.");
  await expect(reply).toHaveAttribute("data-state", "replied");
  await expect(reply).toContainText("Answered privately at Facebook");
  expect(await onThePhone(otto)).toEqual(["We do!"]);
});

test("S12 10903 and too late: a comment that can have no private reply says why, and offers none", async ({
  world,
  desk,
}) => {
  const old = await comment(world, { text: "Last week's question", name: "Pia Holt", hoursAgo: 8 * 24 });
  const gone = await comment(world, { text: "Nevermind", name: "Quentin Ross" });
  await comment(world, { verb: "remove", commentId: gone });
  const blocker = await world.sim.customer("Rolf Stein");
  const refused = await comment(world, { text: "Grumble", customerId: blocker.id });
  await blocker.blocks();
  await desk.page.goto("/settings/comments");
  for (const id of [old, gone]) {
    await expect(replyOf(desk, id)).toHaveAttribute("data-state", "impossible");
    await expect(replyOf(desk, id).getByTestId("private-reply-open")).toHaveCount(0);
  }
  await replyOf(desk, old).locator("summary").click();
  await expect(replyOf(desk, old).getByTestId("private-reply-reason")).toContainText("seven days");
  await write(replyOf(desk, refused), "Sorry to hear that.");
  await expect(replyOf(desk, refused)).toHaveAttribute("data-state", "impossible");
  await expectAccessible(desk.page, "comments without a private reply");
});

test("S1 the line in the thread offers the private reply too; an answered one says so there", async ({
  world,
  desk,
}) => {
  const sara = await world.sim.customer("Sara Lund");
  await sara.wrote("Hello there", 9 * 24);
  await comment(world, { text: "Is it back in stock?", customerId: sara.id });
  const { id } = await conversationWith(world, sara.id);
  const { page } = desk;
  await page.goto(`/inbox/${id}`);
  await expect(page.locator("[data-testid=activity][data-kind=comment]")).toContainText("Is it back in stock?");
  const reply = page.getByTestId("private-reply");
  await expect(reply).toHaveAttribute("data-state", "possible");
  await reply.getByTestId("private-reply-open").click();
  await page.keyboard.type("It is, since this morning.");
  await expectAccessible(page, "a private reply in the thread");
  await page.keyboard.press("Enter");
  await expect(reply).toHaveAttribute("data-state", "replied");
  await expect(desk.message("It is, since this morning.")).toHaveAttribute("data-state", /sent|delivered|read/);
  await expect(desk.message("It is, since this morning.")).toHaveCount(1);
  expect(await onThePhone(sara)).toEqual(["It is, since this morning."]);
});

test("I1 Instagram: a comment is answered privately within 1,000 bytes", async ({ ownWorld, deskOf }) => {
  const world = await ownWorld();
  const { instagramId, accessToken } = (await world.sim.state()).pages[0]!;
  await world.api("POST", "/api/v1/channels", { platform: "instagram", externalId: instagramId, accessToken });
  const rosa = await world.sim.customer("Rosa Prado", { platform: "instagram" });
  const id = await comment(world, { text: "Love it, price?", customerId: rosa.id, platform: "instagram" });
  const desk = await deskOf(world.team.kai);
  await desk.page.goto("/settings/comments");
  const reply = replyOf(desk, id);
  await reply.getByTestId("private-reply-open").click();
  await reply.getByTestId("private-reply-input").fill("謝".repeat(334));
  await expect(reply.getByTestId("private-reply-counter")).toHaveText("1,002 / 1,000 bytes");
  await expect(reply.getByTestId("private-reply-send")).toBeDisabled();
  await reply.getByTestId("private-reply-input").fill("Thank you! 49 euros.");
  await reply.getByTestId("private-reply-send").click();
  await expect(reply).toHaveAttribute("data-state", "replied");
  expect(await onThePhone(rosa)).toEqual(["Thank you! 49 euros."]);
});
