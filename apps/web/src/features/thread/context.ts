import type { Conversation, Message } from "@firstline/contracts";
import { createContext, useContext } from "react";

export interface ThreadActions {
  conversation: Conversation;
  /** Answers one message; null where the composer cannot be used. */
  onReply: ((message: Message) => void) | null;
  /** Puts the text of a message that was not sent back into the composer. */
  onEditAgain: (message: Message) => void;
  /** Lets the agent choose a file for the reply being written. */
  onAttach: () => void;
  onView: (attachmentId: string) => void;
  /** The latest message of ours: the one whose mark is written out. */
  newestOut: string | null;
}

export const ThreadContext = createContext<ThreadActions | null>(null);

export function useThreadActions(): ThreadActions {
  const actions = useContext(ThreadContext);
  if (!actions) throw new Error("useThreadActions outside a thread");
  return actions;
}
