import { ActionIcon, Loader, Popover } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLater } from "../../../lib/later.ts";
import composer from "../composer.module.css";
import classes from "./emoji.module.css";
import type { EmojiLocale } from "./emojiData.ts";
import { EMOJI_KEY } from "./emojiKey.ts";

/** Panel and names together, so that the panel opens filled; both are fetched at the first opening only. */
async function load(locale: EmojiLocale) {
  const [{ EmojiPanel }, data] = await Promise.all([
    import("./EmojiPanel.tsx"),
    import("./emojiData.ts").then(({ emojiData }) => emojiData(locale)),
  ]);
  return { EmojiPanel, data };
}
const loaders = { en: () => load("en"), "zh-hant": () => load("zh-hant") } as const;

interface Props {
  opened: boolean;
  disabled: boolean;
  onOpened: (opened: boolean) => void;
  onPick: (emoji: string) => void;
}

/** Offers emoji by name and by kind, in the reader's language. */
export function EmojiButton(props: Props) {
  const { i18n } = useTranslation();
  const locale = i18n.language === "zh-TW" ? "zh-hant" : "en";
  return <Picker key={locale} locale={locale} {...props} />;
}

function Picker({ locale, opened, disabled, onOpened, onPick }: Props & { locale: EmojiLocale }) {
  const { t } = useTranslation("composer");
  const part = useLater(loaders[locale], opened);
  return (
    <Popover position="top-start" width="min(348px, 94vw)" trapFocus opened={opened} onChange={onOpened}>
      <Popover.Target>
        <ActionIcon
          className={composer.attach}
          size={32}
          aria-label={t("emoji.open")}
          title={`${t("emoji.open")} (${EMOJI_KEY})`}
          aria-haspopup="dialog"
          aria-keyshortcuts={EMOJI_KEY.startsWith("⌘") ? "Meta+E" : "Control+E"}
          disabled={disabled}
          onClick={() => onOpened(!opened)}
          data-testid="emoji-open"
        >
          <IconMoodSmile size={18} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown
        className={classes.dropdown}
        aria-label={t("emoji.open")}
        tabIndex={-1}
        data-testid="emoji-panel"
      >
        {part ? (
          <part.EmojiPanel data={part.data} onPick={onPick} />
        ) : (
          <div className={classes.loading} role="status">
            <Loader size="sm" aria-hidden />
            <span className="sr-only">{t("emoji.loading")}</span>
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
