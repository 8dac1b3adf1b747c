import type { Phone } from "../src/phone.ts";
import { BLUE_HARBOUR, KEVIN } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";

/** Until the phone shows that the Page has seen its message: it draws its side anew then, under a finger that presses there. */
const seen = (phone: Phone) => expect(phone.page.getByTestId("phone-read-mark")).toHaveAttribute("data-state", "seen");

test("control page: a password changes, and the pages' words change with the language", async ({
  newWorld,
  stranger,
}) => {
  const world = await newWorld();
  const page = await (await stranger()).newPage();
  await page.goto(world.sim.url);
  await expect(page.getByTestId(`sim-page-${BLUE_HARBOUR}`)).toBeVisible();
  await expect(page.getByTestId(`sim-token-${KEVIN}`)).toHaveClass(/good/);
  await page.getByTestId(`sim-password-${KEVIN}`).click();
  await expect(page.getByTestId(`sim-token-${KEVIN}`)).toHaveClass(/bad/);
  await page.getByTestId("sim-lang").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-TW");
});

test("control page: a lost webhook leaves the phone's message out of the desk, and the log says so", async ({
  world,
  desk,
  phoneOf,
  stranger,
}) => {
  const olga = await world.sim.customer("Olga");
  const phone = await phoneOf(olga);
  await phone.write("Arrives");
  await desk.open(olga.name);
  const control = await (await stranger()).newPage();
  await control.goto(world.sim.url);
  const lose = control.getByTestId("sim-lose");
  await lose.fill("1");
  await lose.press("Enter");
  await expect.poll(async () => (await world.sim.call<{ lose: unknown }>("GET", "/faults")).lose).toBeTruthy();
  await phone.write("Is lost");
  const logged = control.locator(".log").first().locator("details").filter({ hasText: '"Is lost"' });
  await expect(logged.locator(".pill")).toHaveText(/lost/i);
  await phone.write("Arrives again");
  await expect(desk.message("Arrives again")).toBeVisible();
  await expect(desk.message("Is lost")).toHaveCount(0);
});

test("phone page: a closed window makes the Page's next answer fail at Meta", async ({ world, desk, phoneOf }) => {
  const emil = await world.sim.customer("Emil");
  const phone = await phoneOf(emil);
  await phone.write("Talk soon");
  await desk.open(emil.name);
  await seen(phone);
  await phone.page.getByTestId("phone-close-window").click();
  await expect(phone.page.getByTestId("phone-window")).not.toHaveAttribute("data-state", "open");
  await desk.send("Too late");
  const refused = async () => {
    const { data } = await world.sim.call<{ data: { code: number | null; params: unknown }[] }>("GET", "/graph-calls");
    return data.filter(({ code, params }) => code === 10 && JSON.stringify(params).includes("Too late")).length;
  };
  await expect.poll(refused).toBe(1);
  await expect(desk.message("Too late")).toHaveAttribute("data-state", "failed");
  await phone.write("Still here");
  await expect(phone.page.getByTestId("phone-window")).toHaveAttribute("data-state", "open");
});

test("R3 phone page: an answer written as the Page in Business Suite shows in the desk with its source", async ({
  world,
  desk,
  phoneOf,
}) => {
  const fay = await world.sim.customer("Fay");
  const phone = await phoneOf(fay);
  await phone.write("Hello Page");
  await desk.open(fay.name);
  await seen(phone);
  await phone.page.getByTestId("phone-as-page").click();
  await phone.write("Answered from Business Suite");
  await expect(desk.message("Answered from Business Suite")).toHaveAttribute("data-direction", "outbound");
  await expect(desk.page.locator("[data-testid=message-source][data-source=page_inbox]")).toContainText(
    "not sent from here",
  );
});

test("phone page: a reaction shows on the agent's bubble and goes away again", async ({ world, desk, phoneOf }) => {
  const gil = await world.sim.customer("Gil");
  const phone = await phoneOf(gil);
  await phone.write("Thanks!");
  await desk.open(gil.name);
  await desk.send("You are welcome");
  await expect(phone.received("You are welcome")).toBeVisible();
  const mid = await phone.received("You are welcome").getAttribute("data-mid");
  const react = (emoji: string | null) =>
    world.sim.call("POST", `/pages/${gil.pageId}/customers/${gil.id}/reactions`, { mid, emoji });
  await react("❤️");
  await expect(desk.message("You are welcome").getByRole("img", { name: /reacted with ❤️/ })).toBeVisible();
  await react(null);
  await expect(desk.message("You are welcome").getByRole("img", { name: /reacted/ })).toHaveCount(0);
});
