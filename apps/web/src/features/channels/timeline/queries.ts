import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../lib/api.ts";
import { keys } from "../../../lib/queryKeys.ts";

export const timelineQuery = (channelId: string) =>
  queryOptions({
    queryKey: keys.timeline(channelId),
    queryFn: ({ signal }) => api.get("IncidentList", `/channels/${channelId}/incidents`, { signal }),
  });
