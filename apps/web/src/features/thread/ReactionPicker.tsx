import type { Message } from "@firstline/contracts";
import { IconArrowBackUp, IconPlus } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmojiChoice } from "../../ui/emoji/EmojiChoice.tsx";
import classes from "./react.module.css";
import { useReact } from "./useReact.ts";

/** What Messenger and Instagram themselves offer first. */
const QUICK = ["❤️", "😆", "😮", "😢", "😠", "👍"];

interface Props {
  message: Message;
  canReact: boolean;
  onReply: (() => void) | null;
  onDone: () => void;
}

/** Six emoji, any other behind a button. The one given already is pressed: once more takes it back. */
export function ReactionPicker({ message, canReact, onReply, onDone }: Props) {
  const { t } = useTranslation("thread");
  const react = useReact(message);
  const [all, setAll] = useState(false);
  const row = useRef<HTMLDivElement>(null);
  const given = message.reactions.find(({ by }) => by === "page")?.emoji ?? null;
  const offered = given === null || QUICK.includes(given) ? QUICK : [given, ...QUICK.slice(0, -1)];
  // The panel may come after the dialog that holds it has set its focus.
  useEffect(() => row.current?.querySelector("button")?.focus({ preventScroll: true }), []);
  const pick = (emoji: string) => {
    react(emoji === given ? null : emoji);
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = [...(row.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  if (all)
    return (
      <div className={classes.all}>
        <EmojiChoice wanted onPick={pick} />
      </div>
    );
  return (
    <>
      {canReact ? (
        <div className={classes.quick} ref={row} role="toolbar" aria-label={t("react.label")} onKeyDown={onKeyDown}>
          {offered.map((emoji) => (
            <button
              key={emoji}
              type="button"
              className={classes.emoji}
              aria-pressed={emoji === given}
              aria-label={t(emoji === given ? "react.takeBack" : "react.with", { emoji })}
              onClick={() => pick(emoji)}
              data-testid="react-emoji"
              data-emoji={emoji}
            >
              {emoji}
            </button>
          ))}
          <button
            type="button"
            className={classes.more}
            aria-label={t("react.more")}
            title={t("react.more")}
            onClick={() => setAll(true)}
            data-testid="react-more"
          >
            <IconPlus size={18} stroke={1.8} aria-hidden />
          </button>
        </div>
      ) : null}
      {onReply ? (
        <button type="button" className={classes.reply} onClick={onReply} data-testid="react-reply">
          <IconArrowBackUp size={16} stroke={1.7} aria-hidden /> {t("reply")}
        </button>
      ) : null}
    </>
  );
}
