import type { Conversation } from "@firstline/contracts";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { now } from "../../lib/clock.ts";
import { onEnding } from "../../lib/live.ts";
import { notifyState } from "../../lib/notify.ts";
import { replyAt } from "../../lib/replyNow.ts";
import { useMe } from "../../lib/session.ts";
import { timeLeft } from "../../lib/time.ts";
import { tell } from "./tell.tsx";

/**
 * Says that a customer waits whose reply window is about to end: to who is to answer. Of nobody's conversations only those are
 * told who want to be called to the desk.
 */
export function WindowEnding() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const { memberId } = useMe();
  const [said, setSaid] = useState("");

  const announce = (conversation: Conversation) => {
    const { id, assigneeId, contact, reply } = conversation;
    const mine = assigneeId === null ? notifyState() === "on" : assigneeId === memberId;
    if (!mine) return;
    const { left } = replyAt(reply, now());
    const title = t(left === null ? "ending.soon" : "ending.title", {
      name: contact.name,
      left: timeLeft(left ?? 0, i18n.language),
    });
    const message = t("ending.text");
    const open = () => void navigate({ to: "/inbox/$conversationId", params: { conversationId: id } });
    setSaid(`${title}. ${message}`);
    tell({ id: `ending-${id}`, conversationId: id, title, message, icon: contact.pictureUrl ?? undefined, open }, t);
  };
  const latest = useRef(announce);
  latest.current = announce;
  useEffect(() => onEnding((conversation) => latest.current(conversation)), []);
  return (
    <span className="sr-only" role="status" data-testid="window-ending">
      {said}
    </span>
  );
}
