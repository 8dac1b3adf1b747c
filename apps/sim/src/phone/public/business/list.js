import { kindName } from "../bubbles.js";
import { clock, day, h, preferences, t } from "../lib.js";

/** The Page's conversations on both platforms, newest first, with who holds each. */

export const conversationsOf = (page) =>
  [...page.customers, ...(page.instagramCustomers ?? [])]
    .filter((customer) => customer.messages > 0 || customer.control?.ownerAppId)
    .sort((a, b) => (b.lastMessage?.at ?? "").localeCompare(a.lastMessage?.at ?? ""));

/** Short words for who holds a conversation; null where every app may answer and nobody holds it. */
export function holderPill(control) {
  if (!control?.ownerAppId) return null;
  return h("span", { class: `pill ${control.own ? "good" : "warn"}` }, control.ownerName);
}

function preview(customer) {
  const last = customer.lastMessage;
  if (!last) return t(`kind_${customer.kind}`);
  const text = last.text ?? kindName(last.kind);
  return last.from === "page" ? t("youPrefix") + text : text;
}

function row(page, customer, current) {
  const last = customer.lastMessage;
  return h(
    "a",
    {
      class: "person button",
      href: `#${page.id}/${customer.id}`,
      "aria-current": current ? "true" : null,
      "data-testid": `business-thread-${customer.id}`,
    },
    h(
      "span",
      { class: `face ${customer.platform}` },
      h("img", { class: "avatar", src: customer.avatar, alt: "", width: 44, height: 44, loading: "lazy" }),
      h("span", { class: "visually-hidden" }, customer.platform === "instagram" ? "Instagram" : "Messenger"),
    ),
    h(
      "span",
      { class: "who" },
      h(
        "span",
        { class: "line" },
        h("b", {}, customer.name),
        last && h("time", {}, day(last.at) === t("today") ? clock(last.at) : day(last.at)),
      ),
      h(
        "span",
        { class: "line" },
        h("span", { class: `preview${last?.from === "customer" ? " strong" : ""}` }, preview(customer)),
        holderPill(customer.control),
      ),
    ),
  );
}

export function sidebar(ui, { choosePage, redraw }) {
  const page = ui.page;
  if (!page) return [];
  const rows = conversationsOf(page).map((customer) => row(page, customer, ui.customerId === customer.id));
  const tab = (name, href) =>
    h(
      "a",
      {
        class: "button",
        href,
        "aria-current": ui.view === name ? "page" : null,
        "data-testid": `business-tab-${name}`,
      },
      t(name),
    );
  return [
    h("header", {}, h("h1", {}, t("businessTitle")), preferences(redraw)),
    h(
      "div",
      { class: "chooser" },
      h("img", { class: "avatar", src: page.avatar, alt: "", width: 36, height: 36 }),
      h(
        "select",
        {
          "aria-label": t("page"),
          "data-testid": "business-select-page",
          onchange: (event) => choosePage(event.target.value),
        },
        ui.state.pages.map((one) => h("option", { value: one.id, selected: one.id === page.id }, one.name)),
      ),
    ),
    h(
      "nav",
      { class: "tabs" },
      tab("inbox", `#${page.id}`),
      tab("visitors", `#${page.id}/visitors`),
      tab("settings", `#${page.id}/settings`),
    ),
    h("div", { class: "scroll" }, rows.length > 0 ? rows : h("p", { class: "none soft" }, t("noConversations"))),
    h(
      "footer",
      {},
      h("a", { href: "/" }, t("control")),
      h("a", { href: "/phone" }, t("phone")),
      h("a", { href: "/scenarios" }, t("scenarios")),
    ),
  ];
}
