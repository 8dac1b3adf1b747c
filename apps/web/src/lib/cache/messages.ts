import type { Message } from "@firstline/contracts";
import { mergeState } from "@firstline/core/delivery";
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Body } from "../contracts.ts";
import { keys } from "../queryKeys.ts";

export type MessagePages = InfiniteData<Body<"MessageList">>;

const same = (a: Message, b: Message): boolean => a.id === b.id || (a.clientId !== null && a.clientId === b.clientId);

/** A bubble that the server does not know yet carries its client id as id. */
export const isLocal = (message: Message): boolean => message.clientId !== null && message.id === message.clientId;

/**
 * Events come in the server's order and show the state of their moment, so they are taken as they are. An answer may be
 * older than an event that overtook it: then nothing of it is taken, for its failure and ids are as old as its state.
 */
export type Told = "event" | "answer";

function merged(before: Message, after: Message, told: Told): Message {
  if (told === "event" || isLocal(before) || isLocal(after) || before.direction === "inbound") return after;
  return mergeState(before.state, after.state) === after.state ? after : before;
}

/** The pages of a thread with a message put in or renewed. */
export function withMessage(pages: MessagePages, message: Message, told: Told = "answer"): MessagePages {
  let found = false;
  const next = pages.pages.map((page) => {
    if (!page.data.some((each) => same(each, message))) return page;
    const data = page.data.flatMap((each) => {
      if (!same(each, message)) return [each];
      // The local bubble and the server's row may both be there when the event overtook the answer.
      if (found) return [];
      found = true;
      return [merged(each, message, told)];
    });
    return { ...page, data };
  });
  if (found) return { ...pages, pages: next };
  const oldest = pages.pages.at(-1);
  const last = oldest?.data.at(-1);
  // Older than all that is loaded: it comes with its page.
  if (oldest?.nextCursor && last && message.sentAt < last.sentAt) return pages;
  const [first, ...others] = pages.pages;
  return first ? { ...pages, pages: [{ ...first, data: [message, ...first.data] }, ...others] } : pages;
}

export function putMessage(client: QueryClient, message: Message, told: Told = "answer"): void {
  client.setQueryData<MessagePages>(
    keys.messages(message.conversationId),
    (pages) => pages && withMessage(pages, message, told),
  );
}

export function dropMessage(client: QueryClient, conversationId: string, id: string): void {
  client.setQueryData<MessagePages>(
    keys.messages(conversationId),
    (pages) =>
      pages && {
        ...pages,
        pages: pages.pages.map((page) => ({ ...page, data: page.data.filter((each) => each.id !== id) })),
      },
  );
}

/** Every loaded message, oldest first, each once. */
export function messagesOf(pages: MessagePages | undefined): Message[] {
  const seen = new Map<string, Message>();
  for (const page of pages?.pages ?? [])
    for (const message of page.data) if (!seen.has(message.id)) seen.set(message.id, message);
  return [...seen.values()].reverse().sort((a, b) => (a.sentAt < b.sentAt ? -1 : a.sentAt > b.sentAt ? 1 : 0));
}
