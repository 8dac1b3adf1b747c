import type { Conversation } from "@firstline/contracts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useLayoutEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { listQuery } from "../../lib/conversations.ts";
import { filtersOf, type InboxSearch } from "../../lib/inboxSearch.ts";
import { useLater } from "../../lib/later.ts";
import { useChannels, useMembers } from "../../lib/session.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { RowSkeletons } from "../../ui/Skeletons.tsx";
import { ConversationRow } from "./ConversationRow.tsx";
import classes from "./inbox.module.css";

const loadEmpty = () => import("./ListEmpty.tsx");

export const ROW_HEIGHT = 68;

/** Where each list was left, so that coming back shows the same rows. */
const positions = new Map<string, number>();

export function useConversationRows(search: InboxSearch) {
  const query = useInfiniteQuery(listQuery(filtersOf(search)));
  const rows = useMemo(() => {
    const seen = new Set<string>();
    const all: Conversation[] = [];
    for (const page of query.data?.pages ?? [])
      for (const each of page.data)
        if (!seen.has(each.id)) {
          seen.add(each.id);
          all.push(each);
        }
    return all;
  }, [query.data]);
  return { query, rows };
}

export function ConversationList({ search }: { search: InboxSearch }) {
  const { t } = useTranslation("inbox");
  const { query, rows } = useConversationRows(search);
  const { channels, byId } = useChannels();
  const members = useMembers();
  const listKey = JSON.stringify(filtersOf(search));
  const handle = useRef<VirtualizerHandle>(null);
  const box = useRef<HTMLDivElement>(null);
  const anchor = useRef<{ id: string; index: number } | null>(null);

  useLayoutEffect(() => {
    handle.current?.scrollTo(positions.get(listKey) ?? 0);
    anchor.current = null;
  }, [listKey]);

  // A conversation that jumps to the top must not push away the rows somebody is reading further down.
  useLayoutEffect(() => {
    const kept = anchor.current;
    if (!kept || !handle.current || handle.current.scrollOffset < ROW_HEIGHT) return;
    const index = rows.findIndex((row) => row.id === kept.id);
    if (index >= 0 && index !== kept.index) handle.current.scrollBy((index - kept.index) * ROW_HEIGHT);
    anchor.current = index >= 0 ? { id: kept.id, index } : null;
  }, [rows]);

  const onScroll = (offset: number) => {
    positions.set(listKey, offset);
    const index = Math.ceil(offset / ROW_HEIGHT);
    const row = rows[index];
    anchor.current = row ? { id: row.id, index } : null;
    const end = handle.current ? handle.current.findItemIndex(offset + handle.current.viewportSize) : 0;
    if (end > rows.length - 15 && query.hasNextPage && !query.isFetchingNextPage && !query.isFetchNextPageError)
      void query.fetchNextPage();
  };

  const empty = useLater(loadEmpty, query.isSuccess && rows.length === 0);
  if (query.isPending) return <RowSkeletons count={9} />;
  if (query.isError && rows.length === 0)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return empty ? <empty.ListEmpty search={search} /> : null;
  return (
    <div
      ref={box}
      className={classes.scroll}
      data-testid="conversation-list"
      data-query={search.q}
      aria-busy={query.isFetchingNextPage || undefined}
    >
      <Virtualizer
        key={listKey}
        ref={handle}
        data={rows}
        as="ul"
        item="li"
        itemSize={ROW_HEIGHT}
        onScroll={onScroll}
        bufferSize={400}
      >
        {(row) => (
          <ConversationRow
            key={row.id}
            conversation={row}
            channel={byId(row.channelId)}
            assignee={members.byId(row.assigneeId)}
            showChannel={channels.length > 1 && !search.channel}
          />
        )}
      </Virtualizer>
      {query.isFetchingNextPage ? <RowSkeletons count={2} /> : null}
      {query.isFetchNextPageError ? (
        <button type="button" className={classes.more} onClick={() => void query.fetchNextPage()}>
          {t("moreFailed")}
        </button>
      ) : null}
      {!query.hasNextPage && rows.length > 20 ? <p className={classes.end}>{t("end")}</p> : null}
    </div>
  );
}
