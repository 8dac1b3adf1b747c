import { type EmojiData, EmojiPicker, type SkinTone, useSkinTone } from "frimousse";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useStored } from "../../lib/storage.ts";
import classes from "./emoji.module.css";

/** Wide enough for a thumb, few enough for a phone. */
const COLUMNS = 8;

interface Props {
  data: EmojiData;
  onPick: (emoji: string) => void;
}

/** Search, list and skin tone. Arrows move through the list from the search field, Enter chooses. */
export function EmojiPanel({ data, onPick }: Props) {
  const { t } = useTranslation("composer");
  const [tone, setTone] = useStored("skinTone", "none");
  const search = useRef<HTMLInputElement>(null);
  // The panel may come after the dialog that holds it has set its focus.
  useEffect(() => search.current?.focus({ preventScroll: true }), []);
  return (
    <EmojiPicker.Root
      className={classes.root}
      locale={data.locale}
      resolveEmojiData={() => data}
      columns={COLUMNS}
      skinTone={tone as SkinTone}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <KeepTone onTone={setTone} />
      <div className={classes.top}>
        <EmojiPicker.Search
          ref={search}
          className={classes.search}
          aria-label={t("emoji.search")}
          placeholder={t("emoji.search")}
          onKeyDown={keepComposing}
          data-autofocus
          data-testid="emoji-search"
        />
        <EmojiPicker.SkinToneSelector className={classes.tone} aria-label={t("emoji.tone")} data-testid="emoji-tone" />
      </div>
      <EmojiPicker.Viewport className={classes.viewport} tabIndex={0} role="group" aria-label={t("emoji.list")}>
        <EmojiPicker.Empty className={classes.empty}>{t("emoji.none")}</EmojiPicker.Empty>
        <EmojiPicker.List
          className={classes.list}
          components={{
            CategoryHeader: ({ category, ...rest }) => (
              <div {...rest} className={classes.category}>
                {category.label}
              </div>
            ),
            Row: ({ children, ...rest }) => (
              <div {...rest} {...{ "aria-rowindex": fromOne(rest["aria-rowindex"]) }} className={classes.row}>
                {children}
              </div>
            ),
            Emoji: ({ emoji, ...rest }) => (
              <button
                type="button"
                {...rest}
                {...{ "aria-colindex": fromOne(rest["aria-colindex"]) }}
                className={classes.emoji}
                title={emoji.label}
                // The picker measures with one that has no name.
                data-testid={emoji.label ? "emoji" : undefined}
              >
                {emoji.emoji}
              </button>
            ),
          }}
        />
      </EmojiPicker.Viewport>
    </EmojiPicker.Root>
  );
}

/** The picker counts rows and columns from 0, ARIA from 1. */
const fromOne = (index: number | undefined) => (index === undefined ? undefined : index + 1);

/** While an input method composes, Enter and the arrows are its own; the picker listens further out. */
function keepComposing(event: KeyboardEvent): void {
  if (event.nativeEvent.isComposing) event.stopPropagation();
}

function KeepTone({ onTone }: { onTone: (tone: string) => void }) {
  const [tone] = useSkinTone();
  useEffect(() => onTone(tone), [tone, onTone]);
  return null;
}
