import { clock, day, h, icon, t } from "./lib.js";

/** The messages of a conversation, as the customer's phone draws them. */
const EMOJI = ["❤️", "😆", "😮", "😢", "😠", "👍"];
const BREAK_MS = 20 * 60_000;
const SENT_KINDS = {
  image: "photoSent",
  audio: "audioSent",
  video: "videoSent",
  file: "fileSent",
  sticker: "stickerSent",
  template: "templateSent",
  fallback: "fallbackSent",
};
const OTHER_KINDS = [
  ...["reel", "ig_reel", "post", "ig_post", "share", "story", "ig_story", "story_mention"],
  ...["media", "ephemeral", "appointment_booking"],
];

/** A word for a message without text: what it holds. */
export function kindName(kind) {
  if (OTHER_KINDS.includes(kind)) return t(`kindOf_${kind}`);
  return kind === "text" ? "…" : t(SENT_KINDS[kind] ?? "fileSent");
}

export function bubbles(thread, asPage, actions) {
  const { messages } = thread;
  if (messages.length === 0) return h("p", { class: "empty soft" }, t("empty"));
  const lastOut = messages.findLast((message) => message.from === "customer");
  const lastIn = messages.findLast((message) => message.from === "page");
  const rows = messages.flatMap((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    const newDay = !before || day(before.at) !== day(message.at);
    const gap = before && new Date(message.at) - new Date(before.at) > BREAK_MS;
    const first = newDay || gap || before.from !== message.from;
    const last = !after || after.from !== message.from || new Date(after.at) - new Date(message.at) > BREAK_MS;
    return [
      (newDay || gap) && h("p", { class: "when" }, `${newDay ? `${day(message.at)} · ` : ""}${clock(message.at)}`),
      row(thread, message, { first, last, actions }),
      message === lastOut && message === messages.at(-1) && seenMark(thread, message),
      message === lastOut &&
        message !== messages.at(-1) &&
        last &&
        thread.pageSeenAt >= message.at &&
        seenMark(thread, message),
      message === lastIn && (asPage || message === messages.at(-1)) && pageMark(message),
    ];
  });
  if (thread.pageTyping)
    rows.push(
      h(
        "div",
        {
          class: "row in first last",
          "data-testid": "phone-typing",
          role: "status",
          "aria-label": t("typing", { name: thread.page.name }),
        },
        h("img", { class: "avatar", src: thread.page.avatar, alt: "", width: 28, height: 28 }),
        h("span", { class: "bubble dots" }, h("i"), h("i"), h("i")),
      ),
    );
  return rows;
}

function seenMark(thread, message) {
  const seen = thread.pageSeenAt && thread.pageSeenAt >= message.at;
  return h(
    "p",
    { class: "mark out", "data-testid": "phone-read-mark", "data-state": seen ? "seen" : "sent" },
    seen ? t("seen") : t("sent"),
  );
}

/** What Meta has told the Page about this answer. */
function pageMark(message) {
  return h(
    "p",
    { class: "mark in", "data-testid": "phone-page-mark", "data-state": message.mark },
    `${t(`mark_${message.mark}`)} · ${message.sentBy === "page_inbox" ? t("viaInbox") : t("viaApp")}`,
  );
}

function row(thread, message, { first, last, actions }) {
  const direction = message.from === "customer" ? "out" : "in";
  const quoted = message.replyTo && thread.messages.find((other) => other.mid === message.replyTo);
  const content = contentOf(message, actions);
  return h(
    "div",
    { class: `row ${direction}${first ? " first" : ""}${last ? " last" : ""}` },
    direction === "in" && h("img", { class: "avatar", src: thread.page.avatar, alt: "", width: 28, height: 28 }),
    h(
      "div",
      {
        class: "stack",
        "data-testid": "phone-message",
        "data-direction": direction,
        "data-mid": message.mid,
        "data-mark": message.mark,
      },
      quoted && h("span", { class: "quote" }, quoted.text ?? "…"),
      content,
      message.edits > 0 && h("small", { class: "soft" }, t("edited")),
      message.reactions.length > 0 &&
        h(
          "span",
          { class: "reactions", "data-testid": "phone-reactions" },
          message.reactions.map((reaction) => reaction.emoji),
        ),
    ),
    tools(message, actions),
  );
}

