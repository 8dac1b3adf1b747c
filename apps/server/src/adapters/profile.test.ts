import { describe, expect, it } from "vitest";
import type { GraphFailure } from "./channel.ts";
import { adapters } from "./index.ts";

const { messenger, instagram } = adapters;
const failure = (code: number | null, subcode: number | null, message: string | null = null): GraphFailure => ({
  httpStatus: 400,
  code,
  subcode,
  message,
});
const reasons = (adapter: typeof messenger, failures: GraphFailure[]) =>
  failures.map((one) => adapter.profileFailure(one)).map((one) => !one.ok && one.reason);

describe("profile of a Messenger customer", () => {
  it("O1 asks only for members that need no permission of their own", () => {
    expect(messenger.buildProfileRead("74")).toEqual({
      method: "GET",
      path: "/74",
      query: { fields: "name,first_name,last_name,profile_pic" },
    });
  });

  it("O1 takes the name as Meta gives it, else its parts, and null members as absent", () => {
    expect(messenger.readProfile({ id: "74", name: "Ann Lee", profile_pic: "https://p" })).toEqual({
      ok: true,
      name: "Ann Lee",
      username: null,
      pictureUrl: "https://p",
      locale: null,
    });
    expect(messenger.readProfile({ first_name: "Ann", last_name: null, locale: "de_DE" })).toMatchObject({
      ok: true,
      name: "Ann",
      locale: "de_DE",
    });
  });

  it("O1 reads an answer with nothing in it as no access, and no answer as unknown", () => {
    for (const body of [{}, { id: "74" }, { name: "  " }])
      expect(messenger.readProfile(body)).toEqual({ ok: false, reason: "no_access" });
    for (const body of [null, [], "x", 5])
      expect(messenger.readProfile(body)).toEqual({ ok: false, reason: "unknown" });
  });

  it("O1 names the reason of a refusal by subcode before code, and by text where numbers are missing", () => {
    expect(
      reasons(messenger, [
        failure(100, 2018218),
        failure(100, null, "(#100) No profile available for this user."),
        failure(100, 2018247),
        failure(100, 33),
        failure(230, null),
        failure(200, null),
        failure(10, null, "(#10) No Permission For Pages Associated to Instant Games."),
      ]),
    ).toEqual([
      "phone_number_account",
      "phone_number_account",
      "permission_missing",
      "no_access",
      "no_consent",
      "permission_missing",
      "no_access",
    ]);
  });

  it("O1 leaves faults that say nothing about the person as unknown", () => {
    expect(reasons(messenger, [failure(190, 460), failure(2, null), failure(null, null), failure(4, null)])).toEqual(
      Array(4).fill("unknown"),
    );
  });
});

describe("profile of an Instagram customer", () => {
  it("I1 lets the handle stand in for a missing name", () => {
    expect(instagram.buildProfileRead("61")).toEqual({
      method: "GET",
      path: "/61",
      query: { fields: "name,username,profile_pic" },
    });
    expect(instagram.readProfile({ id: "61", name: null, username: "ann.l", profile_pic: null })).toEqual({
      ok: true,
      name: "ann.l",
      username: "ann.l",
      pictureUrl: null,
      locale: null,
    });
  });

  it("O1 I1 tells missing consent from a missing user and a missing permission", () => {
    expect(
      reasons(instagram, [
        failure(230, null),
        failure(9010, null),
        failure(100, 33),
        failure(10, null),
        failure(190, null),
      ]),
    ).toEqual(["no_consent", "no_access", "no_access", "permission_missing", "unknown"]);
  });
});
