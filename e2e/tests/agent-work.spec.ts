import { expect, test } from "../src/test.ts";

test("assign by keyboard, resolve, reopen on a new message: a colleague sees each step live", async ({
  world,
  desk,
  deskOf,
}) => {
  const rosa = await world.sim.customer("Rosa");
  await rosa.writes("Do you ship to Hualien?");
  const colleague = await deskOf(world.team.mei);
  await desk.open(rosa.name);
  await colleague.open(rosa.name);

  await desk.page.keyboard.press("Escape");
  await desk.page.keyboard.press("a");
  await expect(desk.page.getByTestId("assign-menu")).toHaveAccessibleName(/Kai Lindqvist/);
  await expect(colleague.page.getByTestId("assign-menu")).toHaveAccessibleName(/Kai Lindqvist/);
  await expect(colleague.row(rosa.name)).toContainText("Assigned to Kai Lindqvist");
  await expect(colleague.page.locator("[data-testid=activity][data-kind=assigned]")).toContainText("took this on");

  await desk.page.keyboard.press("e");
  await expect(colleague.page.getByTestId("reopen")).toBeVisible();
  await expect(colleague.row(rosa.name)).toBeHidden();

  await rosa.writes("One more question");
  await expect(colleague.page.getByTestId("resolve")).toBeVisible();
  await expect(colleague.row(rosa.name)).toContainText("One more question");
  await expect(desk.page.locator("[data-testid=activity][data-kind=reopened]")).toBeVisible();

  await colleague.page.getByTestId("assign-menu").click();
  await colleague.page.locator(`[data-testid=assign-member][data-member-id="${world.team.mei.memberId}"]`).click();
  await expect(desk.page.getByTestId("assign-menu")).toHaveAccessibleName(/Mei Lin/);
});

test("a note is the team's alone: colleagues see it at once, the phone never", async ({
  world,
  desk,
  deskOf,
  phoneOf,
}) => {
  const leo = await world.sim.customer("Leo");
  const phone = await phoneOf(leo);
  await phone.write("My parcel is broken");
  const colleague = await deskOf(world.team.mei);
  await colleague.open(leo.name);
  await desk.open(leo.name);
  await desk.note("Refund him, order 4711.");
  await expect(colleague.page.getByTestId("note")).toContainText("Refund him, order 4711.");
  await desk.send("We will refund you today.");
  await expect(phone.received("We will refund you today.")).toBeVisible();
  await expect(phone.received()).toHaveCount(1);
  await expect(phone.page.getByText("order 4711")).toHaveCount(0);
});

test("unread: badge and title count up, reading clears them everywhere, U leaves it unread again", async ({
  ownWorld,
  deskOf,
}) => {
  const world = await ownWorld();
  const desk = await deskOf(world.team.kai);
  const [ann, jonas] = [await world.sim.customer("Ann Lee"), await world.sim.customer("Jonas Kern")];
  await ann.writes("Hello");
  await ann.writes("Anybody there?");
  await jonas.writes("Good evening");
  await expect(desk.row(ann.name).getByTitle("2 unread messages")).toBeVisible();
  await expect(desk.page).toHaveTitle("(2) Firstline");
  await desk.open(ann.name);
  await expect(desk.page).toHaveTitle("(1) Firstline");
  await expect(desk.row(ann.name).getByTitle(/unread/)).toHaveCount(0);
  await desk.page.keyboard.press("Escape");
  await desk.page.keyboard.press("u");
  await expect(desk.page).toHaveTitle("(2) Firstline");
  await expect(desk.row(ann.name).getByTitle(/unread/)).toBeVisible();
});

