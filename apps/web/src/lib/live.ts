import type {
  Activity,
  Alert,
  Channel,
  Contact,
  Conversation,
  Message,
  RealtimeEvent,
  RealtimeEventType,
} from "@firstline/contracts";
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { API } from "./api.ts";
import { putActivity } from "./cache/activity.ts";
import { dropConversation, findConversation, putConversation } from "./cache/conversations.ts";
import { putIncident } from "./cache/incidents.ts";
import { putMessage } from "./cache/messages.ts";
import { putTemplate } from "./cache/templates.ts";
import { checked } from "./contracts.ts";
import { readAgain, rememberOvertaking } from "./overtaken.ts";
import { keys } from "./queryKeys.ts";

/**
 * The live connection: one stream of events, written into the query cache. `connecting` only at the start;
 * `catchingUp` from the moment the line is back until everything missed has been applied.
 */
export type LiveState = "connecting" | "live" | "offline" | "catchingUp";

const types = [
  "ready",
  "reset",
  "message.created",
  "message.updated",
  "conversation.updated",
  "activity.created",
  "contact.updated",
  "channel.updated",
  "channel.removed",
  "template.updated",
  "incident.updated",
  "alert.created",
  "conversation.ending",
  "conversation.removed",
] as const satisfies readonly RealtimeEventType[];

let state: LiveState = "connecting";
const watchers = new Set<() => void>();
const arrivals = new Set<(message: Message) => void>();
const endings = new Set<(conversation: Conversation) => void>();
const happenings = new Set<(activity: Activity) => void>();
const alerts = new Set<(alert: Alert) => void>();

function set(next: LiveState): void {
  if (next === state) return;
  state = next;
  for (const watcher of watchers) watcher();
}

export const useLiveState = (): LiveState =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => state,
  );

/** Ends after `atMostMs`, or as soon as the line is back. */
export function lineBack(atMostMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      watchers.delete(watcher);
      resolve();
    };
    const watcher = () => state === "live" && end();
    const timer = setTimeout(end, atMostMs);
    watchers.add(watcher);
  });
}

/** Calls back for every message that is new, not for those caught up after a gap. */
export function onArrival(listener: (message: Message) => void): () => void {
  arrivals.add(listener);
  return () => {
    arrivals.delete(listener);
  };
}

/** Calls back for every reply window that is about to end unanswered, not for those caught up after a gap. */
export function onEnding(listener: (conversation: Conversation) => void): () => void {
  endings.add(listener);
  return () => {
    endings.delete(listener);
  };
}

/** Calls back for every note and line that is new, not for those caught up after a gap. */
export function onActivity(listener: (activity: Activity) => void): () => void {
  happenings.add(listener);
  return () => {
    happenings.delete(listener);
  };
}

/** Calls back for every alert that is new, not for those caught up after a gap: the bell still counts what lasts. */
export function onAlert(listener: (alert: Alert) => void): () => void {
  alerts.add(listener);
  return () => {
    alerts.delete(listener);
  };
}

function apply(client: QueryClient, event: RealtimeEvent, first = true): void {
  switch (event.type) {
    case "message.created":
    case "message.updated":
      putMessage(client, event.message, "event");
      putConversation(client, event.conversation, event.message.text);
      // The comment it answers privately says how far the answer has come.
      if (first && event.message.commentId !== null) void client.invalidateQueries({ queryKey: keys.comments });
      if (first && event.type === "message.created" && state === "live")
        for (const listener of arrivals) listener(event.message);
      return;
    case "conversation.updated":
      putConversation(client, event.conversation);
      return;
    case "conversation.ending":
      putConversation(client, event.conversation);
      if (first && state === "live") for (const listener of endings) listener(event.conversation);
      return;
    case "conversation.removed":
      dropConversation(client, event.conversationId);
      return;
    case "activity.created":
      putActivity(client, event.activity);
      // Lines about control are read from everything known: a new one may take the place of others.
      if (first && event.activity.kind.startsWith("control_"))
        void client.invalidateQueries({ queryKey: keys.activity(event.activity.conversationId) });
      if (first && state === "live") for (const listener of happenings) listener(event.activity);
      return;
    case "contact.updated":
      putContact(client, event.contact, event.conversationId);
      return;
    case "channel.updated":
      putChannel(client, event.channel);
      return;
    case "channel.removed":
      dropChannel(client, event.channelId);
      return;
    case "template.updated":
      putTemplate(client, event.template);
      return;
    case "incident.updated":
      putIncident(client, event.incident);
      return;
    case "alert.created":
      if (first && state === "live") for (const listener of alerts) listener(event.alert);
      return;
    case "reset":
      if (first) void client.invalidateQueries();
      return;
    case "ready":
      return;
  }
}

