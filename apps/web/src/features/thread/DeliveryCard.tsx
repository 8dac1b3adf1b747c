import type { Message } from "@firstline/contracts";
import { Button, Collapse } from "@mantine/core";
import { IconAlertCircle, IconChevronDown, IconClockPause, IconHelpCircle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../lib/api.ts";
import { dropMessage, isLocal, messagesOf, putMessage } from "../../lib/cache/messages.ts";
import { useNow } from "../../lib/clock.ts";
import { forget, useSend } from "../../lib/outbox.ts";
import { keys } from "../../lib/queryKeys.ts";
import { replyAt } from "../../lib/replyNow.ts";
import { useFaultWords } from "../../ui/faultWords.ts";
import { useProblemText } from "../../ui/problemText.ts";
import { useThreadActions } from "./context.ts";
import classes from "./delivery.module.css";

const icons = { failed: IconAlertCircle, held: IconClockPause, uncertain: IconHelpCircle } as const;

/**
 * Under a reply that did not simply go out: what happened, in one line; opened, the reason in plain words, who can put it
 * right, the one thing to do, and the numbers for support.
 */
export function DeliveryCard({ message }: { message: Message }) {
  const { t } = useTranslation("thread");
  const id = useId();
  const words = useFaultWords();
  const problemText = useProblemText();
  const client = useQueryClient();
  // A way that has just opened is offered at once.
  const now = useNow(1_000);
  const { conversation, onEditAgain } = useThreadActions();
  const { again } = useSend(conversation.id);
  const [open, setOpen] = useState(false);
  const [details, setDetails] = useState(false);
  const path = `/conversations/${message.conversationId}/messages/${message.id}`;
  const resend = useMutation({
    mutationFn: () => api.post("Message", `${path}/resend`),
    onMutate: () => message.state,
    onSuccess: (next, _nothing, before) => replace(next, before),
  });
  const cancel = useMutation({
    mutationFn: () => api.post("Message", `${path}/cancel`),
    onMutate: () => message.state,
    onSuccess: (next, _nothing, before) => replace(next, before),
  });

  const replace = (next: Message, before: Message["state"]) => {
    // Sending may be over before this answer is here: what events have told since is newer.
    const shown = messagesOf(client.getQueryData(keys.messages(message.conversationId))).find((m) => m.id === next.id);
    if (shown && shown.state !== before) return;
    // A decision of ours, so the state may go back: the old row leaves before the new one enters.
    if (next.id === message.id) dropMessage(client, message.conversationId, message.id);
    putMessage(client, next);
  };

  const { failure } = message;
  const state = message.state as keyof typeof icons;
  const Icon = icons[state];
  const fault = failure ? words(failure.fault, failure) : null;
  const local = isLocal(message);
  const reply = replyAt(conversation.reply, now);
  const possible =
    reply.state === "open" ||
    reply.state === "human_agent" ||
    (reply.state === "blocked" && conversation.reply.ways.length > 0);
  const problem = resend.error ?? cancel.error;

  return (
    <div className={classes.card} data-state={state} data-testid="delivery-card">
      <button
        type="button"
        className={classes.cardHead}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        data-testid="failure-toggle"
      >
        <Icon size={15} stroke={1.9} aria-hidden />
        <span>{state === "failed" ? fault?.title || t("failed") : t(`trouble.${state}.title`)}</span>
        <IconChevronDown size={14} stroke={1.9} className={classes.chevron} aria-hidden />
      </button>
      <Collapse expanded={open} transitionDuration={140} id={id}>
        <div className={classes.cardBody}>
          {state !== "failed" ? <p>{t(`trouble.${state}.text`)}</p> : null}
          {fault ? (
            <>
              {state !== "failed" && fault.title ? <p className={classes.cardReason}>{fault.title}</p> : null}
              <p data-testid="failure-reason">{fault.explain}</p>
              <p>{fault.fix}</p>
            </>
          ) : null}
          {failure ? <p className={classes.owner}>{t(`common:owner.${failure.owner}`)}</p> : null}
          {problem ? <p className={classes.cardProblem}>{problemText(problem).title}</p> : null}
          <div className={classes.cardActions}>
            {state === "failed" && possible ? (
              <Button
                size="xs"
                loading={resend.isPending}
                onClick={() => {
                  if (!local || !message.clientId || !again(message.clientId)) resend.mutate();
                }}
                data-testid="resend"
              >
                {t("resend")}
              </Button>
            ) : null}
            {state === "failed" && message.text ? (
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  onEditAgain(message);
                  if (local && message.clientId) {
                    forget(message.clientId);
                    dropMessage(client, message.conversationId, message.id);
                  }
                }}
              >
                {t("editAgain")}
              </Button>
            ) : null}
            {state === "held" ? (
              <Button
                size="xs"
                variant="default"
                loading={cancel.isPending}
                onClick={() => cancel.mutate()}
                data-testid="cancel-send"
              >
                {t("cancelSend")}
              </Button>
            ) : null}
            {failure && (failure.code !== null || failure.traceId || failure.raw) ? (
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                aria-expanded={details}
                onClick={() => setDetails(!details)}
                data-testid="failure-details"
              >
                {t("common:details")}
              </Button>
            ) : null}
          </div>
          {failure && details ? (
            <dl className={classes.details}>
              {failure.code !== null ? (
                <>
                  <dt>{t("detail.code")}</dt>
                  <dd>
                    #{failure.code}
                    {failure.subcode !== null ? ` / ${failure.subcode}` : ""}
                  </dd>
                </>
              ) : null}
              {failure.traceId ? (
                <>
                  <dt>{t("detail.trace")}</dt>
                  <dd>{failure.traceId}</dd>
                </>
              ) : null}
              {failure.raw ? (
                <>
                  <dt>{t("detail.raw")}</dt>
                  <dd>{failure.raw}</dd>
                </>
              ) : null}
              <dt>{t("detail.fault")}</dt>
              <dd>{failure.fault}</dd>
            </dl>
          ) : null}
        </div>
      </Collapse>
    </div>
  );
}
