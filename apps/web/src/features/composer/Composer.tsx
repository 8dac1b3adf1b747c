import type { Conversation, Message } from "@firstline/contracts";
import { measureText } from "@firstline/core/text";
import { ActionIcon, Button, CloseButton, Menu, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronDown, IconLock, IconNote, IconPaperclip, IconSend2 } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../lib/api.ts";
import { putActivity } from "../../lib/cache/activity.ts";
import { useNow } from "../../lib/clock.ts";
import { useKeys } from "../../lib/keyboard.ts";
import { useSend } from "../../lib/outbox.ts";
import { useChannels, useMe } from "../../lib/session.ts";
import { useStored } from "../../lib/storage.ts";
import { useFaultWords } from "../../ui/faultWords.ts";
import { MenuChoice } from "../../ui/MenuChoice.tsx";
import { useMessageSummary } from "../../ui/messageSummary.ts";
import { useProblemText } from "../../ui/problemText.ts";
import classes from "./composer.module.css";
import { type Mode, readDraft, writeDraft } from "./drafts.ts";
import { StatusLine } from "./StatusLine.tsx";
import { statusAt } from "./status.ts";
import { UploadChips } from "./UploadChips.tsx";
import { useUploads } from "./uploads.ts";
import { useTyping } from "./useTyping.ts";

export interface ComposerHandle {
  /** Takes a text over, behind what is written already. */
  insert: (text: string) => void;
  focus: () => void;
}

interface Props {
  conversation: Conversation;
  replyTo: Message | null;
  onReplyDone: () => void;
  ref?: Ref<ComposerHandle>;
}

