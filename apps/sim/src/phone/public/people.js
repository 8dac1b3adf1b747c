import { kindName } from "./bubbles.js";
import { clock, day, h, icon, preferences, t } from "./lib.js";

/** The list of people, grouped by Page, as a phone shows its chats. */
function preview(customer) {
  const last = customer.lastMessage;
  if (!last) return customer.platform === "instagram" ? `@${customer.username}` : t(`kind_${customer.kind}`);
  const text = last.text ?? kindName(last.kind);
  return last.from === "customer" ? t("youPrefix") + text : text;
}

function personRow(page, customer, current, pick) {
  const last = customer.lastMessage;
  const face = h(
    "span",
    { class: `face ${customer.platform}` },
    h("img", { class: "avatar", src: customer.avatar, alt: "", width: 44, height: 44, loading: "lazy" }),
    h("span", { class: "visually-hidden" }, customer.platform === "instagram" ? "Instagram" : "Messenger"),
  );
  const time = last && h("time", {}, day(last.at) === t("today") ? clock(last.at) : day(last.at));
  const text = h("span", { class: `preview${customer.unread ? " strong" : ""}` }, preview(customer));
  const badge = customer.unread > 0 && h("span", { class: "badge" }, String(customer.unread));
  const props = {
    class: "person",
    type: "button",
    "aria-current": current ? "true" : null,
    "data-testid": `phone-customer-${customer.id}`,
    onclick: () => pick(page.id, customer.id),
  };
  const who = h(
    "span",
    { class: "who" },
    h("span", { class: "line" }, h("b", {}, customer.name), time),
    h("span", { class: "line" }, text, badge),
  );
  return h("button", props, face, who);
}

export function peopleList(ui, { pick, addCustomer, redraw }) {
  const worth = (page) => !page.madeFor || page.customers.length + (page.instagramCustomers?.length ?? 0) > 0;
  const groups = (ui.state?.pages ?? []).filter(worth).map((page) => {
    const label = t("newCustomer");
    const add = {
      class: "quiet icon",
      type: "button",
      "aria-label": label,
      title: label,
      onclick: () => addCustomer(page),
    };
    const customers = [...page.customers, ...(page.instagramCustomers ?? [])];
    return h(
      "section",
      {},
      h("div", { class: "group" }, h("h2", {}, page.name), h("button", add, icon("plus", 18))),
      customers.map((customer) => personRow(page, customer, ui.key?.customerId === customer.id, pick)),
    );
  });
  return [
    h("header", {}, h("h1", {}, t("phones")), preferences(redraw)),
    h("div", { class: "scroll" }, groups),
    h("footer", {}, h("a", { href: "/" }, t("control"))),
  ];
}
