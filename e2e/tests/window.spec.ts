import { expect, test } from "../src/test.ts";

const DAY = 24;

test("S1 window closed: composer off with the reason, a note still possible, a new customer message reopens it live", async ({
  world,
  desk,
  phoneOf,
}) => {
  const peter = await world.sim.customer("Peter Wu");
  await peter.wrote("Thank you, I will come by", 8 * DAY);
  const phone = await phoneOf(peter);
  await desk.find(peter.name);
  await expect(desk.row(peter.name)).toContainText("closed");
  await expect(desk.off).toHaveAttribute("data-code", "window_closed");
  await expect(desk.status).toHaveAttribute("data-state", "closed");
  await expect(desk.page.getByTestId("composer-send")).toBeDisabled();

  await desk.status.click();
  await expect(desk.page.locator("[data-testid=reply-reason][data-code=window_closed]")).toBeVisible();
  for (const way of ["reply", "human_agent"])
    await expect(desk.page.locator(`[data-testid=reply-way][data-way=${way}]`)).toHaveAttribute(
      "data-reason",
      "window_closed",
    );
  await desk.page.keyboard.press("Escape");

  await desk.note("Ask again on Monday.");
  await expect(desk.page.getByTestId("note")).toContainText("Ask again on Monday.");

  await phone.write("I am at the door");
  await expect(desk.off).toBeHidden();
  await expect(desk.status).toHaveAttribute("data-state", "open");
  await desk.send("Coming!");
  await expect(phone.received("Coming!")).toBeVisible();
  await expect(phone.page.getByText("Ask again on Monday.")).toHaveCount(0);
});

test("S2 app approved for human agents: from 24 h to 7 d the composer says so and a person's reply arrives", async ({
  world,
  desk,
  phoneOf,
}) => {
  const hana = await world.sim.customer("Hana Bui");
  await hana.wrote("Any news about my order?", 2 * DAY);
  const phone = await phoneOf(hana);
  await desk.find(hana.name);
  await expect(desk.status).toHaveAttribute("data-state", "human_agent");
  await expect(desk.status).toContainText("Human-agent reply");
  await desk.send("It left yesterday.");
  await expect(phone.received("It left yesterday.")).toBeVisible();
  await expect(desk.message("It left yesterday.")).toHaveAttribute("data-state", "read");
});

test("S2 app not approved for human agents: never offered after 24 h, the reason stands in its place", async ({
  ownWorld,
  deskOf,
}) => {
  const world = await ownWorld({ humanAgent: false });
  const hana = await world.sim.customer("Hana Bui");
  await hana.wrote("Any news about my order?", 2 * DAY);
  const desk = await deskOf(world.team.kai);
  await desk.open(hana.name);
  await expect(desk.status).toHaveAttribute("data-state", "closed");
  await expect(desk.off).toBeVisible();
  await desk.status.click();
  await expect(desk.page.getByTestId("reply-reason").first()).toBeVisible();
  await expect(desk.page.locator("[data-testid=reply-way][data-way=human_agent]")).toContainText("not now");
});

test("S8 Meta's clock wins: a refusal for the window fails the message with its remedy and closes the composer", async ({
  world,
  desk,
  phoneOf,
}) => {
  const jonas = await world.sim.customer("Jonas Kern");
  await jonas.writes("See you soon");
  await desk.open(jonas.name);
  await expect(desk.status).toHaveAttribute("data-state", "open");
  await jonas.wroteHoursAgo(8 * DAY);
  await world.sim.faults({ humanAgentApproved: false });
  await desk.send("Until tomorrow");
  const bubble = desk.message("Until tomorrow");
  await expect(bubble).toHaveAttribute("data-state", "failed");
  await bubble.getByTestId("failure-toggle").click();
  await bubble.getByTestId("failure-details").click();
  await expect(bubble).toContainText("#10 / 2018278");
  await expect(desk.page.locator("[data-testid=activity][data-kind=window_corrected]")).toBeVisible();
  await expect(desk.status).not.toHaveAttribute("data-state", "open");

  const phone = await phoneOf(jonas);
  await phone.write("Me again");
  await expect(desk.status).toHaveAttribute("data-state", "open");
  await bubble.getByTestId("resend").click();
  await expect(phone.received("Until tomorrow")).toBeVisible();
});
