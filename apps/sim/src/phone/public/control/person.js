import { clock, h, t } from "../lib.js";

/** One person: the account, what the app was given, the tokens. What is unfolded stays so when the page is drawn anew. */
const open = new Set();
const SUBCODES = ["458", "459", "460", "463", "464", "467", "490", "492", "2069032"];

const button = (label, onclick, props = {}) =>
  h("button", { type: "button", class: "small", onclick, ...props }, label);
const group = (title, ...content) => h("div", { class: "group" }, h("h3", {}, title), content);

const toggle = (label, checked, testId, onchange) =>
  h(
    "label",
    { class: "switch" },
    h("input", {
      type: "checkbox",
      checked,
      "data-testid": testId,
      onchange: (event) => onchange(event.target.checked),
    }),
    h("span", {}, label),
  );

export function personRow(user, state, act) {
  const post = (path, body = {}, done) => act("POST", `/users/${user.id}${path}`, body, done);
  const names = user.pages.map((id) => state.pages.find((page) => page.id === id)?.name).filter(Boolean);
  const few = names.length > 4 ? `${names.slice(0, 3).join(", ")} + ${names.length - 3}` : names.join(", ");
  return h(
    "li",
    {},
    h("img", { class: "avatar", src: `/_cdn/avatar/${user.id}.png`, alt: "", width: 40, height: 40 }),
    h(
      "div",
      { class: "grow" },
      h("b", {}, user.name),
      " ",
      h(
        "span",
        {
          class: `pill ${user.tokenState === "valid" ? "good" : "bad"}`,
          "data-testid": `sim-token-${user.id}`,
          title: user.tokenError?.message ?? "",
        },
        t(user.tokenState),
        user.tokenError?.subcode ? ` · 190/${user.tokenError.subcode}` : "",
      ),
      h(
        "div",
        { class: "soft fine" },
        `${few}${user.kind === "system_user" ? ` · ${t("systemUser")}` : ` · ${user.email}`}`,
      ),
    ),
    h(
      "div",
      { class: "buttons" },
      user.kind === "person" &&
        h(
          "button",
          {
            type: "button",
            class: "danger",
            "data-testid": `sim-password-${user.id}`,
            onclick: () => post("/password", {}, (answer) => t("passwordChanged", { n: answer.tokensKilled })),
          },
          t("changePassword"),
        ),
      h("button", { type: "button", onclick: () => post("/token", {}, () => t("loggedIn")) }, t("logInAgain")),
    ),
    details(user, state, act, post),
  );
}

function details(user, state, act, post) {
  return h(
    "details",
    {
      class: "person-more",
      open: open.has(user.id),
      "data-testid": `sim-person-${user.id}`,
      ontoggle: (event) => {
        event.target.open ? open.add(user.id) : open.delete(user.id);
      },
    },
    h("summary", { "aria-label": t("moreOf", { name: user.name }) }, t("more")),
    user.kind === "person" && account(user, post),
    integrations(user, state, post),
    tokens(user, post),
    group(
      t("manyPages"),
      h(
        "div",
        { class: "buttons" },
        button(t("makePages"), () => post("/pages", { count: 120 }), { "data-testid": `sim-pages-${user.id}` }),
        button(t("unmakePages"), () => act("DELETE", `/users/${user.id}/pages`)),
      ),
    ),
  );
}

/** Settings of the account at facebook.com. */
function account(user, post) {
  const option = (value, text) => h("option", { value, selected: String(user.checkpoint ?? "") === value }, text);
  return group(
    t("account"),
    h("p", { class: "soft fine" }, t("passwordIs", { password: user.password, code: user.twoFactorCode })),
    toggle(t("twoFactor"), user.twoFactor, `sim-two-factor-${user.id}`, (on) => post("/two-factor", { on })),
    toggle(t("unconfirmed"), user.unconfirmed, `sim-unconfirmed-${user.id}`, (on) => post("/unconfirmed", { on })),
    toggle(t("deactivated"), user.deactivated, `sim-deactivated-${user.id}`, (on) => post("/deactivate", { on })),
    h(
      "label",
      { class: "number" },
      h("span", {}, t("checkpoint")),
      h(
        "select",
        {
          "data-testid": `sim-checkpoint-${user.id}`,
          onchange: ({ target: { value } }) =>
            post("/checkpoint", value ? { on: true, subcode: Number(value) } : { on: false }),
        },
        option("", t("nothing")),
        option("459", "190/459"),
        option("490", "190/490"),
      ),
    ),
    h(
      "div",
      { class: "buttons" },
      button(t("logOut"), () => post("/logout", {}, (answer) => t("tokensDied", { n: answer.tokensKilled })), {
        "data-testid": `sim-logout-${user.id}`,
      }),
      button(t("leave"), () => post("/leave"), { class: "small danger", "data-testid": `sim-leave-${user.id}` }),
    ),
  );
}

