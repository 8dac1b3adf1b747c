import { api, calm, clock, h, listen, preferences, replace, t, toast } from "./lib.js";
import { callLog, webhookLog } from "./logs.js";
import { switches } from "./switches.js";

/** The control page: what exists, what is broken on purpose, what was sent and called. */
const root = document.getElementById("root");
const ui = { state: null, webhooks: null, calls: null, secret: false };

async function act(method, path, body, done) {
  try {
    const answer = await api(method, path, body);
    if (done) toast(done(answer));
    await loadState();
  } catch (error) {
    toast(error.message);
  }
}

const copy = (text) =>
  h(
    "button",
    {
      type: "button",
      class: "small",
      onclick: async () => {
        await navigator.clipboard.writeText(text);
        toast(t("copied"));
      },
    },
    t("copy"),
  );
const token = (value, state) =>
  h(
    "span",
    { class: "token" },
    h("span", { class: `pill ${state === "valid" ? "good" : "bad"}` }, t(state)),
    value && h("code", {}, `${value.slice(0, 14)}…`),
    value && copy(value),
  );

function appCard(app) {
  const { subscriptions } = app;
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
      h(
        "dd",
        {},
        h("code", {}, ui.secret ? app.secret : "••••••••••••"),
        h(
          "button",
          {
            type: "button",
            class: "small",
            onclick: () => {
              ui.secret = !ui.secret;
              drawWorld();
            },
          },
          ui.secret ? t("hide") : t("show"),
        ),
        copy(app.secret),
      ),
      h("dt", {}, t("callback")),
      h(
        "dd",
        {},
        subscriptions.length === 0
          ? h("span", { class: "soft" }, t("noCallback", { app: app.id }))
          : subscriptions.map((one) =>
              h(
                "div",
                {},
                h("span", { class: "pill good" }, one.object),
                " ",
                h("code", {}, one.callbackUrl),
                h("div", { class: "soft fine" }, one.fields.join(", ")),
              ),
            ),
      ),
    ),
  );
}

function pageCard(page) {
  const install = page.subscribedApps[0];
  const count = page.customers.length + (page.instagramCustomers?.length ?? 0);
  return h(
    "article",
    { class: "card", "data-testid": `sim-page-${page.id}` },
    h(
      "div",
      { class: "head" },
      h("img", { class: "avatar", src: page.avatar, alt: "", width: 44, height: 44 }),
      h(
        "div",
        {},
        h("h3", {}, page.name),
        h(
          "span",
          { class: "soft fine" },
          `${page.category} · ${t("customersN", { n: count })}${page.instagramUsername ? ` · Instagram @${page.instagramUsername}` : ""}`,
        ),
      ),
    ),
    h(
      "dl",
      {},
      h("dt", {}, "Id"),
      h("dd", {}, h("code", {}, page.id), copy(page.id)),
      h("dt", {}, t("pageToken")),
      h("dd", {}, token(page.accessToken, page.tokenState)),
      h("dt", {}, "Webhooks"),
      h(
        "dd",
        {},
        install
          ? h("span", { class: "pill good" }, t("subscribed", { n: install.fields.length }))
          : h("span", { class: "pill warn" }, t("notSubscribed")),
        install?.failingSince && h("span", { class: "pill bad" }, t("failing", { at: clock(install.failingSince) })),
        page.restricted && h("span", { class: "pill bad" }, t("restricted")),
      ),
    ),
    h(
      "div",
      { class: "buttons" },
      h("a", { class: "button primary", href: `/phone#${page.id}/${page.customers[0]?.id ?? ""}` }, t("openPhones")),
      h(
        "button",
        {
          type: "button",
          onclick: () =>
            act(
              "POST",
              "/world/play",
              { pageId: page.id, force: Boolean(page.playedAt) },
              ({ pages: [one] }) => one.reason ?? t("played", { n: one.messages }),
            ),
        },
        page.playedAt ? t("playAgain") : t("play"),
      ),
      h(
        "button",
        {
          type: "button",
          class: page.restricted ? "" : "danger",
          onclick: () => act("POST", `/pages/${page.id}/restrict`, { restricted: !page.restricted }),
        },
        page.restricted ? t("unrestrict") : t("restrict"),
      ),
    ),
  );
}

