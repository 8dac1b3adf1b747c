import { h, t } from "../lib.js";
import { button, card, choice, toggle } from "./parts.js";

/** The Instagram account of the Page: which one, and what stands in the way of reaching it. */
export function instagram(page, state, act) {
  const { instagram: account } = page;
  return card(
    "Instagram",
    account ? null : t("noInstagram"),
    account && connected(account, act),
    link(page, state, act),
    create(act),
  );
}

function connected(account, act) {
  const post = (path, on) => act("POST", `/instagram/${path}`, { on });
  return [
    h(
      "p",
      { "data-testid": "business-instagram-account", "data-account": account.id },
      h("b", {}, `@${account.username}`),
      " ",
      h("span", { class: "mono soft" }, account.id),
    ),
    toggle(t("personalAccount"), account.personal, (on) => post("personal", on), {
      "data-testid": "business-instagram-personal",
    }),
    toggle(t("instagramTwoFactor"), account.twoFactorRequired, (on) => post("two-factor-required", on), {
      "data-testid": "business-instagram-two-factor",
    }),
    h(
      "div",
      { class: "buttons" },
      button(t("unlink"), () => act("DELETE", "/instagram"), {
        class: "danger",
        "data-testid": "business-instagram-unlink",
      }),
    ),
  ];
}

/** An account that is linked to no Page, or to another one, from where it moves. */
function link(page, state, act) {
  const others = state.pages
    .filter((one) => one.instagram && one.id !== page.id)
    .map((one) => [one.instagram.id, t("accountOf", { username: one.instagram.username, page: one.name })]);
  const loose = state.unlinkedInstagram.map(({ id, username }) => [id, t("accountLoose", { username })]);
  if (others.length + loose.length === 0) return null;
  return choice(
    t("linkAccount"),
    "",
    [["", t("chooseAccount")], ...loose, ...others],
    (accountId) => accountId && act("PUT", "/instagram", { accountId }),
    { "data-testid": "business-instagram-link" },
  );
}

function create(act) {
  return h(
    "form",
    {
      class: "inline",
      onsubmit: (event) => {
        event.preventDefault();
        act("PUT", "/instagram", { username: event.target.elements.username.value.trim() });
      },
    },
    h("input", {
      name: "username",
      required: true,
      pattern: "[\\w.]+",
      placeholder: "new.account",
      "aria-label": t("newAccount"),
      "data-testid": "business-instagram-username",
    }),
    h("button", { type: "submit", "data-testid": "business-instagram-add" }, t("linkNew")),
  );
}
