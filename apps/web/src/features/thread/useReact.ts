import type { Message } from "@firstline/contracts";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../lib/api.ts";
import { putMessage } from "../../lib/cache/messages.ts";
import { useProblemText } from "../../ui/problemText.ts";

/** A message with the Page's reaction changed; null takes it back. */
export const withReaction = (message: Message, emoji: string | null): Message => ({
  ...message,
  reactions: [
    ...message.reactions.filter(({ by }) => by !== "page"),
    ...(emoji === null ? [] : [{ emoji, by: "page" as const }]),
  ],
});

/** Reacts in the Page's name: shown at once, taken back where Meta refuses. */
export function useReact(message: Message): (emoji: string | null) => void {
  const client = useQueryClient();
  const { t } = useTranslation("thread");
  const words = useProblemText();
  const { mutate } = useMutation({
    mutationFn: (emoji: string | null) =>
      api.post("Message", `/conversations/${message.conversationId}/messages/${message.id}/reaction`, { emoji }),
    onMutate: (emoji) => {
      putMessage(client, withReaction(message, emoji));
      return message;
    },
    onSuccess: (answer) => putMessage(client, answer),
    onError: (error, _emoji, before) => {
      if (before) putMessage(client, before);
      const { title, fix } = words(error);
      notifications.show({ color: "red", title: t("react.failed"), message: [title, fix].filter(Boolean).join(". ") });
    },
  });
  return mutate;
}
