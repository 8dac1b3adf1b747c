import fc from "fast-check";
import type { Death } from "./mortal.ts";

/** What the local Meta does with one call that sends to a customer (`nextSend`). */
export type Fault = Record<string, unknown> & { code?: number };

/** One customer, what is written to them, and what goes wrong with it. Faults and deaths are used up call by call. */
export interface ThreadPlan {
  platform: "messenger" | "instagram";
  replies: { doubled: boolean; cancelled: boolean; pauseMs: number }[];
  faults: (Fault | null)[];
  deaths: (Death | null)[];
}

export interface Plan {
  threads: ThreadPlan[];
  /** When Meta's echoes come: before the answer, after it, only at the very end, never, or some of them. */
  echoes: "before" | "after" | "late" | "never" | "some";
  doubledDeliveries: boolean;
  swapped: boolean;
  /** After so many replies written, a worker is killed. */
  kills: number[];
  /** Whether agents send again what failed for good. */
  resends: boolean;
}

const code = (...numbers: (number | [number, number])[]): fc.Arbitrary<Fault> =>
  fc.constantFrom(...numbers).map((one) => {
    const [number, subcode] = typeof one === "number" ? [one] : one;
    return { code: number, ...(subcode === undefined ? {} : { subcode }) };
  });

/** Nobody can know from the answer whether Meta took it. */
const unknown: fc.Arbitrary<Fault> = fc
  .record({
    how: fc.constantFrom<Fault>(
      { cut: "before" },
      { cut: "during" },
      { cut: "after" },
      { html: "<h1>Bad gateway</h1>", status: 502 },
      { empty: true, status: 500 },
      { truncated: true, status: 500 },
      { code: -2 },
      { code: 1, subcode: 1357046 },
    ),
    taken: fc.boolean(),
  })
  .map(({ how, taken }) => ("cut" in how || !taken ? how : { ...how, accepted: true }));

const fault: fc.Arbitrary<Fault | null> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(null) },
  { weight: 5, arbitrary: unknown },
  { weight: 3, arbitrary: code(-1, 1, 2, [1200, 2018024]) },
  { weight: 2, arbitrary: code(613, 4, 32, 80006) },
  { weight: 1, arbitrary: code([10, 2018278], [551, 1545041], [10, 2018300], [100, 2018001], [100, 2534015]) },
  { weight: 1, arbitrary: code([10, 2018321], [100, 2018034], 99_999) },
  { weight: 1, arbitrary: code([190, 460], [10, 1893063], 368) },
  { weight: 1, arbitrary: fc.constantFrom<Fault>({ slowBeforeMs: 20 }, { slowAfterMs: 20 }) },
);

const death: fc.Arbitrary<Death | null> = fc.oneof(
  { weight: 9, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.constantFrom<Death>("before", "after", "settling") },
);

const reply = fc.record({
  doubled: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  cancelled: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  pauseMs: fc.constantFrom(0, 0, 5, 20),
});

const thread: fc.Arbitrary<ThreadPlan> = fc.record({
  platform: fc.constantFrom("messenger", "messenger", "instagram"),
  replies: fc.array(reply, { minLength: 1, maxLength: 4 }),
  faults: fc.array(fault, { maxLength: 6 }),
  deaths: fc.array(death, { maxLength: 4 }),
});

/** Random conversations with everything that may go wrong between us, Meta and the customer. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  threads: fc.array(thread, { minLength: 1, maxLength: 3 }),
  echoes: fc.constantFrom("before", "after", "late", "never", "some"),
  doubledDeliveries: fc.boolean(),
  swapped: fc.boolean(),
  kills: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 1 }),
  resends: fc.boolean(),
});
