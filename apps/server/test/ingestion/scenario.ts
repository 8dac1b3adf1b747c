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
  | {
      do: "wrote";
      mid: number;
      at: number;
      text: string;
      files: number;
      guest: boolean;
      aside: boolean;
      prior: boolean;
    }
  | { do: "postback"; mid: number; at: number; text: string; aside: boolean }
  | { do: "echoed"; mid: number; at: number; text: string; app: string | null; ai: boolean; aside: boolean }
  | { do: "reacted"; mid: number; at: number; emoji: string | null; byPage: boolean }
  | { do: "edited"; mid: number; at: number; text: string; edition: number }
  | { do: "unsent"; mid: number; at: number }
  | { do: "delivered" | "read"; at: number; watermark: number }
  | { do: "seen"; mid: number; at: number }
  | { do: "referred"; at: number; ref: string; guest: boolean; link: boolean }
  | { do: "control"; at: number; act: "pass" | "take" | "request"; from: string | null; to: string | null }
  | { do: "checkbox"; at: number; ref: string }
  | { do: "linked" | "left"; at: number }
  | { do: "labelled"; at: number; label: string; added: boolean }
  | { do: "commented"; at: number; comment: number; verb: "add" | "edited" | "remove"; text: string };

export const START = Date.parse("2026-03-01T00:00:00.000Z");
const LAST = 40;

const second = fc.integer({ min: 0, max: LAST });
// More numbers than messages: effects of a message that never comes are part of the game.
const mid = fc.integer({ min: 0, max: 5 });
const word = fc.constantFrom("", "hello", "你好 👋", "a\u0000b", "\ud83d", "second thoughts");
const emoji = fc.constantFrom(null, "❤️", "👍", "😮");
const app = fc.constantFrom(null, "263902037430900", "1517000000000111", "777");
// Another app holds the thread in half of the stories, and says so beside it.
const aside = fc.constantFrom(false, false, false, true);
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
const notice: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("control" as const),
      at: second,
      act: fc.constantFrom("pass" as const, "take" as const, "request" as const),
      from: app,
      to: app,
    }),
  },
  fc.record({ do: fc.constant("checkbox" as const), at: second, ref: fc.constantFrom("PASS", "FAIL") }),
  fc.record({ do: fc.constantFrom("linked" as const, "left" as const), at: second }),
  fc.record({
    do: fc.constant("labelled" as const),
    at: second,
    label: fc.constantFrom("VIP", "Lead Complete"),
    added: fc.boolean(),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("commented" as const),
      at: second,
      comment: fc.nat(2),
      verb: fc.constantFrom("add" as const, "edited" as const, "remove" as const),
      text: word,
    }),
  },
);
const message = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("wrote" as const),
      text: word,
      files: fc.nat(2),
      guest: fc.constantFrom(false, false, false, true),
      aside,
      prior: fc.constantFrom(false, false, true),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("postback" as const), text: word, aside }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("echoed" as const),
      text: word,
      app,
      ai: fc.boolean(),
      aside,
    }),
  },
);

/** What happened in one thread, in its true order. Messages have times of their own, as Meta gives them; everything else may coincide. */
export const scenario: fc.Arbitrary<Action[]> = fc
  .record({
    messages: fc.array(message, { maxLength: 5 }),
    times: fc.uniqueArray(second, { minLength: 5, maxLength: 5 }),
    effects: fc.array(effect, { minLength: 1, maxLength: 6 }),
    notices: fc.array(notice, { maxLength: 5 }),
  })
  .map(({ messages, times, effects, notices }) =>
    [...messages.map((m, n): Action => ({ ...m, mid: n, at: times[n]! })), ...effects, ...notices].sort(
      (a, b) => a.at - b.at,
    ),
  );

/** Under which member of an entry an action is told. */
export const memberOf = (action: Action): "messaging" | "standby" | "changes" =>
  action.do === "labelled" || action.do === "commented"
    ? "changes"
    : "aside" in action && action.aside
      ? "standby"
      : "messaging";

/** An entry of its own for one action. What is no message has its time from the entry. */
export const entryOf = (action: Action, thread: Thread, prefix: string) => ({
  id: thread.account,
  time: START + action.at * 1000,
  [memberOf(action)]: [elementOf(action, thread, prefix)],
});

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
      const message = wrote(thread, at, id, action.text, {
        ...(action.files > 0 ? { attachments } : {}),
        ...(action.mid > 0 ? { reply_to: { mid: `${prefix}0` } } : {}),
        ...(action.guest
          ? { referral: { source: "CUSTOMER_CHAT_PLUGIN", type: "OPEN_THREAD", ref: "widget", is_guest_user: true } }
          : {}),
      });
      const prior = { prior_message: { source: "checkbox_plugin", identifier: userRef(prefix) } };
      return action.prior ? { ...message, ...prior } : message;
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
        ...(action.ai ? { ai_generated: true } : {}),
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
    case "control": {
      const owner = action.act === "request" ? "requested_owner_app_id" : "new_owner_app_id";
      return {
        sender: { id: thread.customer },
        recipient: { id: thread.account },
        timestamp: at,
        [`${action.act}_thread_control`]: { previous_owner_app_id: action.from, [owner]: action.to },
      };
    }
    case "checkbox":
      return {
        recipient: { id: thread.account },
        timestamp: at,
        optin: { ref: action.ref, user_ref: userRef(prefix) },
      };
    case "linked":
      return {
        sender: { id: thread.customer },
        recipient: { id: thread.account },
        timestamp: at,
        account_linking: { status: "linked", authorization_code: "CODE" },
      };
    case "left":
      return {
        sender: { id: thread.customer },
        recipient: { id: thread.account },
        timestamp: at,
        guest_chat: { status: "ended" },
      };
    case "labelled":
      return {
        field: "inbox_labels",
        value: {
          user: { id: thread.customer },
          action: action.added ? "add" : "remove",
          label: { id: action.label, page_label_name: action.label },
        },
      };
    case "commented": {
      const { verb, text } = action;
      const said = { item: "comment", verb, post_id: "POST", parent_id: "POST", message: text };
      const from = { id: thread.customer, name: "Ann" };
      return {
        field: "feed",
        value: { ...said, comment_id: `${prefix}c${action.comment}`, created_time: START / 1000 + action.at, from },
      };
    }
  }
}

const userRef = (prefix: string) => `${prefix}u`;

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
