import { expectAccessible } from "../src/axe.ts";
import { conversationWith } from "../src/conversations.ts";
import { expect, test } from "../src/test.ts";

test("R3 every source of an outgoing bubble is named: agent, API, other app by name or id, Business Suite, Meta AI, nobody we know; notices are lines", async ({
  ownWorld,
  deskOf,
}) => {
  test.slow();
  const world = await ownWorld();
  const played = await world.sim.play("R3-every-source");
  const { id } = await conversationWith(world, played.customerId);
  await world.sim.play("R3-unknown-app", { customerId: played.customerId });
  await world.api("GET", `/api/v1/channels/${world.channelId}/routing?refresh=true`);
  await world.api("POST", `/api/v1/conversations/${id}/messages`, { clientId: "r3-api", text: "By the program." });
  const desk = await deskOf(world.team.kai);
  const { page } = desk;
  await page.goto(`/inbox/${id}`);
  await desk.send("By a person, here.");

  const sources = async () =>
    page
      .getByTestId("message-source")
      .evaluateAll((all) => all.map((one) => [(one as HTMLElement).dataset.source, one.textContent] as const));
  await expect.poll(sources).toEqual([
    ["unknown", "Not sent by us"],
    ["other_app", "Sales Botnot sent from here"],
    ["meta_ai", "Meta AInot sent from here"],
    ["page_inbox", "Meta Business Suitenot sent from here"],
    ["other_app", "App 1900000000000999not sent from here"],
    ["api", "API (Bootstrap)"],
    ["agent", "You"],
  ]);
  const notice = page.getByTestId("meta-notice");
  await expect(notice).toHaveText(/Notice by Meta: Your AI agent will respond\./);
  await expect(desk.message("Your AI agent will respond.")).toHaveCount(0);
  await expect(desk.status).toHaveAttribute("data-state", "open");
  await expectAccessible(page, "every source");
});

test("R3 our own echo that overtakes Meta's answer is still the one bubble, with the agent's name", async ({
  world,
  desk,
}) => {
  await world.sim.faults({ echoOvertakes: true });
  const ines = await world.sim.customer("Ines Prado");
  await ines.writes("Can you hear me?");
  await desk.open(ines.name);
  await desk.send("Loud and clear.");
  await expect(desk.message("Loud and clear.")).toHaveAttribute("data-state", /sent|delivered|read/);
  await expect(desk.message("Loud and clear.")).toHaveCount(1);
  await expect(desk.page.getByTestId("message-source")).toHaveText(["You"]);
});
