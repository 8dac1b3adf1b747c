import fc from "fast-check";
import { expect, test } from "vitest";
import { normalizeDelivery } from "../../src/adapters/normalize.ts";
import { foldBatch } from "../../src/modules/messages/receive/fold.ts";
import type { ReceivedDelivery, Route } from "../../src/modules/messages/receive/folded.ts";
import { pageBody } from "../api/support/webhooks.ts";
import { type Action, elementOf, entryOf, scenario } from "./scenario.ts";

/** One that is always the same: a run that fails elsewhere can be repeated here. */
const SEED = 20_261_125;
const ROUTE: Route = { workspaceId: "w", channelId: "c" };
const ROUTES = new Map([
  ["messenger:1", ROUTE],
  ["instagram:2", ROUTE],
]);

/** The facts of a batch without in which delivery they came. */
function factsOf(groups: Action[][], platform: "messenger" | "instagram") {
  const deliveries = groups.map((actions, n): ReceivedDelivery => {
    const thread = { account: platform === "messenger" ? "1" : "2", customer: "7" };
    const body = {
      object: platform === "messenger" ? "page" : "instagram",
      entry: actions.map((a) => entryOf(a, thread, "m")),
    };
    return {
      deliveryId: n,
      receivedAt: 1_800_000_000_000 + n,
      origin: "webhook",
      replayed: false,
      events: normalizeDelivery(Buffer.from(JSON.stringify(body))).events,
    };
  });
  const { intake, concerns, lastEventAt, ...facts } = foldBatch(deliveries, ROUTES, "1517000000000111");
  const told = { deliveryId: 0, arrivedAt: 0, counted: null };
  const sorted = (map: Map<string, object>) =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, fact]) => [key, { ...fact, ...told }]);
  return Object.fromEntries(Object.entries(facts).map(([name, map]) => [name, sorted(map)]));
}

/** The same actions in any order, some of them again, cut into deliveries anywhere. */
const retold = (actions: Action[]) =>
  fc
    .tuple(
      fc.shuffledSubarray(actions, { minLength: actions.length }),
      fc.subarray(actions),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 20 }),
    )
    .map(([all, again, sizes]) => {
      const order = [...all, ...again];
      const groups: Action[][] = [];
      for (let n = 0; order.length > 0; n++) groups.push(order.splice(0, sizes[n % sizes.length]));
      return groups;
    });

test("folding is independent of order, repetition and cutting: the same events give the same facts", () => {
  const story = scenario.chain((actions) =>
    fc.record({
      actions: fc.constant(actions),
      groups: retold(actions),
      platform: fc.constantFrom("messenger" as const, "instagram" as const),
    }),
  );
  fc.assert(
    fc.property(story, ({ actions, groups, platform }) => {
      expect(factsOf(groups, platform)).toEqual(factsOf([actions], platform));
    }),
    { numRuns: 1_500, seed: SEED },
  );
});

test("a fact of a Page that is not ours, or of no Page at all, touches nothing", () => {
  const body = pageBody(
    "999",
    elementOf(
      { do: "wrote", mid: 1, at: 1, text: "x", files: 0, guest: false, aside: false, prior: false },
      { account: "999", customer: "7" },
      "m",
    ),
  );
  const { events } = normalizeDelivery(Buffer.from(JSON.stringify(body)));
  const folded = foldBatch([{ deliveryId: 5, receivedAt: 1, events, origin: "webhook", replayed: false }], ROUTES, "1");
  expect([folded.threads.size, folded.messages.size, folded.lastEventAt.size, folded.concerns.get(5)]).toEqual([
    0,
    0,
    0,
    { workspaces: [], channels: [], contacts: [] },
  ]);
});
