import { expectAccessible } from "../src/axe.ts";
import { KEVIN } from "../src/sim-control.ts";
import { expect, test } from "../src/test.ts";
import { toldCustomer } from "../src/told.ts";

test("S3 password changed while a reply is written: held with the reason, one notice, reconnecting releases it in order", async ({
  ownWorld,
  deskOf,
  phoneOf,
  stranger,
}) => {
  test.slow();
  const world = await ownWorld();
  const ann = await world.sim.customer("Ann Lee");
  const phone = await phoneOf(ann);
  await phone.write("Do you have it in green?");
  const desk = await deskOf(world.team.kai);
  await desk.open(ann.name);
  await desk.input.fill("Green arrives on Friday.");
  // On their way they would meet what breaks at Meta next, before the reply does.
  await expect.poll(() => toldCustomer(world, ann)).toEqual(expect.arrayContaining(["mark_seen", "typing_on"]));

  await test.step("the password changes on the local Meta's control page", async () => {
    const control = await (await stranger()).newPage();
    await control.goto(world.sim.url);
    await control.getByTestId(`sim-password-${KEVIN}`).click();
    await expect(control.getByTestId(`sim-token-${KEVIN}`)).toHaveClass(/bad/);
  });

  await test.step("the reply is held, the composer is off and says why", async () => {
    await desk.input.press("Enter");
    await expect(desk.message("Green arrives on Friday.")).toHaveAttribute("data-state", "held");
    await expect(desk.off).toHaveCount(1);
    await expect(desk.off).toHaveAttribute("data-code", "channel_needs_reauthorization");
    await expect(desk.status).toHaveAttribute("data-state", "waits");
    await expect(desk.row(ann.name)).toContainText("reply waits");
    await expect(desk.page.getByTestId("nav-settings").filter({ visible: true })).toHaveAccessibleName(
      /1 channel needs a look/,
    );
    expect((await ann.thread()).messages.filter((message) => message.from === "page")).toHaveLength(0);
  });

  await test.step("a second reply can be written and waits behind it", async () => {
    await desk.page.getByTestId("write-held").click();
    await desk.send("Shall I keep one for you?");
    await expect(desk.message("Shall I keep one for you?")).toHaveAttribute("data-state", "held");
    await phone.write("Hello?");
    await expect(desk.message("Hello?")).toBeVisible();
  });

  await test.step("connecting again on the same channel releases both", async () => {
    await desk.go("settings");
    await expect(desk.page.getByTestId("channels-summary")).toHaveCount(1);
    await expect(desk.page.locator("[data-testid=channel-row][data-state=needs_reauthorization]")).toHaveCount(1);
    await desk.page.getByTestId("reauthorize").click();
    await desk.page.getByTestId(`oauth-user-${KEVIN}`).check();
    await desk.page.getByTestId("oauth-allow").click();
    await expect(desk.page.getByTestId("reauthorization-done")).toBeVisible();
    await desk.go("settings");
    await expect(desk.page.locator(`[data-channel-id="${world.channelId}"]`)).toHaveAttribute("data-state", "healthy");
    await expect(phone.received()).toHaveText([/Green arrives on Friday\./, /Shall I keep one for you\?/]);
    await desk.go("inbox");
    await desk.open(ann.name);
    await expect(desk.message("Green arrives on Friday.")).toHaveAttribute("data-state", "read");
    await expect(desk.off).toBeHidden();
  });
});