/** Settings, Business Integrations: what the app was given, and taking it back. */
function integrations(user, state, post) {
  const pageIds = user.granted?.pageIds === "all" ? user.pages : (user.granted?.pageIds ?? []);
  const row = (id) => {
    const name = state.pages.find((page) => page.id === id)?.name ?? id;
    return h(
      "li",
      {},
      h("span", { class: "grow" }, name),
      button(t("remove"), () => post("/remove-app", { pageId: id }), {
        "aria-label": t("removeOf", { name }),
        "data-testid": `sim-remove-page-${user.id}-${id}`,
      }),
    );
  };
  const declined = user.granted?.declined ?? [];
  return group(
    t("integrations"),
    !user.granted && h("p", { class: "soft fine" }, t("notGranted", { app: state.apps[0]?.name })),
    user.granted?.pageIds === "all" && h("p", { class: "soft fine" }, t("allPagesGranted")),
    declined.length > 0 && h("p", { class: "soft fine" }, t("declined", { names: declined.join(", ") })),
    pageIds.length > 0 && h("ul", { class: "granted", tabIndex: 0, "aria-label": t("integrations") }, pageIds.map(row)),
    h(
      "div",
      { class: "buttons" },
      user.granted &&
        button(t("removeApp"), () => post("/remove-app", {}, removed), {
          class: "small danger",
          "data-testid": `sim-remove-app-${user.id}`,
        }),
      button(t("grantAll"), () => post("/grant", {}, () => t("loggedIn")), { "data-testid": `sim-grant-${user.id}` }),
      user.kind === "person" &&
        button(t("deleteData"), () => post("/delete-data", {}, (answer) => answer.problem ?? t("deletionAsked")), {
          "data-testid": `sim-delete-data-${user.id}`,
        }),
    ),
    user.deletions.map((one) => deletion(user, one)),
  );
}

function removed({ callback, tokensKilled }) {
  const called = callback ? t("callbackCalled", { answer: callback.status ?? callback.error }) : t("noCallbackCalled");
  return `${t("tokensDied", { n: tokensKilled })} ${called}`;
}

/** What a person is shown after asking for deletion. */
function deletion(user, one) {
  const props = { class: "soft fine", "data-testid": `sim-deletion-${user.id}` };
  if (one.problem) return h("p", props, `${clock(one.at)} · ${one.problem}`);
  return h("p", props, `${clock(one.at)} · `, h("a", { href: one.url, target: "_blank", rel: "noopener" }, one.code));
}

function tokens(user, post) {
  const days = h("input", {
    type: "number",
    value: "61",
    "aria-label": t("days"),
    "data-testid": `sim-age-${user.id}`,
  });
  const select = h(
    "select",
    { "aria-label": t("subcode"), "data-testid": `sim-kill-${user.id}` },
    SUBCODES.map((value) => h("option", { value }, `190/${value}`)),
  );
  return group(
    t("tokens"),
    h(
      "form",
      {
        class: "number",
        onsubmit: (event) => {
          event.preventDefault();
          days.blur();
          post("/tokens/age", { days: Number(days.value) }, (answer) => t("aged", { n: answer.aged }));
        },
      },
      h("label", {}, h("span", {}, t("olderBy")), days),
      h("button", { type: "submit", class: "small", "data-testid": `sim-age-${user.id}-go` }, t("set")),
    ),
    h(
      "div",
      { class: "buttons" },
      select,
      button(
        t("kill"),
        () =>
          post("/tokens/kill", { subcode: Number(select.value) }, (answer) => t("tokensDied", { n: answer.killed })),
        { class: "small danger", "data-testid": `sim-kill-${user.id}-go` },
      ),
      button(t("revive"), () => post("/tokens/revive", {}, (answer) => t("revived", { n: answer.revived })), {
        "data-testid": `sim-revive-${user.id}`,
      }),
    ),
  );
}
