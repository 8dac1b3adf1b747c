import { Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLater } from "../../lib/later.ts";
import classes from "./emoji.module.css";
import type { EmojiLocale } from "./emojiData.ts";

/** Panel and names together, so that the panel opens filled; both are fetched at the first opening only. */
async function load(locale: EmojiLocale) {
  const [{ EmojiPanel }, data] = await Promise.all([
    import("./EmojiPanel.tsx"),
    import("./emojiData.ts").then(({ emojiData }) => emojiData(locale)),
  ]);
  return { EmojiPanel, data };
}
const loaders = { en: () => load("en"), "zh-hant": () => load("zh-hant") } as const;

/** Every emoji by name and by kind, in the reader's language: the inside of a popover. */
export function EmojiChoice(props: { wanted: boolean; onPick: (emoji: string) => void }) {
  const { i18n } = useTranslation();
  const locale = i18n.language === "zh-TW" ? "zh-hant" : "en";
  return <Choice key={locale} locale={locale} {...props} />;
}

function Choice(props: { locale: EmojiLocale; wanted: boolean; onPick: (emoji: string) => void }) {
  const { t } = useTranslation("composer");
  const part = useLater(loaders[props.locale], props.wanted);
  if (part) return <part.EmojiPanel data={part.data} onPick={props.onPick} />;
  return (
    <div className={classes.loading} role="status">
      <Loader size="sm" aria-hidden />
      <span className="sr-only">{t("emoji.loading")}</span>
    </div>
  );
}
