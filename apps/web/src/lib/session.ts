import type { Permission } from "@firstline/contracts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "./api.ts";
import { keys } from "./queryKeys.ts";

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) => api.get("Me", "/me", { signal }),
  staleTime: 10 * 60_000,
  meta: { quiet: true },
});

export const setupQuery = queryOptions({
  queryKey: keys.setup,
  queryFn: ({ signal }) => api.get("SetupState", "/setup", { signal }),
});

export const membersQuery = queryOptions({
  queryKey: keys.members,
  queryFn: ({ signal }) => api.get("MemberList", "/members", { signal }),
});

export const channelsQuery = queryOptions({
  queryKey: keys.channels,
  queryFn: ({ signal }) => api.get("ChannelList", "/channels", { signal }),
});

/** The signed-in member with what they may do. Under the signed-in layout it is always loaded. */
export function useMe() {
  const { data } = useQuery(meQuery);
  const may = (permission: Permission): boolean => data?.permissions.includes(permission) ?? false;
  return { me: data, memberId: data?.member?.id ?? null, may };
}

export function useChannels() {
  const query = useQuery(channelsQuery);
  const byId = (id: string) => query.data?.data.find((channel) => channel.id === id);
  return { ...query, channels: query.data?.data ?? [], byId };
}

export function useMembers() {
  const query = useQuery(membersQuery);
  const byId = (id: string | null) => query.data?.data.find((member) => member.id === id);
  return { ...query, members: query.data?.data ?? [], byId };
}
