import { api, calm, h, listen, preferences, replace, t, toast } from "./lib.js";
import { card } from "./scenarios/card.js";
import "./scenarios/texts.js";

/** Every case of the requirements, by row, to be played with one click. */
const root = document.getElementById("root");
const ui = { scenarios: [], pages: [], pageId: "", running: new Set(), open: new Set() };
const groups = h("div", { class: "groups" });
const picker = h("span", {});

async function play(scenario, path, body) {
  const { id } = scenario;
  ui.running.add(id);
  drawGroup(scenario.row);
  try {
    await api("POST", `/scenarios/${id}${path}`, body);
  } catch (error) {
    toast(error.message);
  } finally {
    ui.running.delete(id);
    await load();
  }
}

const handlers = {
  start: (scenario, values) => {
    play(scenario, "", { ...values, ...(ui.pageId && { pageId: ui.pageId }) });
  },
  undo: (scenario) => {
    play(scenario, "/undo", {});
  },
  setOpen: (id, open) => {
    if (open) ui.open.add(id);
    else ui.open.delete(id);
  },
};

const rows = () => [...new Set(ui.scenarios.map(({ row }) => row))];

function group(row) {
  const cards = ui.scenarios
    .filter((scenario) => scenario.row === row)
    .map((scenario) =>
      card(scenario, { ...handlers, running: ui.running.has(scenario.id), open: ui.open.has(scenario.id) }),
    );
  return h(
    "section",
    { id: row, "data-row": row },
    h("h2", {}, h("span", { class: "tag" }, row), t(`row_${row}`)),
    h("div", { class: "cards" }, cards),
  );
}

/** Redraws one row and leaves what is being typed in the others alone. */
function drawGroup(row) {
  const old = groups.querySelector(`[data-row="${row}"]`);
  const focused = old?.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  const next = group(row);
  old?.replaceWith(next);
  if (focused) next.querySelector(`[data-testid="${focused}"]`)?.focus();
}

function drawPicker() {
  replace(
    picker,
    h(
      "label",
      { class: "picker" },
      h("span", { class: "visually-hidden" }, t("onPage")),
      h(
        "select",
        {
          "data-testid": "scenarios-page",
          onchange: (event) => {
            ui.pageId = event.target.value;
          },
        },
        h("option", { value: "" }, t("anyPage")),
        ui.pages.map((page) => h("option", { value: page.id, selected: page.id === ui.pageId }, page.name)),
      ),
    ),
  );
}

function draw() {
  document.title = `${t("localMeta")} · ${t("scenarios")}`;
  drawPicker();
  replace(groups, rows().map(group));
  replace(
    root,
    h(
      "header",
      { class: "top" },
      h("div", {}, h("h1", {}, t("scenarios")), h("p", { class: "soft" }, t("scenariosHint"))),
      h(
        "div",
        { class: "right" },
        h("a", { class: "button", href: "/" }, t("control")),
        h("a", { class: "button", href: "/phone" }, t("phone")),
        h("a", { class: "button", href: "/business" }, t("openSuite")),
        preferences(draw),
      ),
    ),
    h(
      "div",
      { class: "tools" },
      h(
        "nav",
        { class: "rows-nav", "aria-label": t("rows") },
        rows().map((row) => h("a", { href: `#${row}`, title: t(`row_${row}`) }, row)),
      ),
      picker,
      h("button", { type: "button", onclick: () => normal() }, t("allNormal")),
    ),
    h("main", {}, groups),
  );
}

async function normal() {
  await api("DELETE", "/faults").catch((error) => toast(error.message));
  toast(t("allNormal"));
}

async function load() {
  const before = ui.scenarios;
  ui.scenarios = (await api("GET", "/scenarios")).data;
  for (const row of rows()) {
    const changed = ui.scenarios.some(
      (scenario) =>
        scenario.row === row &&
        JSON.stringify(scenario.lastRun) !== JSON.stringify(before.find(({ id }) => id === scenario.id)?.lastRun),
    );
    if (changed || ui.scenarios.some(({ id, row: own }) => own === row && ui.running.has(id))) drawGroup(row);
  }
}

[ui.scenarios, ui.pages] = [(await api("GET", "/scenarios")).data, (await api("GET", "/state")).pages];
draw();
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
listen({ world: calm(500, load) });