/** What a message holds; one taken back holds nothing any more. */
export function contentOf(message, actions) {
  const gone = (key) => h("span", { class: "bubble text gone" }, t(key));
  if (message.removed) return [gone("removedMessage")];
  return [
    message.storyReply && h("span", { class: "quote" }, t("kindOf_story")),
    message.privateReplyTo && h("span", { class: "quote" }, t("toYourComment", { text: message.privateReplyTo.text })),
    ...message.attachments.map((attachment) => media(attachment, actions)),
    message.text && h("span", { class: "bubble text" }, message.text),
    message.unsupported && gone("unsupportedMessage"),
    message.empty && !message.text && message.attachments.length === 0 && gone("emptyMessage"),
  ];
}

function tools(message, actions) {
  const bar = h(
    "span",
    { class: "emoji", role: "group", "aria-label": t("react") },
    EMOJI.map((emoji) =>
      h(
        "button",
        {
          type: "button",
          class: "quiet icon",
          "aria-label": `${t("react")} ${emoji}`,
          onclick: () => {
            const mine = message.reactions.find((reaction) => reaction.by === "customer");
            actions.call("POST", "/reactions", { mid: message.mid, emoji: mine?.emoji === emoji ? null : emoji });
          },
        },
        emoji,
      ),
    ),
  );
  const react =
    message.from === "page" &&
    h(
      "details",
      { class: "react" },
      h("summary", { class: "icon", "aria-label": t("react"), title: t("react") }, icon("smile", 18)),
      bar,
    );
  return h(
    "span",
    { class: "tools" },
    react,
    h(
      "button",
      {
        type: "button",
        class: "quiet icon",
        "aria-label": t("reply"),
        title: t("reply"),
        onclick: () => actions.replyTo(message),
      },
      icon("reply", 18),
    ),
  );
}

function media(attachment, actions) {
  const { type, url, name } = attachment;
  if (type === "image")
    return h(
      "a",
      { class: "photo", href: url, target: "_blank", rel: "noreferrer" },
      h("img", { src: url, alt: name ?? t("photoSent") }),
    );
  if (type === "sticker") return h("img", { class: "sticker", src: url, alt: t("stickerSent"), width: 96, height: 96 });
  if (type === "audio")
    return h("audio", { controls: true, src: url, preload: "metadata", "aria-label": t("audioSent") });
  if (type === "video")
    return h("video", { controls: true, src: url, preload: "metadata", "aria-label": t("videoSent") });
  if (type === "template") return template(attachment.template ?? {}, actions);
  if (type === "like_heart") return h("span", { class: "heart" }, "❤️");
  const kind = OTHER_KINDS.includes(type) ? t(`kindOf_${type}`) : null;
  const about = attachment.title ?? name ?? attachment.payload?.status ?? (kind ? null : (url ?? t("fileSent")));
  const label = [kind, about].filter(Boolean).join(" · ");
  if (!url) return h("span", { class: "bubble file" }, icon("file", 20), h("span", {}, label));
  return h(
    "a",
    { class: "bubble file", href: url, target: "_blank", rel: "noreferrer" },
    icon("file", 20),
    h("span", {}, label),
  );
}

/** Button and generic templates; a postback button answers with its payload. */
function template(payload, actions) {
  const cards = payload.elements ?? payload.product?.elements ?? [{ title: payload.text, buttons: payload.buttons }];
  return h(
    "div",
    { class: "cards" },
    cards.map((card) =>
      h(
        "div",
        { class: "card" },
        card.image_url && h("img", { src: card.image_url, alt: "" }),
        h("b", {}, card.title ?? ""),
        card.subtitle && h("span", { class: "soft" }, card.subtitle),
        (card.buttons ?? []).map((button) =>
          button.type === "web_url"
            ? h("a", { class: "button", href: button.url, target: "_blank", rel: "noreferrer" }, button.title)
            : h(
                "button",
                {
                  type: "button",
                  onclick: () => actions.call("POST", "/postbacks", { title: button.title, payload: button.payload }),
                },
                button.title,
              ),
        ),
      ),
    ),
  );
}

/** Quick replies belong to the last message and go away with the next one. */
export function quickReplies(thread, asPage, send) {
  const last = thread.messages.at(-1);
  if (asPage || last?.from !== "page") return [];
  return last.quickReplies
    .filter((reply) => reply.title)
    .map((reply) =>
      h(
        "button",
        { type: "button", "data-testid": "phone-quick-reply", onclick: () => send(reply.title, reply.payload) },
        reply.title,
      ),
    );
}
