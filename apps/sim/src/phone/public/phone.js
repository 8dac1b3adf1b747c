import { bubbles, quickReplies } from "./bubbles.js";
import { detailsPanel } from "./details.js";
import { api, calm, h, icon, listen, replace, t, toast } from "./lib.js";
import { peopleList } from "./people.js";

/** The customers' phones: a list of people, and the chat of the one picked. */
const root = document.getElementById("root");
const ui = { state: null, thread: null, key: null, asPage: false, replyTo: null };

const list = h("nav", { class: "people", "aria-label": t("people") });
const chat = h("main", { class: "phone" });
const side = h("aside", { class: "side" });
root.append(list, chat, side);

const path = () => `/pages/${ui.key.pageId}/customers/${ui.key.customerId}`;

export const actions = {
  async call(method, suffix, body) {
    try {
      return await api(method, `${path()}${suffix}`, body);
    } catch (error) {
      toast(error.message);
      return null;
    }
  },
  replyTo(message) {
    ui.replyTo = message;
    drawComposer();
    chat.querySelector("[data-testid=phone-input]")?.focus();
  },
  setAsPage(value) {
    ui.asPage = value;
    draw();
  },
};

function pick(pageId, customerId) {
  location.hash = `${pageId}/${customerId}`;
}

function readHash() {
  const [pageId, customerId] = location.hash.slice(1).split("/");
  ui.key = pageId && customerId ? { pageId, customerId } : null;
  ui.thread = null;
  ui.replyTo = null;
  ui.asPage = false;
  root.dataset.view = ui.key ? "chat" : "list";
  draw();
  if (ui.key) loadThread();
}

function drawList() {
  const top = list.querySelector(".scroll")?.scrollTop ?? 0;
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  replace(list, peopleList(ui, { pick, addCustomer, redraw: draw }));
  list.querySelector(".scroll").scrollTop = top;
  if (focused) list.querySelector(`[data-testid="${focused}"]`)?.focus();
}

async function addCustomer(page) {
  const name = prompt(t("newCustomerPrompt", { page: page.name }));
  if (!name?.trim()) return;
  const made = await api("POST", `/pages/${page.id}/customers`, { name: name.trim() }).catch((error) =>
    toast(error.message),
  );
  if (made) pick(page.id, made.id);
}

function drawChat() {
  if (!ui.key) {
    replace(
      chat,
      h(
        "div",
        { class: "blank" },
        h("div", { class: "glyph", "aria-hidden": "true" }, icon("smile", 56)),
        h("p", {}, t("pick")),
        h("p", { class: "soft" }, t("pickHint")),
      ),
    );
    return;
  }
  replace(
    chat,
    h("header", { class: "bar" }),
    h("div", { class: "messages", role: "log", "aria-live": "polite", tabIndex: 0, "aria-label": t("write") }),
    h("div", { class: "chips" }),
    h("div", { class: "quoted" }),
    h("form", { class: "composer" }),
  );
  drawBar();
  drawMessages();
  drawComposer();
}

