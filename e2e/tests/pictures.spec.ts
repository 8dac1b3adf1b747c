import type { Locator } from "@playwright/test";
import { expectAccessible } from "../src/axe.ts";
import { conversationWith } from "../src/conversations.ts";
import type { Desk } from "../src/desk.ts";
import { expect, test } from "../src/test.ts";

const png = (desk: Desk) => desk.page.screenshot({ clip: { x: 0, y: 0, width: 240, height: 160 } });
const pixels = (image: Locator) => image.evaluate((element: HTMLImageElement) => element.naturalWidth);

/** The files of a paste or a drop, as a browser hands them over. */
function dataTransfer(desk: Desk, bytes: Buffer, name: string) {
  return desk.page.evaluateHandle(
    ({ data, name: called }) => {
      const transfer = new DataTransfer();
      const raw = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
      transfer.items.add(new File([raw], called, { type: "image/png" }));
      return transfer;
    },
    { data: bytes.toString("base64"), name },
  );
}

test("a customer's photo shows in its bubble, from our own server, and opens in full", async ({
  world,
  desk,
  phoneOf,
}) => {
  const rosa = await world.sim.customer("Rosa");
  const phone = await phoneOf(rosa);
  await phone.page
    .getByTestId("phone-photo")
    .setInputFiles({ name: "lamp.png", mimeType: "image/png", buffer: await png(desk) });
  await desk.open(rosa.name);
  const image = desk.page.getByTestId("picture").getByRole("img");
  await expect.poll(() => pixels(image)).toBe(240);
  expect(await image.getAttribute("src")).toMatch(/^\/api\/v1\/attachments\//);
  await desk.page.getByTestId("picture").click();
  await expect.poll(() => pixels(desk.page.getByTestId("viewer-picture"))).toBe(240);
  await desk.page.keyboard.press("Escape");
  await expect(desk.page.getByTestId("viewer-picture")).toBeHidden();
});

test("pictures go out by picker, paste and drop; the phone shows each once", async ({ world, desk, phoneOf }) => {
  const leo = await world.sim.customer("Leo");
  const phone = await phoneOf(leo);
  await phone.write("Can you show me?");
  await desk.open(leo.name);
  const picture = await png(desk);
  const upload = desk.page.getByTestId("upload");
  const photos = phone.received().getByRole("img");

  await desk.page
    .getByTestId("attach-input")
    .setInputFiles({ name: "front.png", mimeType: "image/png", buffer: picture });
  await expect(upload).toHaveAttribute("data-verdict", "ok");
  await desk.page.getByTestId("composer-send").click();
  await expect(upload).toHaveCount(0);
  await expect.poll(() => pixels(photos.first())).toBe(240);

  await desk.input.evaluate(
    (element, clipboardData) =>
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })),
    await dataTransfer(desk, picture, "side.png"),
  );
  await expect(upload).toHaveAttribute("data-verdict", "ok");
  await desk.send("From the side");
  await expect(photos).toHaveCount(2);
  await expect(phone.received("From the side")).toBeVisible();

  await desk.page
    .getByTestId("composer")
    .dispatchEvent("drop", { dataTransfer: await dataTransfer(desk, picture, "top.png") });
  await expect(upload).toHaveAttribute("data-verdict", "ok");
  await desk.page.getByTestId("composer-send").click();
  await expect(photos).toHaveCount(3);
  await expect(desk.page.locator("[data-testid=message][data-kind=image][data-state=read]")).toHaveCount(3);
  await expect.poll(() => pixels(desk.page.getByTestId("picture").getByRole("img").last())).toBe(240);
});

test("S7 a damaged picture is refused with its cause before anything is sent; a wrong name is put right", async ({
  world,
  desk,
}) => {
  const uma = await world.sim.customer("Uma");
  await uma.writes("Send me the plan, please");
  await desk.open(uma.name);
  const whole = await png(desk);
  const upload = desk.page.getByTestId("upload");
  const attach = (name: string, mimeType: string, buffer: Buffer) =>
    desk.page.getByTestId("attach-input").setInputFiles({ name, mimeType, buffer });

  await attach("plan.png", "image/png", whole.subarray(0, 120));
  await expect(upload).toHaveAttribute("data-verdict", "refused");
  await expect(upload.getByRole("alert")).toContainText("The file is damaged");
  await expect(desk.page.getByTestId("composer-send")).toBeDisabled();
  await upload.getByRole("button", { name: "Remove plan.png" }).click();
  await expect(upload).toHaveCount(0);

  await attach("plan.jpg", "image/jpeg", whole);
  await expect(upload).toHaveAttribute("data-verdict", "repaired");
  await expect(upload).toContainText("plan.png");
  expect((await uma.thread()).messages.filter((message) => message.from === "page")).toHaveLength(0);
});

