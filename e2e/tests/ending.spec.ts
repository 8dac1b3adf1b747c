import { expectAccessible } from "../src/axe.ts";
import { conversationWith } from "../src/conversations.ts";
import { expect, test } from "../src/test.ts";

test("S1 a waiting customer's window ends soon: said once to who is to answer, wherever they are, and to nobody else", async ({
  ownWorld,
  deskOf,
}) => {
  test.slow();
  const world = await ownWorld();
  const noa = await world.sim.customer("Noa Levi");
  await noa.wrote("I ordered a coat.", 30);
  const { id } = await conversationWith(world, noa.id);
  await world.team.kai.call("PATCH", `/api/v1/conversations/${id}`, { assigneeId: world.team.kai.memberId });
  const kai = await deskOf(world.team.kai);
  const mei = await deskOf(world.team.mei);
  await kai.page.goto("/settings/profile");
  await expect(kai.page.getByTestId("profile-name")).toBeVisible();
  await kai.live();
  await noa.wrote("Is my order on its way?", 22.5);
  const newest = () =>
    world
      .api<{ lastMessage: { text: string } }>("GET", `/api/v1/conversations/${id}`)
      .then((one) => one.lastMessage.text);
  await expect.poll(newest).toBe("Is my order on its way?");
  // The server looks once a minute; here it need not be waited for.
  expect(await world.runScheduled("conversations.ending-soon")).toBe("* * * * *");
  const said = kai.page.getByTestId("window-ending");
  await expect(said).toContainText(`${noa.name} still waits`);
  await expect(said).toContainText(/1h \d+m left/);
  const notice = kai.page.getByRole("alert").filter({ hasText: noa.name });
  await expect(notice).toHaveCount(1);
  // It goes by itself, but not from under a pointer.
  await notice.hover();
  await expectAccessible(kai.page, "a window that ends soon");
  await notice.getByRole("button", { name: "Open the conversation" }).click();
  await expect(kai.page.getByRole("heading", { name: noa.name })).toBeVisible();
  await expect(notice).toHaveCount(0);
  await kai.page.getByTestId("filter-endingSoon").click();
  await expect(kai.row(noa.name)).toBeVisible();
  await expect(mei.page.getByTestId("window-ending")).toBeEmpty();
});
