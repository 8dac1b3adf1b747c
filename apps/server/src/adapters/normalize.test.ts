import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fromCustomer,
  fromFollower,
  IGID,
  instagramSamples,
  messengerSamples,
  PAGE,
  type WebhookSample,
  wireBytes,
} from "../../../../packages/meta-wire/fixtures/index.ts";
import type { InboundEvent } from "./channel.ts";
import { normalizeDelivery } from "./normalize.ts";

const samples: WebhookSample[] = [...Object.values(messengerSamples), ...Object.values(instagramSamples)];
const bytes = (text: string) => Buffer.from(text, "utf8");

/** Leaves of every kind Meta could get wrong. */
const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e300,
    "",
    "0",
    "\0",
    "\ud800",
    [],
    {},
    [[]],
    [null],
    { id: null },
    { id: "\ud800\0" },
    "x".repeat(600),
  ),
  fc.jsonValue({ maxDepth: 3, depthSize: "small" }),
  fc
    .integer({ min: 1, max: 500 })
    .map((depth) => JSON.parse(`${'{"payload":'.repeat(depth)}1${"}".repeat(depth)}`) as unknown),
);

type Container = Record<string, unknown>;

function containersOf(value: unknown, into: Container[] = []): Container[] {
  if (typeof value !== "object" || value === null) return into;
  into.push(value as Container);
  for (const member of Object.values(value)) containersOf(member, into);
  return into;
}

interface Mutation {
  where: number;
  member: number;
  how: "delete" | "replace" | "wrap" | "add";
  value: unknown;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  where: fc.nat(1000),
  member: fc.nat(1000),
  how: fc.constantFrom("delete", "replace", "wrap", "add"),
  value: junk,
});

function mutate<T>(body: T, mutations: Mutation[]): T {
  const copy = structuredClone(body);
  for (const { where, member, how, value: junkValue } of mutations) {
    const value = structuredClone(junkValue);
    const containers = containersOf(copy);
    const target = containers[where % containers.length]!;
    const keys = Object.keys(target);
    const key = keys[member % (keys.length || 1)] ?? "new";
    if (how === "delete") delete target[key];
    else if (how === "replace") target[key] = value;
    else if (how === "wrap") target[key] = [target[key], value];
    else
      target[["message", "read", "changes", "standby", "field", "value", "attachments", "constructor"][member % 8]!] =
        value;
  }
  return copy;
}

const textsOf = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : containersOf(value).flatMap((one) => Object.values(one).filter((x) => typeof x === "string"));

function expectSound(events: InboundEvent[]): void {
  for (const event of events) {
    expect(event).not.toMatchObject({ name: "unreadable" });
    if (event.contactId !== null) expect(event.contactId).not.toBe(event.accountId);
    if (event.type !== "other")
      for (const id of [event.accountId, event.contactId]) if (id !== null) expect(id.length).toBeGreaterThan(0);
    if ("mid" in event) expect(event.mid.length).toBeGreaterThan(0);
    for (const text of textsOf(event)) expect(text.isWellFormed() && !text.includes("\0")).toBe(true);
    if (event.at !== null) expect(new Date(event.at).getUTCFullYear()).toBeGreaterThan(2003);
  }
}

describe("normalising a delivery", () => {
  it("R5 never throws and never breaks on a mutated body, and what it gives can be stored", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        (sample, mutations) => {
          const delivery = normalizeDelivery(bytes(JSON.stringify(mutate(sample.body, mutations)) ?? ""));
          expectSound(delivery.events);
          expect(delivery.parsed).toBe(delivery.problem === null);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("R5 never throws on bytes of any kind", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...samples), fc.nat(400), (noise, sample, at) => {
        const body = Buffer.from(wireBytes(sample.body));
        body.set(noise.subarray(0, Math.max(0, body.length - at)), Math.min(at, body.length));
        expectSound(normalizeDelivery(body).events);
        expectSound(normalizeDelivery(noise).events);
      }),
      { numRuns: 500 },
    );
  });

  it("R5 reads the good events beside a bad one, in order", () => {
    const good = (object: string, mid: string) =>
      object === "page"
        ? fromCustomer({ message: { mid, text: "good" } })
        : fromFollower({ message: { mid, text: "good" } });
    const elements = samples.flatMap((sample) => {
      const { object, entry } = sample.body as { object: string; entry: Container[] };
      return [...((entry[0]!.messaging as unknown[]) ?? [])].map((element) => ({ object, element }));
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...elements),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        junk,
        ({ object, element }, mutations, lone) => {
          const entry = {
            id: object === "page" ? PAGE : IGID,
            messaging: [good(object, "first"), mutate(element, mutations), lone, good(object, "second")],
          };
          const { parsed, events } = normalizeDelivery(bytes(JSON.stringify({ object, entry: [lone, entry] })));
          expect(parsed).toBe(true);
          expect(
            events
              .filter((event) => event.type === "message" && event.text === "good")
              .map((event) => "mid" in event && event.mid),
          ).toEqual(["first", "second"]);
          expectSound(events);
        },
      ),
      { numRuns: 800 },
    );
  });

  it("gives the same events for the same bytes, and for the same body with other escapes", () => {
    for (const { name, body } of samples) {
      const once = normalizeDelivery(wireBytes(body));
      expect(normalizeDelivery(wireBytes(body)), name).toEqual(once);
      expect(normalizeDelivery(bytes(JSON.stringify(body, null, 2))), name).toEqual(once);
      expect(once.events.length, name).toBeGreaterThan(0);
    }
  });

  it("R5 gives the events of a batch as those of its parts", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Object.values(messengerSamples)), { minLength: 1, maxLength: 8 }),
        (chosen: WebhookSample[]) => {
          const entry = chosen.flatMap((sample) => sample.body.entry as unknown[]);
          const parts = chosen.flatMap((sample) => normalizeDelivery(wireBytes(sample.body)).events);
          expect(normalizeDelivery(wireBytes({ object: "page", entry })).events).toEqual(parts);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("R5 says of a body that is no JSON what is wrong with it", () => {
    expect(normalizeDelivery(bytes("<html>"))).toMatchObject({
      parsed: false,
      problem: expect.stringContaining("JSON"),
      events: [],
    });
    expect(normalizeDelivery(new Uint8Array())).toMatchObject({ parsed: false });
  });

  it("keeps events of another object, or of none, without a platform", () => {
    const entry = [{ id: "1", time: 1_763_769_600, changes: [{ field: "email", value: "a@b" }] }];
    expect(normalizeDelivery(bytes(JSON.stringify({ object: "user", entry }))).events).toEqual([
      {
        type: "other",
        platform: null,
        accountId: null,
        contactId: null,
        at: 1_763_769_600_000,
        standby: false,
        name: "user/email",
        understood: false,
      },
    ]);
    expect(
      normalizeDelivery(wireBytes({ entry: [{ messaging: [fromCustomer({ message: { mid: "m", text: "x" } })] }] }))
        .events,
    ).toMatchObject([{ type: "other", platform: null, name: "message" }]);
  });

  it("keeps apart ids that differ only beyond 2^53", () => {
    const contact = (id: string) => {
      const body = `{"object":"page","entry":[{"id":"${PAGE}","messaging":[{"sender":{"id":${id}},"message":{"mid":"m","text":"x"}}]}]}`;
      return normalizeDelivery(bytes(body)).events[0]?.contactId;
    };
    expect([contact("90071992547409931"), contact("90071992547409932")]).toEqual([
      "90071992547409931",
      "90071992547409932",
    ]);
  });
});
