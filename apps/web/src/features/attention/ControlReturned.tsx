import type { Activity, Conversation } from "@firstline/contracts";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { findConversation } from "../../lib/cache/conversations.ts";
import { now } from "../../lib/clock.ts";
import { type Holder, takenHere } from "../../lib/control.ts";
import { conversationQuery } from "../../lib/conversations.ts";
import { onActivity } from "../../lib/live.ts";
import { useMe } from "../../lib/session.ts";
import { useHolderName } from "../../ui/holderName.ts";
import { tell } from "./tell.tsx";

/** A line about something longer ago tells of the past: it was found, replayed or read anew. */
const FRESH = 10 * 60_000;

/**
 * Announces that a conversation came back from another app: read out, and shown in a corner where it is not the one on the
 * screen. Only for conversations of this person or of nobody, and never for what was done at this screen.
 */
export function ControlReturned() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { memberId } = useMe();
  const holderName = useHolderName();
  const [said, setSaid] = useState("");

  const announce = (conversation: Conversation, activity: Activity) => {
    if (conversation.assigneeId !== null && conversation.assigneeId !== memberId) return;
    const { holder, appId, appName } = activity.data;
    const from = holderName({
      kind: (holder ?? "unknown") as Holder["kind"],
      appId: typeof appId === "string" ? appId : null,
      name: typeof appName === "string" ? appName : null,
    });
    const title = t("returned.title", { name: conversation.contact.name });
    const message = t("returned.text", { holder: from });
    const open = () => void navigate({ to: "/inbox/$conversationId", params: { conversationId: conversation.id } });
    setSaid(`${title}. ${message}`);
    tell({ id: `returned-${conversation.id}`, conversationId: conversation.id, title, message, open }, t);
  };
  const latest = useRef(announce);
  latest.current = announce;

  useEffect(
    () =>
      onActivity((activity) => {
        if (activity.kind !== "control_returned") return;
        const { conversationId: id } = activity;
        if (now() - Date.parse(activity.at) > FRESH || takenHere(client, id)) return;
        const known = findConversation(client, id);
        if (known) latest.current(known, activity);
        else
          void client.fetchQuery(conversationQuery(id)).then(
            (found) => latest.current(found, activity),
            () => {},
          );
      }),
    [client],
  );
  return (
    <span className="sr-only" role="status" data-testid="control-returned">
      {said}
    </span>
  );
}
