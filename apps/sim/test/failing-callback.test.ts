import { afterEach, beforeEach, expect, it } from "vitest";
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
  await expect.poll(failing).toMatchObject({ status: 503, error: null, since: expect.any(String) });
  status = 200;
  await world.control("POST", "/_sim/webhooks/flush", {});
  expect(await world.sim.idle()).toBe(true);
  expect(await failing()).toBeNull();
});
