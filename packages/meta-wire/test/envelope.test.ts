import { describe, expect, it } from "vitest";
import { PAGE, SENT, wireBytes } from "../fixtures/index.ts";
import { readEnvelope } from "../src/index.ts";

const read = (text: string | object) => readEnvelope(typeof text === "string" ? Buffer.from(text) : wireBytes(text));
const items = (text: string | object) => {
  const envelope = read(text);
  return envelope.ok ? envelope.entries.flatMap((entry) => entry.items) : [];
};

describe("envelope of a webhook", () => {
  it("R5 finds every element of every entry, in messaging, standby and changes and on the entry itself", () => {
    const found = items({
      object: "page",
      entry: [
        {
          id: PAGE,
          time: SENT,
          messaging: [{ a: 1 }, { b: 1 }],
          standby: [{ c: 1 }],
          changes: [{ field: "feed", value: { d: 1 } }],
        },
        { id: PAGE, time: SENT, field: "comments", value: { e: 1 } },
      ],
    });
    expect(found.map((item) => [item.where, item.field, Object.keys(item.body ?? {})[0]])).toEqual([
      ["messaging", null, "a"],
      ["messaging", null, "b"],
      ["standby", null, "c"],
      ["changes", "feed", "d"],
      ["entry", "comments", "e"],
    ]);
  });

  it("R5 keeps a bad element beside good ones, each as one element", () => {
    const found = items(
      '{"object":"page","entry":[7,{"id":"1","messaging":[null,"x",{"message":{}}],"changes":[[]]}]}',
    );
    expect(found.map((item) => item.body === null)).toEqual([true, true, true, false, true]);
  });

  it("reads a lone object where a list is expected", () => {
    expect(items('{"object":"page","entry":{"id":"1","messaging":{"message":{}}}}')).toHaveLength(1);
  });

  it("keeps what an entry or a body holds instead of anything known, under its name", () => {
    expect(items('{"object":"page","entry":[{"id":"1","time":1,"other":[{}]}]}')[0]).toMatchObject({
      where: "entry",
      field: "other",
    });
    expect(items('{"sample":{"field":"feed"}}')[0]).toMatchObject({
      where: "entry",
      field: "sample",
      body: { field: "feed" },
    });
  });

  it("gives ids as strings, whatever Meta sent, without losing digits above 2^53", () => {
    const envelope = read(
      '{"object":"page","entry":[{"id":171999997131834678,"messaging":[{"sender":{"id": 98765432109876543210}}]}]}',
    );
    expect(envelope).toMatchObject({ ok: true, entries: [{ id: "171999997131834678" }] });
    expect(items('{"entry":[{"messaging":[{"sender":{"id": 98765432109876543210}}]}]}')[0]?.body).toEqual({
      sender: { id: "98765432109876543210" },
    });
  });

  it("reads the time of an entry in seconds, milliseconds, digits or ISO 8601, and no impossible one", () => {
    const time = (value: string) => {
      const envelope = read(`{"entry":[{"id":"1","time":${value}}]}`);
      return envelope.ok ? envelope.entries[0]?.time : undefined;
    };
    expect(time("1763769600123")).toBe(1_763_769_600_123);
    expect(time("1763769600")).toBe(1_763_769_600_000);
    expect(time('"1763769600"')).toBe(1_763_769_600_000);
    expect(time('"2021-09-08T06:34:04+0000"')).toBe(Date.parse("2021-09-08T06:34:04Z"));
    for (const value of ["1", "0", "-5", "1e300", '"abc"', "null", "{}", "9999999999999"])
      expect(time(value)).toBeNull();
  });

  it("says what is wrong with a body that is no JSON object, and throws for none", () => {
    for (const body of ["", "{", "<html>", "null", "42", '"text"', "[]", "\u0000"])
      expect(read(body)).toMatchObject({ ok: false });
    expect(read("{")).toMatchObject({ problem: expect.stringContaining("no JSON") });
  });

  it("reads bodies with a byte order mark, broken UTF-8 or absurd nesting", () => {
    expect(read('\ufeff{"object":"page","entry":[]}')).toMatchObject({ ok: true, object: "page" });
    expect(readEnvelope(Uint8Array.from([...Buffer.from('{"object":"'), 0xff, ...Buffer.from('"}')]))).toMatchObject({
      ok: true,
    });
    const deep = `{"entry":[{"id":12345678901234567890,"messaging":[{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}]}]}`;
    expect(read(deep)).toMatchObject({ ok: true, entries: [{ items: [{ where: "messaging" }] }] });
  });
});
