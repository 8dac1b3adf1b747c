import type { Role } from "@firstline/contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import type { Body } from "../../lib/contracts.ts";
import { keys } from "../../lib/queryKeys.ts";

export type Invitation = Body<"Invitation">;

export const invitationsQuery = queryOptions({
  queryKey: keys.invitations,
  queryFn: ({ signal }) => api.get("InvitationList", "/invitations", { signal }),
});

/** Changes a member's role, or closes and opens their access. A change of the own role changes what this page may do. */
export function useUpdateMember() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...wish }: { id: string; role?: Role; deactivated?: boolean; confirmed?: boolean }) =>
      api.patch("Member", `/members/${id}`, wish),
    onSuccess: (member) => {
      client.setQueryData<Body<"MemberList">>(
        keys.members,
        (list) => list && { ...list, data: list.data.map((each) => (each.id === member.id ? member : each)) },
      );
      const me = client.getQueryData<Body<"Me">>(keys.me);
      if (me?.member?.id === member.id) void client.invalidateQueries({ queryKey: keys.me });
    },
  });
}

export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: { email: string; role: Role }) => api.post("InvitationCreated", "/invitations", wish),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.invitations }),
  });
}

export function useRevoke() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(null, `/invitations/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.invitations }),
  });
}
