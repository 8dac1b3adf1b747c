import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { putActivity } from "../../lib/cache/activity.ts";
import { useProblemText } from "../../ui/problemText.ts";

/** Keeps a note of the team. `onLost`: it could not be saved, and the words must not be lost. */
export function useNote(conversationId: string, onLost: (words: string) => void): (words: string) => void {
  const client = useQueryClient();
  const problem = useProblemText();
  const { mutate } = useMutation({
    mutationFn: (words: string) => api.post("Activity", `/conversations/${conversationId}/notes`, { text: words }),
    onSuccess: (activity) => putActivity(client, activity),
    onError: (error, words) => {
      notifications.show({ color: "red", title: problem(error).title, message: problem(error).fix });
      onLost(words);
    },
  });
  return mutate;
}
