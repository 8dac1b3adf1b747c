import { h, t } from "../lib.js";
import { button, card } from "./parts.js";

/** Business Apps: which apps are connected to the Page, ours first. */
export function businessApps(page, apps, act) {
  return card(
    t("businessApps"),
    t("businessAppsHint"),
    h(
      "ul",
      { class: "apps" },
      apps.map((app) => row(page, app, act)),
    ),
    h(
      "form",
      {
        class: "inline",
        onsubmit: (event) => {
          event.preventDefault();
          const name = event.target.elements.name.value.trim();
          act("POST", "/apps", name === "Sales Bot" ? {} : { id: numberFor(name), name });
        },
      },
      h("input", { name: "name", value: "Sales Bot", required: true, "aria-label": t("appName") }),
      h("button", { type: "submit", "data-testid": "business-app-add" }, t("add")),
    ),
  );
}

function row(page, app, act) {
  const subscribed = page.subscribedApps.some(({ appId }) => appId === app.id);
  const removed = app.own && page.ownApp === "removed";
  const state = removed ? "appRemoved" : subscribed ? "ourApp" : "notSubscribed";
  return h(
    "li",
    {},
    h(
      "div",
      { class: "grow" },
      h("b", {}, app.name),
      " ",
      app.own &&
        h(
          "span",
          { class: `pill ${removed ? "bad" : subscribed ? "good" : "warn"}`, "data-testid": "business-own-app" },
          t(state),
        ),
      h("div", { class: "mono soft" }, app.id),
    ),
    app.own ? ownButtons(subscribed, removed, app, act) : removeButton(app, act),
  );
}

/** Our app is removed for everybody, or only its subscription is lost. */
function ownButtons(subscribed, removed, app, act) {
  return h(
    "div",
    { class: "buttons" },
    subscribed &&
      button(t("droppedSubscription"), () => act("POST", "/drop-subscription", { alert: false }), {
        class: "danger",
        "data-testid": "business-drop-subscription",
      }),
    removed
      ? button(t("putBack"), () => act("POST", "/own-app", { on: true }), {
          "data-testid": "business-own-app-restore",
        })
      : button(t("remove"), () => act("POST", "/own-app", { on: false }), {
          class: "danger",
          "aria-label": t("removeOf", { name: app.name }),
          "data-testid": "business-own-app-remove",
        }),
  );
}

const removeButton = (app, act) =>
  button(t("remove"), () => act("DELETE", `/apps/${app.id}`), {
    class: "danger",
    "aria-label": t("removeOf", { name: app.name }),
    "data-testid": `business-app-remove-${app.id}`,
  });

/** The same name gives the same app again. */
function numberFor(name) {
  let sum = 7;
  for (const char of name) sum = (sum * 31 + char.codePointAt(0)) % 1_000_000_000;
  return `19000${String(sum).padStart(11, "0")}`;
}
