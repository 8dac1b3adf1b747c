import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { messagesOf } from "../../lib/cache/messages.ts";
import { threadItems } from "./items.ts";
import { activityQuery, messagesQuery } from "./queries.ts";

/** Everything shown in one thread, and the way to its older part. */
export function useThread(conversationId: string) {
  const messages = useInfiniteQuery(messagesQuery(conversationId));
  const activity = useInfiniteQuery(activityQuery(conversationId));
  const all = useMemo(() => messagesOf(messages.data), [messages.data]);
  const lines = useMemo(() => activity.data?.pages.flatMap((page) => page.data) ?? [], [activity.data]);
  const oldest = messages.hasNextPage ? all[0]?.sentAt : undefined;

  // Activities reach at least as far back as the messages on the screen.
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = activity;
  const oldestLine = lines.at(-1)?.at;
  useEffect(() => {
    const behind = oldestLine !== undefined && (oldest === undefined || oldestLine > oldest);
    if (behind && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [oldest, oldestLine, hasNextPage, isFetchingNextPage, isError, fetchNextPage]);

  const items = useMemo(
    () => threadItems(all, oldest === undefined ? lines : lines.filter((line) => line.at >= oldest)),
    [all, lines, oldest],
  );
  return { messages, all, items };
}