/** A contact is part of its conversation's row too. */
export function putContact(client: QueryClient, contact: Contact, conversationId: string): void {
  client.setQueryData(keys.contact(contact.id), contact);
  const conversation = findConversation(client, conversationId);
  if (!conversation) return;
  const { id, externalId, name, isGuest, pictureUrl } = contact;
  // A name read elsewhere than in the profile keeps its reason on the contact; the row has a name to show.
  const nameReason = contact.metaName ? null : contact.nameReason;
  putConversation(client, { ...conversation, contact: { id, externalId, name, nameReason, isGuest, pictureUrl } });
}

export function putChannel(client: QueryClient, channel: Channel): void {
  client.setQueryData<{ data: Channel[]; nextCursor: string | null }>(keys.channels, (list) => {
    if (!list) return list;
    const known = list.data.some((each) => each.id === channel.id);
    return {
      ...list,
      data: known ? list.data.map((each) => (each.id === channel.id ? channel : each)) : [...list.data, channel],
    };
  });
  void client.invalidateQueries({ queryKey: keys.channelHealth(channel.id) });
}

/** A channel that was deleted with its history. */
function dropChannel(client: QueryClient, id: string): void {
  client.setQueryData<{ data: Channel[]; nextCursor: string | null }>(
    keys.channels,
    (list) => list && { ...list, data: list.data.filter((each) => each.id !== id) },
  );
}

/** Opens the stream and keeps it open until the returned function is called. */
export function startLive(client: QueryClient): () => void {
  let source: EventSource | null = null;
  let lastId: string | null = null;
  let tries = 0;
  let again: ReturnType<typeof setTimeout> | null = null;
  let ended = false;
  const overtaking = rememberOvertaking<RealtimeEvent>(client, (event) => apply(client, event, false));

  const close = () => {
    source?.close();
    source = null;
    if (again) clearTimeout(again);
    again = null;
  };

  const open = () => {
    close();
    if (ended) return;
    const resumedFrom = lastId;
    const url = `${API}/events${resumedFrom ? `?after=${encodeURIComponent(resumedFrom)}` : ""}`;
    const stream = new EventSource(url);
    source = stream;
    stream.onopen = () => {
      if (source === stream && state === "offline") set("catchingUp");
    };
    stream.onerror = () => {
      if (source !== stream) return;
      // Our own retry, not the browser's: it must also survive answers such as 503, after which a browser gives up.
      close();
      set("offline");
      tries += 1;
      again = setTimeout(open, Math.min(500 * 2 ** tries, 10_000) * (0.75 + Math.random() / 2));
      // An ended session looks like any other error here; a plain request tells, and leads to the sign-in.
      if (navigator.onLine && tries % 3 === 0) void client.invalidateQueries({ queryKey: keys.allCounts });
    };
    for (const type of types) {
      stream.addEventListener(type, (raw) => {
        if (source !== stream) return;
        if (raw.lastEventId) lastId = raw.lastEventId;
        void checked("RealtimeEvent", JSON.parse(raw.data)).then((event) => {
          apply(client, event);
          overtaking.tell(event);
          if (event.type !== "ready") return;
          tries = 0;
          // Without a position to resume from, whatever was read before this moment may have missed something.
          if (!resumedFrom) readAgain(client);
          void client.resumePausedMutations();
          set("live");
        });
      });
    }
  };

  const offline = () => {
    close();
    set("offline");
  };
  // A computer that slept may hold a dead line for minutes: a clock that jumped tells.
  let tick = Date.now();
  const pulse = setInterval(() => {
    if (Date.now() - tick > 30_000 && state === "live") {
      set("offline");
      open();
    }
    tick = Date.now();
  }, 5_000);

  window.addEventListener("online", open);
  window.addEventListener("offline", offline);
  if (navigator.onLine) open();
  else set("offline");

  return () => {
    ended = true;
    overtaking.stop();
    close();
    clearInterval(pulse);
    window.removeEventListener("online", open);
    window.removeEventListener("offline", offline);
    state = "connecting";
  };
}
