import i18next from "i18next";
import Detector from "i18next-browser-languagedetector";
import { initReactI18next } from "react-i18next";

export const languages = { en: "English", "zh-TW": "繁體中文" } as const;
export type Language = keyof typeof languages;

/** What the desk says comes first; the settings' words, which are as many, only when somebody goes there. */
const bundles = {
  desk: { en: () => import("../locales/en/index.ts"), "zh-TW": () => import("../locales/zh-TW/index.ts") },
  settings: {
    en: () => import("../locales/en/settings-screens.ts"),
    "zh-TW": () => import("../locales/zh-TW/settings-screens.ts"),
  },
  reauthorize: {
    en: () => import("../locales/en/reauthorize-screens.ts"),
    "zh-TW": () => import("../locales/zh-TW/reauthorize-screens.ts"),
  },
};
const parts = new Set<keyof typeof bundles>(["desk"]);

/** Every Chinese reader gets the Traditional Chinese we have; everybody else English. */
const nearest = (wanted: string): Language => (/^zh/i.test(wanted) ? "zh-TW" : "en");

async function add(part: keyof typeof bundles, language: Language): Promise<void> {
  const { default: namespaces }: { default: Record<string, object> } = await bundles[part][language]();
  for (const [name, texts] of Object.entries(namespaces)) i18next.addResourceBundle(language, name, texts, true, true);
}

async function load(language: Language): Promise<void> {
  await Promise.all([...parts].map((part) => add(part, language)));
  document.documentElement.lang = language;
}

/** Words of other screens, in this language and from now on in any other that is chosen. */
async function texts(part: keyof typeof bundles, namespace: string): Promise<void> {
  const language = nearest(i18next.language ?? "en");
  if (parts.has(part) && i18next.hasResourceBundle(language, namespace)) return;
  parts.add(part);
  await add(part, language);
}

export const settingsTexts = () => texts("settings", "channels");
export const reauthorizeTexts = () => texts("reauthorize", "reauthorize");

export async function startI18n(): Promise<void> {
  await i18next
    .use(Detector)
    .use(initReactI18next)
    .init({
      supportedLngs: Object.keys(languages),
      fallbackLng: false,
      defaultNS: "common",
      resources: {},
      partialBundledLanguages: true,
      interpolation: { escapeValue: false },
      react: { useSuspense: false, bindI18nStore: "added" },
      detection: {
        order: ["localStorage", "navigator"],
        lookupLocalStorage: "firstline.language",
        caches: [],
        convertDetectedLanguage: nearest,
      },
    });
  const language = nearest(i18next.language ?? "en");
  await load(language);
  if (i18next.language !== language) await i18next.changeLanguage(language);
}

export async function setLanguage(language: Language): Promise<void> {
  await load(language);
  try {
    localStorage.setItem("firstline.language", language);
  } catch {
    // The choice then lasts until the page is closed.
  }
  await i18next.changeLanguage(language);
}
