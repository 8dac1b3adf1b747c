import type { FaultCode } from "./catalogue.ts";

/**
 * Meta's wording, the last resort: it changes and is translated. Only asked where the numbers leave the cause open.
 * The first match counts, so the narrow ones stand first. English wording as seen between 2017 and 2026.
 */
export const TEXTS: readonly (readonly [RegExp, FaultCode])[] = [
  [/outside (of )?(the )?allowed window/i, "window_closed"],
  [/another app is controlling this thread/i, "held_by_other_app"],
  [/not the thread owner|current thread owner/i, "held_by_other_app"],
  [/without prior approval/i, "human_agent_not_approved"],
  [/temporarily restricted from sending/i, "channel_restricted"],
  [/appsecret_proof argument/i, "app_secret_proof_missing"],
  [/invalid appsecret_proof/i, "app_secret_proof_invalid"],
  [/upload attachment failure/i, "attachment_refused"],
  [/failed to fetch the file/i, "attachment_fetch_failed"],
  [/attachment size exceeds/i, "attachment_too_large"],
  [/type of file .* isn't allowed/i, "attachment_unsupported"],
  [/no profile available/i, "profile_phone_account"],
  [/user consent is required/i, "profile_no_consent"],
  [/permission to access user profile|instant games/i, "profile_no_access"],
  [/no matching (instagram )?user|requested user cannot be found/i, "contact_unknown"],
  [
    /person (isn't|is not) (available|receiving)|can't receive your messages|cannot receive messages/i,
    "contact_cannot_receive",
  ],
  [/archived or deleted this conversation/i, "thread_gone"],
  [/template cannot be found/i, "template_not_found"],
  [
    /number of (parameters|placeholders) .*match|(placeholder|parameter) count mismatch/i,
    "template_parameter_mismatch",
  ],
  [/message cannot be empty/i, "message_empty"],
  [/length of param message\[text\]/i, "message_too_long"],
  [/subscribed_fields is required/i, "subscription_fields_missing"],
  [/to subscribe to the .+ field/i, "subscription_permission_missing"],
  [/not (admins|admin), developers or testers|advanced access/i, "app_not_approved"],
  [/privacy rules in europe/i, "privacy_region"],
  [/does not exist, cannot be loaded/i, "meta_object_not_found"],
  [/requires pages?_utility_messaging permission/i, "utility_permission_missing"],
  [/requires \w+ permission/i, "page_permission_missing"],
];

/** The same for a dead token without a subcode we know. */
export const TOKEN_TEXTS: readonly (readonly [RegExp, FaultCode])[] = [
  [/two.?factor|in order to impersonate/i, "page_two_factor_required"],
  [/must be granted before impersonating/i, "page_permission_missing"],
  [/belongs to a page that is not accessible/i, "page_not_accessible"],
  [/changed their password/i, "token_password_changed"],
  [/session has expired|token has expired/i, "token_expired"],
  [/has not authorized application/i, "token_app_removed"],
];

export function byText(table: readonly (readonly [RegExp, FaultCode])[], text: string | null): FaultCode | null {
  if (text === null) return null;
  for (const [pattern, code] of table) if (pattern.test(text)) return code;
  return null;
}
