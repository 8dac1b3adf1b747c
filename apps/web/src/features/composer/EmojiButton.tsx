import { ActionIcon, Popover } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmojiChoice } from "../../ui/emoji/EmojiChoice.tsx";
import classes from "../../ui/emoji/emoji.module.css";
import composer from "./composer.module.css";
import { EMOJI_KEY } from "./emojiKey.ts";

interface Props {
  opened: boolean;
  disabled: boolean;
  onOpened: (opened: boolean) => void;
  onPick: (emoji: string) => void;
}

/** Offers emoji by name and by kind, in the reader's language. */
export function EmojiButton({ opened, disabled, onOpened, onPick }: Props) {
  const { t } = useTranslation("composer");
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
        <EmojiChoice wanted={opened} onPick={onPick} />
      </Popover.Dropdown>
    </Popover>
  );
}
