import type { Conversation, Message } from "@firstline/contracts";

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
export const T0 = Date.parse("2026-11-23T10:00:00.000Z");
export const at = (ms: number) => new Date(T0 + ms).toISOString();
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function message(n: number, change: Partial<Message> = {}): Message {
  return {
    id: uuid(n),
    conversationId: uuid(900),
    clientId: null,
    direction: "inbound",
    kind: "text",
    text: `message ${n}`,
    attachments: [],
    source: { kind: "customer", appId: null, name: null, memberId: null },
    way: null,
    state: "received",
    externalId: `m_${n}`,
    sentAt: at(n * MINUTE),
    arrivedAt: at(n * MINUTE),
    details: [],
    recovered: false,
    standby: false,
    incomplete: false,
    editedAt: null,
    deletedAt: null,
    reactions: [],
    replyTo: null,
    payload: null,
    failure: null,
    check: null,
    waitsForControl: false,
    template: null,
    commentId: null,
    ...change,
  };
}

export const ours = (n: number, change: Partial<Message> = {}): Message =>
  message(n, {
    direction: "outbound",
    state: "sent",
    source: { kind: "agent", appId: null, name: "Kai", memberId: uuid(1) },
    ...change,
  });

export const noTemplate = { allowed: false, reason: null };

/** A conversation whose customer last opened the window `ago` ms before T0. */
export function conversation(n: number, ago: number, change: Partial<Conversation> = {}): Conversation {
  const opened = -ago;
  return {
    id: uuid(n),
    channelId: uuid(11),
    contact: {
      id: uuid(n + 500),
      externalId: `74${n}`,
      name: `Customer ${n}`,
      nameReason: null,
      isGuest: false,
      pictureUrl: null,
    },
    status: "open",
    assigneeId: null,
    unreadCount: 0,
    lastMessage: null,
    lastActivityAt: at(opened),
    needsLook: false,
    reply: {
      state: "open",
      until: at(opened + DAY),
      ways: [
        { way: "reply", opensAt: at(opened), until: at(opened + DAY) },
        { way: "human_agent", opensAt: at(opened + DAY), until: at(opened + 7 * DAY) },
      ],
      reasons: [],
      template: noTemplate,
    },
    heldBy: null,
    ...change,
  };
}

export { uuid };
