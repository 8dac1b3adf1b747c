import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../src/axe.ts";
import { conversationWith } from "../src/conversations.ts";
import { BLUE_HARBOUR, type Customer } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";

const templates = `/pages/${BLUE_HARBOUR}/templates`;

/** Names are the Page's own, and journeys share it: each gets one nobody else has. */
let made = 0;
const nameOf = (word: string): string => `${word}_${process.pid}_${++made}`;

const row = (page: Page, name: string): Locator => page.locator(`[data-testid=template-row][data-name="${name}"]`);

/** What the customer reads: a template is a card there. */
const onThePhone = async (customer: Customer) =>
  JSON.stringify((await customer.thread()).messages.filter(({ from }) => from === "page"));

test("O4 a template is written with its preview, checked in place, approved by Meta, and sent after the window has closed", async ({
  world,
  desk,
}) => {
  const peter = await world.sim.customer("Peter Wu");
  await peter.wrote("Thank you", 8 * 24);
  const name = nameOf("order_update");
  const { page } = desk;
  await page.goto("/settings/templates/new");
  await page.getByTestId("template-title").fill("Order is on its way");
  await expect(page.getByTestId("template-name")).toHaveValue("order_is_on_its_way");
  await page.getByTestId("template-name").fill(name);
  const body = page.getByTestId("template-body");
  await body.fill("Hello ");
  await page.getByTestId("template-body-insert").click();
  await expect(body).toHaveValue("Hello {{1}}");
  await expect(body).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("begins or ends with something to fill in")).toBeVisible();
  // Typed on behind the caret.
  await page.keyboard.insertText(", your order has left our store and will arrive soon.");
  await expect(body).not.toHaveAttribute("aria-invalid", "true");
  await page.getByTestId("template-submit").click();
  await expect(page.getByTestId("template-example-body.1")).toBeFocused();
  await page.getByTestId("template-example-body.1").fill("Ann");
  await expect(page.getByTestId("template-preview")).toContainText("Hello Ann, your order has left our store");
  await expectAccessible(page, "a new template");
  await page.getByTestId("template-submit").click();
  await expect(row(page, name)).toHaveAttribute("data-status", "APPROVED");

  await desk.go("inbox");
  await desk.find(peter.name);
  await expect(desk.off).toHaveAttribute("data-code", "window_closed");
  await page.getByTestId("off-templates").click();
  await page.getByTestId("picker-search").fill(name);
  await page.keyboard.press("Enter");
  const value = page.getByTestId("picker-value-body.1");
  await expect(value).toBeFocused();
  await value.fill("50% off");
  await expect(value).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByTestId("template-preview")).toContainText("Hello 50% off, your order");
  await expectAccessible(page, "a template being filled in");
  await page.getByTestId("picker-send").click();
  await expect(value).toBeFocused();
  await value.fill("Peter");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  const sent = desk.message("Hello Peter, your order has left our store");
  await expect(sent).toHaveAttribute("data-state", /sent|delivered|read/);
  await expect(sent).toHaveAttribute("data-kind", "template");
  await expect(sent.getByTestId("template-mark")).toContainText(name);
  await expect(sent).toHaveCount(1);
  expect(await onThePhone(peter)).toContain("Hello Peter, your order has left our store");
});

test("O4 inside the window too: button, key and command reach the templates, and the ways say they may go at any time", async ({
  world,
  desk,
}) => {
  const name = nameOf("pick_up");
  await world.sim.call("POST", templates, { name, body: "Your jacket is ready to be picked up in our store." });
  await world.api("GET", `/api/v1/channels/${world.channelId}/templates?refresh=true`);
  const vera = await world.sim.customer("Vera Holm");
  await vera.writes("When is it ready?");
  await conversationWith(world, vera.id);
  const { page } = desk;
  await desk.find(vera.name);
  const picker = page.getByRole("dialog", { name: "Send a template" });
  await page.getByTestId("open-templates").click();
  await expect(picker.locator(`[data-testid=picker-template][data-name="${name}"]`)).toBeVisible();
  await expectAccessible(page, "the choice of templates");
  await page.keyboard.press("Escape");
  await expect(picker).toBeHidden();
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Search for an action or a person").fill("send a template");
  await page.keyboard.press("Enter");
  await expect(picker).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(picker).toBeHidden();
  await desk.status.click();
  await expect(page.locator("[data-testid=reply-way][data-way=utility_template]")).toContainText("at any time");
  await page.keyboard.press("Escape");
  // While it is there, and on its way out, the letter would be its own.
  await expect(page.getByTestId("reply-way")).toHaveCount(0);
  await desk.input.blur();
  await page.keyboard.press("m");
  await page.getByTestId("picker-search").fill(name);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nothing to fill in")).toBeVisible();
  await page.getByTestId("picker-send").click();
  await expect(desk.message("Your jacket is ready")).toHaveAttribute("data-state", /sent|delivered|read/);
});

