import { expectAccessible } from "../src/axe.ts";
import { conversationWith } from "../src/conversations.ts";
import { BLUE_HARBOUR } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";

test("emoji are found by name in both languages, come from this server alone, and land at the caret", async ({
  world,
  desk,
  deskOf,
}) => {
  const nora = await world.sim.customer("Nora Lind");
  await nora.writes("Is the tea shop open?");
  const { page } = desk;
  const elsewhere: string[] = [];
  const fetched: string[] = [];
  page.on("request", (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin !== world.url) elsewhere.push(request.url());
    fetched.push(pathname);
  });
  await desk.open(nora.name);
  const before = fetched.length;

  await desk.input.fill("Yes, come in");
  await desk.input.press("Home");
  for (let n = 0; n < 4; n++) await desk.input.press("ArrowRight");
  await desk.input.press("Control+e");
  const search = page.getByTestId("emoji-search");
  await expect(search).toBeFocused();
  await expect(page.getByTestId("emoji").first()).toBeVisible();
  expect(fetched.slice(before).some((path) => /EmojiPanel/.test(path))).toBe(true);
  expect(fetched.slice(0, before).some((path) => /EmojiPanel/.test(path))).toBe(false);
  await expectAccessible(page, "emoji");
  await search.fill("teacup without handle");
  await expect(page.getByTestId("emoji")).toHaveCount(1);
  await search.press("ArrowDown");
  await search.press("Enter");
  await expect(page.getByTestId("emoji-panel")).toBeHidden();
  await expect(desk.input).toBeFocused();
  await page.keyboard.type("!");
  await expect(desk.input).toHaveValue("Yes,🍵! come in");

  await page.getByTestId("emoji-open").click();
  await search.fill("nothing is called so");
  await expect(page.getByTestId("emoji-panel")).toContainText("No emoji found");
  await expectAccessible(page, "no emoji");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("emoji-panel")).toBeHidden();
  await expect(page.getByTestId("emoji-open")).toBeFocused();
  expect(elsewhere).toEqual([]);

  const phone = await deskOf(world.team.mei, {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "zh-TW",
  });
  await phone.page.goto(page.url());
  await phone.page.getByTestId("emoji-open").click();
  await phone.page.getByTestId("emoji-search").fill("茶");
  await expect(phone.page.getByTestId("emoji").filter({ hasText: "🍵" })).toBeVisible();
  await expectAccessible(phone.page, "emoji, 390 px, dark, Chinese");
  await phone.page.getByTestId("emoji").filter({ hasText: "🍵" }).click();
  await expect(phone.input).toHaveValue("🍵");
});

test("a text longer than Meta takes is counted in Meta's unit, cut between words with the agent's consent, and arrives whole", async ({
  world,
  desk,
  phoneOf,
}) => {
  const rosa = await world.sim.customer("Rosa Weber");
  const phone = await phoneOf(rosa);
  await phone.write("Tell me everything about it.");
  await desk.open(rosa.name);
  const { page } = desk;
  const counter = page.getByTestId("composer-counter");
  await desk.input.fill("Short.");
  await expect(counter).toHaveCount(0);
  await desk.input.fill("word ".repeat(340));
  await expect(counter).toHaveText("1,700 / 2,000");
  await expect(page.getByTestId("split-offer")).toHaveCount(0);

  await desk.input.fill(`${"word ".repeat(410)}end`);
  await expect(counter).toHaveText("2,053 / 2,000");
  await expect(page.getByTestId("composer-send")).toBeDisabled();
  await page.getByTestId("split-show").click();
  await expect(page.getByTestId("split-part")).toHaveCount(2);
  await expectAccessible(page, "a text to cut");
  await desk.input.press("Enter");
  await expect(desk.message("word")).toHaveCount(0);
  await page.getByTestId("split-send").click();
  await expect(desk.input).toHaveValue("");
  await expect(desk.message("word")).toHaveCount(2);
  await expect(phone.received()).toHaveText([/^word/, /word end/]);
});

