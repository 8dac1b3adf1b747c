import { appCard } from "./control/app.js";
import { personRow } from "./control/person.js";
import { api, calm, clock, h, listen, preferences, replace, t, toast } from "./lib.js";
import { callbackLog, callLog, webhookLog } from "./logs.js";
import { switches } from "./switches.js";
import "./control/texts.js";

/** The control page: what exists, what is broken on purpose, what was sent and called. */
const root = document.getElementById("root");
const ui = { state: null, webhooks: null, calls: null, callbacks: null };

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
        page.standing !== "published" && h("span", { class: "pill bad" }, t(`standing_${page.standing}`)),
        page.ownApp === "removed" && h("span", { class: "pill bad" }, t("ownAppRemoved")),
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

/** Pages made in bulk are counted, not shown one by one, unless somebody listens to them. */
function pageCards(pages) {
  const shown = pages.filter((page) => !page.madeFor || page.subscribedApps.length > 0);
  return [
    h("div", { class: "grid" }, shown.map(pageCard)),
    shown.length < pages.length &&
      h("p", { class: "soft", "data-testid": "sim-more-pages" }, t("morePages", { n: pages.length - shown.length })),
  ];
}

const sections = {
  world: h("div", { class: "world" }),
  webhooks: h("section", { class: "log" }),
  calls: h("section", { class: "log" }),
  callbacks: h("section", { class: "log" }),
};

function drawWorld() {
  const { state } = ui;
  if (!state) return;
  replace(
    sections.world,
    h("section", {}, h("h2", {}, t("pages")), pageCards(state.pages)),
    h(
      "div",
      { class: "grid wide" },
      h(
        "section",
        {},
        h("h2", {}, t("people")),
        h(
          "ul",
          { class: "card list" },
          state.users.map((user) => personRow(user, state, act)),
        ),
        h("h2", {}, t("app")),
        state.apps.map((app, index) =>
          appCard(app, { act, copy, redraw: drawWorld, own: index === 0, faults: state.faults }),
        ),
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
  replace(
    sections.callbacks,
    callbackLog(ui.callbacks, (id) => act("POST", `/callbacks/${id}/replay`, {})),
  );
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
      sections.callbacks,
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
  const focused = sections.world.contains(document.activeElement) ? document.activeElement : null;
  // What is being typed is not drawn over.
  if (focused?.tagName === "INPUT" && focused.type !== "checkbox") return;
  drawWorld();
  if (focused?.dataset.testid) sections.world.querySelector(`[data-testid="${focused.dataset.testid}"]`)?.focus();
}

async function loadLogs() {
  [ui.webhooks, ui.calls, ui.callbacks] = await Promise.all([
    api("GET", "/webhooks?limit=40"),
    api("GET", "/graph-calls?limit=40"),
    api("GET", "/callbacks?limit=40"),
  ]);
  drawLogs();
}

const refreshState = calm(500, loadState);
const refreshLogs = calm(300, loadLogs);
const refreshAll = () => {
  refreshState();
  refreshLogs();
};
draw();
await Promise.all([loadState(), loadLogs()]);
listen({ open: refreshLogs, world: refreshAll, webhook: refreshLogs, graph: refreshLogs });
