import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  brokenBytes,
  containersOf,
  fromCustomer,
  fromFollower,
  IGID,
  instagramSamples,
  jsonOf,
  messengerSamples,
  mutate,
  PAGE,
  pick,
  seededRandom,
  type WebhookSample,
  wireBytes,
} from "../../../../packages/meta-wire/fixtures/index.ts";
import type { InboundEvent } from "./channel.ts";
import { normalizeDelivery } from "./normalize.ts";

const samples: WebhookSample[] = [...Object.values(messengerSamples), ...Object.values(instagramSamples)];
const bytes = (text: string) => Buffer.from(text, "utf8");

const MUTATED = 20_000;
const SURROUNDED = 10_000;

const textsOf = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : containersOf(value).flatMap((one) => Object.values(one).filter((x) => typeof x === "string"));

/** What is wrong with an event as something to store; null for nothing. `expect` for each would cost more than the reading. */
function wrongWith(event: InboundEvent): string | null {
  if (event.type === "other" && event.name === "unreadable") return "a reader broke";
  if (event.contactId !== null && event.contactId === event.accountId) return "the account as its own customer";
  const ids = [event.accountId, event.contactId, "mid" in event ? event.mid : null];
  if (ids.some((id) => id !== null && (id.length === 0 || id.length > 512))) return "an id that is no key";
  if (textsOf(event).some((text) => !text.isWellFormed() || text.includes("\0"))) return "text PostgreSQL refuses";
  if (event.at !== null && new Date(event.at).getUTCFullYear() < 2004) return "an impossible time";
  return null;
}

const faultsOf = (events: InboundEvent[]) => events.map(wrongWith).filter((fault) => fault !== null);
const nothing: string[] = [];

describe("normalising a delivery", () => {
  it("R5 never throws and never breaks on 20,000 mutated bodies, and what it gives can be stored", () => {
    for (let seed = 0; seed < MUTATED; seed++) {
      const random = seededRandom(seed);
      const body = brokenBytes(mutate(pick(random, samples).body, random), random);
      const { parsed, problem, events } = normalizeDelivery(body);
      if (faultsOf(events).length > 0 || parsed !== (problem === null))
        expect.fail(`seed ${seed}: ${faultsOf(events)} in ${body.toString().slice(0, 2000)}`);
    }
  });

  it("R5 never throws on bytes of any kind", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...samples), fc.nat(400), (noise, sample, at) => {
        const body = Buffer.from(wireBytes(sample.body));
        body.set(noise.subarray(0, Math.max(0, body.length - at)), Math.min(at, body.length));
        expect(faultsOf(normalizeDelivery(body).events)).toEqual(nothing);
        expect(faultsOf(normalizeDelivery(noise).events)).toEqual(nothing);
      }),
      { numRuns: 500 },
    );
  });

  it("R5 reads the good events beside a bad one unchanged and in order, in 10,000 bodies", () => {
    const good = (object: string, mid: string) =>
      object === "page"
        ? fromCustomer({ message: { mid, text: "good" } })
        : fromFollower({ message: { mid, text: "good" } });
    const accountOf = (object: string) => (object === "page" ? PAGE : IGID);
    const goodAlone = (object: string, mid: string) =>
      normalizeDelivery(
        bytes(JSON.stringify({ object, entry: [{ id: accountOf(object), messaging: [good(object, mid)] }] })),
      ).events;
    const expected = new Map(
      ["page", "instagram"].map((one) => [one, [...goodAlone(one, "first"), ...goodAlone(one, "second")]]),
    );
    const entriesOf = (sample: WebhookSample) => sample.body.entry as Record<string, unknown>[];
    for (let seed = 0; seed < SURROUNDED; seed++) {
      const random = seededRandom(seed);
      const sample = pick(random, samples);
      const object = String(sample.body.object);
      const elements = entriesOf(sample).flatMap((entry) => (entry.messaging as unknown[]) ?? []);
      const bad = mutate([...elements, {}], random);
      const messaging = [good(object, "first"), ...bad, good(object, "second")];
      const changes = mutate(entriesOf(sample), random);
      const entry = [...changes, { id: accountOf(object), messaging }, ...changes];
      const { parsed, events } = normalizeDelivery(bytes(jsonOf({ object, entry })));
      const found = events.filter((event) => event.type === "message" && ["first", "second"].includes(event.mid));
      if (!parsed || faultsOf(events).length > 0 || JSON.stringify(found) !== JSON.stringify(expected.get(object)))
        expect.fail(`seed ${seed}: ${faultsOf(events)} in ${JSON.stringify(entry).slice(0, 2000)}`);
    }
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
