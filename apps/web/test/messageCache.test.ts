import { expect, test } from "vitest";
import { type MessagePages, messagesOf, withMessage } from "../src/lib/cache/messages.ts";
import { at, HOUR, message, ours } from "./factories.ts";

const pages = (data: ReturnType<typeof message>[], nextCursor: string | null = null): MessagePages => ({
  pages: [{ data, nextCursor }],
  pageParams: [null],
});
const local = ours(5, { id: "c-5", clientId: "c-5", state: "queued", externalId: null });
const stored = ours(5, { clientId: "c-5", state: "queued", externalId: null });

test("the server's row takes the place of the optimistic bubble", () => {
  const shown = messagesOf(withMessage(pages([local, message(1)]), stored));
  expect(shown.map((each) => each.id)).toEqual([message(1).id, stored.id]);
});

test("an event that overtakes the answer leaves one bubble, and the late answer does not set it back", () => {
  const afterEvent = withMessage(pages([local]), { ...stored, state: "delivered" }, "event");
  const afterAnswer = messagesOf(withMessage(afterEvent, stored, "answer"));
  expect(afterAnswer).toHaveLength(1);
  expect(afterAnswer[0]?.state).toBe("delivered");
});

test("a late answer does not take the reason from a reply whose refusal was told before it", () => {
  const words = { title: "Cannot receive", explain: "", fix: "", owner: "nobody" as const };
  const failure = { code: 551, subcode: null, fault: "contact_cannot_receive", ...words, traceId: "A1", raw: null };
  const refused = ours(5, { clientId: "c-5", state: "failed", externalId: null, failure });
  const afterEvent = withMessage(pages([local]), refused, "event");
  expect(messagesOf(withMessage(afterEvent, stored, "answer"))).toEqual([refused]);
});

test("a decision of the server, told by an event, may take a state back", () => {
  const failed = ours(5, { state: "failed" });
  expect(messagesOf(withMessage(pages([failed]), { ...failed, state: "queued" }, "event"))[0]?.state).toBe("queued");
});

test("a recovered message stands at the time it was written", () => {
  const shown = messagesOf(withMessage(pages([message(9), message(1)]), message(4, { recovered: true }), "event"));
  expect(shown.map((each) => each.text)).toEqual(["message 1", "message 4", "message 9"]);
});

test("a message older than everything loaded waits for its page", () => {
  const old = message(1, { sentAt: at(-HOUR) });
  expect(messagesOf(withMessage(pages([message(9)], "more"), old, "event"))).toHaveLength(1);
  expect(messagesOf(withMessage(pages([message(9)], null), old, "event"))).toHaveLength(2);
});
