import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { IconChevronDown, IconHeart, IconNote, IconPaperclip, IconSend2, IconTemplate } from "@tabler/icons-react";
import type { ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { MenuChoice } from "../../ui/MenuChoice.tsx";
import classes from "./composer.module.css";
import type { Counter } from "./counter.ts";

/** Of the line that says how long the text is: the text field refers to it. */
export const COUNTER_ID = "composer-counter";

interface Props {
  /** Opens the choice of files when it is clicked. */
  picker: RefObject<HTMLInputElement | null>;
  note: boolean;
  writable: boolean;
  off: boolean;
  /** How long the text is, in what Meta counts; null: not worth showing. */
  counter: Counter | null;
  /** The button that offers emoji. */
  emoji: ReactNode;
  /** What pressing does. */
  label: string;
  canPress: boolean;
  onPress: () => void;
  onFiles: (files: Iterable<File>) => void;
  /** Sends a heart; null: there is none here. */
  onHeart: (() => void) | null;
  /** Opens the choice of templates, whatever the reply window says; null: there are none here. */
  onTemplates: (() => void) | null;
  onNote: () => void;
  sendKey: string;
  onSendKey: (choice: string) => void;
}

/** Under the text: files, note, how long it is, and the button that sends. */
export function ComposerBar(props: Props) {
  const { t, i18n } = useTranslation("composer");
  const number = new Intl.NumberFormat(i18n.language);
  const { note, off, counter, sendKey, picker, onHeart, onTemplates } = props;
  return (
    <div className={classes.bar}>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        onChange={(event) => {
          props.onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
        data-testid="attach-input"
      />
      <Tooltip label={t("attach")}>
        <ActionIcon
          className={classes.attach}
          size={32}
          aria-label={t("attach")}
          disabled={off || note}
          onClick={() => picker.current?.click()}
          data-testid="attach"
        >
          <IconPaperclip size={18} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      {props.emoji}
      {onHeart ? (
        <Tooltip label={t("heart")}>
          <ActionIcon
            className={classes.attach}
            size={32}
            aria-label={t("heart")}
            disabled={off || note}
            onClick={onHeart}
            data-testid="send-heart"
          >
            <IconHeart size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      ) : null}
      {onTemplates ? (
        <Tooltip label={t("templates.send")}>
          <ActionIcon
            className={classes.attach}
            size={32}
            aria-label={t("templates.send")}
            disabled={note}
            onClick={onTemplates}
            data-testid="open-templates"
          >
            <IconTemplate size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      ) : null}
      <button
        type="button"
        className={classes.noteToggle}
        aria-pressed={note}
        disabled={!props.writable}
        onClick={props.onNote}
        data-testid="note-toggle"
      >
        <IconNote size={16} stroke={1.7} aria-hidden /> <span>{t("note")}</span>
      </button>
      <span className={classes.space} />
      {counter ? (
        <span
          id={COUNTER_ID}
          className={classes.counter}
          data-over={counter.tooLong || undefined}
          data-testid="composer-counter"
        >
          {t(`counter.${counter.unit}`, { length: number.format(counter.length), limit: number.format(counter.limit) })}
        </span>
      ) : null}
      <div className={classes.sendGroup}>
        <Button
          className={classes.send}
          color={note ? "yellow" : undefined}
          disabled={!props.canPress}
          onClick={props.onPress}
          rightSection={note ? null : <IconSend2 size={16} stroke={1.8} />}
          data-testid="composer-send"
        >
          {props.label}
        </Button>
        <Menu position="top-end" width={260}>
          <Menu.Target>
            <ActionIcon className={classes.sendMore} size={34} variant="default" aria-label={t("sendKey.label")}>
              <IconChevronDown size={15} stroke={1.8} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t("sendKey.label")}</Menu.Label>
            {(["enter", "ctrl"] as const).map((choice) => (
              <MenuChoice key={choice} chosen={sendKey === choice} onChoose={() => props.onSendKey(choice)}>
                {t(`sendKey.${choice}`)}
              </MenuChoice>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </div>
  );
}
