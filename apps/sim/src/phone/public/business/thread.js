import { contentOf } from "../bubbles.js";
import { clock, day, h, t } from "../lib.js";

/** The conversation as the Page sees it: its own messages on the right, each with the app that wrote it. */
const BREAK_MS = 20 * 60_000;
const NAMES = { 263902037430900: "Business Suite", 1217981644879628: "Instagram Inbox", 413038776280800: "Lead Ads" };
const quiet = { call: () => {} };

export function author(message, page, state) {
  if (message.aiGenerated) return t("author_ai");
  if (!message.appId) return t("author_none");
  const apps = [...(page.apps ?? []), ...state.apps];
  return NAMES[message.appId] ?? apps.find((app) => app.id === message.appId)?.name ?? message.appId;
}

export function messages(thread, page, state) {
  if (thread.messages.length === 0) return h("p", { class: "empty soft" }, t("noConversations"));
  return thread.messages.flatMap((message, index) => {
    const before = thread.messages[index - 1];
    const newDay = !before || day(before.at) !== day(message.at);
    const gap = newDay || new Date(message.at) - new Date(before.at) > BREAK_MS;
    return [
      gap && h("p", { class: "when" }, `${newDay ? `${day(message.at)} · ` : ""}${clock(message.at)}`),
      message.notice
        ? notice(message)
        : row(thread, message, { first: gap || before.from !== message.from, page, state }),
    ];
  });
}

const notice = (message) => h("p", { class: "notice", "data-testid": "business-notice" }, message.text);

function row(thread, message, { first, page, state }) {
  const direction = message.from === "page" ? "out" : "in";
  const quoted = message.replyTo && thread.messages.find((other) => other.mid === message.replyTo);
  return h(
    "div",
    { class: `row ${direction}${first ? " first" : ""} last` },
    direction === "in" && h("img", { class: "avatar", src: thread.customer.avatar, alt: "", width: 28, height: 28 }),
    h(
      "div",
      { class: "stack", "data-testid": "business-message", "data-direction": direction, "data-mid": message.mid },
      quoted && h("span", { class: "quote" }, quoted.text ?? "…"),
      contentOf(message, quiet),
      message.edits > 0 && h("small", { class: "soft" }, t("edited")),
      message.reactions.length > 0 &&
        h(
          "span",
          { class: "reactions" },
          message.reactions.map((one) => one.emoji),
        ),
      direction === "out" && h("small", { class: "soft author" }, author(message, page, state)),
    ),
  );
}
