import type { ChannelRouting, ControlThread, Conversation, Platform } from "@firstline/contracts";
import { type QueryClient, queryOptions, useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import { api } from "./api.ts";
import { putConversation } from "./cache/conversations.ts";
import { now } from "./clock.ts";
import { keys } from "./queryKeys.ts";

export type ControlAction = ControlThread["action"];
/** Who holds a thread when it is not this app. */
export type Holder = NonNullable<Conversation["heldBy"]>;

/** Meta's own inboxes as targets of a pass (Messenger changelog, 2021-09-14; Instagram conversation routing, 2025-10). */
export const INBOX_APP: Record<Platform, string> = {
  messenger: "263902037430900",
  instagram: "1217981644879628",
};

/** A request older than this is not going to be answered; the server's reasons say so from then on. */
const JUST_NOW = 5 * 60_000;
/** How far the server's clock, which is followed here, and Meta's may lie apart. */
const SLACK = 5_000;

const controlKey = (conversationId: string) => ["control", conversationId] as const;
/** A take that belongs to one reply: its refusal stands at that reply, and nowhere else. */
export const takeAndResendKey = (conversationId: string) => [...controlKey(conversationId), "resend"] as const;

/**
 * What may be tried, the likeliest to help first. Meta decides in the end; its refusal names the clicks that change it. A take
 * needs Conversation Routing, a request works only without it (Conversation Routing, 2025-09-24), and what was surveyed may be
 * old. The questions of a lead ad cannot be taken over: they end by themselves.
 */
export function controlsFor(held: Holder | null, mode: ChannelRouting["mode"] = "unknown"): ControlAction[] {
  if (!held) return ["pass", "release"];
  if (held.kind === "lead_ad_flow") return [];
  return mode === "routing" ? ["take"] : ["take", "request"];
}

/** Who is on the Page and whether Conversation Routing is on, as last surveyed. */
export const routingQuery = (channelId: string) =>
  queryOptions({
    queryKey: keys.channelRouting(channelId),
    queryFn: ({ signal }) => api.get("ChannelRouting", `/channels/${channelId}/routing`, { signal }),
  });

export interface Control {
  act: (wish: ControlThread) => void;
  /** On its way to Meta. */
  pending: ControlAction | null;
  /** Why Meta, or this server, refused the last wish; null as soon as another is made or it is dismissed. */
  refusal: { action: ControlAction; error: Error } | null;
  /** The holder was asked a moment ago and the answer is its own. */
  asked: boolean;
  dismiss: () => void;
}

/** Wishes about who holds one conversation. Every part of the screen that calls this sees the same wish and its outcome. */
export function useControl(conversation: Conversation): Control {
  const client = useQueryClient();
  const { id, heldBy } = conversation;
  const mutationKey = controlKey(id);
  const { mutate } = useMutation({
    mutationKey,
    mutationFn: (wish: ControlThread) => api.post("Conversation", `/conversations/${id}/control`, wish),
    onMutate: () => forgetSettled(client, id),
    onSuccess: (next: Conversation) => putConversation(client, next),
  });
  const last = useMutationState({
    filters: { mutationKey, exact: true },
    select: ({ state }) => ({
      action: (state.variables as ControlThread | undefined)?.action ?? "take",
      status: state.status,
      error: state.error,
      at: state.submittedAt,
    }),
  }).at(-1);
  const since = heldBy ? Date.parse(heldBy.since) : null;
  // What was asked of one holder says nothing of the next, and nothing once the conversation is back.
  const ofHolder = last?.action === "take" || last?.action === "request";
  const passed = ofHolder && (since === null || last.at + now() - Date.now() < since - SLACK);
  const current = last && (last.status === "pending" || !passed) ? last : undefined;
  return {
    act: (wish) => {
      if (current?.status !== "pending") mutate(wish);
    },
    pending: current?.status === "pending" ? current.action : null,
    refusal: current?.status === "error" && current.error ? { action: current.action, error: current.error } : null,
    asked:
      heldBy !== null &&
      current?.status === "success" &&
      current.action === "request" &&
      Date.now() - current.at < JUST_NOW,
    dismiss: () => forgetSettled(client, id),
  };
}

/** Somebody at this screen has just taken the conversation over: nothing to announce to them. A request is granted elsewhere. */
export const takenHere = (client: QueryClient, conversationId: string): boolean =>
  client
    .getMutationCache()
    .findAll({ mutationKey: controlKey(conversationId) })
    .map(({ state }) => state)
    .some(({ status, submittedAt, variables }) => {
      const wish = variables as ControlThread | undefined;
      return wish?.action === "take" && status !== "error" && Date.now() - submittedAt < 30_000;
    });

function forgetSettled(client: QueryClient, conversationId: string): void {
  const cache = client.getMutationCache();
  for (const mutation of cache.findAll({ mutationKey: controlKey(conversationId), exact: true }))
    if (mutation.state.status === "error" || mutation.state.status === "success") cache.remove(mutation);
}
