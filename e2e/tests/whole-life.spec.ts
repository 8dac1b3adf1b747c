import type { Locator } from "@playwright/test";
import { expectAccessible } from "../src/axe.ts";
import { BLUE_HARBOUR, KEVIN, TOMAS } from "../src/sim-control.ts";
import { setUpTeam } from "../src/team.ts";
import { expect, test } from "../src/test.ts";
import { toldCustomer } from "../src/told.ts";

const untick = async (boxes: Locator) => {
  while ((await boxes.count()) > 0) await boxes.first().uncheck();
};

test("S3 S5 O3 the whole life of a connection: connected, a password changed amid replies, another administrator's link, nothing lost, the first one leaves", async ({
  newWorld,
  deskOf,
  phoneOf,
  stranger,
}) => {
  test.slow();
  const world = await newWorld();
  const team = await setUpTeam(world);
  const { sim } = world;
  const admin = await deskOf(team.kai);
  const { page } = admin;
  const channel = async () =>
    (await world.api<{ data: { id: string; state: string }[] }>("GET", "/api/v1/channels")).data[0]!;
  const openIncidents = async () =>
    (await world.api<{ data: { code: string; until: string | null }[] }>("GET", "/api/v1/incidents")).data
      .filter((incident) => incident.until === null)
      .map((incident) => incident.code);

  await test.step("an administrator of the Page connects it through Meta's dialog", async () => {
    await page.goto("/settings/channels");
    await page.getByTestId("connect-facebook").first().click();
    await page.getByTestId(`oauth-user-${KEVIN}`).check();
    await page.getByTestId("oauth-edit").click();
    await untick(page.locator("[data-testid^=oauth-page-]:checked"));
    await page.getByTestId(`oauth-page-${BLUE_HARBOUR}`).check();
    await untick(page.locator("[data-testid^=oauth-instagram-]:checked"));
    await page.getByTestId("oauth-allow").click();
    await page.getByTestId("grant-connect").click();
    await page.getByTestId("grant-done").click();
    await expect(page.locator("[data-testid=channel-row]")).toHaveAttribute("data-state", "healthy");
  });
  const { id: channelId } = await channel();

  const ann = await sim.customer("Ann Lee");
  const phone = await phoneOf(ann);
  await phone.write("Do you have it in green?");
  const agent = await deskOf(team.mei);
  await agent.open(ann.name);

  await test.step("that person's password is changed while replies are being written: they wait, and receiving goes on", async () => {
    await expect(agent.row(ann.name)).toBeVisible();
    // Written before, sent after: what is told and asked at Meta by itself would meet the dead token before the reply does.
    await agent.input.fill("Green arrives on Friday.");
    await expect.poll(() => toldCustomer(world, ann)).toEqual(expect.arrayContaining(["mark_seen", "typing_on"]));
    await expect.poll(() => world.openJobs("channels.survey", "channels.self_test")).toEqual([]);
    await sim.changePassword(KEVIN);
    await agent.page.getByTestId("composer-send").click();
    await expect(agent.message("Green arrives on Friday.")).toHaveAttribute("data-state", "held");
    await agent.page.getByTestId("write-held").click();
    await agent.send("Shall I keep one for you?");
    await expect(agent.message("Shall I keep one for you?")).toHaveAttribute("data-state", "held");
    await sim.faults({ lose: { customerId: ann.id, count: 1 } });
    await ann.writes("Meta loses this one.");
    await sim.noFaults();
    await phone.write("Are you there?");
    await expect(agent.message("Are you there?")).toBeVisible();
    await expect(agent.message("Meta loses this one.")).toHaveCount(0);
    await expect(agent.page.getByTestId("off-reconnect")).toHaveCount(0);
  });

  const link =
    await test.step("the administrator is told by one incident and makes a link for another one", async () => {
      await expect.poll(openIncidents).toEqual(["channel_needs_reauthorization"]);
      await admin.go("inbox");
      await admin.open(ann.name);
      await expect(admin.off).toHaveAttribute("data-code", "channel_needs_reauthorization");
      await page.getByTestId("off-reconnect").click();
      await expect(page.getByTestId("health-verdict")).toHaveAttribute("data-tone", "bad");
      await page.getByTestId("send-link-open").click();
      await page.getByTestId("send-link-make").click();
      const url = await page.getByTestId("reauthorize-url").innerText();
      await page.getByTestId("send-link-done").click();
      return url;
    });

  await test.step("who opens it sees the Page and why, chooses another Page by mistake, is told so, and then connects the right one", async () => {
    const context = await stranger({ baseURL: world.url });
    const other = await context.newPage();
    await other.goto(link);
    await expect(other.getByTestId("reauthorize-link")).toBeVisible();
    await expect(other.getByRole("heading", { level: 1 })).toContainText("Blue Harbour");
    await expect(other.locator("body")).not.toContainText(ann.name);
    await expectAccessible(other, "a link for another administrator");
    await other.getByTestId("reauthorize-start").click();
    await other.getByTestId(`oauth-user-${TOMAS}`).check();
    await other.getByTestId("oauth-edit").click();
    await other.getByTestId(`oauth-page-${BLUE_HARBOUR}`).uncheck();
    await other.getByTestId("oauth-allow").click();
    await expect(other.getByTestId("reauthorize-result")).toHaveAttribute("data-outcome", "refused");
    await expect(other.getByTestId("reauthorize-result")).toContainText("Blue Harbour");
    await expectAccessible(other, "a login that was refused");
    await other.getByTestId("reauthorize-again").click();
    await other.getByTestId(`oauth-user-${TOMAS}`).check();
    await other.getByTestId("oauth-allow").click();
    await other.getByTestId(`oauth-page-${BLUE_HARBOUR}`).check();
    await other.getByTestId("oauth-allow").click();
    await expect(other.getByTestId("reauthorize-result")).toHaveAttribute("data-outcome", "done");
    await other.goto(link);
    await expect(other.getByTestId("reauthorize-end")).toHaveAttribute("data-why", "used");
  });

  await test.step("what waited goes out in order, what Meta lost is there, and the incident is over", async () => {
    await expect(phone.received()).toHaveText([/Green arrives on Friday\./, /Shall I keep one for you\?/]);
    await expect(agent.message("Shall I keep one for you?")).toHaveAttribute("data-state", /sent|delivered|read/);
    await expect(agent.message("Meta loses this one.")).toHaveCount(1, { timeout: 20_000 });
    await expect(agent.off).toBeHidden();
    await expect.poll(openIncidents).toEqual([]);
    expect(await channel()).toMatchObject({ id: channelId, state: "healthy" });
  });

  await test.step("the first administrator leaves, and nothing happens", async () => {
    await sim.call("POST", `/users/${KEVIN}/leave`, {});
    await agent.send("It is waiting for you.");
    await expect(phone.received("It is waiting for you.")).toHaveCount(1);
    await page.goto(`/settings/channels/${channelId}`);
    await expect(page.getByTestId("checked-at")).not.toHaveText("…", { timeout: 20_000 });
    await expect(page.locator("[data-testid=authorizer][data-state=live]")).toContainText("Tomas Reyes");
    expect(await channel()).toMatchObject({ id: channelId, state: "healthy" });
    expect(await openIncidents()).not.toContain("channel_needs_reauthorization");
  });
});
