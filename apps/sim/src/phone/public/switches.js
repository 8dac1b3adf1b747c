import { h, t } from "./lib.js";

/** The fault switches. Each one is a PUT of its own name. */
const SEND_FAULTS = [
  [null, "nothing"],
  [{ code: 10, subcode: 2018278 }, "10 / 2018278 · window"],
  [{ code: 10, subcode: 2018300 }, "10 / 2018300 · other app"],
  [{ code: 10, subcode: 1893063 }, "10 / 1893063 · restricted"],
  [{ code: 551, subcode: 1545041 }, "551 · not available"],
  [{ code: 100, subcode: 2018047 }, "100 / 2018047 · upload"],
  [{ code: 100, subcode: 1893061 }, "100 / 1893061 · retired tag"],
  [{ code: 190, subcode: 460 }, "190 / 460 · password"],
  [{ code: 613 }, "613 · rate"],
  [{ code: 80006, regainMinutes: 1 }, "80006 · Messenger limit"],
  [{ code: -1 }, "-1 · internal error"],
  [{ code: -2 }, "-2 · upload timed out"],
  [{ code: -2, accepted: true }, "-2 · accepted all the same"],
  [{ code: 1200, subcode: 2018024 }, "1200 · temporary"],
  [{ html: "<html><body>502 Bad Gateway</body></html>", status: 502 }, "502 · HTML"],
  [{ empty: true, accepted: true }, "200 · empty, accepted"],
  [{ truncated: true, accepted: true }, "200 · half a JSON, accepted"],
  [{ cut: "before" }, "cut before acceptance"],
  [{ cut: "during" }, "cut in the middle of the answer"],
  [{ cut: "after" }, "cut after acceptance"],
  [{ hang: "before" }, "hang before acceptance"],
  [{ hang: "after" }, "hang after acceptance"],
];
/** Days whose rules differ from today's. */
const POLICY_DAYS = ["2026-09-27", "2026-04-26", "2025-12-01", "2025-01-01"];

export function switches(faults, act) {
  const put = (changes) => act("PUT", "/faults", changes);
  const toggle = (name) =>
    h(
      "label",
      { class: "switch" },
      h("input", {
        type: "checkbox",
        checked: faults[name],
        "data-testid": `sim-${name}`,
        onchange: (event) => put({ [name]: event.target.checked }),
      }),
      h("span", {}, t(name)),
    );
  const number = (name, value, toBody = (n) => n, min = 0) =>
    h(
      "form",
      {
        class: "number",
        onsubmit: (event) => {
          event.preventDefault();
          event.target.querySelector("input").blur();
          put({ [name]: toBody(Number(event.target.querySelector("input").value)) });
        },
      },
      h(
        "label",
        {},
        h("span", {}, t(name)),
        h("input", { type: "number", min, value: String(value), "data-testid": `sim-${name}` }),
      ),
      h("button", { type: "submit", class: "small" }, t("set")),
    );
  const choice = (name, values, label) =>
    h(
      "label",
      { class: "number" },
      h("span", {}, t(name)),
      h(
        "select",
        { "data-testid": `sim-${name}`, onchange: (event) => put({ [name]: values[Number(event.target.value)] }) },
        values.map((value, index) =>
          h("option", { value: String(index), selected: faults[name] === value }, label(value)),
        ),
      ),
    );
  const count = (selector) => selector?.count ?? (selector ? "∞" : 0);
  const next = h(
    "select",
    {
      "aria-label": t("nextSend"),
      "data-testid": "sim-nextSend",
      onchange: (event) => {
        const [fault] = SEND_FAULTS[Number(event.target.value)];
        put({ nextSend: fault ? [fault] : [] });
      },
    },
    SEND_FAULTS.map(([fault, label], index) =>
      h(
        "option",
        { value: String(index), selected: JSON.stringify(faults.nextSend[0] ?? null) === JSON.stringify(fault) },
        label === "nothing" ? t("nothing") : label,
      ),
    ),
  );
  return h(
    "div",
    { class: "card switches" },
    h("h3", {}, t("webhooksGroup")),
    number("lose", count(faults.lose)),
    number("duplicate", count(faults.duplicate)),
    number("delayMs", faults.delayMs),
    number("batch", faults.batch, (n) => n, 1),
    number("retryClock", faults.retryClock, (n) => n, 1),
    toggle("reorder"),
    toggle("echoOvertakes"),
    toggle("phonesOnline"),
    h("h3", {}, t("graphGroup")),
    h("label", { class: "number" }, h("span", {}, t("nextSend")), next),
    number("slowMs", faults.slowMs),
    choice("policyDate", [null, ...POLICY_DAYS], (day) => day ?? t("today")),
    choice("templateReviewMs", [0, 5000, null], (ms) =>
      t(ms === null ? "byPerson" : ms === 0 ? "atOnce" : "inSeconds"),
    ),
    number("sendRate", faults.sendRate?.text ?? 0, (n) => n || null),
    toggle("adWindow"),
    toggle("humanAgentApproved"),
    toggle("requireProof"),
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", onclick: () => act("DELETE", "/faults") }, t("allNormal")),
    ),
  );
}
