import { expectAccessible } from "../src/axe.ts";
import { conversationWith } from "../src/conversations.ts";
import type { Customer } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";

const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  colorScheme: "dark",
  locale: "zh-TW",
} as const;

/** What the Page's side has reacted with, on the customer's phone. */
const reactions = async (customer: Customer, mid: string): Promise<string[]> => {
  const { messages } = (await customer.thread()) as unknown as {
    messages: { mid: string; reactions: { emoji: string; by: string }[] }[];
  };
  return (messages.find((one) => one.mid === mid)?.reactions ?? []).flatMap(({ emoji, by }) =>
    by === "page" ? [emoji] : [],
  );
};

test("I1 an agent reacts: six emoji or any other, by mouse, keyboard or touch; it stands on the phone and is taken back", async ({
  world,
  desk,
  deskOf,
}) => {
  const ida = await world.sim.customer("Ida Holm");
  const { mid } = await ida.writes("Thank you so much!");
  const { page } = desk;
  await desk.open(ida.name);
  const bubble = desk.message("Thank you so much!");
  const open = bubble.getByTestId("react-open");

  await bubble.hover();
  await open.click();
  await expect(page.getByTestId("react-emoji")).toHaveCount(6);
  await expectAccessible(page, "choosing a reaction");
  await page.locator('[data-testid=react-emoji][data-emoji="❤️"]').click();
  await expect(bubble.getByRole("img", { name: /The Page reacted/ })).toBeVisible();
  await expect.poll(() => reactions(ida, mid)).toEqual(["❤️"]);

  await test.step("by keyboard: another one, from all there are", async () => {
    await open.focus();
    await page.keyboard.press("Enter");
    await expect(page.locator('[data-testid=react-emoji][data-emoji="❤️"]')).toBeFocused();
    await page.keyboard.press("ArrowLeft");
    await expect(page.getByTestId("react-more")).toBeFocused();
    await page.keyboard.press("Enter");
    await page.getByTestId("emoji-search").fill("teacup without handle");
    await expect(page.getByTestId("emoji")).toHaveCount(1);
    await page.getByTestId("emoji-search").press("Enter");
    await expect(page.getByTestId("react-panel")).toBeHidden();
    await expect(bubble.getByRole("img", { name: /The Page reacted with 🍵/ })).toBeVisible();
    await expect.poll(() => reactions(ida, mid)).toEqual(["🍵"]);
  });

  await test.step("by touch, and taken back", async () => {
    const phone = await deskOf(world.team.mei, PHONE);
    await phone.page.goto(page.url());
    const there = phone.message("Thank you so much!");
    await there.getByTestId("react-open").tap();
    const given = phone.page.locator('[data-testid=react-emoji][data-emoji="🍵"]');
    await expect(given).toHaveAttribute("aria-pressed", "true");
    await expectAccessible(phone.page, "choosing a reaction, 390 px, dark, Chinese");
    await given.tap();
    await expect.poll(() => reactions(ida, mid)).toEqual([]);
    await expect(bubble.getByRole("img", { name: /The Page reacted/ })).toHaveCount(0);
    await there.getByTestId("react-open").tap();
    await phone.page.getByTestId("react-reply").tap();
    await expect(phone.input).toBeFocused();
  });
});

test("I1 a refused reaction is taken back from the screen with the reason; after 24 hours none is offered", async ({
  world,
  desk,
}) => {
  const jon = await world.sim.customer("Jon Vik");
  await jon.writes("Great service");
  const { page } = desk;
  await desk.open(jon.name);
  const bubble = desk.message("Great service");
  await world.sim.faults({ nextSend: [{ code: 10, subcode: 2018278, recipientId: jon.id, times: 5 }] });
  await bubble.hover();
  await bubble.getByTestId("react-open").click();
  await page.getByTestId("react-emoji").first().click();
  await expect(page.getByRole("alert").filter({ hasText: "The reaction was not taken" })).toBeVisible();
  await expect(bubble.getByRole("img", { name: /The Page reacted/ })).toHaveCount(0);

  const old = await world.sim.customer("Pia Lund");
  await old.wrote("Hello from yesterday", 30);
  const { id } = await conversationWith(world, old.id);
  await page.goto(`/inbox/${id}`);
  await expect(desk.message("Hello from yesterday")).toBeVisible();
  await expect(page.getByTestId("react-open").filter({ visible: true })).toHaveCount(0);
});

test("I1 Instagram: a heart goes out with one button, beside what is being written", async ({
  ownWorld,
  deskOf,
  phoneOf,
}) => {
  const world = await ownWorld();
  const account = (await world.sim.state()).pages[0]!;
  await world.api("POST", "/api/v1/channels", {
    platform: "instagram",
    externalId: account.instagramId,
    accessToken: account.accessToken,
  });
  const luz = await world.sim.customer("Luz Prado", { platform: "instagram" });
  await luz.writes("I love the blue one");
  const { id } = await conversationWith(world, luz.id);
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  await page.goto(`/inbox/${id}`);
  await desk.input.fill("It comes in");
  await page.getByTestId("send-heart").click();
  const heart = page.locator("[data-testid=message][data-direction=outbound][data-kind=sticker]");
  // An echo of Instagram's that overtakes the answer is a bubble of its own until the answer names it.
  await expect
    .poll(() => heart.evaluateAll((all) => all.map((one) => /sent|delivered|read/.test(one.dataset.state ?? ""))))
    .toEqual([true]);
  await expect(heart.getByRole("img", { name: "Heart" })).toBeVisible();
  await expect(desk.input).toHaveValue("It comes in");
  await expectAccessible(page, "a heart");
  const phone = await phoneOf(luz);
  await expect(phone.received()).toHaveCount(1);

  const messenger = await world.sim.customer("Per Aas");
  await messenger.writes("Hello");
  await desk.row(messenger.name).click();
  await expect(page.getByRole("heading", { name: messenger.name })).toBeVisible();
  await expect(page.getByTestId("send-heart")).toHaveCount(0);
});
