import { expect, test } from "vitest";
import { doctor } from "../../src/modules/diagnostics/doctor/index.ts";
import { Secret } from "../../src/platform/secrets/index.ts";
import { startMailbox } from "../alerts/support.ts";
import { until } from "../api/support/until.ts";
import { BLUE, KEVIN, startWorld } from "../api/support/world.ts";

test("S3 the doctor's page tells of a running installation in order, and names the channel once its access is dead", async () => {
  await using w = await startWorld();
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  const look = () => doctor(w.deps, w.database.url);

  const well = await look();
  expect(well.page).not.toContain("FAILS");
  for (const area of ["Database", "Deliveries", "Meta", "Clock", "Subscriptions", "Callback", "Channel"])
    expect(well.page).toMatch(new RegExp(`^ok +${area} `, "m"));
  expect(well.exitCode).toBe(0);

  await w.meta.post(`/users/${KEVIN}/password`);
  await w.deps.jobs.add("channels.tokens", [{ data: {} }]);
  const ill = await until("the incident is told", async () => {
    const found = await look();
    return found.page.includes("password") && found;
  });
  expect(ill.page).toMatch(/^FAILS +Channel .*needs reauthorization.*password/m);
  expect(ill.exitCode).toBe(1);
  for (const secret of [w.deps.config.meta.verifyToken, w.deps.config.meta.appSecret!])
    expect(ill.page).not.toContain(secret);
});

test("the doctor asks the mail server without sending anything, and shows no password when it is refused", async () => {
  await using box = await startMailbox();
  await using w = await startWorld({ env: { SMTP_URL: box.url, MAIL_FROM: "desk@example.test" } });
  expect((await doctor(w.deps, w.database.url)).page).toMatch(/^ok +E-mail /m);
  w.deps.config.mail = { url: new Secret(box.url.replace("hunter2hunter2", "swordfish-9")), from: "desk@example.test" };
  const { page, exitCode } = await doctor(w.deps, w.database.url);
  expect(page).toMatch(/^FAILS +E-mail .*535/m);
  expect(page).not.toContain("swordfish-9");
  expect([box.letters, exitCode]).toEqual([[], 1]);
});

test("the doctor answers when neither database nor Meta does", async () => {
  await using w = await startWorld();
  w.deps.config.publicUrl = "http://127.0.0.1:9";
  await w.sim.close();
  const { page, exitCode } = await doctor(w.deps, "postgres://nobody@127.0.0.1:9/none");
  expect(page).toMatch(/^FAILS +Database /m);
  expect(page).toMatch(/^FAILS +Meta /m);
  expect(page).toMatch(/^FAILS +Callback /m);
  expect(exitCode).toBe(1);
});
