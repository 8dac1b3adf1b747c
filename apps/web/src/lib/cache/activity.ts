import type { Activity } from "@firstline/contracts";
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Body } from "../contracts.ts";
import { keys } from "../queryKeys.ts";

export type ActivityPages = InfiniteData<Body<"ActivityList">>;

/** Puts a line in, or renews it: one that tells of a range found at Meta grows while more is found. */
export const withActivity = (pages: ActivityPages, activity: Activity): ActivityPages => {
  const known = pages.pages.some((page) => page.data.some((each) => each.id === activity.id));
  return {
    ...pages,
    pages: pages.pages.map((page, index) => ({
      ...page,
      data: known
        ? page.data.map((each) => (each.id === activity.id ? activity : each))
        : index === 0
          ? [activity, ...page.data]
          : page.data,
    })),
  };
};

export function putActivity(client: QueryClient, activity: Activity): void {
  client.setQueryData<ActivityPages>(
    keys.activity(activity.conversationId),
    (pages) => pages && withActivity(pages, activity),
  );
}
