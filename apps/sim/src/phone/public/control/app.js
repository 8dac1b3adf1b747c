import { clock, h, t } from "../lib.js";

/** One app: ids and secret, webhook callbacks, and what the dashboard has beside them. */
const shown = new Set();

export function appCard(app, { act, copy, redraw, own, faults }) {
  return h(
    "article",
    { class: "card" },
    h("h3", {}, app.name),
    h(
      "dl",
      {},
      h("dt", {}, "App id"),
      h("dd", {}, h("code", {}, app.id), copy(app.id)),
      h("dt", {}, t("secret")),
      h("dd", {}, secret(app, redraw), copy(app.secret), own && resetSecret(app, act)),
      h("dt", {}, t("callback")),
      h("dd", {}, subscriptions(app)),
    ),
    own && callbacks(app, act, faults),
  );
}

function secret(app, redraw) {
  const visible = shown.has(app.id);
  const turn = () => {
    visible ? shown.delete(app.id) : shown.add(app.id);
    redraw();
  };
  return [
    h("code", {}, visible ? app.secret : "••••••••••••"),
    h("button", { type: "button", class: "small", onclick: turn }, visible ? t("hide") : t("show")),
  ];
}

const resetSecret = (app, act) =>
  h(
    "button",
    {
      type: "button",
      class: "small danger",
      "data-testid": "sim-secret-reset",
      onclick: () => act("POST", `/apps/${app.id}/secret`, {}, () => t("secretWasReset")),
    },
    t("resetSecret"),
  );

function subscriptions(app) {
  if (app.subscriptions.length === 0) return h("span", { class: "soft" }, t("noCallback", { app: app.id }));
  return app.subscriptions.map((one) =>
    h(
      "div",
      {},
      h("span", { class: "pill good" }, one.object),
      " ",
      h("code", {}, one.callbackUrl),
      one.failing &&
        h(
          "span",
          { class: "pill bad", "data-testid": `sim-failing-${one.object}` },
          t("failing", { at: clock(one.failing.since) }),
          ` · ${one.failing.error ?? `HTTP ${one.failing.status}`}`,
        ),
      h("div", { class: "soft fine" }, one.fields.join(", ")),
    ),
  );
}

/** Where the app is called when a person removes it or asks for deletion, and how these calls are signed. */
function callbacks(app, act, faults) {
  const field = (name, label, testId) =>
    h(
      "label",
      { class: "address" },
      h("span", { class: "soft fine" }, label),
      h("input", {
        name,
        type: "url",
        value: app[name] ?? "",
        placeholder: "https://",
        "data-testid": testId,
      }),
    );
  const signature = h(
    "label",
    { class: "number" },
    h("span", {}, t("callbackSignature")),
    h(
      "select",
      {
        "data-testid": "sim-callback-signature",
        onchange: (event) => act("PUT", "/faults", { callbacks: { signature: event.target.value } }),
      },
      ["good", "forged", "other_app", "decoded"].map((value) =>
        h("option", { value, selected: faults.callbacks.signature === value }, t(`signature_${value}`)),
      ),
    ),
  );
  return h(
    "form",
    {
      class: "callbacks",
      onsubmit: (event) => {
        event.preventDefault();
        const { deauthorizeUrl, dataDeletionUrl } = event.target.elements;
        document.activeElement?.blur();
        act(
          "PATCH",
          `/apps/${app.id}`,
          { deauthorizeUrl: deauthorizeUrl.value || null, dataDeletionUrl: dataDeletionUrl.value || null },
          () => t("saved"),
        );
      },
    },
    field("deauthorizeUrl", t("deauthorizeUrl"), "sim-deauthorize-url"),
    field("dataDeletionUrl", t("dataDeletionUrl"), "sim-deletion-url"),
    h("button", { type: "submit", class: "small", "data-testid": "sim-callbacks-save" }, t("save")),
    signature,
  );
}
