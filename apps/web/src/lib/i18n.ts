import i18next from "i18next";
import Detector from "i18next-browser-languagedetector";
import { initReactI18next } from "react-i18next";

export const languages = { en: "English", "zh-TW": "繁體中文" } as const;
export type Language = keyof typeof languages;

const bundles = {
  en: () => import("../locales/en/index.ts"),
  "zh-TW": () => import("../locales/zh-TW/index.ts"),
};

/** Every Chinese reader gets the Traditional Chinese we have; everybody else English. */
const nearest = (wanted: string): Language => (/^zh/i.test(wanted) ? "zh-TW" : "en");

async function load(language: Language): Promise<void> {
  const { default: namespaces } = await bundles[language]();
  for (const [name, texts] of Object.entries(namespaces)) i18next.addResourceBundle(language, name, texts, true, true);
  document.documentElement.lang = language;
}

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
      react: { useSuspense: false },
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
