import type { RealtimeEvent } from "@firstline/contracts";
import type { Deps } from "../../deps.ts";
import type { Locale } from "../../platform/http/problems.ts";
import type { AlertsModule } from "../alerts/index.ts";
import type { ChannelsModule } from "../channels/index.ts";
import type { ContactsModule } from "../contacts/index.ts";
import type { ConversationsModule } from "../conversations/index.ts";
import type { IncidentsModule } from "../incidents/index.ts";
import type { MessagesModule } from "../messages/index.ts";
import type { TemplatesModule } from "../templates/index.ts";

export interface OutboxRow {
  txid: string;
  id: number;
  workspace_id: string;
  type: string;
  conversation_id: string | null;
  subject_id: string;
}

/** Fills outbox rows of one workspace with the present state of what they name, in a constant number of queries. */
export type Hydrate = (
  workspaceId: string,
  rows: OutboxRow[],
  locale: Locale,
) => Promise<{ cursor: string; event: RealtimeEvent }[]>;

export function createHydrate(
  deps: Deps,
  m: {
    alerts: AlertsModule;
    channels: ChannelsModule;
    contacts: ContactsModule;
    conversations: ConversationsModule;
    incidents: IncidentsModule;
    messages: MessagesModule;
    templates: TemplatesModule;
  },
): Hydrate {
  return async (workspaceId, rows, locale) => {
    const of = (...types: string[]) => [
      ...new Set(rows.filter((r) => types.includes(r.type)).map((r) => r.subject_id)),
    ];
    const conversationIds = [
      ...new Set(rows.filter((r) => /^(message|conversation)\./.test(r.type)).flatMap((r) => r.conversation_id ?? [])),
    ];
    const channelIds = of("channel.updated");
    const [messages, conversations, activities, contacts, channels, templates, incidents, alerts] = await Promise.all([
      m.messages.load(deps.db, workspaceId, of("message.created", "message.updated"), locale),
      m.conversations.load(deps.db, workspaceId, conversationIds, locale),
      m.conversations.loadActivity(deps.db, workspaceId, of("activity.created")),
      m.contacts.load(deps.db, workspaceId, of("contact.updated")),
      channelIds.length > 0 ? m.channels.load(deps.db, workspaceId, channelIds, locale) : [],
      m.templates.load(deps.db, workspaceId, of("template.updated"), locale),
      m.incidents.load(deps.db, workspaceId, of("incident.updated"), locale),
      m.alerts.load(deps.db, workspaceId, of("alert.created"), locale),
    ]);
    const event = (r: OutboxRow): RealtimeEvent | null => {
      const conversation = r.conversation_id ? conversations.get(r.conversation_id) : undefined;
      switch (r.type) {
        case "message.created":
        case "message.updated": {
          const message = messages.get(r.subject_id);
          // Joined with another bubble meanwhile: that one has an event of its own.
          return message && conversation ? { type: r.type, message, conversation } : null;
        }
        case "conversation.updated":
        case "conversation.ending":
          return conversation ? { type: r.type, conversation } : null;
        case "conversation.removed":
          return { type: r.type, conversationId: r.subject_id };
        case "activity.created": {
          const activity = activities.find((a) => a.id === r.subject_id);
          return activity ? { type: r.type, activity } : null;
        }
        case "contact.updated": {
          const found = contacts.find((c) => c.contact.id === r.subject_id);
          return found?.conversationId
            ? { type: r.type, contact: found.contact, conversationId: found.conversationId }
            : null;
        }
        case "channel.removed":
          return { type: r.type, channelId: r.subject_id };
        case "channel.updated": {
          const channel = channels.find((c) => c.id === r.subject_id);
          return channel ? { type: r.type, channel } : null;
        }
        case "template.updated": {
          const template = templates.get(r.subject_id);
          return template ? { type: r.type, template } : null;
        }
        case "incident.updated": {
          const incident = incidents.get(r.subject_id);
          return incident ? { type: r.type, incident } : null;
        }
        case "alert.created": {
          const alert = alerts.get(r.subject_id);
          return alert ? { type: r.type, alert } : null;
        }
        default:
          return null;
      }
    };
    return rows.flatMap((r) => {
      const e = event(r);
      return e ? [{ cursor: `${r.txid}-${r.id}`, event: e }] : [];
    });
  };
}
