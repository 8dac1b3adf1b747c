import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { insertAt, withText } from "./caret.ts";
import { type Mode, readDraft, writeDraft } from "./drafts.ts";

/** What is being written in one conversation, as a reply or as a note, each with its own draft. */
export function useTextField(conversationId: string, input: RefObject<HTMLTextAreaElement | null>) {
  const [mode, setMode] = useState<Mode>("reply");
  const [text, setText] = useState(() => readDraft(conversationId, "reply"));
  const caret = useRef<number | null>(null);

  const change = (to: Mode, next: string) => {
    setMode(to);
    setText(next);
    writeDraft(conversationId, to, next);
  };
  const focus = () => input.current?.focus();

  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    // Grows with its text; browsers that cannot do it by style get a hand.
    if (!CSS.supports("field-sizing", "content")) {
      element.style.height = "auto";
      element.style.height = `${text ? element.scrollHeight : 0}px`;
    }
    if (caret.current === null) return;
    element.focus();
    element.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [text, input]);

  return {
    mode,
    text,
    focus,
    put: (next: string) => change(mode, next),
    /** @returns whether it was another one. */
    switchTo: (next: Mode): boolean => {
      if (next === mode) return false;
      setMode(next);
      setText(readDraft(conversationId, next));
      setTimeout(focus, 0);
      return true;
    },
    /** Takes a text over into the reply, behind what is written there already. */
    takeOver: (added: string) => {
      change("reply", withText(mode === "reply" ? text : readDraft(conversationId, "reply"), added));
      setTimeout(focus, 0);
    },
    /** Writes a piece where the caret is, or was. */
    type: (piece: string) => {
      const element = input.current;
      const next = insertAt(text, element?.selectionStart ?? text.length, element?.selectionEnd ?? text.length, piece);
      caret.current = next.at;
      change(mode, next.text);
    },
    /** What could not be saved comes back, unless something else is written by now. */
    giveBack: (lost: string, to: Mode) => {
      if (readDraft(conversationId, to) !== "") return;
      writeDraft(conversationId, to, lost);
      if (mode === to) setText((now) => (now === "" ? lost : now));
    },
  };
}
