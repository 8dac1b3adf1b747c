import { h } from "../lib.js";

/** Pieces the cards of the Page's settings share. */

export const card = (title, hint, ...content) =>
  h("section", { class: "card setting" }, h("h3", {}, title), hint && h("p", { class: "soft" }, hint), content);

export const toggle = (label, checked, onchange, props = {}) =>
  h(
    "label",
    { class: "switch" },
    h("input", { type: "checkbox", checked, onchange: (event) => onchange(event.target.checked), ...props }),
    h("span", {}, label),
  );

/** A labelled choice; `choices` are pairs of value and text. */
export const choice = (label, value, choices, onchange, props = {}) =>
  h(
    "label",
    { class: "field-row" },
    h("span", {}, label),
    h(
      "select",
      { onchange: (event) => onchange(event.target.value), ...props },
      choices.map(([one, text]) => h("option", { value: one, selected: one === value }, text)),
    ),
  );

export const button = (label, onclick, props = {}) => h("button", { type: "button", onclick, ...props }, label);
