import { describe, expect, it } from "vitest";
import { adapters } from "./index.ts";

const PAGE = "110000000000001";
const { messenger, instagram } = adapters;

describe("thread control", () => {
  it("R4 asks the Page on Messenger, /me of the linked Page on Instagram", () => {
    expect(messenger.buildControl(PAGE, "74", { action: "take" })).toEqual({
      method: "POST",
      path: `/${PAGE}/take_thread_control`,
      json: { recipient: { id: "74" } },
    });
    expect(instagram.buildControl(PAGE, "74", { action: "release" })).toEqual({
      method: "POST",
      path: "/me/release_thread_control",
      json: { recipient: { id: "74" } },
    });
    expect(instagram.buildOwnerRead(PAGE, "74")).toEqual({
      method: "GET",
      path: "/me/thread_owner",
      query: { recipient: "74" },
    });
  });

  it("R4 names a target only when passing; without one the default app gets the thread", () => {
    for (const adapter of Object.values(adapters)) {
      const json = (action: "pass" | "take", targetAppId?: string) =>
        adapter.buildControl(PAGE, "74", { action, ...(targetAppId && { targetAppId }) }).json;
      expect(json("pass", "19")).toEqual({ recipient: { id: "74" }, target_app_id: "19" });
      expect(json("pass")).toEqual({ recipient: { id: "74" } });
      expect(json("take", "19")).toEqual({ recipient: { id: "74" } });
    }
  });

  it.each([
    [
      "told whole",
      { data: [{ thread_owner: { app_id: 19, expiration: 1_763_800_000 } }] },
      { idle: false, appId: "19", until: 1_763_800_000_000 },
    ],
    [
      "to an app that is neither owner nor default",
      { data: [{ thread_owner: { expiration: 1_763_800_000 } }] },
      { idle: false, appId: null, until: 1_763_800_000_000 },
    ],
    ["of an idle thread", { data: [] }, { idle: true, appId: null, until: null }],
    ["unreadable", { success: true }, null],
    ["no JSON", null, null],
  ])("R4 reads the owner %s", (_name, body, expected) => {
    expect(messenger.readOwner(body)).toEqual(expected);
    expect(instagram.readOwner(body)).toEqual(expected);
  });

  it("R4 reads the mode of its own product and claims nothing when it is not told", () => {
    const page = { messaging_feature_status: { hop_v2: false, msgr_multi_app: true, ig_multi_app: false }, id: PAGE };
    expect([messenger.readRouting(page), instagram.readRouting(page)]).toEqual([true, false]);
    for (const body of [
      {},
      null,
      { messaging_feature_status: {} },
      { messaging_feature_status: { msgr_multi_app: 1 } },
    ])
      expect(messenger.readRouting(body)).toBeNull();
  });
});
