import { h, t } from "../lib.js";
import { templates } from "./templates.js";

/** Page settings as a person of the Page sees them. */
const INBOX = { messenger: "263902037430900", instagram: "1217981644879628" };

const card = (title, hint, ...content) =>
  h("section", { class: "card setting" }, h("h3", {}, title), hint && h("p", { class: "soft" }, hint), content);

const toggle = (label, checked, onchange, props = {}) =>
  h(
    "label",
    { class: "switch" },
    h("input", { type: "checkbox", checked, onchange: (event) => onchange(event.target.checked), ...props }),
    h("span", {}, label),
  );

export function settings(ui, act) {
  const { page, state } = ui;
  const own = { ...state.apps[0], own: true };
  const apps = [own, ...(page.apps ?? [])];
  return [
    routing(page, apps, act),
    advanced(page, apps, act),
    businessApps(page, apps, act),
    integrity(page, act),
    templates(page, act),
    card(
      t("metaAi"),
      null,
      toggle(t("metaAiPage"), page.metaAi ?? false, (on) => act("POST", "/meta-ai", { on }), {
        "data-testid": "business-ai-on",
      }),
    ),
  ];
}

function routing(page, apps, act) {
  const platforms = ["messenger", ...(page.instagramId ? ["instagram"] : [])];
  const one = (platform) => {
    const { enabled, defaultAppId } = page.routing?.[platform] ?? {};
    const label = platform === "instagram" ? "Instagram" : "Messenger";
    const option = (value, text) => h("option", { value, selected: value === (enabled ? defaultAppId : "") }, text);
    return h(
      "label",
      { class: "field-row" },
      h("span", {}, t("defaultApp", { platform: label })),
      h(
        "select",
        {
          "data-testid": platform === "messenger" ? "business-routing-default" : "business-routing-default-instagram",
          onchange: ({ target: { value } }) =>
            act(
              "PUT",
              "/routing",
              value ? { platform, enabled: true, defaultAppId: value } : { platform, enabled: false },
            ),
        },
        option("", t("noDefault")),
        apps.map((app) => option(app.id, app.name)),
        option(INBOX[platform], platform === "instagram" ? "Instagram Inbox" : "Page Inbox"),
      ),
    );
  };
  return card(t("conversationRouting"), t("conversationRoutingHint"), platforms.map(one));
}

function advanced(page, apps, act) {
  const allowed = (app) =>
    (app.own ? page.subscribedApps.find(({ appId }) => appId === app.id)?.takeoverAllowed : app.takeoverAllowed) ??
    true;
  return card(
    t("advancedMessaging"),
    null,
    apps.map((app) =>
      toggle(
        t("takeControlOf", { name: app.name }),
        allowed(app),
        (takeoverAllowed) => act("PATCH", `/apps/${app.id}`, { takeoverAllowed }),
        { "data-testid": `business-takeover-${app.id}` },
      ),
    ),
    toggle(
      t("infoAboutPeople"),
      page.profileAccess ?? true,
      (value) => act("POST", "/profile-access", { allowed: value }),
      { "data-testid": "business-profile-access" },
    ),
    page.instagramId &&
      toggle(
        t("connectedTools"),
        page.instagramAccess ?? true,
        (value) => act("POST", "/instagram-access", { allowed: value }),
        { "data-testid": "business-instagram-access" },
      ),
  );
}

/** What Meta makes of the Page: restricted or not, how long a window lasts after an ad, several images on Instagram. */
function integrity(page, act) {
  const option = (value, text) => h("option", { value, selected: String(page.restrictedAs ?? "") === value }, text);
  return card(
    t("integrity"),
    null,
    h(
      "label",
      { class: "field-row" },
      h("span", {}, t("restriction")),
      h(
        "select",
        {
          "data-testid": "business-restricted",
          onchange: ({ target: { value } }) =>
            act("POST", "/restrict", value ? { restricted: true, code: Number(value) } : { restricted: false }),
        },
        option("", t("notRestricted")),
        ["1893063", "368", "2022"].map((code) => option(code, code === "1893063" ? "10 / 1893063" : `#${code}`)),
      ),
    ),
    toggle(t("adWindow"), page.adWindow ?? false, (on) => act("POST", "/ad-window", { on }), {
      "data-testid": "business-ad-window",
    }),
    page.instagramId &&
      toggle(t("severalImages"), page.severalImages ?? true, (allowed) => act("POST", "/several-images", { allowed }), {
        "data-testid": "business-several-images",
      }),
  );
}

function businessApps(page, apps, act) {
  const subscribed = (app) => page.subscribedApps.some(({ appId }) => appId === app.id);
  const row = (app) =>
    h(
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
            { class: `pill ${subscribed(app) ? "good" : "warn"}` },
            subscribed(app) ? t("ourApp") : t("notSubscribed"),
          ),
        h("div", { class: "mono soft" }, app.id),
      ),
      app.own
        ? subscribed(app) &&
            h(
              "button",
              {
                type: "button",
                class: "danger",
                "data-testid": "business-drop-subscription",
                onclick: () => act("POST", "/drop-subscription", { alert: false }),
              },
              t("droppedSubscription"),
            )
        : h(
            "button",
            {
              type: "button",
              class: "danger",
              "aria-label": t("removeOf", { name: app.name }),
              "data-testid": `business-app-remove-${app.id}`,
              onclick: () => act("DELETE", `/apps/${app.id}`),
            },
            t("remove"),
          ),
    );
  return card(
    t("businessApps"),
    t("businessAppsHint"),
    h("ul", { class: "apps" }, apps.map(row)),
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

/** The same name gives the same app again. */
function numberFor(name) {
  let sum = 7;
  for (const char of name) sum = (sum * 31 + char.codePointAt(0)) % 1_000_000_000;
  return `19000${String(sum).padStart(11, "0")}`;
}