test("S6 blocked person: the failed bubble opens in place to reason, owner and #551; the mark clears on the next message", async ({
  world,
  desk,
  phoneOf,
}) => {
  const ravi = await world.sim.customer("Ravi Menon");
  await ravi.writes("Where is my invoice?");
  await desk.open(ravi.name);
  await ravi.blocks();
  await desk.send("Here it is.");
  const bubble = desk.message("Here it is.");
  await expect(bubble).toHaveAttribute("data-state", "failed");
  await expect(desk.row(ravi.name)).toContainText("not sent");

  const toggle = bubble.getByTestId("failure-toggle");
  await expect(toggle).toHaveAttribute("aria-expanded", "false");
  await toggle.click();
  await expect(bubble.getByTestId("failure-reason")).toBeVisible();
  await expect(bubble).toContainText("Nobody can change this");
  await bubble.getByTestId("failure-details").click();
  await expect(bubble).toContainText("#551");
  await expect(bubble.locator("dd").nth(1)).toHaveText(/^[\w-]{8,}$/);
  await expect(desk.page.getByTestId("cannot-receive")).toBeVisible();
  const { data } = await world.api<{ data: { id: string; state: string }[] }>("GET", "/api/v1/channels");
  expect(data.find((channel) => channel.id === world.channelId)?.state).toBe("healthy");

  await ravi.unblocks();
  const phone = await phoneOf(ravi);
  await phone.write("Sorry, wrong button");
  await expect(desk.message("Sorry, wrong button")).toBeVisible();
  await expect(desk.page.getByTestId("cannot-receive")).toBeHidden();
  await bubble.getByTestId("resend").click();
  await expect(phone.received("Here it is.")).toBeVisible();
});

test("S12 a code nobody knows: Meta's own words and the trace id stand under details", async ({ world, desk }) => {
  const sophie = await world.sim.customer("Sophie Martin");
  await sophie.writes("Bonjour");
  await desk.open(sophie.name);
  await world.sim.faults({
    nextSend: [{ code: 7777, message: "The moon is in the wrong phase", times: 20, recipientId: sophie.id }],
  });
  await desk.send("Bonjour Sophie");
  const bubble = desk.message("Bonjour Sophie");
  await expect(bubble).toHaveAttribute("data-state", "failed");
  await bubble.getByTestId("failure-toggle").click();
  await bubble.getByTestId("failure-details").click();
  const details = bubble.locator("dl");
  await expect(details).toContainText("#7777");
  await expect(details).toContainText("The moon is in the wrong phase");
  await expect(details.locator("dt", { hasText: "Trace id" })).toBeVisible();
  await world.sim.noFaults();
  await bubble.getByTestId("resend").click();
  await expect(bubble).toHaveAttribute("data-state", /sent|delivered/);
});

test("S9 an error inside Meta: the reply says that it is tried again, keeps its place before the next one, and both arrive in order", async ({
  world,
  desk,
  phoneOf,
}) => {
  test.slow();
  const otto = await world.sim.customer("Otto Lang");
  await otto.writes("Is it waterproof?");
  await desk.open(otto.name);
  const phone = await phoneOf(otto);
  await world.sim.faults({ nextSend: [{ code: -1, recipientId: otto.id, times: 50 }] });
  await desk.send("Yes, completely.");
  const first = desk.message("Yes, completely.");
  await expect(first.getByTestId("delivery-card")).toContainText("Tried again by itself");
  await desk.send("Shall I put one aside?");
  const second = desk.message("Shall I put one aside?");
  await first.getByTestId("failure-toggle").click();
  await expect(first.getByTestId("cancel-send")).toBeVisible();
  await expect(second).toHaveAttribute("data-state", "queued");
  await expect(second.getByTestId("delivery-card")).toHaveCount(0);
  await expectAccessible(desk.page, "a reply that is tried again");
  await world.sim.noFaults();
  // Tried again after about 3, 15 and 60 seconds: which of these comes next depends on how long the looks above took.
  await expect(second).toHaveAttribute("data-state", /sent|delivered|read/, { timeout: 90_000 });
  await expect(phone.received()).toHaveText([/Yes, completely\./, /Shall I put one aside\?/]);
  await expect(first.getByTestId("delivery-card")).toHaveCount(0);
});

test("S10 an answer that never came is not sent twice: outcome unknown, settled by the echo", async ({
  world,
  desk,
  phoneOf,
}) => {
  const mia = await world.sim.customer("Mia");
  await mia.writes("Are you open today?");
  await desk.open(mia.name);
  const phone = await phoneOf(mia);
  // Typing is told over the same edge, so it is more than one call.
  await world.sim.faults({ nextSend: [{ cut: "after", recipientId: mia.id, times: 50 }] });
  await desk.send("Until six.");
  await expect(desk.message("Until six.")).toHaveAttribute("data-state", "read");
  await expect(phone.received("Until six.")).toHaveCount(1);
});