test("a draft survives a reload with the file attached to it, and goes out as it was", async ({
  world,
  desk,
  phoneOf,
}) => {
  const lea = await world.sim.customer("Lea Brandt");
  await lea.writes("Can you send me a photo?");
  await desk.open(lea.name);
  const { page } = desk;
  await page.getByTestId("attach-input").setInputFiles({
    name: "coat.png",
    mimeType: "image/png",
    buffer: Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    ),
  });
  const chip = page.getByTestId("upload");
  await expect(chip).toHaveAttribute("data-state", "ready");
  await desk.input.fill("Here is the coat.");
  await page.reload();
  await expect(chip).toHaveAttribute("data-state", "ready");
  await expect(desk.input).toHaveValue("Here is the coat.");
  await page.getByTestId("composer-send").click();
  await expect(chip).toHaveCount(0);
  const phone = await phoneOf(lea);
  await expect(phone.received()).toHaveCount(2);
  await page.reload();
  await expect(desk.message("Here is the coat.")).toHaveAttribute("data-state", /sent|delivered|read/);
  await expect(chip).toHaveCount(0);
});

test("every reason is told with who can change it, and every way of Meta's with what became of it", async ({
  world,
  deskOf,
}) => {
  const omar = await world.sim.customer("Omar Diaz");
  await omar.wrote("Hello?", 24 * 9);
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  const { id } = await conversationWith(world, omar.id);
  await page.goto(`/inbox/${id}`);
  await desk.status.click();
  await expect(page.getByTestId("reply-reason-owner").first()).toHaveText("Only the customer can change this");
  for (const way of ["reply", "human_agent", "utility_template"])
    await expect(page.locator(`[data-testid=reply-way][data-way=${way}]`)).toBeVisible();
  await expect(page.locator("[data-testid=reply-way][data-way=reply]")).toHaveAttribute("data-reason", "window_closed");
  await expect(page.locator("[data-testid=reply-way-other][data-way=account_update]")).toContainText("ended on");
  await expect(page.locator("[data-testid=reply-way-other][data-way=account_update]")).toContainText("Instead:");
  await expectAccessible(page, "ways to reply");

  const phone = await deskOf(world.team.mei, {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    locale: "zh-TW",
  });
  await phone.page.goto(page.url());
  await phone.status.click();
  await expect(phone.page.getByTestId("reply-way-other").first()).toBeVisible();
  await expectAccessible(phone.page, "ways to reply, 390 px, dark, Chinese");
});

test("R4 a reply refused as another app took the thread: taken over and sent with one button, or told in its place why not", async ({
  ownWorld,
  deskOf,
}) => {
  test.slow();
  const world = await ownWorld();
  const { customerId } = await world.sim.play("R4-taken-without-a-word");
  const { id } = await conversationWith(world, customerId);
  const { apps } = await world.sim.state();
  const allow = (takeoverAllowed: boolean) =>
    world.sim.call("PATCH", `/pages/${BLUE_HARBOUR}/apps/${apps[0]?.id}`, { takeoverAllowed });
  await allow(false);
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  await page.goto(`/inbox/${id}`);
  await desk.send("Size 42 is here.");
  const bubble = desk.message("Size 42 is here.");
  await expect(bubble).toHaveAttribute("data-state", "failed");
  await bubble.getByTestId("failure-toggle").click();
  await expect(bubble.getByTestId("resend")).toHaveCount(0);

  await bubble.getByTestId("take-and-resend").click();
  await expect(bubble.getByTestId("resend-refusal")).toContainText("Advanced Messaging");
  await expect(page.getByTestId("control-refusal")).toHaveCount(0);
  await expect(bubble).toHaveAttribute("data-state", "failed");
  await expectAccessible(page, "take over and resend, refused");

  await bubble.getByTestId("edit-again").click();
  await expect(desk.input).toHaveValue("Size 42 is here.");
  await expect(bubble.getByTestId("edited-below")).toBeVisible();
  await bubble.getByTestId("edit-again").click();
  await expect(desk.input).toHaveValue("Size 42 is here.");
  await expect(bubble).toHaveAttribute("data-state", "failed");

  await allow(true);
  await bubble.getByTestId("take-and-resend").click();
  await expect(bubble).toHaveAttribute("data-state", /sent|delivered|read/);
  await expect(desk.status).toHaveAttribute("data-state", "open");
  await expect(bubble).toHaveCount(1);
});
