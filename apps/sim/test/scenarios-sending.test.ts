import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcome, sendTo } from "./support/sending.ts";
import { type Answer, BLUE, World } from "./support/world.ts";

let world: World;
beforeAll(async () => {
  world = await new World().start();
});
afterAll(async () => {
  await world.stop();
});

async function play(id: string, options: Record<string, unknown> = {}): Promise<Answer["body"]> {
  const run = await world.control("POST", `/_sim/scenarios/${id}`, options);
  expect([run.status, run.body.error]).toEqual([201, undefined]);
  return run.body;
}
const undo = async (id: string) => {
  expect((await world.control("POST", `/_sim/scenarios/${id}/undo`, {})).status).toBe(200);
};

describe("what the scenarios of sending leave for the next send", () => {
  it.each([
    ["S1-window-closed", {}, "10/2018278"],
    ["S1-window-closed-instagram", {}, "10/2534022"],
    ["S1-ad-window", {}, "10/2018278"],
    ["S1-ad-window-open", {}, "sent"],
    ["S2-approval-withdrawn", {}, "100/2018276"],
    ["S6-blocked", {}, "551/1545041"],
    ["S6-blocked-code-200", {}, "200/1545041"],
    ["S6-blocked-code-2", {}, "2"],
    ["S6-refuses-messages", {}, "10/2018108"],
    ["S7-good-file-refused-once", {}, "100/2018047"],
    ["S8-meta-says-closed", {}, "10/2018278"],
    ["S9-internal-error-once", {}, "-1"],
    ["S9-messenger-limit", {}, "80006"],
    ["S9-app-limit", {}, "4"],
    ["S9-page-edge-limits", { code: 613 }, "613"],
    ["S9-retry-after", {}, "613"],
    ["S10-timed-out-but-sent", {}, "-2"],
    ["S11-page-restricted", {}, "10/1893063"],
    ["S11-blocked-as-abusive", {}, "368"],
    ["S11-sending-disabled", {}, "2022"],
    ["S12-any-code", { code: 10900, subcode: 0 }, "10900"],
    ["S12-localised", {}, "10/2018278"],
    ["S12-not-transient", {}, "2/2018344"],
    ["S12-app-in-development", {}, "200/2018028"],
    ["O4-refused-as-retired", {}, "100/1893061"],
    ["O4-news-tag", {}, "10/2018065"],
    ["O4-template-parameter-refused", {}, "100/1893043"],
  ])("%s %j: %s, and after the undo the way is free or closed by the window alone", async (id, options, expected) => {
    const { customerId } = await play(id, options);
    expect(outcome(await world.send({ text: "x" }, {}, customerId))).toBe(expected);
    await undo(id);
    expect(["sent", "10/2018278", "10/2534022"]).toContain(outcome(await world.send({ text: "x" }, {}, customerId)));
  });

  it.each([
    ["S1-private-reply", "sent"],
    ["S1-private-reply-answered", "10900"],
    ["S1-private-reply-taken", "10900"],
    ["S1-private-reply-too-late", "10903"],
    ["S1-private-reply-blocked", "10903"],
    ["S1-private-reply-deleted", "100/33"],
    ["S1-private-reply-live", "10903"],
    ["I1-comment", "sent"],
  ])("%s: a private reply is answered %s", async (id, expected) => {
    const { results } = await play(id);
    const sent = await sendTo(world, { comment_id: results.comment.commentId }, { text: "Hello" });
    expect(outcome(sent)).toBe(expected);
    await undo(id);
  });

  it.each([
    ["O4-tags-alive", "sent"],
    ["O4-retired-tag", "100/1893061"],
  ])("%s: ACCOUNT_UPDATE is answered %s", async (id, expected) => {
    const { customerId } = await play(id);
    const sent = await world.send({ text: "x" }, { messaging_type: "MESSAGE_TAG", tag: "ACCOUNT_UPDATE" }, customerId);
    expect(outcome(sent)).toBe(expected);
    await undo(id);
  });

  it.each([
    ["O4-template-after-the-window", "sent"],
    ["O4-template-waits-for-review", "100"],
    ["O4-template-withdrawn", "100"],
    ["O4-template-status-lost", "sent"],
  ])("%s: its template is answered %s", async (id, expected) => {
    const { customerId } = await play(id);
    const parameters = ["566701", "Monday"].map((text) => ({ type: "text", text }));
    const template = {
      name: "scenario_order_update",
      language: { code: "en" },
      components: [{ type: "body", parameters }],
    };
    const sent = await world.send({ template }, { messaging_type: "UTILITY" }, customerId);
    expect(outcome(sent)).toBe(expected);
    await undo(id);
    expect((await world.control("GET", `/_sim/pages/${BLUE}/templates`)).body.data).toEqual([]);
  });
});