/** Remount it per conversation (`key`): its text, files and mode belong to one. */
export function Composer({ conversation, replyTo, onReplyDone, ref }: Props) {
  const { t } = useTranslation("composer");
  const now = useNow(1_000);
  const { byId } = useChannels();
  const { may } = useMe();
  const channel = byId(conversation.channelId);
  const status = statusAt(conversation, now);
  const [mode, setMode] = useState<Mode>("reply");
  const [text, setText] = useState(() => readDraft(conversation.id, "reply"));
  const [holding, setHolding] = useState(false);
  const [dragging, setDragging] = useState(false);
  const [sendKey, setSendKey] = useStored("sendKey", "enter");
  const input = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const { uploads, add, remove, retry, clear } = useUploads(conversation.id);
  const typing = useTyping(conversation.id);
  const { send } = useSend(conversation.id);
  const client = useQueryClient();
  const problem = useProblemText();
  const summary = useMessageSummary();

  const note = mode === "note";
  const writable = may("conversations:write");
  const off = !writable || (!note && !status.canSend && !(status.canHold && holding));
  const measure = channel ? measureText(channel.platform, text) : null;
  const tooLong = !note && measure !== null && measure.length > measure.limit;
  const busy = uploads.some((upload) => upload.state === "sending" || upload.state === "checking");
  const ready = uploads.filter((upload) => upload.verdict !== null);
  const something = text.trim() !== "" || (!note && ready.length > 0);
  const canPress =
    !off && something && !tooLong && (note || (!busy && !uploads.some((upload) => upload.state === "refused")));

  const put = (next: string) => {
    setText(next);
    writeDraft(conversation.id, mode, next);
  };

  const switchTo = (next: Mode) => {
    if (next === mode) return;
    setMode(next);
    setText(readDraft(conversation.id, next));
    typing.stopped();
    setTimeout(() => input.current?.focus(), 0);
  };

  const write = (next: Mode) => {
    switchTo(next);
    input.current?.focus();
  };

  useImperativeHandle(ref, () => ({
    insert: (added) => {
      setMode("reply");
      setText((before) => {
        const next = before.trim() ? `${before}\n${added}` : added;
        writeDraft(conversation.id, "reply", next);
        return next;
      });
      setTimeout(() => input.current?.focus(), 0);
    },
    focus: () => input.current?.focus(),
  }));

  useEffect(() => {
    if (replyTo) input.current?.focus();
  }, [replyTo]);

  useKeys({
    r: () => write("reply"),
    n: () => write("note"),
  });

  // Grows with its text; browsers that cannot do it by style get a hand.
  useEffect(() => {
    const element = input.current;
    if (!element || CSS.supports("field-sizing", "content")) return;
    element.style.height = "auto";
    element.style.height = `${text ? element.scrollHeight : 0}px`;
  }, [text]);

  const keep = useMutation({
    mutationFn: (words: string) => api.post("Activity", `/conversations/${conversation.id}/notes`, { text: words }),
    onSuccess: (activity) => putActivity(client, activity),
    onError: (error, words) => {
      notifications.show({ color: "red", title: problem(error).title, message: problem(error).fix });
      writeDraft(conversation.id, "note", words);
      setText((before) => (mode === "note" && before === "" ? words : before));
    },
  });

  const press = () => {
    if (!canPress) return;
    const words = text.trim();
    if (note) {
      keep.mutate(words);
    } else {
      // One wire message each, as Meta takes no caption; each has its own bubble and its own outcome.
      let answered = replyTo;
      for (const { verdict } of ready) {
        if (!verdict) continue;
        send({ file: verdict, replyTo: answered });
        answered = null;
      }
      if (words) send({ text: words, replyTo: answered });
      clear();
      onReplyDone();
      typing.stopped();
    }
    put("");
    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") {
      if (replyTo) onReplyDone();
      else input.current?.blur();
      return;
    }
    // While an input method composes, Enter chooses a character.
    if (event.key !== "Enter" || event.nativeEvent.isComposing || event.shiftKey || event.altKey) return;
    const withCommand = event.ctrlKey || event.metaKey;
    if (withCommand || sendKey === "enter") {
      event.preventDefault();
      press();
    }
  };

  const take = (files: Iterable<File>) => {
    if (!off && !note) add(files);
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length > 0 && !off && !note) {
      event.preventDefault();
      take(event.clipboardData.files);
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDragging(false);
    take(event.dataTransfer.files);
  };

  return (
    <section
      className={classes.composer}
      data-mode={mode}
      data-testid="composer"
      aria-label={t("label")}
      onDragOver={(event) => {
        if (off || note || !event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setDragging(false)}
      onDrop={onDrop}
    >
      <StatusLine conversation={conversation} channel={channel} status={status} />
      <div className={classes.box} data-off={(off && !note) || undefined} data-dragging={dragging || undefined}>
        {replyTo && !note ? (
          <div className={classes.answering}>
            <span>
              {t("answering")} <q>{summary(replyTo)}</q>
            </span>
            <CloseButton size="xs" aria-label={t("answeringStop")} onClick={onReplyDone} />
          </div>
        ) : null}
        {!note && !off ? <UploadChips uploads={uploads} onRemove={remove} onRetry={retry} /> : null}
        {off && !note ? (
          <Off status={status} writable={writable} hasDraft={text.trim() !== ""} onHold={() => setHolding(true)} />
        ) : null}
        <textarea
          ref={input}
          className={classes.input}
          rows={2}
          value={text}
          disabled={off && !(note && writable)}
          hidden={off && !note && text.trim() === ""}
          data-quiet-focus
          aria-label={note ? t("placeholder.note") : t("placeholder.reply", { name: conversation.contact.name })}
          placeholder={
            note
              ? t("placeholder.note")
              : status.canHold
                ? t("placeholder.hold")
                : t("placeholder.reply", { name: conversation.contact.name })
          }
          onChange={(event) => {
            put(event.currentTarget.value);
            if (!note && status.canSend) {
              if (event.currentTarget.value.trim()) typing.writing();
              else typing.stopped();
            }
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={typing.stopped}
          maxLength={note ? 5_000 : undefined}
          aria-invalid={tooLong || undefined}
          data-testid="composer-input"
        />
        <div className={classes.bar}>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            tabIndex={-1}
            onChange={(event) => {
              take([...(event.currentTarget.files ?? [])]);
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
          <button
            type="button"
            className={classes.noteToggle}
            aria-pressed={note}
            disabled={!writable}
            onClick={() => switchTo(note ? "reply" : "note")}
            data-testid="note-toggle"
          >
            <IconNote size={16} stroke={1.7} aria-hidden /> {t("note")}
          </button>
          <span className={classes.space} />
          {!off && !note && measure && text ? (
            <span
              className={classes.counter}
              data-over={tooLong || undefined}
              data-testid="composer-counter"
              role={tooLong ? "alert" : undefined}
            >
              {t(`counter.${measure.unit}`, { length: measure.length, limit: measure.limit })}
            </span>
          ) : null}
          <div className={classes.sendGroup}>
            <Button
              className={classes.send}
              color={note ? "yellow" : undefined}
              disabled={!canPress}
              onClick={press}
              rightSection={note ? null : <IconSend2 size={16} stroke={1.8} />}
              data-testid="composer-send"
            >
              {note ? t("saveNote") : off || !status.canHold ? t("send") : t("queue")}
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
                  <MenuChoice key={choice} chosen={sendKey === choice} onChoose={() => setSendKey(choice)}>
                    {t(`sendKey.${choice}`)}
                  </MenuChoice>
                ))}
              </Menu.Dropdown>
            </Menu>
          </div>
        </div>
      </div>
    </section>
  );
}

/** In place of the text field: why nothing can be sent, and what to do. The draft stays. */
function Off(props: { status: ReturnType<typeof statusAt>; writable: boolean; hasDraft: boolean; onHold: () => void }) {
  const { t } = useTranslation("composer");
  const words = useFaultWords();
  const { status, writable } = props;
  const code = status.reasons[0]?.code ?? "window_closed";
  const reason = words(code, status.reasons[0]);
  return (
    <div className={classes.off} data-testid="composer-off" data-code={writable ? code : "not_allowed"}>
      <IconLock size={18} stroke={1.6} aria-hidden />
      <div>
        {/* The line above already says the title of a block. */}
        {writable && status.kind !== "blocked" ? <b>{reason.title}</b> : null}
        {writable ? null : <b>{t("readOnly")}</b>}
        {writable && status.kind === "blocked" ? <p>{reason.explain}</p> : null}
        {writable ? <p>{reason.fix}</p> : null}
        {props.hasDraft ? <p className={classes.draftKept}>{t("draftKept")}</p> : null}
      </div>
      {writable && status.canHold ? (
        <Button size="xs" variant="default" onClick={props.onHold} data-testid="write-held">
          {t("writeHeld")}
        </Button>
      ) : null}
    </div>
  );
}
