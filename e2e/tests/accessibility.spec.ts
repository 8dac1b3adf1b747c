import type { BrowserContextOptions, Page } from "@playwright/test";
import { expectAccessible } from "../src/axe.ts";
import { conversationWith } from "../src/conversations.ts";
import type { Desk } from "../src/desk.ts";
import { BLUE_HARBOUR } from "../src/sim-control.ts";
import { expect, test, type WorkingWorld } from "../src/test.ts";

/** Colours do not depend on the width: two opposite corners show both widths and both schemes. */
const PHONE = { width: 390, height: 844 };
const CORNERS = [
  { width: "desktop", viewport: { width: 1360, height: 860 }, colorScheme: "light" },
  { width: "390 px", viewport: PHONE, colorScheme: "dark" },
] as const;

/** A template with something to fill in, approved and known here. */
async function approvedTemplate(world: WorkingWorld): Promise<string> {
  const name = "parcel_waits";
  const body = "Hello {{1}}, your parcel waits for you in the shop.";
  const at = `/pages/${BLUE_HARBOUR}/templates`;
  const { data } = await world.sim.call<{ data: { name: string }[] }>("GET", at);
  if (!data.some((one) => one.name === name)) await world.sim.call("POST", at, { name, body, example: ["Ann"] });
  await world.api("GET", `/api/v1/channels/${world.channelId}/templates?refresh=true`);
  return name;
}

/** A thread that shows as much as one can: both directions, a picture, a note, a failed reply opened to its details. */
async function richThread(world: WorkingWorld): Promise<string> {
  const ravi = await world.sim.customer("Ravi Menon");
  await ravi.writes("Where is my invoice? See https://example.com/orders/4711");
  await world.sim.call("POST", `/pages/${ravi.pageId}/customers/${ravi.id}/messages`, {
    attachments: [{ type: "image", name: "dot.png", base64: DOT }],
  });
  const look = () =>
    world.api<{ data: { id: string }[] }>("GET", `/api/v1/conversations?q=${encodeURIComponent(ravi.name)}`);
  // By its name, so the profile is read too.
  await expect.poll(async () => (await look()).data.length).toBe(1);
  const { data } = await look();
  const path = `/api/v1/conversations/${data[0]!.id}`;
  await world.team.kai.call("POST", `${path}/notes`, { text: "Sent by post as well." });
  await world.team.kai.call("PATCH", path, { assigneeId: world.team.kai.memberId });
  await world.team.kai.call("POST", `${path}/messages`, { clientId: `a11y-1-${ravi.id}`, text: "Here it is." });
  await expect
    .poll(async () => (await ravi.thread()).messages.some((m) => m.text === "Here it is."), { timeout: 10_000 })
    .toBe(true);
  await ravi.blocks();
  await world.team.kai.call("POST", `${path}/messages`, { clientId: `a11y-2-${ravi.id}`, text: "And again." });
  return data[0]!.id;
}

const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

