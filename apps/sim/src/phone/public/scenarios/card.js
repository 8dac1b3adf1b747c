import { clock, h, lang, t } from "../lib.js";

/** A text of the API in the chosen language. */
export const said = (text) => (lang === "zh-TW" ? text.zh : text.en);

/** One scenario: what it plays, what to look at, start, undo and what its calls said. */
export function card(scenario, { running, open, start, undo, setOpen }) {
  const { id, lastRun: run, options } = scenario;
  const inputs = Object.entries(options).map(([name, option]) =>
    h(
      "label",
      { class: "option" },
      h("span", {}, said(option.about)),
      h("input", {
        name,
        value: String(option.default),
        ...(typeof option.default === "number" && { inputMode: "numeric" }),
      }),
    ),
  );
  const values = (form) =>
    Object.fromEntries(
      Object.entries(options).map(([name, option]) => {
        const value = form.elements[name].value;
        return [name, typeof option.default === "number" ? Number(value) : value];
      }),
    );
  return h(
    "form",
    {
      class: "card scenario",
      "data-testid": `scenario-${id}`,
      onsubmit: (event) => {
        event.preventDefault();
        start(scenario, values(event.target));
      },
    },
    h("header", {}, h("h3", {}, said(scenario.title)), h("code", { class: "soft" }, id)),
    h("p", {}, said(scenario.about)),
    h("p", { class: "look" }, h("b", {}, t("lookAt")), " ", said(scenario.look)),
    inputs.length > 0 && h("div", { class: "options" }, inputs),
    h(
      "div",
      { class: "buttons" },
      h(
        "button",
        { type: "submit", class: "primary", disabled: running, "data-testid": `scenario-${id}-start` },
        running ? t("playing") : run ? t("startAgain") : t("start"),
      ),
      scenario.undoable &&
        run &&
        !run.undone &&
        h(
          "button",
          { type: "button", disabled: running, onclick: () => undo(scenario), "data-testid": `scenario-${id}-undo` },
          t("undo"),
        ),
      run && verdict(run),
    ),
    run && [people(run), log(scenario, run, open, setOpen)],
  );
}

function verdict(run) {
  const state = !run.ok ? "failed" : run.undone ? "undone" : "ok";
  const tone = { failed: "bad", undone: "", ok: "good" }[state];
  return h("span", { class: `pill ${tone}`, "data-state": state }, t(`played_${state}`, { at: clock(run.at) }));
}

function people(run) {
  if (!run.customerId) return null;
  const to = `${run.pageId}/${run.customerId}`;
  return h(
    "p",
    { class: "fine links" },
    h("a", { href: `/phone#${to}` }, t("openPhone")),
    h("a", { href: `/business#${to}` }, t("openSuite")),
    h("code", { class: "soft" }, run.customerId),
  );
}

function log({ id }, run, open, setOpen) {
  return h(
    "details",
    {
      class: "log",
      open: open || !run.ok,
      "data-testid": `scenario-${id}-log`,
      ontoggle: (event) => setOpen(id, event.target.open),
    },
    h("summary", {}, t("logSteps", { n: run.log.length })),
    h(
      "ol",
      {},
      run.log.map((line) =>
        h(
          "li",
          {},
          h("span", { class: `pill ${line.ok ? "good" : "bad"}` }, String(line.status)),
          h("code", {}, line.call.replace("/_sim/", "")),
          h(
            "details",
            {},
            h("summary", { "aria-label": `${t("log")}: ${line.call}` }, `${line.ms} ms`),
            h("pre", {}, [line.body, line.answer].filter(Boolean).map(pretty).join("\n→ ")),
          ),
        ),
      ),
    ),
  );
}

const pretty = (value) => JSON.stringify(value, null, 1).replace(/\n\s*/g, " ").slice(0, 1200);
