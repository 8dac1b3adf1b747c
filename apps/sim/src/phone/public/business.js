import { conversationsOf, holderPill, sidebar } from "./business/list.js";
import { panel } from "./business/panel.js";
import { settings } from "./business/settings.js";
import { messages } from "./business/thread.js";
import { visitors } from "./business/visitors.js";
import { api, calm, h, icon, listen, replace, t, toast } from "./lib.js";
import "./business/texts.js";
import "./business/texts-access.js";

/** Business Suite: what people of the Page do outside the connected app. */
const root = document.getElementById("root");
const ui = { state: null, page: null, view: "inbox", customerId: null, thread: null, drafts: {}, happened: [] };

const left = h("nav", { class: "people", "aria-label": t("businessTitle") });
const main = h("main", { class: "desk" });
const side = h("aside", { class: "side" });
root.append(left, main, side);

const base = () => `/pages/${ui.page.id}`;

/** A call about the Page; says what went wrong and gives null then. */
const act = (method, path, body) => at(method, `${base()}${path}`, body);

/** The same about anything else. */
async function at(method, path, body) {
  try {
    const answer = await api(method, path, body);
    refresh();
    return answer;
  } catch (error) {
    toast(error.message);
    draw();
    return null;
  }
}

const call = (path, body) => act("POST", `/customers/${ui.customerId}${path}`, body);

function tell(line, instead) {
  const at = ui.happened.indexOf(instead);
  if (at >= 0) ui.happened[at] = line;
  else ui.happened.unshift(line);
  drawMain();
}

function readHash() {
  const [pageId, rest] = location.hash.slice(1).split("/");
  ui.page = ui.state?.pages.find((page) => page.id === pageId) ?? ui.state?.pages[0] ?? null;
  ui.view = rest === "settings" || rest === "visitors" ? rest : "inbox";
  ui.customerId = ui.view === "inbox" && rest ? rest : null;
  ui.thread = null;
  ui.drafts = {};
  root.dataset.view = rest ? "chat" : "list";
  root.dataset.pane = ui.view;
  root.dataset.side = "";
  draw();
  if (ui.customerId) loadThread();
}

function drawLeft() {
  const top = left.querySelector(".scroll")?.scrollTop ?? 0;
  const focused = left.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  replace(
    left,
    sidebar(ui, {
      choosePage: (id) => {
        location.hash = ui.view === "inbox" ? id : `${id}/${ui.view}`;
      },
      redraw: draw,
    }),
  );
  const scroll = left.querySelector(".scroll");
  if (scroll) scroll.scrollTop = top;
  if (focused) left.querySelector(`[data-testid="${focused}"]`)?.focus();
}

const back = () =>
  h("a", { class: "button quiet icon back", href: `#${ui.page?.id ?? ""}`, "aria-label": t("back") }, icon("back"));

function drawMain() {
  if (ui.view !== "inbox" && ui.page) {
    const content = ui.view === "settings" ? settings(ui, act, at) : visitors(ui, { act, tell });
    const hint = ui.view === "visitors" && h("p", { class: "soft" }, t("visitorsHint"));
    replace(
      main,
      h(
        "header",
        { class: "bar" },
        back(),
        h("div", { class: "title" }, h("b", {}, t(ui.view)), h("small", {}, ui.page.name)),
      ),
      h("div", { class: "sheet" }, hint, h("div", { class: "board" }, content)),
    );
    return;
  }
  if (!ui.thread) {
    replace(
      main,
      h(
        "div",
        { class: "blank" },
        h("div", { class: "glyph", "aria-hidden": "true" }, icon("reply", 56)),
        h("p", {}, t("pickConversation")),
        h("p", { class: "soft" }, t("pickConversationHint")),
      ),
    );
    return;
  }
  replace(
    main,
    h("header", { class: "bar" }),
    h("div", {
      class: "messages",
      role: "log",
      "aria-live": "polite",
      tabIndex: 0,
      "aria-label": ui.thread.customer.name,
    }),
    composer(),
  );
  drawThread();
}

