import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../src/axe.ts";
import { BLUE_HARBOUR } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";

const SALES_BOT = "1900000000000777";

/** Chooses a person by name and asks; the form stands on the present time, give or take an hour. */
async function trace(page: Page, name: string): Promise<void> {
  await page.getByTestId("trace-person").fill(name);
  // Everybody stands there until the search has found the one: a click before that would go astray when the rows move.
  await expect(page.getByTestId("trace-person-option")).toHaveCount(1);
  await page.getByTestId("trace-person-option").filter({ hasText: name }).click();
  await page.getByTestId("trace-submit").click();
}

test("R6 a message that is shown: found by the person's name, with the delivery and the way to it", async ({
  world,
  desk,
}) => {
  const { page } = desk;
  const uma = await world.sim.customer("Uma Rask");
  await uma.writes("Is my parcel on its way?");
  await expect(desk.row(uma.name)).toBeVisible();

  await page.goto(`/settings/channels/${world.channelId}`);
  await page.getByTestId("trace-link").click();
  await expect(page.getByTestId("trace-channel")).toHaveValue(world.channelId);
  await trace(page, uma.name);
  await expect(page.getByTestId("trace-verdict")).toHaveAttribute("data-verdict", "shown");
  const event = page.locator("[data-testid=trace-event][data-kind=message]");
  await expect(event).toContainText("Is my parcel on its way?");
  await expect(event.getByRole("link", { name: /delivery/i })).toBeVisible();
  await expectAccessible(page, "trace: shown");

  // The address says it all: a colleague who is given it sees the same.
  await page.reload();
  await expect(page.getByTestId("trace-verdict")).toHaveAttribute("data-verdict", "shown");
  await expect(page.getByTestId("trace-person")).toHaveValue(uma.name);
  await page.getByTestId("trace-event").getByRole("link", { name: "Show the message" }).first().click();
  await expect(desk.message("Is my parcel on its way?")).toBeVisible();
});

test("R6 recovered: Meta never delivered it, the trace finds it at Meta, brings it back and rules the other causes out", async ({
  world,
  desk,
}) => {
  const { page } = desk;
  const otto = await world.sim.customer("Otto Falk");
  await otto.writes("Good morning.");
  await expect(desk.row(otto.name)).toBeVisible();
  await world.sim.faults({ lose: { count: 1, customerId: otto.id, fields: ["messages"] } });
  await otto.writes("I want to cancel my order.");
  await world.sim.idle();
  await world.sim.noFaults();

  await page.goto("/trace");
  await trace(page, otto.name);
  await expect(page.getByTestId("trace-verdict")).toHaveAttribute("data-verdict", "recovered");
  await expect(page.locator("[data-testid=trace-event][data-kind=recovered]")).toContainText(
    "I want to cancel my order.",
  );
  await expect(page.locator("[data-testid=trace-reason][data-status=found]").first()).toBeVisible();
  await page.getByTestId("trace-ruled-out").locator("summary").click();
  expect(await page.locator("[data-testid=trace-reason][data-status=ruled_out]").count()).toBeGreaterThan(5);
  await expectAccessible(page, "trace: recovered");

  await page.getByTestId("trace-conversation").click();
  await expect(desk.message("I want to cancel my order.")).toHaveCount(1);
});

test("R6 held elsewhere: on a phone, by the customer's id, the trace says that another app was to answer", async ({
  world,
  deskOf,
}) => {
  const place = `/pages/${BLUE_HARBOUR}`;
  const desk = await deskOf(world.team.kai, { viewport: { width: 390, height: 844 } });
  const { page } = desk;
  try {
    await world.sim.call("POST", `${place}/apps`, { id: SALES_BOT });
    await world.sim.call("PUT", `${place}/routing`, { enabled: true, defaultAppId: SALES_BOT });
    const alma = await world.sim.customer("Alma Berg");
    await alma.writes("Why does nobody answer?");
    await world.sim.idle();
    await expect(desk.row(alma.name)).toBeVisible();

    await page.goto("/settings");
    await page.getByTestId("settings-trace").click();
    await page.getByTestId("trace-person").fill(alma.id);
    await page.getByTestId("trace-submit").click();
    await expect(page.getByTestId("trace-verdict")).toHaveAttribute("data-verdict", "held_elsewhere");
    await expect(page.locator("[data-testid=trace-event][data-kind=standby]")).toContainText("Why does nobody answer?");
    await expectAccessible(page, "trace: held elsewhere, on a phone");
  } finally {
    await world.sim.call("PUT", `${place}/routing`, { enabled: false });
    await world.sim.call("DELETE", `${place}/apps/${SALES_BOT}`);
  }
});

test("R6 not found: nothing here and nothing at Meta, with every known cause, its check and a file for Meta", async ({
  world,
  desk,
}) => {
  const { page } = desk;
  const ivan = await world.sim.customer("Ivan Fox");
  await ivan.wrote("Do you repair zips?", 23);
  await world.sim.idle();
  await desk.find(ivan.name);

  await page.goto("/trace");
  await trace(page, ivan.name);
  const verdict = page.getByTestId("trace-verdict");
  await expect(verdict).toHaveAttribute("data-verdict", "not_found");
  await page.getByTestId("trace-ruled-out").locator("summary").click();
  const reasons = page.getByTestId("trace-reason");
  expect(await reasons.count()).toBeGreaterThan(10);
  // Every cause says what was looked at.
  for (const reason of await reasons.all()) await expect(reason.locator("p").first()).not.toBeEmpty();
  await expectAccessible(page, "trace: not found");

  const download = page.waitForEvent("download");
  await page.getByTestId("trace-export").click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^trace-.*\.json$/);
  const told = JSON.parse(await readFile(await file.path(), "utf8"));
  expect(told).toMatchObject({ contactExternalId: ivan.id, trace: { verdict: "not_found" } });

  // A time at which the person did write leads to another verdict.
  const yesterday = new Date(Date.now() - 23 * 3_600_000).toISOString();
  await page.goto(`/trace?channelId=${world.channelId}&contactExternalId=${ivan.id}&at=${yesterday}`);
  await expect(verdict).toHaveAttribute("data-verdict", "shown");
});

test("R6 a trace without a person asks for one and stays where it is", async ({ desk: { page } }) => {
  await page.goto("/trace");
  await page.getByTestId("trace-submit").click();
  await expect(page.getByTestId("trace-person")).toHaveAccessibleDescription(/Choose a person/);
  await expect(page.getByTestId("trace-verdict")).toHaveCount(0);
  await page.getByTestId("trace-person").fill("Nobody Of That Name");
  await expect(page.getByText("Nobody of that name.")).toBeVisible();
});