test("O4 Meta's verdict shows by itself, a rejection with its reason, and a template can be deleted", async ({
  world,
  desk,
}) => {
  const name = nameOf("notice");
  await world.sim.call("POST", templates, {
    name,
    body: "Hello {{1}}, your parcel waits for you in the shop.",
    example: ["Ann"],
  });
  const { page } = desk;
  await page.goto("/settings/templates");
  await page.getByTestId("templates-refresh").click();
  await expect(row(page, name)).toHaveAttribute("data-status", "APPROVED");
  const review = (body: Record<string, unknown>) => world.sim.call("POST", `${templates}/${name}/review`, body);
  await review({ status: "PAUSED" });
  await expect(row(page, name)).toHaveAttribute("data-status", "PAUSED");
  await review({ status: "REJECTED", reason: "TAG_SHOULD_BE_MARKETING" });
  await expect(row(page, name)).toHaveAttribute("data-status", "REJECTED");
  await expect(row(page, name).getByTestId("template-rejection")).toHaveAttribute(
    "data-code",
    "template_rejected_promotion",
  );
  await expectAccessible(page, "templates");
  await row(page, name).getByTestId("template-delete").click();
  await page.getByTestId("confirm").click();
  await expect(row(page, name)).toHaveCount(0);
  const { data } = await world.sim.call<{ data: { name: string }[] }>("GET", templates);
  expect(data.map((one) => one.name)).not.toContain(name);
});

test("O4 a text of Meta's library is found, taken over under a name and address of one's own, and can be sent at once", async ({
  desk,
}) => {
  const name = nameOf("shipped");
  const { page } = desk;
  await page.goto("/settings/templates");
  await page.getByTestId("template-library").first().click();
  await page.getByTestId("library-search").fill("on its way");
  const card = page.locator("[data-testid=library-card][data-name=order_shipped]");
  await expect(card).toHaveCount(1);
  await expect(page.getByTestId("library-card")).toHaveCount(1);
  await page.getByTestId("library-language").selectOption("zh_TW");
  await page.getByTestId("library-search").fill("寄出");
  await expect(card).toHaveAttribute("data-language", "zh_TW");
  // Results of the search before are drawn pale.
  await expect(page.getByRole("list", { name: "Meta's library" })).toHaveAttribute("aria-busy", "false");
  await expectAccessible(page, "Meta's library");
  await card.getByTestId("library-use").click();
  await page.getByTestId("clone-name").fill(name);
  await page.getByTestId("clone-submit").click();
  await expect(page.getByTestId("clone-url")).toHaveAttribute("aria-invalid", "true");
  await page.getByTestId("clone-url").fill("https://blueharbour.example/orders/{{1}}");
  await expectAccessible(page, "taking a template over");
  await page.getByTestId("clone-submit").click();
  await expect(row(page, name)).toHaveAttribute("data-status", "APPROVED");
  await expect(row(page, name)).toContainText("From Meta's library: order_shipped");
});

test("O4 an agent sees the templates to send but makes and deletes none", async ({ world, deskOf }) => {
  const name = nameOf("agent");
  await world.sim.call("POST", templates, { name, body: "Your parcel waits for you in the shop." });
  await world.api("GET", `/api/v1/channels/${world.channelId}/templates?refresh=true`);
  const { page } = await deskOf(world.team.mei);
  await page.goto("/settings/templates");
  await expect(row(page, name)).toBeVisible();
  await expect(page.getByTestId("template-new")).toHaveCount(0);
  await expect(page.getByTestId("template-delete")).toHaveCount(0);
  await page.goto("/settings/templates/new");
  await expect(page.getByTestId("not-allowed")).toBeVisible();
});

test("I1 Instagram has no templates: the settings say so, and the composer offers none", async ({
  ownWorld,
  deskOf,
}) => {
  const world = await ownWorld();
  const { instagramId, accessToken } = (await world.sim.state()).pages[0]!;
  const { id } = await world.api<{ id: string }>("POST", "/api/v1/channels", {
    platform: "instagram",
    externalId: instagramId,
    accessToken,
  });
  const rosa = await world.sim.customer("Rosa Prado", { platform: "instagram" });
  await rosa.writes("Ola!");
  await conversationWith(world, rosa.id);
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  await desk.find(rosa.name);
  await expect(desk.input).toBeVisible();
  await expect(page.getByTestId("open-templates")).toHaveCount(0);
  await page.goto(`/settings/templates?channel=${id}`);
  await expect(page.getByTestId("templates-instagram")).toBeVisible();
  await page.getByTestId("templates-channel").selectOption({ index: 0 });
  await expect(page.getByTestId("templates-empty")).toBeVisible();
  await expectAccessible(page, "no templates yet");
});
