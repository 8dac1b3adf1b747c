import { row } from "./types.ts";

/**
 * Refusals that the local Meta's own rules word, for causes that share a number: thread control, templates, profiles and
 * subscriptions (meta-sending §2.4, §3.5, §6.2; meta-receiving on routing). Only the last resort of a caller, the text, tells them apart.
 */
export const RULES = [
  row(
    27,
    "(#27) Take thread control is not supported when Conversation Routing is not enabled.",
    "take: routing is off",
    "text",
    "DEEP",
  ),
  row(
    100,
    "(#100) The app is not allowed to take control of conversations of this Page.",
    "take: the switch of this app is off",
    "ours",
    "CR",
  ),
  row(
    100,
    "(#100) Request thread control is not available when Conversation Routing is enabled.",
    "request: routing is on",
    "ours",
    "CR",
  ),
  row(100, "(#100) The parameter target_app_id is required", "pass: no target and no default app", "ours", "CR"),
  row(
    100,
    "(#100) Only the current thread owner can release thread control.",
    "release: another app holds the thread",
    "text",
    "DEEP",
  ),
  row(
    100,
    "(#100) Number of parameters for body does not match: expected 2, got 1.",
    "a utility template with too few or too many parameters",
    "ours",
    "CAT",
  ),
  row(
    230,
    "(#230) User consent is required to access user profile",
    "profile: the person never wrote",
    "text",
    "chatwoot #11484",
  ),
  row(
    230,
    "(#230) Requires pages_utility_messaging permission to manage the object",
    "templates: the permission is missing",
    "ours",
    "UTIL",
  ),
  row(
    200,
    "(#200) To subscribe to the feed field, one of these permissions is needed: pages_manage_metadata.",
    "subscribing: the permission is missing",
    "text",
    "jgorset #280",
  ),
  row(
    190,
    "The user must be an administrator, editor, or moderator of the page in order to impersonate it. If the page business requires Two Factor Authentication, the user also needs to enable Two Factor Authentication.",
    "two-factor demanded by the Page's business; the sub-code is not known",
    "text",
    "CNT",
  ),
];
