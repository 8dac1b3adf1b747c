import type { Conversation, Message } from "@firstline/contracts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "./api.ts";
import { now } from "./clock.ts";
import { routingQuery } from "./control.ts";
import { keys } from "./queryKeys.ts";

/** A survey younger than this has told all there is: an app it does not know is no longer on the Page. */
const FRESH = 2 * 60_000;
const asked = new Set<string>();

/** Apps that wrote in a thread or hold it, and of which only the id is known. */
export const namelessApps = (messages: readonly Message[], heldBy: Conversation["heldBy"]): string[] => {
  const sources = messages.map(({ source }) => source);
  const nameless = [...sources, ...(heldBy ? [heldBy] : [])].flatMap(({ kind, appId, name }) =>
    kind === "other_app" && appId !== null && name === null ? [appId] : [],
  );
  return [...new Set(nameless)];
};

/** Looks at the Page again when an app appears whose name is not known, once for each app, and reads its name into the screen. */
export function useAppNames(conversation: Conversation, messages: readonly Message[]): void {
  const client = useQueryClient();
  const { id, channelId } = conversation;
  const unknown = namelessApps(messages, conversation.heldBy)[0];
  const { data: routing } = useQuery({ ...routingQuery(channelId), enabled: unknown !== undefined });
  const surveyedAt = routing?.surveyedAt;
  useEffect(() => {
    if (!unknown || surveyedAt === undefined || asked.has(`${channelId} ${unknown}`)) return;
    if (surveyedAt !== null && now() - Date.parse(surveyedAt) < FRESH) return;
    asked.add(`${channelId} ${unknown}`);
    api.get("ChannelRouting", `/channels/${channelId}/routing`, { query: { refresh: true } }).then(
      (found) => {
        client.setQueryData(keys.channelRouting(channelId), found);
        if (!found.apps.some((app) => app.appId === unknown)) return;
        for (const queryKey of [keys.conversation(id), keys.messages(id), keys.activity(id), keys.lists])
          void client.invalidateQueries({ queryKey });
      },
      // The id stays in place of the name.
      () => {},
    );
  }, [client, id, channelId, unknown, surveyedAt]);
}