function drawThread() {
  const bar = main.querySelector(".bar");
  const box = main.querySelector(".messages");
  if (!bar || !box || !ui.thread) return;
  const { customer, platform, control } = ui.thread;
  replace(
    bar,
    back(),
    h("img", { class: "avatar", src: customer.avatar, alt: "", width: 36, height: 36 }),
    h(
      "div",
      { class: "title" },
      h("b", {}, customer.name),
      h("small", {}, platform === "instagram" ? "Instagram" : "Messenger"),
    ),
    holderPill(control),
    h(
      "button",
      {
        class: "quiet icon more",
        type: "button",
        "aria-label": t("details"),
        onclick: () => {
          root.dataset.side = root.dataset.side === "on" ? "" : "on";
        },
      },
      icon("info"),
    ),
  );
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80 || box.childElementCount === 0;
  replace(box, messages(ui.thread, ui.page, ui.state));
  const toEnd = () => {
    if (atEnd) box.scrollTop = box.scrollHeight;
  };
  toEnd();
  for (const image of box.querySelectorAll("img")) image.addEventListener("load", toEnd);
}

function composer() {
  const label = t("answerAs", { name: ui.page.name });
  const input = h("input", {
    class: "field",
    type: "text",
    placeholder: label,
    "aria-label": label,
    autocomplete: "off",
    maxLength: 5000,
    "data-testid": "business-input",
  });
  return h(
    "form",
    {
      class: "composer as-page",
      onsubmit: async (event) => {
        event.preventDefault();
        const text = input.value.trim();
        if (!text) return;
        input.value = "";
        await act("POST", "/inbox-reply", { customerId: ui.customerId, text });
      },
    },
    input,
    h(
      "button",
      { class: "send icon", type: "submit", "aria-label": t("send"), "data-testid": "business-send" },
      icon("send", 20),
    ),
  );
}

function drawSide() {
  const focused = side.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  const open = ui.view === "inbox" && ui.thread;
  const content = open
    ? panel(ui, {
        call,
        addApp: (body) => act("POST", "/apps", body),
        close: () => {
          root.dataset.side = "";
        },
      })
    : [];
  replace(side, content);
  if (focused) side.querySelector(`[data-testid="${focused}"]`)?.focus();
}

function draw() {
  document.title = `${t("localMeta")} · ${t("businessTitle")}`;
  drawLeft();
  drawMain();
  drawSide();
}

async function loadThread() {
  const { customerId } = ui;
  const thread = await api("GET", `${base()}/customers/${customerId}/thread`).catch((error) => toast(error.message));
  if (!thread || customerId !== ui.customerId) return;
  const first = !ui.thread;
  const same = JSON.stringify(ui.thread) === JSON.stringify(thread);
  ui.thread = thread;
  if (first) draw();
  else if (!same) {
    drawThread();
    drawSide();
  }
}

/** Settings are drawn anew only when they differ, so that nothing being typed is lost. */
async function loadState() {
  const before = ui.page;
  ui.state = await api("GET", "/state");
  ui.page = ui.state.pages.find((page) => page.id === before?.id) ?? ui.state.pages[0] ?? null;
  drawLeft();
  const shown = (page) => JSON.stringify({ ...page, customers: 0, instagramCustomers: 0 });
  if (shown(before) === shown(ui.page)) return;
  if (ui.view === "settings") drawMain();
  else drawSide();
}

const refresh = calm(80, async () => {
  await loadState();
  if (ui.customerId) await loadThread();
});
const refreshState = calm(400, loadState);

addEventListener("hashchange", readHash);
ui.state = await api("GET", "/state");
readHash();
if (!location.hash && matchMedia("(min-width: 701px)").matches) {
  const [newest] = ui.page ? conversationsOf(ui.page) : [];
  if (newest) location.replace(`#${ui.page.id}/${newest.id}`);
}
listen({
  open: refresh,
  world: refresh,
  thread: (event) => {
    refreshState();
    if (event.customerId === ui.customerId) loadThread();
  },
});
