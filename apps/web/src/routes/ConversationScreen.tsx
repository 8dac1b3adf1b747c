import type { Message } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconMessageOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Composer, type ComposerHandle } from "../features/composer/Composer.tsx";
import { ContactPane } from "../features/contact/ContactPane.tsx";
import { ThreadHeader } from "../features/thread/ThreadHeader.tsx";
import { ThreadPane } from "../features/thread/ThreadPane.tsx";
import { ThreadSkeleton } from "../features/thread/ThreadSkeleton.tsx";
import { ApiProblem } from "../lib/api.ts";
import { conversationQuery } from "../lib/conversations.ts";
import { useMe } from "../lib/session.ts";
import { useStored } from "../lib/storage.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorState } from "../ui/ErrorState.tsx";
import classes from "./screens.module.css";
import { Templates } from "./Templates.tsx";

export function ConversationScreen() {
  const { conversationId } = useParams({ from: "/app/inbox/$conversationId" });
  return <ConversationView key={conversationId} id={conversationId} />;
}

/** Thread, composer and contact of one conversation. Where there is room the contact stands beside it, else in front. */
function ConversationView({ id }: { id: string }) {
  const { t } = useTranslation("thread");
  const query = useQuery(conversationQuery(id));
  const { may } = useMe();
  const { pane } = useSearch({ from: "/app/inbox" });
  const navigate = useNavigate({ from: "/inbox/$conversationId" });
  const wide = useMediaQuery("(min-width: 1200px)", window.innerWidth >= 1200, { getInitialValueInEffect: false });
  const [docked, setDocked] = useStored("contact", "shown");
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const composer = useRef<ComposerHandle>(null);
  const onReply = useCallback((message: Message) => setReplyTo(message), []);
  const onEditAgain = useCallback((message: Message) => composer.current?.insert(message.text ?? ""), []);
  const onAttach = useCallback(() => composer.current?.attach(), []);
  const onReplyDone = useCallback(() => setReplyTo(null), []);

  const contactOpen = wide ? docked === "shown" : pane === "contact";
  const toggleContact = () => {
    if (wide) setDocked(docked === "shown" ? "hidden" : "shown");
    else
      void navigate({
        to: ".",
        search: (before) => ({ ...before, pane: before.pane ? undefined : ("contact" as const) }),
      });
  };

  const conversation = query.data;
  if (!conversation) {
    const missing = query.error instanceof ApiProblem && [400, 404, 422].includes(query.error.status);
    return (
      <div className={classes.conversation}>
        {query.isPending ? (
          <ThreadSkeleton />
        ) : missing ? (
          <EmptyState icon={<IconMessageOff size={26} stroke={1.5} />} title={t("gone.title")} text={t("gone.text")}>
            <Button component={Link} to="/inbox" variant="default">
              {t("backToList")}
            </Button>
          </EmptyState>
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
      </div>
    );
  }
  return (
    <>
      <div className={classes.conversation} data-behind={(contactOpen && !wide) || undefined}>
        <ThreadHeader conversation={conversation} contactOpen={contactOpen} onContact={toggleContact} />
        <ThreadPane
          conversation={conversation}
          onReply={may("conversations:write") ? onReply : null}
          onEditAgain={onEditAgain}
          onAttach={onAttach}
        />
        <Composer ref={composer} conversation={conversation} replyTo={replyTo} onReplyDone={onReplyDone} />
        <Templates conversation={conversation} />
      </div>
      {contactOpen ? (
        <div className={classes.contact}>
          <ContactPane conversation={conversation} onClose={toggleContact} />
        </div>
      ) : null}
    </>
  );
}
