import type { Conversation, Message } from "@firstline/contracts";
import { groupFiles } from "@firstline/core/attachments";
import { measureText } from "@firstline/core/text";
import { CloseButton } from "@mantine/core";
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
import { useNow } from "../../lib/clock.ts";
import { openTemplates } from "../../lib/commands.ts";
import { useKeys } from "../../lib/keyboard.ts";
import { useLater } from "../../lib/later.ts";
import { useSend } from "../../lib/outbox.ts";
import { useChannels, useMe } from "../../lib/session.ts";
import { useStored } from "../../lib/storage.ts";
import { useMessageSummary } from "../../ui/messageSummary.ts";
import { COUNTER_ID, ComposerBar } from "./ComposerBar.tsx";
import { ControlNotice } from "./ControlNotice.tsx";
import classes from "./composer.module.css";
import { counterOf } from "./counter.ts";
import type { Mode } from "./drafts.ts";
import { EmojiButton } from "./EmojiButton.tsx";
import { isEmojiKey } from "./emojiKey.ts";
import { ManyPictures } from "./ManyPictures.tsx";
import { Off } from "./Off.tsx";
import { StatusLine } from "./StatusLine.tsx";
import { statusAt } from "./status.ts";
import { useUploads } from "./uploads.ts";
import { useNote } from "./useNote.ts";
import { useTextField } from "./useTextField.ts";
import { useTyping } from "./useTyping.ts";

const RECONNECT = "channel_needs_reauthorization";
const loadHeld = () => import("./HeldOff.tsx");
const loadChips = () => import("./UploadChips.tsx");
const loadSplit = () => import("./SplitOffer.tsx");

export interface ComposerHandle {
  /** Takes a text over into the reply, behind what is written already. */
  insert: (text: string) => void;
  focus: () => void;
  /** Asks for files. */
  attach: () => void;
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
  const input = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const field = useTextField(conversation.id, input);
  const { mode, text, put } = field;
  const [holding, setHolding] = useState(false);
  const [dragging, setDragging] = useState(false);
  const [emoji, setEmoji] = useState(false);
  const [sendKey, setSendKey] = useStored("sendKey", "enter");
  const { uploads, add, replace, remove, retry, clear } = useUploads(conversation.id);
  const typing = useTyping(conversation.id);
  const { send } = useSend(conversation.id);
  const keepNote = useNote(conversation.id, (words) => field.giveBack(words, "note"));
  const summary = useMessageSummary();

  const note = mode === "note";
  const held = useLater(loadHeld, status.kind === "held");
  const writable = may("conversations:write");
  const off = !writable || (!note && !status.canSend && !(status.canHold && holding));
  const measure = channel ? measureText(channel.platform, text) : null;
  const counter = measure && !note ? counterOf(measure) : null;
  const tooLong = counter?.tooLong ?? false;
  const chips = useLater(loadChips, uploads.length > 0);
  const split = useLater(loadSplit, tooLong);
  const busy = uploads.some((upload) => upload.state === "sending" || upload.state === "checking");
  const ready = uploads.filter((upload) => upload.verdict !== null);
  const files = ready.flatMap(({ verdict }) => verdict ?? []);
  const groups = channel ? groupFiles(channel.platform, files) : files.map((file) => [file]);
  const something = text.trim() !== "" || (!note && ready.length > 0);
  const fit = !off && something && (note || (!busy && !uploads.some((upload) => upload.state === "refused")));
  const canPress = fit && !tooLong;

  const switchTo = (next: Mode) => {
    if (field.switchTo(next)) typing.stopped();
  };

  const write = (next: Mode) => {
    switchTo(next);
    input.current?.focus();
  };

  useImperativeHandle(ref, () => ({
    insert: field.takeOver,
    focus: field.focus,
    attach: () => {
      switchTo("reply");
      picker.current?.click();
    },
  }));

  useEffect(() => {
    if (replyTo) input.current?.focus();
  }, [replyTo]);

  useKeys({
    r: () => write("reply"),
    n: () => write("note"),
  });

  const press = () => {
    if (!canPress) return;
    const words = text.trim();
    if (note) {
      keepNote(words);
      put("");
      field.focus();
    } else {
      sendAll(words ? [words] : []);
    }
  };

  const sendAll = (texts: string[]) => {
    // One wire message each, as Meta takes no caption; each has its own bubble and its own outcome.
    let answered = replyTo;
    const next = () => {
      const first = answered;
      answered = null;
      return first;
    };
    for (const files of groups) send({ files, replyTo: next() });
    for (const words of texts) send({ text: words, replyTo: next() });
    clear();
    onReplyDone();
    typing.stopped();
    put("");
    field.focus();
  };

  /** At once, beside whatever is being written. */
  const sendHeart = () => {
    send({ sticker: "like_heart" });
    field.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") {
      if (replyTo) onReplyDone();
      else input.current?.blur();
      return;
    }
    if (isEmojiKey(event)) {
      event.preventDefault();
      setEmoji(true);
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
        {!note && !off ? (
          <>
            {chips ? (
              <chips.UploadChips uploads={uploads} onRemove={remove} onRetry={retry} onReplace={replace} />
            ) : null}
            {channel ? <ManyPictures platform={channel.platform} groups={groups} /> : null}
          </>
        ) : null}
        {note ? null : <ControlNotice conversation={conversation} />}
        {off && !note && writable && status.kind === "held" && status.heldBy && held ? (
          <held.HeldOff
            conversation={conversation}
            held={status.heldBy}
            reasons={status.reasons}
            hasDraft={text.trim() !== ""}
          />
        ) : off && !note ? (
          <Off
            status={status}
            writable={writable}
            hasDraft={text.trim() !== ""}
            onHold={() => setHolding(true)}
            reconnect={status.reasons[0]?.code === RECONNECT && may("channels:write") ? conversation.channelId : null}
            onTemplates={conversation.reply.template.allowed ? openTemplates : null}
          />
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
          aria-describedby={counter && !off ? COUNTER_ID : undefined}
          data-testid="composer-input"
        />
        {tooLong && !off && measure && channel && split ? (
          <split.SplitOffer platform={channel.platform} text={text} canSend={fit} onSend={sendAll} />
        ) : null}
        <ComposerBar
          picker={picker}
          note={note}
          writable={writable}
          off={off}
          counter={off ? null : counter}
          emoji={
            <EmojiButton
              opened={emoji}
              disabled={off && !(note && writable)}
              onOpened={setEmoji}
              onPick={(picked) => {
                setEmoji(false);
                field.type(picked);
              }}
            />
          }
          label={note ? t("saveNote") : off || !status.canHold ? t("send") : t("queue")}
          canPress={canPress}
          onPress={press}
          onFiles={take}
          onHeart={channel?.platform === "instagram" ? sendHeart : null}
          onTemplates={writable && channel?.platform === "messenger" ? openTemplates : null}
          onNote={() => switchTo(note ? "reply" : "note")}
          sendKey={sendKey}
          onSendKey={setSendKey}
        />
      </div>
    </section>
  );
}
