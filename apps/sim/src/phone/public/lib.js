import { EN, ZH } from "./i18n.js";

/** Small helpers the two pages share: DOM, language, theme, the control API and its events. */

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else if (key in node && !key.startsWith("aria") && !key.includes("-") && key !== "list" && key !== "for")
      node[key] = value;
    else node.setAttribute(key === "for" ? "for" : key, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function replace(node, ...children) {
  node.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
}

const ICONS = {
  back: "M15 5l-7 7 7 7",
  send: "M4 12l16-8-6 16-3-6z",
  photo: "M4 6h16v12H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5h.01M15 9.5h.01",
  reply: "M9 14L4 9l5-5M4 9h9a7 7 0 0 1 7 7v4",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01",
  plus: "M12 5v14M5 12h14",
  theme: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  close: "M6 6l12 12M18 6L6 18",
  thumb: "M7 11v9H4v-9zM7 11l4-7c1.6 0 2.4 1.3 2 2.8L12.3 10H18a2 2 0 0 1 2 2.4l-1.2 6A2 2 0 0 1 16.8 20H7",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
};

export function icon(name, size = 20) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 24 24",
    width: size,
    height: size,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 1.8,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
  }))
    svg.setAttribute(key, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const stored = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
const keep = (key, value) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // private windows keep nothing
  }
};

export let lang = stored("sim-lang") ?? (navigator.language.startsWith("zh") ? "zh-TW" : "en");

/** Text in the chosen language; `{name}` is filled in. */
export function t(key, values = {}) {
  const text = (lang === "zh-TW" ? ZH[key] : undefined) ?? EN[key] ?? key;
  return text.replace(/(?<!\{)\{(\w+)\}(?!\})/g, (_, name) => String(values[name] ?? ""));
}

export function setLang(value, redraw) {
  lang = value;
  keep("sim-lang", value);
  document.documentElement.lang = value;
  redraw();
}

export function applyPreferences() {
  document.documentElement.lang = lang;
  const theme = stored("sim-theme");
  if (theme) document.documentElement.dataset.theme = theme;
}

export function toggleTheme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  keep("sim-theme", document.documentElement.dataset.theme);
}

/** Language and theme buttons. */
export function preferences(redraw) {
  return h(
    "div",
    { class: "preferences" },
    h(
      "button",
      {
        class: "quiet",
        type: "button",
        lang: lang === "en" ? "zh-TW" : "en",
        onclick: () => setLang(lang === "en" ? "zh-TW" : "en", redraw),
        "data-testid": "sim-lang",
      },
      lang === "en" ? "中文" : "English",
    ),
    h(
      "button",
      { class: "quiet icon", type: "button", "aria-label": t("theme"), title: t("theme"), onclick: toggleTheme },
      icon("theme", 18),
    ),
  );
}

export async function api(method, path, body) {
  const form = body instanceof FormData;
  const response = await fetch(`/_sim${path}`, {
    method,
    ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
    ...(body !== undefined && !form && { headers: { "content-type": "application/json" } }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}

export function listen(handlers) {
  const source = new EventSource("/_sim/events");
  const { open, ...told } = handlers;
  for (const [type, handler] of Object.entries(told))
    source.addEventListener(type, (event) => handler(JSON.parse(event.data)));
  source.addEventListener("open", () => open?.());
  return source;
}

/** Runs at most once per `ms`, and once more when called meanwhile. */
export function calm(ms, work) {
  let timer = null;
  let again = false;
  const run = async () => {
    timer = setTimeout(() => {
      timer = null;
      if (again) {
        again = false;
        run();
      }
    }, ms);
    await work();
  };
  return () => {
    if (timer) again = true;
    else run();
  };
}

const locale = () => (lang === "zh-TW" ? "zh-TW" : "en-GB");

export function clock(iso) {
  return new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    new Date(iso),
  );
}

export function day(iso) {
  const date = new Date(iso);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(iso).setHours(0, 0, 0, 0)) / 86_400_000);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  return new Intl.DateTimeFormat(locale(), days < 7 ? { weekday: "long" } : { day: "numeric", month: "long" }).format(
    date,
  );
}

export function left(iso) {
  const minutes = Math.max(0, Math.round((new Date(iso) - Date.now()) / 60_000));
  const [d, hours, m] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (d > 0) return t("dh", { d, h: hours });
  return hours > 0 ? t("hm", { h: hours, m }) : t("m", { m });
}

export function toast(text) {
  const node = document.getElementById("toast");
  node.textContent = text;
  node.classList.add("on");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => node.classList.remove("on"), 4000);
}

applyPreferences();