for (const { width, viewport, colorScheme } of CORNERS) {
  const options: BrowserContextOptions = { viewport, colorScheme };

  test(`WCAG 2.2 AA at ${width}, ${colorScheme}: the desk`, async ({ world, deskOf }) => {
    test.slow();
    const id = await richThread(world);
    const closed = await world.sim.customer("Peter Wu");
    await closed.wrote("Thank you", 8 * 24);
    const template = await approvedTemplate(world);
    const desk = await deskOf(world.team.kai, options);
    const { page } = desk;
    const visible = (testId: string) => page.getByTestId(testId).filter({ visible: true });
    await desk.find(closed.name);
    await expect(desk.off).toBeVisible();
    await expectAccessible(page, "closed conversation");
    await desk.status.click();
    await expect(page.getByTestId("reply-way").first()).toBeVisible();
    await expectAccessible(page, "ways to reply");
    await page.keyboard.press("Escape");
    await page.getByTestId("off-templates").click();
    await page.getByTestId("picker-search").fill(template);
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("picker-value-body.1")).toBeFocused();
    await page.getByTestId("picker-value-body.1").fill("50% off");
    await expectAccessible(page, "a template filled in wrongly");
    await page.keyboard.press("Escape");

    await page.goto("/inbox");
    await expect(page.getByTestId("conversation-row").first()).toBeVisible();
    await expectAccessible(page, "list");
    await page.getByTestId("list-filters").click();
    await expect(page.getByTestId("list-status-open")).toBeVisible();
    await expectAccessible(page, "list with filters");

    await page.goto(`/inbox/${id}`);
    const failed = page.locator("[data-testid=message][data-state=failed]").first();
    await failed.getByTestId("failure-toggle").click();
    await failed.getByTestId("failure-details").click();
    await expect(failed.locator("dl")).toBeVisible();
    await expectAccessible(page, "thread with a failed reply");
    await page.getByTestId("note-toggle").click();
    await expectAccessible(page, "writing a note");
    await page.getByTestId("note-toggle").click();
    await page.getByTestId("assign-menu").click();
    await expect(page.getByTestId("assign-member").first()).toBeVisible();
    await expectAccessible(page, "assigning");
    await page.keyboard.press("Escape");
    await page.getByTestId("picture").click();
    await expect(page.getByTestId("viewer-picture")).toBeVisible();
    await expectAccessible(page, "picture in full");
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("viewer-picture")).toBeHidden();

    if (width !== "desktop") {
      await page.getByTestId("thread-more").click();
      await page.getByTestId("toggle-contact").click();
      await expect(page.getByTestId("contact-pane")).toBeVisible();
      await expectAccessible(page, "contact");
    }
    await page.getByTestId("contact-delete").click();
    await expect(page.getByTestId("contact-delete-name")).toBeVisible();
    await expectAccessible(page, "deleting a contact");
    await page.keyboard.press("Escape");
    await expect(page.getByTestId("contact-delete-name")).toBeHidden();
    if (width !== "desktop") await page.goto("/inbox");
    await visible("me-menu").click();
    await expect(page.getByTestId("sign-out")).toBeVisible();
    await expectAccessible(page, "menu of the person");
    await page.keyboard.press("Escape");
    await page.getByTestId("sign-out").waitFor({ state: "hidden" });
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await expectAccessible(page, "shortcuts");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await expect(page.getByPlaceholder("Search for an action or a person")).toBeVisible();
    await expectAccessible(page, "palette");
  });

  test(`WCAG 2.2 AA at ${width}, ${colorScheme}: settings`, async ({ world, deskOf }) => {
    test.slow();
    const { page } = await deskOf(world.team.kai, options);
    const open = async (path: string, ready: string) => {
      await page.goto(`/settings${path}`);
      await expect(page.getByTestId(ready).first()).toBeVisible();
      await expectAccessible(page, `settings${path.replace(world.channelId, "…")}`);
    };
    await open("", "settings-channels");
    await open("/channels", "channel-row");
    await page.getByTestId("connect-token").click();
    await expect(page.getByTestId("connect-token-id")).toBeVisible();
    await expectAccessible(page, "connect by token");
    await open(`/channels/${world.channelId}`, "health-check");
    await open("/templates", "template-library");
    await open("/templates/new", "template-title");
    await open("/templates/library", "library-card");
    await page.getByTestId("library-use").first().click();
    await expect(page.getByTestId("clone-name")).toBeVisible();
    await expectAccessible(page, "taking a template over");
    await open("/workspace", "workspace-typingShown");
    await open("/privacy", "deletion-requests");
    const { commentId } = await world.sim.call<{ commentId: string }>("POST", `/pages/${BLUE_HARBOUR}/comments`, {
      text: "Do you ship abroad?",
      customerId: (await world.sim.customer("Nora")).id,
    });
    // Comments have no live event: the list is opened once this one is worked off.
    const comments = () =>
      world.api<{ data: { externalId: string }[] }>("GET", "/api/v1/comments").then((list) => list.data);
    await expect.poll(async () => (await comments()).some(({ externalId }) => externalId === commentId)).toBe(true);
    await page.goto("/settings/comments");
    const comment = page.locator(`[data-testid=comment-row][data-comment-id="${commentId}"]`);
    await comment.getByTestId("private-reply-open").click();
    await expect(comment.getByTestId("private-reply-input")).toBeVisible();
    await expectAccessible(page, "a private reply");
    await open("/incidents", "open-incidents");
    await open("/team", "member-row");
    await page.getByTestId("invite-open").click();
    await expect(page.getByTestId("invite-email")).toBeVisible();
    await expectAccessible(page, "invite");
    await open("/api-keys", "apikey-create");
    await page.getByTestId("apikey-create").click();
    await expect(page.getByTestId("apikey-name")).toBeVisible();
    await expectAccessible(page, "new API key");
    const pia = await world.sim.customer("Pia");
    await pia.writes("A delivery");
    await conversationWith(world, pia.id);
    await open("/deliveries", "delivery-row");
    await page.getByTestId("delivery-row").first().getByRole("link").click();
    await expect(page.getByTestId("delivery-replay")).toBeVisible();
    await expectAccessible(page, "delivery");
    await open("/profile", "profile-name");
  });
}

