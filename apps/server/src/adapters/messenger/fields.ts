/**
 * Fields of the `page` object we subscribe, at both levels: a field is delivered only where app and Page both have it
 * (Graph API, page/subscribed_apps, v26.0). `standby` and `message_echoes` are what makes another app's answers visible.
 * `response_feedback` stays out: subscribing it puts thumbs under every message (Messenger Platform, 2024-10-08).
 */
export const messengerFields = [
  "messages",
  "messaging_postbacks",
  "messaging_referrals",
  "messaging_optins",
  "message_echoes",
  "message_deliveries",
  "message_reads",
  "message_reactions",
  "message_edits",
  "messaging_handovers",
  "messaging_policy_enforcement",
  "standby",
] as const;
