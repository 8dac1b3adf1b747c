import type { Activity } from "@firstline/contracts";
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Body } from "../contracts.ts";
import { keys } from "../queryKeys.ts";

export type ActivityPages = InfiniteData<Body<"ActivityList">>;

export function putActivity(client: QueryClient, activity: Activity): void {
  client.setQueryData<ActivityPages>(keys.activity(activity.conversationId), (pages) => {
    const [first, ...others] = pages?.pages ?? [];
    if (!pages || !first) return pages;
    if (pages.pages.some((page) => page.data.some((each) => each.id === activity.id))) return pages;
    return { ...pages, pages: [{ ...first, data: [activity, ...first.data] }, ...others] };
  });
}
