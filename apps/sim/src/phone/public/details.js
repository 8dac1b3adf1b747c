import { h, icon, left, t } from "./lib.js";

/** Beside the phone: what Meta's clock says, and what else can happen to this conversation. */
export function detailsPanel(thread, asPage, actions, close) {
  const { window: open, customer } = thread;
  const until = open.state === "open" ? open.openUntil : open.humanAgentUntil;
  const tone = { open: "good", human_agent: "warn", closed: "bad" }[open.state];
  const button = (label, run, props = {}) => h("button", { type: "button", onclick: run, ...props }, label);
  return [
    h(
      "header",
      {},
      h("h2", {}, t("details")),
      h(
        "button",
        { type: "button", class: "quiet icon dismiss", "aria-label": t("close"), onclick: close },
        icon("close", 18),
      ),
    ),
    h(
      "section",
      { class: "panel" },
      h("h3", {}, t("metaClock")),
      h(
        "p",
        { class: `verdict ${tone}`, "data-testid": "phone-window", "data-state": open.state },
        t(`window_${open.state}`, { left: until ? left(until) : "" }),
      ),
      h(
        "div",
        { class: "buttons" },
        button(t("closeWindow"), () => actions.call("POST", "/window", { lastActionHoursAgo: 25 }), {
          "data-testid": "phone-close-window",
        }),
        button(t("almostClosed"), () => actions.call("POST", "/window", { lastActionHoursAgo: 23 })),
        button(t("openWindow"), () => actions.call("POST", "/window", { lastActionHoursAgo: 0 })),
      ),
    ),
    h(
      "section",
      { class: "panel" },
      h("h3", {}, t("suite")),
      h("p", { class: "soft" }, t("suiteHint")),
      h(
        "div",
        { class: "segments", role: "group", "aria-label": t("suite") },
        button(t("asCustomer"), () => actions.setAsPage(false), {
          "aria-pressed": String(!asPage),
          "data-testid": "phone-as-customer",
        }),
        button(t("asPage"), () => actions.setAsPage(true), {
          "aria-pressed": String(asPage),
          "data-testid": "phone-as-page",
        }),
      ),
    ),
    h(
      "section",
      { class: "panel" },
      h("h3", {}, customer.name),
      h(
        "dl",
        {},
        h("dt", {}, t("id")),
        h("dd", { class: "mono" }, customer.id),
        h("dt", {}, t("kind")),
        h("dd", {}, t(`kind_${customer.kind}`)),
      ),
      customer.blocked && h("p", { class: "pill bad" }, t("blocked")),
      h(
        "div",
        { class: "buttons" },
        button(
          customer.blocked ? t("unblock") : t("block"),
          () => actions.call("POST", customer.blocked ? "/unblock" : "/block", {}),
          { class: customer.blocked ? "" : "danger" },
        ),
      ),
    ),
  ];
}
