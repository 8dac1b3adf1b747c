import type { Conversation } from "@firstline/contracts";
import { Loader } from "@mantine/core";
import { IconArrowDown, IconMessageCircle } from "@tabler/icons-react";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAppNames } from "../../lib/appNames.ts";
import { useConversationActions } from "../../lib/conversations.ts";
import { useLater } from "../../lib/later.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { type ThreadActions, ThreadContext } from "./context.ts";
import type { ThreadItem } from "./items.ts";
import { MessageGroup } from "./MessageGroup.tsx";
import { ActivityLine, DayLine, NoticeLine, RecoveredLine } from "./SystemLines.tsx";
import { ThreadSkeleton } from "./ThreadSkeleton.tsx";
import classes from "./thread.module.css";
import { useThread } from "./useThread.ts";

const loadViewer = () => import("./Viewer.tsx");

/** This close to the newest message counts as being there. */
const NEAR = 80;

interface Props extends Pick<ThreadActions, "onReply" | "onEditAgain" | "onAttach"> {
  conversation: Conversation;
}

/**
 * The messages of one conversation, newest at the bottom. The box scrolls from its bottom edge (`column-reverse`), so that
 * older messages loaded above never move what is on the screen.
 */
export function ThreadPane({ conversation, onReply, onEditAgain, onAttach }: Props) {
  const { t } = useTranslation("thread");
  const { messages, all, items } = useThread(conversation.id);
  const box = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const [missed, setMissed] = useState(0);
  const [viewing, setViewing] = useState<string | null>(null);
  const viewer = useLater(loadViewer, viewing !== null);
  const newest = all.at(-1);
  const newestOut = all.findLast((message) => message.direction === "outbound")?.id ?? null;

  const toNewest = useCallback((smooth: boolean) => {
    box.current?.scrollTo({ top: 0, behavior: smooth ? "smooth" : "instant" });
    setMissed(0);
  }, []);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    const fromBottom = -element.scrollTop;
    setAway(fromBottom > NEAR);
    if (fromBottom <= NEAR) setMissed(0);
    const fromTop = element.scrollHeight - element.clientHeight - fromBottom;
    if (fromTop < 600 && messages.hasNextPage && !messages.isFetchingNextPage && !messages.isFetchNextPageError)
      void messages.fetchNextPage();
  };

  // What arrives while somebody reads further up is counted on the pill; what they send themselves shows at once.
  const seen = useRef<{ id: string | undefined; height: number }>({ id: undefined, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    const before = seen.current;
    const height = element?.scrollHeight ?? 0;
    seen.current = { id: newest?.id, height };
    if (!element || before.id === undefined || before.id === newest?.id || !newest) return;
    if (newest.direction === "outbound" && newest.clientId === newest.id) toNewest(false);
    else if (-element.scrollTop > NEAR) setMissed((count) => count + 1);
  }, [newest, toNewest]);

  useMarkRead(conversation, away, messages.isSuccess);
  useAppNames(conversation, all);

  const actions = useMemo(
    () => ({ conversation, onReply, onEditAgain, onAttach, onView: setViewing, newestOut }),
    [conversation, onReply, onEditAgain, onAttach, newestOut],
  );
  if (messages.isPending) return <ThreadSkeleton />;
  if (messages.isError && all.length === 0) {
    return (
      <div className={classes.fill}>
        <ErrorState error={messages.error} onRetry={() => void messages.refetch()} />
      </div>
    );
  }
  return (
    <ThreadContext value={actions}>
      <div className={classes.threadBox} data-testid="thread" data-conversation-id={conversation.id}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <section ref={box} className={classes.scroll} onScroll={onScroll} tabIndex={0} aria-label={t("messages")}>
          <div className={classes.column} role="log" aria-live="polite" aria-relevant="additions">
            {messages.isFetchingNextPage ? (
              <div className={classes.older}>
                <Loader size="xs" type="dots" />
              </div>
            ) : null}
            {messages.isFetchNextPageError ? (
              <button type="button" className={classes.olderFailed} onClick={() => void messages.fetchNextPage()}>
                {t("olderFailed")}
              </button>
            ) : null}
            {!messages.hasNextPage && all.length > 0 ? <p className={classes.begin}>{t("begin")}</p> : null}
            {items.length === 0 ? (
              <EmptyState
                icon={<IconMessageCircle size={26} stroke={1.5} />}
                title={t("empty.title")}
                text={t("empty.text")}
              />
            ) : null}
            {items.map((item) => (
              <Item key={item.key} item={item} />
            ))}
          </div>
        </section>
        {away ? (
          <button
            type="button"
            className={classes.pill}
            data-new={missed > 0 || undefined}
            onClick={() => toNewest(true)}
            data-testid="to-newest"
          >
            <IconArrowDown size={16} stroke={2} />
            {missed > 0 ? t("newMessages", { count: missed }) : t("toNewest")}
          </button>
        ) : null}
      </div>
      {viewing && viewer ? <viewer.Viewer messages={all} attachmentId={viewing} onChange={setViewing} /> : null}
    </ThreadContext>
  );
}

function Item({ item }: { item: ThreadItem }) {
  switch (item.type) {
    case "day":
      return <DayLine at={item.at} />;
    case "recovered":
      return <RecoveredLine count={item.count} from={item.from} found={item.found} />;
    case "notice":
      return <NoticeLine message={item.message} />;
    case "activity":
      return <ActivityLine activity={item.activity} />;
    case "group":
      return <MessageGroup messages={item.messages} />;
  }
}

/** Marks a conversation read while a person can really see its newest message. */
function useMarkRead(conversation: Conversation, away: boolean, loaded: boolean): void {
  const { seen } = useConversationActions(conversation.id);
  const { mutate } = seen;
  const unread = conversation.unreadCount > 0;
  useEffect(() => {
    if (!unread || away || !loaded) return;
    const mark = () => {
      if (document.visibilityState === "visible" && document.hasFocus()) mutate();
    };
    mark();
    window.addEventListener("focus", mark);
    document.addEventListener("visibilitychange", mark);
    return () => {
      window.removeEventListener("focus", mark);
      document.removeEventListener("visibilitychange", mark);
    };
  }, [unread, away, loaded, mutate]);
}