function drawBar() {
  const { thread } = ui;
  const bar = chat.querySelector(".bar");
  if (!bar) return;
  replace(
    bar,
    h(
      "button",
      {
        class: "quiet icon back",
        type: "button",
        "aria-label": t("back"),
        onclick: () => {
          location.hash = "";
        },
      },
      icon("back"),
    ),
    thread && h("img", { class: "avatar", src: thread.page.avatar, alt: "", width: 36, height: 36 }),
    h(
      "div",
      { class: "title" },
      h("b", {}, thread?.page.name ?? "…"),
      thread &&
        h("small", {}, `${thread.platform === "instagram" ? "Instagram" : "Messenger"} · ${thread.customer.name}`),
    ),
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
}

function drawMessages() {
  const box = chat.querySelector(".messages");
  if (!box || !ui.thread) return;
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80 || box.childElementCount === 0;
  replace(box, bubbles(ui.thread, ui.asPage, actions));
  if (atEnd) box.scrollTop = box.scrollHeight;
  for (const image of box.querySelectorAll("img"))
    image.addEventListener("load", () => {
      if (atEnd) box.scrollTop = box.scrollHeight;
    });
  replace(chat.querySelector(".chips"), quickReplies(ui.thread, ui.asPage, sendText));
}

function drawComposer() {
  const form = chat.querySelector(".composer");
  if (!form || !ui.thread) return;
  const draft = form.querySelector("[data-testid=phone-input]")?.value ?? "";
  const label = ui.asPage ? t("writeAs", { name: ui.thread.page.name }) : t("writeTo", { name: ui.thread.page.name });
  const input = h("input", {
    class: "field",
    type: "text",
    placeholder: ui.asPage ? label : t("write"),
    "aria-label": label,
    autocomplete: "off",
    "data-testid": "phone-input",
    value: draft,
    maxLength: 5000,
  });
  const file = h("input", {
    type: "file",
    class: "visually-hidden",
    id: "photo",
    "aria-label": t("photo"),
    "data-testid": "phone-photo",
    onchange: () => sendFile(file),
  });
  form.classList.toggle("as-page", ui.asPage);
  form.onsubmit = (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    sendText(text);
  };
  replace(
    form,
    h("label", { class: "icon attach", for: "photo", title: t("photo") }, icon("photo", 22), file),
    input,
    !ui.asPage &&
      h(
        "button",
        {
          class: "quiet icon thumb",
          type: "button",
          "aria-label": t("like"),
          onclick: () => actions.call("POST", "/messages", { attachments: [{ type: "sticker" }] }),
        },
        icon("thumb", 22),
      ),
    h(
      "button",
      { class: "send icon", type: "submit", "aria-label": t("send"), "data-testid": "phone-send" },
      icon("send", 20),
    ),
  );
  const quoted = chat.querySelector(".quoted");
  replace(
    quoted,
    ui.replyTo &&
      h(
        "div",
        {},
        h(
          "span",
          {},
          h("b", {}, t("replyingTo", { name: ui.replyTo.from === "customer" ? t("you") : ui.thread.page.name })),
          h("span", { class: "soft" }, ui.replyTo.text ?? "…"),
        ),
        h(
          "button",
          { class: "quiet icon", type: "button", "aria-label": t("cancel"), onclick: () => actions.replyTo(null) },
          icon("close", 16),
        ),
      ),
  );
}

async function sendText(text, quickReplyPayload) {
  const replyTo = ui.replyTo?.mid;
  ui.replyTo = null;
  drawComposer();
  if (ui.asPage)
    await api("POST", `/pages/${ui.key.pageId}/inbox-reply`, { customerId: ui.key.customerId, text, replyTo }).catch(
      (error) => toast(error.message),
    );
  else await actions.call("POST", "/messages", { text, replyTo, quickReplyPayload });
}

async function sendFile(input) {
  const [file] = input.files;
  if (!file) return;
  const form = new FormData();
  if (ui.asPage) form.set("customerId", ui.key.customerId);
  form.set("file", file, file.name);
  input.value = "";
  const to = ui.asPage ? `/pages/${ui.key.pageId}/inbox-reply` : `${path()}/messages`;
  await api("POST", to, form).catch((error) => toast(error.message));
}

function drawSide() {
  replace(
    side,
    ui.thread
      ? detailsPanel(ui.thread, ui.asPage, actions, () => {
          root.dataset.side = "";
        })
      : [],
  );
}

function draw() {
  document.title = `${t("localMeta")} · ${t("phones")}`;
  drawList();
  drawChat();
  drawSide();
}

async function loadThread() {
  const { key } = ui;
  const thread = await api("GET", `/pages/${key.pageId}/customers/${key.customerId}/thread`).catch((error) =>
    toast(error.message),
  );
  if (!thread || key !== ui.key) return;
  const first = !ui.thread;
  const same = JSON.stringify(ui.thread) === JSON.stringify(thread);
  ui.thread = thread;
  if (first) draw();
  else if (!same) {
    drawMessages();
    drawSide();
  }
  markRead();
  clearTimeout(loadThread.timer);
  if (thread.pageTypingUntil)
    loadThread.timer = setTimeout(loadThread, Math.max(100, new Date(thread.pageTypingUntil) - Date.now() + 50));
}

/** An open, visible phone reads what it shows. */
function markRead() {
  if (document.visibilityState !== "visible" || ui.asPage || !ui.key) return;
  if (ui.thread?.messages.some((message) => message.from === "page" && message.mark !== "read"))
    actions.call("POST", "/read", {});
}

async function loadState() {
  ui.state = await api("GET", "/state");
  drawList();
}

const refreshThread = calm(60, async () => {
  if (ui.key) await loadThread();
});
const refreshState = calm(400, loadState);

addEventListener("hashchange", readHash);
document.addEventListener("visibilitychange", markRead);
await loadState();
readHash();
setInterval(drawSide, 30_000);
listen({
  open: () => {
    refreshState();
    refreshThread();
  },
  thread: (event) => {
    refreshState();
    if (event.customerId === ui.key?.customerId) refreshThread();
  },
  world: () => {
    refreshState();
    refreshThread();
  },
});
