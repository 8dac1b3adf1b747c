import { h, t } from "../lib.js";
import { pageAccess, standing } from "./access.js";
import { businessApps } from "./apps.js";
import { instagram } from "./instagram.js";
import { card, toggle } from "./parts.js";
import { templates } from "./templates.js";

/** Page settings as a person of the Page sees them. */
const INBOX = { messenger: "263902037430900", instagram: "1217981644879628" };

export function settings(ui, act, at) {
  const { page, state } = ui;
  const own = { ...state.apps[0], own: true };
  const apps = [own, ...(page.apps ?? [])];
  return [
    routing(page, apps, act),
    advanced(page, apps, act),
    businessApps(page, apps, act),
    standing(page, act),
    instagram(page, state, act),
    integrity(page, act),
    pageAccess(page, state, at),
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
    apps
      // An app that was removed is not listed.
      .filter((app) => !app.own || page.ownApp !== "removed")
      .map((app) =>
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
