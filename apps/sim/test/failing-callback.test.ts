import { afterEach, beforeEach, expect, it } from "vitest";
import { soon } from "./support/soon.ts";
import { World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
});

const failing = async () => {
  const { body } = await world.control("GET", "/_sim/state");
  return body.apps[0].subscriptions[0].failing;
};

it("R5 a callback that fails is shown at the app's subscription with its answer, and no more once it works", async () => {
  await world.subscribe("messages");
  expect(await failing()).toBeNull();
  let status = 503;
  world.receiver.status = () => status;
  await world.write("hello?");
  await soon(failing).toMatchObject({ status: 503, error: null, since: expect.any(String) });
  status = 200;
  // One that was on its way with the former answer waits for its retry: hastened as often as it takes.
  await soon(async () => {
    await world.control("POST", "/_sim/webhooks/flush", {});
    return world.sim.idle(500);
  }).toBe(true);
  expect(await failing()).toBeNull();
});
