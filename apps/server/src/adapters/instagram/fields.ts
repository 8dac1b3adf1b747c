/**
 * Fields of the `instagram` object, set on the app (Instagram Platform webhooks, Page login, read 2026-11). Echoes come
 * within `messages`; `message_echoes` and `messaging_optins` exist with Instagram Login only. `response_feedback` stays
 * out: it puts thumbs under every message. `mentions` and `story_insights` tell of no conversation.
 */
export const instagramAppFields = [
  "messages",
  "messaging_postbacks",
  "messaging_referral",
  "messaging_seen",
  "message_reactions",
  "message_edit",
  "messaging_handover",
  "standby",
  "messaging_policy_enforcement",
  "comments",
  "live_comments",
] as const;

/**
 * The linked Page needs some field of its own for Instagram events to flow; any will do, and Instagram's names are
 * refused there with code 100 (Meta's Instagram sample app, 2026-04; restfb#1210). This one is rare and worth having. A Page
 * that also is a Messenger channel has one list for both: subscribe the union.
 */
export const instagramPageFields = ["messaging_policy_enforcement"] as const;
