import { z } from "zod";
import { Alert } from "./alerts.ts";
import { Channel } from "./channels.ts";
import { Id } from "./common.ts";
import { Contact } from "./contacts.ts";
import { Activity, Conversation } from "./conversations.ts";
import { Incident } from "./incidents.ts";
import { Message } from "./messages.ts";
import { Template } from "./templates.ts";

/**
 * Realtime events, `GET /api/v1/events` (server-sent events). The SSE `event:` is the type, `id:` the cursor for
 * `Last-Event-ID`, `data:` the JSON below. Data shows the state at the time of reading: applying an event twice is harmless.
 * `ready` comes first, after any replay. `reset` says that the cursor is too old: load again. `conversation.ending`: its reply
 * window ends within two hours and nobody has answered. `conversation.removed`: deleted with its contact; forget all of it.
 * `channel.removed`: deleted with its history.
 * `alert.created`: told once.
 */
export const RealtimeEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("reset") }),
  z.object({ type: z.literal("message.created"), message: Message, conversation: Conversation }),
  z.object({ type: z.literal("message.updated"), message: Message, conversation: Conversation }),
  z.object({ type: z.literal("conversation.updated"), conversation: Conversation }),
  z.object({ type: z.literal("activity.created"), activity: Activity }),
  z.object({ type: z.literal("contact.updated"), contact: Contact, conversationId: Id }),
  z.object({ type: z.literal("channel.updated"), channel: Channel }),
  z.object({ type: z.literal("channel.removed"), channelId: Id }),
  z.object({ type: z.literal("template.updated"), template: Template }),
  z.object({ type: z.literal("incident.updated"), incident: Incident }),
  z.object({ type: z.literal("alert.created"), alert: Alert }),
  z.object({ type: z.literal("conversation.ending"), conversation: Conversation }),
  z.object({ type: z.literal("conversation.removed"), conversationId: Id }),
]);
export type RealtimeEvent = z.infer<typeof RealtimeEvent>;
export type RealtimeEventType = RealtimeEvent["type"];
