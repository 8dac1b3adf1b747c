import { sql } from "kysely";

/**
 * SQL over `contact c` and `conversation v`: when a guest's chat began, by Meta's time: its first message, or the visit that
 * opened it. Null for everybody else. The chat is over 24 hours later at the latest (core `guestChatEnd`).
 */
export const guestSince = sql`case when c.is_guest then (select least(min(f.sent_at), to_timestamp((c.referral->>'at')::bigint / 1000.0)) from message f where f.workspace_id = v.workspace_id and f.conversation_id = v.id) end`;
