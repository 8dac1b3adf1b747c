import { clock, h, t } from "./lib.js";

/** The three logs. Rows a person opened stay open when new ones arrive. */
const open = new Set();

function row(id, summary, detail) {
  return h(
    "details",
    {
      open: open.has(id),
      ontoggle: (event) => {
        event.target.open ? open.add(id) : open.delete(id);
      },
    },
    h("summary", {}, summary),
    h("pre", { tabIndex: 0 }, detail),
  );
}

const TONES = { delivered: "good", pending: "", failing: "warn", lost: "warn", dropped: "bad", not_subscribed: "warn" };

const seconds = (iso) => `${clock(iso)}:${iso.slice(17, 19)}`;
const pretty = (text) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

export function webhookLog(log, flush) {
  const head = h(
    "div",
    { class: "headline" },
    h("h2", {}, t("webhooks")),
    log?.pending > 0 && h("span", { class: "pill warn" }, t("pending", { n: log.pending })),
    log?.pending > 0 && h("button", { type: "button", class: "small", onclick: flush }, t("flush")),
  );
  if (!log || log.data.length === 0) return [head, h("p", { class: "card soft" }, t("noWebhooks"))];
  const rows = log.data.map((one) =>
    row(
      one.id,
      [
        h("time", {}, seconds(one.at)),
        h("span", { class: `pill ${TONES[one.state]}` }, t(`state_${one.state}`)),
        h("b", {}, one.fields.join(", ")),
        h(
          "span",
          { class: "soft fine" },
          one.object === "instagram" ? "Instagram" : "",
          one.attempts.length > 1 ? ` ${t("attempts", { n: one.attempts.length })}` : "",
        ),
      ],
      [
        one.reason && `${one.reason}\n\n`,
        one.url && `POST ${one.url}\n`,
        ...Object.entries(one.headers).map(([key, value]) => `${key}: ${value}\n`),
        "\n",
        pretty(one.body),
        "\n\n",
        ...one.attempts.map((attempt) => `${attempt.at} → ${attempt.status ?? attempt.error} (${attempt.ms} ms)\n`),
      ]
        .filter(Boolean)
        .join(""),
    ),
  );
  return [head, h("div", { class: "card rows" }, rows)];
}

export function callLog(log) {
  const head = h("div", { class: "headline" }, h("h2", {}, t("calls")));
  if (!log || log.data.length === 0) return [head, h("p", { class: "card soft" }, t("noCalls"))];
  const rows = log.data.map((one) =>
    row(
      `${one.at}${one.path}${one.traceId}`,
      [
        h("time", {}, seconds(one.at)),
        h(
          "span",
          { class: `pill ${one.status === null || one.code !== null || one.status >= 400 ? "bad" : "good"}` },
          one.status === null
            ? t("broken")
            : one.code === null
              ? String(one.status)
              : `${one.code}${one.subcode ? ` / ${one.subcode}` : ""}`,
        ),
        h("b", { class: "path" }, `${one.method} ${one.path}`),
        h("span", { class: "soft fine" }, `${one.ms} ms`),
      ],
      [
        one.message && `${one.message}\n\n`,
        `token ${one.token ?? "–"}\ntrace ${one.traceId ?? "–"}\n\n`,
        JSON.stringify(one.params, null, 2),
        one.files.length > 0 && `\n\n${one.files.join("\n")}`,
      ]
        .filter(Boolean)
        .join(""),
    ),
  );
  return [head, h("div", { class: "card rows" }, rows)];
}

/** Calls of the deauthorise and data-deletion callbacks, with what the app answered. */
export function callbackLog(log, replay) {
  const head = h("div", { class: "headline" }, h("h2", {}, t("callbackLog")));
  if (!log || log.data.length === 0) return [head, h("p", { class: "card soft" }, t("noCallbacks"))];
  const rows = log.data.map((one) =>
    h(
      "div",
      { class: "with-action", "data-testid": "sim-callback", "data-status": String(one.status ?? "none") },
      row(
        one.id,
        [
          h("time", {}, seconds(one.at)),
          h("span", { class: `pill ${one.status === 200 ? "good" : "bad"}` }, String(one.status ?? t("broken"))),
          h("b", {}, t(one.kind)),
          h("span", { class: "soft fine" }, one.problem ?? one.confirmation?.code ?? ""),
        ],
        `POST ${one.url}\n\n${JSON.stringify(one.payload, null, 2)}\n\nsigned_request=${one.signedRequest}\n\n${one.answer ?? one.error ?? ""}`,
      ),
      h(
        "button",
        { type: "button", class: "small", "data-testid": "sim-callback-replay", onclick: () => replay(one.id) },
        t("replay"),
      ),
    ),
  );
  return [head, h("div", { class: "card rows" }, rows)];
}
