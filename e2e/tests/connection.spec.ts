import { expect, test } from "../src/test.ts";

test("server gone and back: offline is said, then catching up; what arrived meanwhile is there once, what was written goes out once", async ({
  ownWorld,
  deskOf,
  phoneOf,
}) => {
  test.slow();
  const world = await ownWorld();
  const rosa = await world.sim.customer("Rosa");
  const phone = await phoneOf(rosa);
  await phone.write("First");
  const desk = await deskOf(world.team.kai);
  await desk.open(rosa.name);
  await expect(desk.message("First")).toBeVisible();

  await world.stopServer();
  await expect(desk.banner).toHaveAttribute("data-state", "offline");
  await phone.write("While you were away");
  await phone.write("And one more");
  await desk.send("Written without a line");
  await expect(desk.message("Written without a line")).toContainText("Written without a line");
  await expect(desk.page.getByText("Waits for the connection")).toBeVisible();

  const seen = desk.page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const states: string[] = [];
        const observer = new MutationObserver(() => {
          const state = document.querySelector<HTMLElement>("[data-testid=connection-banner]")?.dataset.state ?? "none";
          if (states.at(-1) !== state) states.push(state);
          if (state === "none") {
            observer.disconnect();
            resolve(states);
          }
        });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true });
      }),
  );
  await world.startServer();
  // More than once: an attempt that fails just then waits its time afterwards.
  const flush = () => world.sim.call<{ pending: number }>("POST", "/webhooks/flush", {});
  await expect.poll(async () => (await flush()).pending).toBe(0);
  expect((await seen).slice(-2)).toEqual(["catching-up", "none"]);

  await expect(desk.message("While you were away")).toHaveCount(1);
  await expect(desk.message("And one more")).toHaveCount(1);
  await expect(desk.message("Written without a line")).toHaveAttribute("data-state", "read");
  await expect(phone.received("Written without a line")).toHaveCount(1);
  await desk.page.reload();
  await expect(desk.message("And one more")).toHaveCount(1);
  await expect(desk.page.getByTestId("message")).toHaveCount(4);
});

test("the browser's own line lost and back: offline at once, then the missed message", async ({
  world,
  desk,
  phoneOf,
}) => {
  const uma = await world.sim.customer("Uma");
  const phone = await phoneOf(uma);
  await phone.write("Before");
  await desk.open(uma.name);
  await desk.page.context().setOffline(true);
  await expect(desk.banner).toHaveAttribute("data-state", "offline");
  await phone.write("During");
  await world.sim.idle();
  await expect(desk.message("During")).toHaveCount(0);
  await desk.page.context().setOffline(false);
  await expect(desk.message("During")).toHaveCount(1);
  await expect(desk.banner).toBeHidden();
});

test("R5 a webhook sent twice shows its message once; one that Meta loses does not disturb the next", async ({
  world,
  desk,
}) => {
  const omar = await world.sim.customer("Omar");
  await omar.writes("Zero");
  await desk.open(omar.name);
  await world.sim.faults({ duplicate: { count: 3, customerId: omar.id } });
  await omar.writes("Twice on the wire");
  await expect(desk.message("Twice on the wire")).toBeVisible();
  await world.sim.faults({ duplicate: null, lose: { count: 1, customerId: omar.id } });
  await omar.writes("Lost on the way");
  await world.sim.idle();
  await omar.writes("Arrived");
  await expect(desk.message("Arrived")).toHaveCount(1);
  await expect(desk.message("Twice on the wire")).toHaveCount(1);
  // Nobody looks for the lost one at the desk: a comparison with Meta's record may have brought it by now.
  const { data } = await world.sim.call<{ data: { state: string; body: string }[] }>("GET", "/webhooks?limit=1000");
  expect(data.find(({ body }) => body.includes("Lost on the way"))?.state).toBe("lost");
});
