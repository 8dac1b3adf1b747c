import { expectAccessible } from "../src/axe.ts";
import { BLUE_HARBOUR } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";

test("R5 deliveries: filter, look, replay a range", async ({ world, desk }) => {
  const { page } = desk;
  const [ulla, bo] = [await world.sim.customer("Ulla Dahl"), await world.sim.customer("Bo Strand")];
  await ulla.writes("First of two");
  await bo.writes("Somebody else");
  await ulla.writes("Second of two");
  await expect(desk.row(ulla.name)).toContainText("Second of two");
  await expect(desk.row(bo.name)).toBeVisible();
  const rows = page.getByTestId("delivery-row");
  const drawer = page.getByTestId("delivery-drawer");

  await test.step("one customer's deliveries, and how long they are kept", async () => {
    await page.goto("/settings/deliveries");
    await expect(page.getByText(/They are kept for \d+ days\./)).toBeVisible();
    await page.getByTestId("delivery-contact").fill(ulla.id);
    await page.getByTestId("delivery-contact").press("Enter");
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText(ulla.id);
    await expectAccessible(page, "deliveries");
    await page.getByTestId("delivery-state").getByText("Failed").click();
    await expect(page.getByTestId("deliveries-empty")).toBeVisible();
    await page.getByTestId("delivery-state").getByText("All", { exact: true }).click();
  });

  await test.step("one in full: what it says, where it went, headers and exact body", async () => {
    await rows.first().getByRole("link").click();
    const event = drawer.getByTestId("delivery-event");
    await expect(event).toHaveAttribute("data-type", "message");
    await drawer.getByTestId("delivery-headers").locator("summary").click();
    await expect(drawer.getByTestId("delivery-headers")).toContainText("x-hub-signature-256");
    await drawer.getByText("Exact", { exact: true }).click();
    await expect(drawer.getByTestId("delivery-body")).toContainText('"text":"Second of two"');
    await expectAccessible(page, "delivery");
    await drawer.getByTestId("delivery-conversation").click();
    await expect(desk.message("Second of two")).toBeVisible();
    await page.goBack();
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  });

  await test.step("the range is counted, confirmed and worked off again; every message stays one", async () => {
    await page.getByTestId("replay-range").click();
    await expect(page.getByRole("dialog", { name: "Replay 2 deliveries?" })).toBeVisible();
    await page.getByTestId("confirm").click();
    await expect(page.getByTestId("replayed")).toContainText("2 deliveries");
    await page.getByTestId("confirm").click();
    await expect(rows.filter({ hasText: "replayed 1 time" })).toHaveCount(2);
    await expect(page.locator("[data-testid=delivery-row][data-state=done]")).toHaveCount(2);
    await page.goto("/inbox");
    await desk.open(ulla.name);
    await expect(page.getByTestId("message")).toHaveText([/First of two/, /Second of two/]);
  });
});

test("R5 what nobody understands is kept, marked, and leads to its conversation", async ({ world, desk }) => {
  const { page } = desk;
  const ida = await world.sim.customer("Ida Moen");
  await ida.writes("Hello");
  await expect(desk.row(ida.name)).toBeVisible();
  const event = {
    sender: { id: ida.id },
    recipient: { id: BLUE_HARBOUR },
    timestamp: Date.now(),
    hologram: { depth: 3 },
  };
  const body = { object: "page", entry: [{ id: BLUE_HARBOUR, time: Date.now(), messaging: [event] }] };
  await world.sim.call("POST", `/pages/${BLUE_HARBOUR}/raw`, { body });
  // Kept at once, but known to be of this customer only once it is worked off; the list has no live events.
  const states = () =>
    world
      .api<{ data: { state: string }[] }>("GET", `/api/v1/deliveries?contactExternalId=${ida.id}`)
      .then(({ data }) => data.map(({ state }) => state));
  await expect.poll(states).toEqual(["done", "done"]);
  await page.goto("/settings/deliveries");
  await page.getByTestId("delivery-contact").fill(ida.id);
  await page.getByTestId("delivery-contact").press("Enter");
  await expect(page.getByTestId("delivery-row")).toHaveCount(2);
  await page.getByTestId("delivery-row").first().getByRole("link").click();
  const kept = page.locator("[data-testid=delivery-event][data-understood=false]");
  await expect(kept).toContainText("hologram");
  await expect(kept.getByTestId("delivery-conversation")).toBeVisible();
});