test("search finds names and words; filters narrow by owner and status; both are left again", async ({
  world,
  desk,
}) => {
  const [ida, bao] = [await world.sim.customer("Ida Holm"), await world.sim.customer("Bao Tran")];
  await ida.writes("The wallpaper arrived");
  await bao.writes("Where is my teapot?");
  await expect(desk.row(bao.name)).toBeVisible();
  const search = desk.page.getByTestId("search-input");

  await desk.page.keyboard.press("/");
  await desk.page.keyboard.type(ida.name);
  await expect(desk.row(bao.name)).toBeHidden();
  await expect(desk.row(ida.name)).toBeVisible();
  await search.fill("teapot");
  await expect(desk.row(bao.name)).toBeVisible();
  await expect(desk.row(ida.name)).toBeHidden();
  await ida.writes("And do you have a teapot to match?");
  await expect(desk.row(ida.name)).toBeVisible();
  await search.fill("nobody wrote this");
  await expect(desk.page.getByTestId("list-empty")).toBeVisible();
  await search.fill("");
  await expect(desk.row(ida.name)).toBeVisible();

  await desk.open(bao.name);
  await desk.page.getByTestId("assign-me").click();
  await desk.page.getByTestId("filter-mine").click();
  await expect(desk.row(bao.name)).toBeVisible();
  await expect(desk.row(ida.name)).toBeHidden();
  await desk.page.getByTestId("filter-unassigned").click();
  await expect(desk.row(ida.name)).toBeVisible();
  await expect(desk.row(bao.name)).toBeHidden();
  await desk.page.getByTestId("filter-all").click();
  await desk.page.getByTestId("resolve").click();
  await expect(desk.row(bao.name)).toBeHidden();
  await desk.page.getByTestId("list-filters").click();
  await desk.page.getByTestId("list-status-resolved").click();
  await desk.page.keyboard.press("Escape");
  await expect(desk.row(bao.name)).toBeVisible();
  await expect(desk.row(ida.name)).toBeHidden();
});

test("keyboard: ? lists the shortcuts, J and K step through the list, R writes, the palette reaches people and actions", async ({
  world,
  desk,
}) => {
  const { page } = desk;
  const wang = await world.sim.customer("Wang");
  await wang.writes("你好");
  await expect(desk.row(wang.name)).toBeVisible();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();

  await page.keyboard.press("j");
  await expect(page.getByTestId("thread")).toBeVisible();
  await expect(page.getByRole("heading", { name: wang.name })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await expect(desk.input).toBeFocused();

  await page.keyboard.press("Control+k");
  const palette = page
    .getByRole("dialog")
    .getByRole("searchbox")
    .or(page.getByPlaceholder("Search for an action or a person"));
  await palette.fill("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await page.keyboard.press("Control+k");
  await palette.fill(wang.name);
  await expect(page.getByRole("dialog").getByText(wang.name)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: wang.name })).toBeVisible();
  await page.keyboard.press("Control+k");
  await palette.fill("webhook deliveries");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings\/deliveries/);
});

test("a shortcut pressed while the part it opens is on its way is heeded once that is there", async ({ desk }) => {
  const { page } = desk;
  const part = /\/assets\/Shortcuts-/;
  await page.goto("about:blank");
  let arrives = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrives = resolve;
  });
  await page.route(part, async (route) => {
    await arrived;
    await route.continue();
  });
  const asked = page.waitForRequest(part);
  await page.goto("/inbox");
  await asked;
  await page.keyboard.press("?");
  arrives();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});

test("a draft survives a reload and a walk through another conversation, for reply and note apart", async ({
  world,
  desk,
}) => {
  const [ann, leo] = [await world.sim.customer("Ann"), await world.sim.customer("Leo")];
  await ann.writes("Hi");
  await leo.writes("Hi too");
  await desk.open(ann.name);
  await desk.input.fill("Half a sent");
  await desk.page.getByTestId("note-toggle").click();
  await desk.input.fill("Half a note");
  await desk.open(leo.name);
  await expect(desk.input).toHaveValue("");
  await desk.open(ann.name);
  await expect(desk.input).toHaveValue("Half a sent");
  await desk.page.reload();
  await expect(desk.input).toHaveValue("Half a sent");
  await desk.page.getByTestId("note-toggle").click();
  await expect(desk.input).toHaveValue("Half a note");
});

test("language and appearance change at once and stay: Traditional Chinese, dark", async ({ world, desk }) => {
  const mei = await world.sim.customer("美玲");
  await mei.wrote("還有貨嗎？", 8 * 24);
  await desk.choose("language-zh-TW");
  const html = desk.page.locator("html");
  await expect(html).toHaveAttribute("lang", "zh-TW");
  await expect(desk.page.getByTestId("filter-all")).not.toContainText("All");
  await desk.choose("scheme-dark");
  await expect(html).toHaveAttribute("data-mantine-color-scheme", "dark");
  await desk.page.reload();
  await expect(html).toHaveAttribute("lang", "zh-TW");
  await expect(html).toHaveAttribute("data-mantine-color-scheme", "dark");
  await desk.find(mei.name);
  await expect(desk.off).toContainText("客戶");
  await desk.choose("language-en");
  await expect(html).toHaveAttribute("lang", "en");
});
