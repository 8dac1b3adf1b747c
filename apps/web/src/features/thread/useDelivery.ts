import type { Conversation, Message, ResendMessage } from "@firstline/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { dropMessage, isLocal, messagesOf, putMessage } from "../../lib/cache/messages.ts";
import { takeAndResendKey } from "../../lib/control.ts";
import { forget, useSend } from "../../lib/outbox.ts";
import { keys } from "../../lib/queryKeys.ts";

/** A decision about one reply: `take` is a resend for which the conversation is taken over, or asked for, first. */
type Decision = "resend" | "take" | "check" | "confirm" | "cancel";

/** What an agent decides about a reply that did not simply go out. Nothing here happens by itself. */
export function useDelivery(message: Message, conversation: Conversation) {
  const client = useQueryClient();
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

  const carryOut = async (decision: Decision): Promise<Message | null> => {
    if (!local) {
      if (decision === "take") return api.post("Message", `${path}/resend`, { whenOurs: true } satisfies ResendMessage);
      return api.post("Message", `${path}/${decision}`);
    }
    // What the server never took goes out again under its own key, or is forgotten.
    if (decision === "cancel") {
      if (message.clientId) forget(message.clientId);
      dropMessage(client, message.conversationId, message.id);
    } else if (message.clientId) again(message.clientId);
    return null;
  };
  const shared = {
    onMutate: () => message.state,
    onSuccess: (next: Message | null, _decision: unknown, before: Message["state"]) => next && replace(next, before),
  };
  const decided = useMutation({ mutationFn: carryOut, ...shared });
  // Known by its key, so that nobody is told at this screen that the conversation came back.
  const taken = useMutation({
    mutationKey: takeAndResendKey(conversation.id),
    mutationFn: (_wish: { action: "take" }) => carryOut("take"),
    ...shared,
  });

  return {
    decide: (decision: Decision) => {
      taken.reset();
      decided.reset();
      if (decision === "take") taken.mutate({ action: "take" });
      else decided.mutate(decision);
    },
    pending: taken.isPending ? "take" : decided.isPending ? decided.variables : null,
    /** Why the last decision could not be carried out. */
    problem: taken.error ?? decided.error,
  };
}
