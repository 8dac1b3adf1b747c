import { useEffect, useRef } from "react";
import type { ControlAction } from "./control.ts";

/** What can be done with the conversation on the screen; the command palette runs it without knowing the screen. */
export interface ConversationCommands {
  assignMe: () => void;
  finish: () => void;
  markUnread: () => void;
  contact: () => void;
  /** What may be tried about who holds it, the likeliest to help first. */
  controls: () => ControlAction[];
  control: (action: ControlAction) => void;
}

let current: ConversationCommands | null = null;

export const conversationCommands = (): ConversationCommands | null => current;

/** Registers the commands of a component's conversation for as long as it is shown. */
export function useConversationCommands(commands: ConversationCommands): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const own: ConversationCommands = {
      assignMe: () => latest.current.assignMe(),
      finish: () => latest.current.finish(),
      markUnread: () => latest.current.markUnread(),
      contact: () => latest.current.contact(),
      controls: () => latest.current.controls(),
      control: (action) => latest.current.control(action),
    };
    current = own;
    return () => {
      if (current === own) current = null;
    };
  }, []);
}

let templates: (() => void) | null = null;

/** Opens the choice of templates for the conversation on the screen. Without one that may have a template, nothing happens. */
export const openTemplates = (): void => templates?.();
export const templatesOffered = (): boolean => templates !== null;

/** Says how the choice of templates is opened while a conversation is shown; null: this one can have none. */
export function useTemplatesCommand(open: (() => void) | null): void {
  useEffect(() => {
    templates = open;
    return () => {
      if (templates === open) templates = null;
    };
  }, [open]);
}
