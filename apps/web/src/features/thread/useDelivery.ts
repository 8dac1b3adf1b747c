import type { ControlThread, Conversation, Message } from "@firstline/contracts";
import { isHeldReason } from "@firstline/core/window";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { putConversation } from "../../lib/cache/conversations.ts";
import { dropMessage, isLocal, messagesOf, putMessage } from "../../lib/cache/messages.ts";
import { useNow } from "../../lib/clock.ts";
import { controlsFor, takeAndResendKey } from "../../lib/control.ts";
import { forget, useSend } from "../../lib/outbox.ts";
import { keys } from "../../lib/queryKeys.ts";
import { heldNow, replyAt } from "../../lib/replyNow.ts";

/** What can be done about a reply that failed: `null`, nothing but to write another. */
export type Remedy = "resend" | "take_and_resend" | null;

/**
 * A reply that failed only because another holds the thread needs it taken over first; whoever cannot be taken over from ends
 * by themselves. Any other goes out again once there is a way for it.
 */
export function remedyOf(message: Message, conversation: Conversation, now: number): Remedy {
  if (message.state !== "failed") return null;
  const held = heldNow(conversation, now);
  if (held && message.failure && isHeldReason(message.failure.fault))
    return controlsFor(held).includes("take") ? "take_and_resend" : null;
  const reply = replyAt(conversation.reply, now);
  const possible =
    reply.state === "open" ||
    reply.state === "human_agent" ||
    (reply.state === "blocked" && conversation.reply.ways.length > 0);
  return possible ? "resend" : null;
}

/** What an agent decides about a reply that did not simply go out. Nothing here happens by itself. */
export function useDelivery(message: Message, conversation: Conversation) {
  const client = useQueryClient();
  // A way that has just opened is offered at once.
  const now = useNow(1_000);
  const { again } = useSend(conversation.id);
  const local = isLocal(message);
  const path = `/conversations/${message.conversationId}/messages/${message.id}`;

  const replace = (next: Message, before: Message["state"]) => {
    // Sending may be over before this answer is here: what events have told since is newer.
    const shown = messagesOf(client.getQueryData(keys.messages(message.conversationId))).find((m) => m.id === next.id);
    if (shown && shown.state !== before) return;
    // A decision of ours, so the state may go back: the old row leaves before the new one enters.
    if (next.id === message.id) dropMessage(client, message.conversationId, message.id);
    putMessage(client, next);
  };

  const resend = useMutation({
    // What the server never took goes out again under its own key.
    mutationFn: async () =>
      local && message.clientId && again(message.clientId) ? null : api.post("Message", `${path}/resend`),
    onMutate: () => message.state,
    onSuccess: (next, _nothing, before) => next && replace(next, before),
  });
  const takeAndResend = useMutation({
    mutationKey: takeAndResendKey(conversation.id),
    mutationFn: async (wish: ControlThread) => {
      const next = await api.post("Conversation", `/conversations/${conversation.id}/control`, wish);
      putConversation(client, next);
      await resend.mutateAsync().catch(() => undefined);
    },
  });
  const cancel = useMutation({
    mutationFn: async () => {
      if (!local) return api.post("Message", `${path}/cancel`);
      if (message.clientId) forget(message.clientId);
      dropMessage(client, message.conversationId, message.id);
      return null;
    },
    onMutate: () => message.state,
    onSuccess: (next, _nothing, before) => next && replace(next, before),
  });

  return {
    remedy: remedyOf(message, conversation, now),
    resend: () => {
      takeAndResend.reset();
      resend.mutate();
    },
    takeAndResend: () => takeAndResend.mutate({ action: "take" }),
    cancel: () => cancel.mutate(),
    pending: takeAndResend.isPending || resend.isPending ? "send" : cancel.isPending ? "cancel" : null,
    /** Why the last decision could not be carried out. */
    problem: takeAndResend.error ?? resend.error ?? cancel.error,
  };
}
