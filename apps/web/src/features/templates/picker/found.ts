import type { Template } from "@firstline/contracts";
import { languageName } from "../languages.ts";

/** Templates that hold every word looked for, in their name, text or language; by name, then language. */
export function found(templates: readonly Template[], q: string, locale: string): Template[] {
  const wanted = q.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return templates
    .filter((template) => {
      const { name, header, body, language } = template;
      const own = [name, name.replaceAll("_", " "), header?.text ?? "", body, language, languageName(language, locale)];
      const text = own.join("\n").toLocaleLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .sort((a, b) => a.name.localeCompare(b.name) || a.language.localeCompare(b.language));
}
