import type { LibraryTemplate } from "@firstline/contracts";
import { useTranslation } from "react-i18next";

/** A text of Meta's library in the shape of a template's preview. */
export const shownOf = (template: LibraryTemplate) => ({
  language: template.language,
  header: template.header ? ({ kind: "text", text: template.header } as const) : null,
  body: template.body,
  buttons: template.buttons,
  parameters: template.parameters,
});

/** The topics Meta's library is known to have. */
const TOPICS = ["ACCOUNT_UPDATES", "CUSTOMER_FEEDBACK", "EVENT_REMINDER", "ORDER_MANAGEMENT", "PAYMENTS"] as const;

/** The topic of a text in the reader's language; of one that is new at Meta, its own constant as words. */
export function useTopicName(): (topic: string) => string {
  const { t } = useTranslation("templates");
  return (topic) => {
    const known = TOPICS.find((each) => each === topic);
    return known ? t(`library.topic.${known}`) : asWords(topic);
  };
}

/** Meta's constant as words: ORDER_MANAGEMENT reads “Order management”. */
function asWords(constant: string): string {
  const words = constant.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Buttons whose address is the Page's own. */
export const linksOf = (template: LibraryTemplate) =>
  template.buttons.filter(({ kind }) => kind.toLowerCase() === "url");
