import type { Conversation } from "@firstline/contracts";
import { WAYS } from "@firstline/core/ways";
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { now } from "../clock.ts";
import type { Body } from "../contracts.ts";
import { keys, type ListFilters } from "../queryKeys.ts";
import { ENDING_SOON } from "../replyNow.ts";

export type ConversationPages = InfiniteData<Body<"ConversationList">>;

/**
 * Whether a conversation belongs into a list. `null`: only the server can tell, as with a search for words that stand neither in
 * the name nor in the newest message (`said`: that message in full), but may in an older one.
 */
export function belongs(
  conversation: Conversation,
  filters: ListFilters,
  memberId: string | null,
  at: number,
  said: string | null = null,
): boolean | null {
  if (filters.channelId && conversation.channelId !== filters.channelId) return false;
  if (filters.status && conversation.status !== filters.status) return false;
  if (filters.assignee === "me" && conversation.assigneeId !== memberId) return false;
  if (filters.assignee === "none" && conversation.assigneeId !== null) return false;
  if (filters.needsLook && !conversation.needsLook) return false;
  if (filters.endingSoon) {
    const end = windowEnd(conversation);
    // A blocked thread shows no ways, so its window is not known here.
    if (end === null) return conversation.reply.state === "blocked" ? null : false;
    const left = end - at;
    if (left <= 0 || left > ENDING_SOON) return false;
  }
  return !filters.q || holds(conversation, filters.q, said) || null;
}

/** Whether a search finds a conversation by what is known here; the server looks for the words as written, in either case, too. */
function holds({ contact, lastMessage }: Conversation, words: string, said: string | null): boolean {
  if (contact.externalId === words) return true;
  const wanted = words.toLowerCase();
  return [contact.name, said ?? lastMessage?.text].some((text) => text?.toLowerCase().includes(wanted));
}

/** When the reply window ends or ended, as far as the ways tell: 24 hours, or 7 days of an ad where those count. */
function windowEnd({ reply }: Conversation): number | null {
  const way = reply.ways.find((each) => each.way === "reply");
  if (way) return Date.parse(way.until);
  const human = reply.ways.find((each) => each.way === "human_agent");
  return human ? Date.parse(human.until) - WAYS.human_agent.lastsMs + WAYS.reply.lastsMs : null;
}

/** The order of the server's list. */
const order = (sort: ListFilters["sort"]) => (a: Conversation, b: Conversation) => {
  if (sort === "window") {
    const difference = (windowEnd(a) ?? Number.POSITIVE_INFINITY) - (windowEnd(b) ?? Number.POSITIVE_INFINITY);
    if (difference < 0 || difference > 0) return difference;
    return a.id < b.id ? -1 : 1;
  }
  if (a.lastActivityAt !== b.lastActivityAt) return a.lastActivityAt > b.lastActivityAt ? -1 : 1;
  return a.id > b.id ? -1 : 1;
};

/** The pages of one list after a conversation changed: replaced, moved, added or taken out. Same object if nothing changes. */
export function placed(
  pages: ConversationPages,
  conversation: Conversation,
  filters: ListFilters,
  memberId: string | null,
  at: number,
  said: string | null = null,
): ConversationPages {
  const known = pages.pages.some((page) => page.data.some((each) => each.id === conversation.id));
  const belongsHere = belongs(conversation, filters, memberId, at, said);
  if (belongsHere === null) {
    if (!known) return pages;
    return {
      ...pages,
      pages: pages.pages.map((page) => ({
        ...page,
        data: page.data.map((each) => (each.id === conversation.id ? conversation : each)),
      })),
    };
  }
  if (!known && !belongsHere) return pages;
  const sizes = pages.pages.map((page) => page.data.length);
  const rest = pages.pages.flatMap((page) => page.data).filter((each) => each.id !== conversation.id);
  if (belongsHere) {
    const compare = order(filters.sort);
    const found = rest.findIndex((each) => compare(conversation, each) < 0);
    const atEnd = found === -1;
    // Beyond the last row that is loaded it comes with its page.
    if (!(atEnd && pages.pages.at(-1)?.nextCursor)) rest.splice(atEnd ? rest.length : found, 0, conversation);
  }
  let from = 0;
  const cut = pages.pages.map((page, index) => {
    const to = index === pages.pages.length - 1 ? rest.length : Math.min(rest.length, from + (sizes[index] ?? 0));
    const data = rest.slice(from, to);
    from = to;
    return { ...page, data };
  });
  return { ...pages, pages: cut };
}

let countsTimer: ReturnType<typeof setTimeout> | null = null;

/** Counts are asked again at most once a second, however many events come. */
export function countsChanged(client: QueryClient): void {
  if (countsTimer) return;
  countsTimer = setTimeout(() => {
    countsTimer = null;
    void client.invalidateQueries({ queryKey: keys.allCounts });
  }, 1_000);
}

/** Writes a conversation into every cached list and its own entry. `said`: the text of the message that changed it, in full. */
export function putConversation(client: QueryClient, conversation: Conversation, said: string | null = null): void {
  const memberId = client.getQueryData<Body<"Me">>(keys.me)?.member?.id ?? null;
  client.setQueryData(keys.conversation(conversation.id), conversation);
  for (const [key, pages] of client.getQueriesData<ConversationPages>({ queryKey: keys.lists })) {
    if (!pages) continue;
    const next = placed(pages, conversation, key[2] as ListFilters, memberId, now(), said);
    if (next !== pages) client.setQueryData(key, next);
  }
  countsChanged(client);
}

/** Forgets a conversation that was deleted with its contact: its row, its thread, its lines, the person. */
export function dropConversation(client: QueryClient, id: string): void {
  const contactId = findConversation(client, id)?.contact.id;
  for (const [key, pages] of client.getQueriesData<ConversationPages>({ queryKey: keys.lists })) {
    if (!pages?.pages.some((page) => page.data.some((each) => each.id === id))) continue;
    client.setQueryData<ConversationPages>(key, {
      ...pages,
      pages: pages.pages.map((page) => ({ ...page, data: page.data.filter((each) => each.id !== id) })),
    });
  }
  // An open thread asks again, and hears that there is none.
  for (const key of [keys.conversation(id), keys.messages(id), keys.activity(id)])
    void client.resetQueries({ queryKey: key });
  if (contactId) client.removeQueries({ queryKey: keys.contact(contactId) });
  void client.invalidateQueries({ queryKey: keys.comments });
  countsChanged(client);
}

/** The conversation as it is known here: its own entry, else the row of any list. */
export function findConversation(client: QueryClient, id: string): Conversation | undefined {
  const own = client.getQueryData<Conversation>(keys.conversation(id));
  if (own) return own;
  for (const [, pages] of client.getQueriesData<ConversationPages>({ queryKey: keys.lists })) {
    for (const page of pages?.pages ?? []) {
      const found = page.data.find((each) => each.id === id);
      if (found) return found;
    }
  }
  return undefined;
}
