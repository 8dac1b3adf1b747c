import fc from "fast-check";
import {
  delivered,
  echoed,
  edited,
  reacted,
  read,
  referred,
  seen,
  type Thread,
  unsent,
  wrote,
} from "../api/support/webhooks.ts";

/** One thing Meta tells about a thread. Messages are named by a number; `at` counts seconds. */
export type Action =
  | { do: "wrote"; mid: number; at: number; text: string; files: number; guest: boolean }
  | { do: "postback"; mid: number; at: number; text: string }
  | { do: "echoed"; mid: number; at: number; text: string; app: string | null }
  | { do: "reacted"; mid: number; at: number; emoji: string | null; byPage: boolean }
  | { do: "edited"; mid: number; at: number; text: string; edition: number }
  | { do: "unsent"; mid: number; at: number }
  | { do: "delivered" | "read"; at: number; watermark: number }
  | { do: "seen"; mid: number; at: number }
  | { do: "referred"; at: number; ref: string; guest: boolean; link: boolean };

const START = Date.parse("2026-03-01T00:00:00.000Z");
const LAST = 40;

const second = fc.integer({ min: 0, max: LAST });
// More numbers than messages: effects of a message that never comes are part of the game.
const mid = fc.integer({ min: 0, max: 5 });
const word = fc.constantFrom("", "hello", "你好 👋", "a\u0000b", "\ud83d", "second thoughts");
const emoji = fc.constantFrom(null, "❤️", "👍", "😮");
const effect: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant("reacted" as const), mid, at: second, emoji, byPage: fc.boolean() }),
  fc.record({
    do: fc.constant("edited" as const),
    mid,
    at: second,
    text: word,
    edition: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ do: fc.constant("unsent" as const), mid, at: second }),
  fc.record({ do: fc.constantFrom("delivered" as const, "read" as const), at: second, watermark: second }),
  fc.record({ do: fc.constant("seen" as const), mid, at: second }),
  fc.record({
    do: fc.constant("referred" as const),
    at: second,
    ref: fc.constantFrom("SPRING", "AUTUMN"),
    guest: fc.boolean(),
    link: fc.boolean(),
  }),
);
const message = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("wrote" as const),
      text: word,
      files: fc.nat(2),
      guest: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("postback" as const), text: word }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("echoed" as const),
      text: word,
      app: fc.constantFrom(null, "263902037430900", "1517000000000111", "777"),
    }),
  },
);

/** What happened in one thread, in its true order. Messages have times of their own, as Meta gives them; everything else may coincide. */
export const scenario: fc.Arbitrary<Action[]> = fc
  .record({
    messages: fc.array(message, { maxLength: 5 }),
    times: fc.uniqueArray(second, { minLength: 5, maxLength: 5 }),
    effects: fc.array(effect, { minLength: 1, maxLength: 6 }),
  })
  .map(({ messages, times, effects }) =>
    [...messages.map((m, n): Action => ({ ...m, mid: n, at: times[n]! })), ...effects].sort((a, b) => a.at - b.at),
  );

/** The webhook element of an action in a thread. `prefix` makes the message ids of the thread its own. */
export function elementOf(action: Action, thread: Thread, prefix: string): Record<string, unknown> {
  const at = START + action.at * 1000;
  const id = "mid" in action ? `${prefix}${action.mid}` : "";
  switch (action.do) {
    case "wrote": {
      const attachments = Array.from({ length: action.files }, (_, n) => ({
        type: n ? "file" : "image",
        payload: { url: `https://cdn.example.test/${action.mid}/${n}` },
      }));
      return wrote(thread, at, id, action.text, {
        ...(action.files > 0 ? { attachments } : {}),
        ...(action.mid > 0 ? { reply_to: { mid: `${prefix}0` } } : {}),
        ...(action.guest
          ? { referral: { source: "CUSTOMER_CHAT_PLUGIN", type: "OPEN_THREAD", ref: "widget", is_guest_user: true } }
          : {}),
      });
    }
    case "postback":
      return {
        sender: { id: thread.customer },
        recipient: { id: thread.account },
        timestamp: at,
        postback: { mid: id, title: action.text, payload: "BUTTON" },
      };
    case "echoed":
      return echoed(thread, at, id, action.text, {
        ...(action.app ? { app_id: Number(action.app) } : {}),
        metadata: "theirs",
      });
    case "reacted": {
      const reaction = reacted(thread, at, id, action.emoji);
      return action.byPage
        ? { ...reaction, sender: { id: thread.account }, recipient: { id: thread.customer } }
        : reaction;
    }
    case "edited":
      return edited(thread, at, id, action.text, action.edition);
    case "unsent":
      return unsent(thread, at, id);
    case "delivered":
      return delivered(thread, at, START + action.watermark * 1000);
    case "read":
      return read(thread, at, START + action.watermark * 1000);
    case "seen":
      return seen(thread, at, id);
    case "referred":
      return referred(thread, at, {
        source: action.link ? "SHORTLINK" : "ADS",
        type: "OPEN_THREAD",
        ref: action.ref,
        ...(action.guest ? { is_guest_user: true } : {}),
      });
  }
}

/** A small seeded generator, 0 ≤ n < 1, so that a failing run can be repeated (mulberry32). */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
