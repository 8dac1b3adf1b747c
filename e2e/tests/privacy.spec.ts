import { expectAccessible } from "../src/axe.ts";
import { expect, test } from "../src/test.ts";

test("O5 somebody asks Facebook to delete their data: a task for an administrator, a page that tells the person", async ({
  world,
  desk: { page },
  stranger,
}) => {
  const { apps } = await world.sim.state();
  await world.sim.call("PATCH", `/apps/${apps[0]!.id}`, {
    dataDeletionUrl: `${world.url}/webhooks/meta/data-deletion`,
  });
  const { id } = await world.sim.call<{ id: string }>("POST", "/users", { name: "Lena Roth" });
  const { url, confirmationCode: code } = await world.sim.call<{ url: string; confirmationCode: string }>(
    "POST",
    `/users/${id}/delete-data`,
    {},
  );

  const theirs = await (await stranger()).newPage();
  await theirs.goto(url);
  await expect(theirs.getByTestId("deletion-status")).toHaveAttribute("data-state", "open");
  await expectAccessible(theirs, "status of a deletion request");

  await page.goto("/settings/privacy");
  const request = page.locator(`[data-testid=deletion-request][data-code="${code}"]`);
  await expect(request).toHaveAttribute("data-state", "open");
  await expectAccessible(page, "privacy");
  await request.getByTestId("end-request").click();
  await page.getByTestId("request-note").fill("Nobody of that name has written to us.");
  await expectAccessible(page, "privacy: ending a request");
  await page.getByTestId("confirm").click();
  await expect(request).toHaveAttribute("data-state", "done");
  await expect(request).toContainText("Nobody of that name has written to us.");
  await expect(request.getByTestId("end-request")).toHaveCount(0);

  await theirs.reload();
  await expect(theirs.getByTestId("deletion-status")).toHaveAttribute("data-state", "done");
});

test("an administrator limits how long messages are kept, sees first what would go, and takes it back", async ({
  desk: { page },
}) => {
  await page.goto("/settings/privacy");
  const choice = page.getByTestId("retention-days");
  await choice.getByText("90 days").click();
  await expect(page.getByTestId("retention-preview")).toBeVisible();
  await expectAccessible(page, "privacy: how long messages are kept");
  await page.getByTestId("confirm-dialog").getByText("Cancel").click();
  await expect(choice.getByRole("radio", { name: "Never" })).toBeChecked();

  await choice.getByText("90 days").click();
  await expect(page.getByTestId("retention-preview")).toBeVisible();
  await page.getByTestId("confirm").click();
  await expect(choice.getByRole("radio", { name: "90 days" })).toBeChecked();
  await expect(page.getByTestId("retention-history")).toContainText("Never → after 90 days");
  await page.reload();
  await expect(choice.getByRole("radio", { name: "90 days" })).toBeChecked();

  await choice.getByText("Never").click();
  await page.getByTestId("confirm").click();
  await expect(choice.getByRole("radio", { name: "Never" })).toBeChecked();
  await expect(page.getByTestId("retention-history")).toContainText("after 90 days → Never");
});