test("S7 several pictures arrive as one message; the bubble says what was put right, and the viewer goes from one to the next", async ({
  world,
  desk,
  phoneOf,
}) => {
  const eva = await world.sim.customer("Eva");
  const phone = await phoneOf(eva);
  await phone.write("Show me all of them, please");
  await desk.open(eva.name);
  const shot = (x: number) => desk.page.screenshot({ clip: { x, y: 0, width: 240, height: 160 } });
  await desk.page.getByTestId("attach-input").setInputFiles([
    { name: "front.png", mimeType: "image/png", buffer: await shot(0) },
    { name: "side.jpg", mimeType: "image/jpeg", buffer: await shot(40) },
    { name: "top.png", mimeType: "image/png", buffer: await shot(80) },
  ]);
  const uploads = desk.page.getByTestId("upload");
  await expect(uploads.and(desk.page.locator("[data-verdict=ok]"))).toHaveCount(2);
  await expect(uploads.and(desk.page.locator("[data-verdict=repaired]"))).toHaveCount(1);
  await desk.page.getByTestId("composer-send").click();

  const bubble = desk.page.locator("[data-testid=message][data-kind=image]");
  await expect(bubble).toHaveAttribute("data-state", "read");
  const pictures = bubble.getByTestId("picture");
  await expect(pictures).toHaveCount(3);
  await expect(bubble.getByTestId("file-lines")).toHaveText("1 of 3: Its name said another kind: renamed");
  await expect(desk.row(eva.name)).toContainText("3 photos");
  await expect(phone.received()).toHaveCount(1);
  await expect(phone.received().getByRole("img")).toHaveCount(3);

  await pictures.first().click();
  const viewer = desk.page.getByTestId("viewer-picture");
  const shown = () => viewer.getAttribute("src");
  await expect(viewer).toBeVisible();
  const first = await shown();
  await desk.page.keyboard.press("ArrowRight");
  await expect.poll(shown).not.toBe(first);
  await desk.page.keyboard.press("ArrowLeft");
  await expect.poll(shown).toBe(first);
  await desk.page.keyboard.press("Escape");
  await expect(viewer).toBeHidden();
  await expectAccessible(desk.page, "several pictures");
  await desk.page.setViewportSize({ width: 390, height: 844 });
  await expect(pictures.last()).toBeVisible();
  await expectAccessible(desk.page, "several pictures, 390 px");
});

test("I1 more pictures than Instagram takes in one message are announced as several before they go, and arrive in order", async ({
  ownWorld,
  deskOf,
}) => {
  const world = await ownWorld();
  const page = (await world.sim.state()).pages[0]!;
  await world.api("POST", "/api/v1/channels", {
    platform: "instagram",
    externalId: page.instagramId,
    accessToken: page.accessToken,
  });
  const ida = await world.sim.customer("Ida", { platform: "instagram" });
  await ida.writes("All eleven colours?");
  const { id } = await conversationWith(world, ida.id);
  const desk = await deskOf(world.team.kai);
  await desk.page.goto(`/inbox/${id}`);
  const picture = await png(desk);
  const files = Array.from({ length: 11 }, (_, n) => ({
    ...{ name: `colour ${n + 1}.png`, mimeType: "image/png", buffer: picture },
  }));
  await desk.page.getByTestId("attach-input").setInputFiles(files);
  await expect(desk.page.locator("[data-testid=upload][data-verdict=ok]")).toHaveCount(11);
  await expect(desk.page.getByTestId("many-pictures")).toContainText("At most 10 pictures");
  await desk.page.getByTestId("composer-send").click();
  await expect(desk.page.locator("[data-testid=message][data-kind=image]")).toHaveCount(2);
  const received = async () =>
    (await ida.thread()).messages.filter((message) => message.from === "page") as { attachments?: unknown[] }[];
  await expect
    .poll(async () => (await received()).map((message) => message.attachments?.length), { timeout: 20_000 })
    .toEqual([10, 1]);
});
