import { expect, test } from "../src/test.ts";

test("an address that does not exist shows a page with the way back, also at phone width; a program gets a problem document", async ({
  desk,
  world,
}) => {
  const { page } = desk;
  await page.setViewportSize({ width: 390, height: 844 });
  expect((await page.goto("/nowhere/at/all"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  await page.getByRole("link", { name: "To the inbox" }).click();
  await expect(page).toHaveURL(/\/inbox/);

  expect((await page.goto("/api/v1/nowhere"))?.headers()["content-type"]).toContain("application/problem+json");
  const answer = await fetch(`${world.url}/nowhere/at/all`);
  expect(answer.status).toBe(404);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  expect(await answer.json()).toMatchObject({ code: "not_found" });
});