test("WCAG 2.2 AA: first run, sign-in and invitation, in both corners", async ({ newWorld, world, stranger }) => {
  test.slow();
  const fresh = await newWorld();
  const { url } = await world.team.kai.call<{ url: string }>("POST", "/api/v1/invitations", {
    email: "guest@blueharbour.example",
    role: "agent",
  });
  for (const { viewport, colorScheme } of CORNERS) {
    const page = await (await stranger({ viewport, colorScheme })).newPage();
    const check = async (address: string, ready: string) => {
      await page.goto(address);
      await expect(page.getByTestId(ready)).toBeVisible();
      await expectAccessible(page, `${new URL(address).pathname.split("/")[1]}, ${viewport.width} px, ${colorScheme}`);
    };
    await check(`${fresh.url}/setup`, "setup-submit");
    await check(`${world.url}/login`, "login-submit");
    await check(url, "invite-submit");
  }
});

test("WCAG 2.2 AA: the local Meta's control page, phone and dialog", async ({ world, stranger }) => {
  test.slow();
  const id = await richThread(world);
  const { contact } = await world.api<{ contact: { externalId: string } }>("GET", `/api/v1/conversations/${id}`);
  for (const { colorScheme } of CORNERS) {
    const page: Page = await (await stranger({ colorScheme })).newPage();
    await page.goto(world.sim.url);
    await expect(page.getByTestId("sim-lose")).toBeVisible();
    await expectAccessible(page, `control, ${colorScheme}`);
    await page.goto(`${world.sim.url}/phone#108123450000001/${contact.externalId}`);
    await expect(page.getByTestId("phone-message").first()).toBeVisible();
    await expectAccessible(page, `phone, ${colorScheme}`);
    await page.goto(
      await world.team.kai.call<{ url: string }>("POST", "/api/v1/channels/authorizations", {}).then((one) => one.url),
    );
    await expect(page.getByTestId("oauth-allow")).toBeVisible();
    await expectAccessible(page, `dialog, ${colorScheme}`);
  }
});

test("phone width: list, thread, contact and back, settings and back, in one hand", async ({ world, deskOf }) => {
  const ida = await world.sim.customer("Ida Holm");
  await ida.writes("Small screen, big question");
  const desk: Desk = await deskOf(world.team.mei, { viewport: PHONE, hasTouch: true, isMobile: true });
  const { page } = desk;
  await desk.open(ida.name);
  await expect(desk.list).toBeHidden();
  await desk.send("A short answer");
  await expect(desk.message("A short answer")).toHaveAttribute("data-state", /sent|delivered|read/);
  await page.getByRole("heading", { name: ida.name }).getByRole("button").click();
  await expect(page.getByTestId("contact-pane")).toBeVisible();
  await page.getByRole("button", { name: "Back to the conversation" }).click();
  await expect(page.getByTestId("contact-pane")).toBeHidden();
  await page.getByTestId("back-to-list").click();
  await expect(desk.row(ida.name)).toContainText("A short answer");
  await desk.go("settings");
  await page.getByTestId("settings-channels").click();
  await expect(page.getByTestId("channel-row")).toBeVisible();
  await page.goBack();
  await expect(page.getByTestId("settings-channels")).toBeVisible();
  await desk.go("inbox");
  await expect(desk.row(ida.name)).toBeVisible();
});
