import { h, t } from "../lib.js";

/** Utility templates of the Page: handed in by a person here or by an app, judged by whoever plays the reviewer. */
const TONE = { APPROVED: "good", PENDING: "warn", REJECTED: "bad", PAUSED: "warn", DISABLED: "bad" };

const bodyOf = (template) => template.components.find((one) => one.type === "BODY")?.text ?? "";

export function templates(page, act) {
  return h(
    "section",
    { class: "card setting wide", "data-testid": "business-templates" },
    h("h3", {}, t("templates")),
    h("p", { class: "soft" }, t("templatesHint")),
    h(
      "ul",
      { class: "apps" },
      (page.templates ?? []).map((template) => row(template, act)),
    ),
    handIn(act),
  );
}

function row(template, act) {
  const review = (status, reason) =>
    act("POST", `/templates/${template.id}/review`, { status, ...(reason && { reason }) });
  const button = (label, status, reason, props = {}) =>
    h(
      "button",
      {
        type: "button",
        class: "small",
        disabled: template.status === status,
        "data-testid": `business-template-${status.toLowerCase()}`,
        onclick: () => review(status, reason),
        ...props,
      },
      label,
    );
  return h(
    "li",
    { "data-testid": `business-template-${template.name}`, "data-status": template.status },
    h(
      "div",
      { class: "grow" },
      h("b", {}, template.name),
      " ",
      h("span", { class: `pill ${TONE[template.status] ?? ""}` }, t(`template_${template.status}`)),
      h("div", { class: "soft" }, `${template.language} · ${bodyOf(template)}`),
      template.rejectedReason && h("div", { class: "mono soft" }, template.rejectedReason),
    ),
    button(t("approve"), "APPROVED"),
    button(t("reject"), "REJECTED", "INCORRECT_PARAMS"),
    button(t("disable"), "DISABLED"),
    h(
      "button",
      {
        type: "button",
        class: "small danger",
        "aria-label": t("removeOf", { name: template.name }),
        onclick: () => act("DELETE", `/templates/${template.id}`),
      },
      t("remove"),
    ),
  );
}

function handIn(act) {
  return h(
    "form",
    {
      class: "inline",
      onsubmit: (event) => {
        event.preventDefault();
        const { name, body } = event.target.elements;
        const places = body.value.match(/\{\{\w+\}\}/g) ?? [];
        act("POST", "/templates", { name: name.value.trim(), body: body.value, example: places.map(() => "566701") });
      },
    },
    h("input", {
      name: "name",
      value: "order_update",
      required: true,
      pattern: "[a-z0-9_]+",
      "aria-label": t("templateName"),
      "data-testid": "business-template-name",
    }),
    h("input", {
      name: "body",
      value: t("templateDefault"),
      required: true,
      "aria-label": t("templateBody"),
      "data-testid": "business-template-body",
    }),
    h("button", { type: "submit", "data-testid": "business-template-add" }, t("handIn")),
  );
}
