import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { findConversation } from "../../lib/cache/conversations.ts";
import { countsQuery } from "../../lib/conversations.ts";
import { capped } from "../../lib/counts.ts";
import { onArrival } from "../../lib/live.ts";
import { notify } from "../../lib/notify.ts";
import { useMe } from "../../lib/session.ts";
import { useMessageSummary } from "../../ui/messageSummary.ts";
import { AlertTold } from "./AlertTold.tsx";
import { ControlReturned } from "./ControlReturned.tsx";
import { WindowEnding } from "./WindowEnding.tsx";

/** Calls the person back to the desk: unread in the title and the icon, a notification while the page is hidden. */
export function Attention() {
  const { data: counts } = useQuery(countsQuery());
  const unread = counts?.unread ?? 0;
  const client = useQueryClient();
  const navigate = useNavigate();
  const { memberId } = useMe();
  const { t } = useTranslation();
  const summary = useMessageSummary();

  useEffect(() => {
    document.title = unread > 0 ? `(${unread > 99 ? "99+" : unread}) Firstline` : "Firstline";
    const link = document.getElementById("favicon");
    link?.setAttribute("href", unread > 0 ? "/favicon-unread.svg" : "/favicon.svg");
  }, [unread]);

  useEffect(
    () =>
      onArrival((message) => {
        // What was found at Meta later was written long ago: it shows in the list, and calls nobody.
        if (message.direction !== "inbound" || message.recovered) return;
        if (document.visibilityState === "visible") return;
        const conversation = findConversation(client, message.conversationId);
        if (!conversation || (conversation.assigneeId !== null && conversation.assigneeId !== memberId)) return;
        notify({
          tag: conversation.id,
          title: conversation.contact.name,
          body: summary(message),
          icon: conversation.contact.pictureUrl ?? undefined,
          onClick: () => void navigate({ to: "/inbox/$conversationId", params: { conversationId: conversation.id } }),
        });
      }),
    [client, memberId, navigate, summary],
  );
  return (
    <>
      <span className="sr-only">{unread > 0 ? t("unreadTotal", { count: unread, shown: capped(unread) }) : null}</span>
      <ControlReturned />
      <WindowEnding />
      <AlertTold />
    </>
  );
}