function personRow(user) {
  const names = user.pages.map((id) => ui.state.pages.find((page) => page.id === id)?.name).filter(Boolean);
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
        { class: `pill ${user.tokenState === "valid" ? "good" : "bad"}`, "data-testid": `sim-token-${user.id}` },
        t(user.tokenState),
      ),
      h(
        "div",
        { class: "soft fine" },
        `${names.join(", ")}${user.kind === "system_user" ? ` · ${t("systemUser")}` : ` · ${user.email}`}`,
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
            onclick: () =>
              act("POST", `/users/${user.id}/password`, {}, (answer) =>
                t("passwordChanged", { n: answer.tokensKilled }),
              ),
          },
          t("changePassword"),
        ),
      h(
        "button",
        { type: "button", onclick: () => act("POST", `/users/${user.id}/token`, {}, () => t("loggedIn")) },
        t("logInAgain"),
      ),
    ),
  );
}

const sections = {
  world: h("div", { class: "world" }),
  webhooks: h("section", { class: "log" }),
  calls: h("section", { class: "log" }),
};

function drawWorld() {
  const { state } = ui;
  if (!state) return;
  replace(
    sections.world,
    h("section", {}, h("h2", {}, t("pages")), h("div", { class: "grid" }, state.pages.map(pageCard))),
    h(
      "div",
      { class: "grid wide" },
      h(
        "section",
        {},
        h("h2", {}, t("people")),
        h("ul", { class: "card list" }, state.users.map(personRow)),
        h("h2", {}, t("app")),
        state.apps.map(appCard),
      ),
      h(
        "section",
        {},
        h("h2", {}, t("switches")),
        switches(state.faults, act),
        state.alerts.length > 0 && [
          h("h2", {}, t("alerts")),
          h(
            "ul",
            { class: "card alerts" },
            state.alerts
              .slice(-8)
              .reverse()
              .map((alert) =>
                h(
                  "li",
                  {},
                  h("span", { class: `pill ${alert.level === "warning" ? "warn" : "bad"}` }, clock(alert.at)),
                  " ",
                  alert.text,
                ),
              ),
          ),
        ],
      ),
    ),
  );
}

function drawLogs() {
  replace(
    sections.webhooks,
    webhookLog(ui.webhooks, () => act("POST", "/webhooks/flush", {})),
  );
  replace(sections.calls, callLog(ui.calls));
}

function draw() {
  document.title = t("localMeta");
  replace(
    root,
    h(
      "header",
      { class: "top" },
      h("div", {}, h("h1", {}, t("localMeta")), h("p", { class: "soft" }, t("localMetaHint"))),
      h(
        "div",
        { class: "right" },
        h("a", { class: "button primary", href: "/phone" }, t("phones")),
        h("a", { class: "button", href: "/business", "data-testid": "sim-business" }, t("suite")),
        h("a", { class: "button", href: "/scenarios", "data-testid": "sim-scenarios" }, t("scenarios")),
        preferences(draw),
      ),
    ),
    h(
      "main",
      {},
      sections.world,
      h("div", { class: "grid wide" }, sections.webhooks, sections.calls),
      h(
        "div",
        { class: "end" },
        h(
          "button",
          { type: "button", class: "danger", onclick: () => confirm(t("resetSure")) && act("POST", "/reset", {}) },
          t("reset"),
        ),
      ),
    ),
  );
  drawWorld();
  drawLogs();
}

async function loadState() {
  ui.state = await api("GET", "/state");
  if (!sections.world.contains(document.activeElement) || document.activeElement?.tagName !== "INPUT") drawWorld();
}

async function loadLogs() {
  [ui.webhooks, ui.calls] = await Promise.all([api("GET", "/webhooks?limit=40"), api("GET", "/graph-calls?limit=40")]);
  drawLogs();
}

const refreshState = calm(500, loadState);
const refreshLogs = calm(300, loadLogs);
draw();
await Promise.all([loadState(), loadLogs()]);
listen({ open: refreshLogs, world: refreshState, webhook: refreshLogs, graph: refreshLogs });
