/**
 * Fields of the `page` object we subscribe, at both levels: a field is delivered only where app and Page both have it
 * (Graph API, page/subscribed_apps, v26.0; every name is in its reference of 2026-09-02 or in Meta's Business SDK of
 * 2026-06-24). `standby` and `message_echoes` are what makes another app's answers visible.
 *
 * Left out on purpose: `response_feedback`, as subscribing it puts thumbs under every message (Messenger Platform,
 * 2024-10-08); `mention`, `leadgen` and the profile fields, as they tell of no conversation.
 */
export const messengerFields = [
  "messages",
  "messaging_postbacks",
  "messaging_referrals",
  "messaging_optins",
  "messaging_account_linking",
  "messaging_feedback",
  "messaging_customer_information",
  "messaging_in_thread_lead_form_submit",
  "send_cart",
  "message_echoes",
  "message_deliveries",
  "message_reads",
  "message_reactions",
  "message_edits",
  "messaging_handovers",
  "standby",
  "messaging_policy_enforcement",
  "messaging_integrity",
  "business_integrity",
  "inbox_labels",
  "feed",
  "group_feed",
  "message_template_status_update",
] as const;
