import type { FaultCode } from "./catalogue.ts";

/**
 * Meta's numbers, read from the error table of the Messenger Platform (2026-06-25), the Graph API's error guide and, where
 * those are silent, from production logs quoted in public code. Each entry's `source` names the page.
 */

/** Subcodes of a dead token: codes 190 and 102. Any other subcode is `token_invalid`. */
export const TOKEN_SUBCODES: Readonly<Record<number, FaultCode>> = {
  458: "token_app_removed",
  459: "token_checkpoint",
  460: "token_password_changed",
  463: "token_expired",
  464: "token_account_unconfirmed",
  467: "token_revoked",
  490: "token_checkpoint",
  492: "page_role_lost",
  2069032: "page_permission_missing",
};

/** Short subcodes mean different things under different codes. */
export const BY_PAIR: Readonly<Record<string, FaultCode>> = {
  "1/99": "app_not_approved",
  "100/33": "meta_object_not_found",
};

/** Long subcodes are unique at Meta; the code beside them varies (1545041 comes with 551 and with 200). */
export const BY_SUBCODE: Readonly<Record<number, FaultCode>> = {
  36007: "connection_expired",
  36008: "connection_address_refused",
  36009: "connection_used",
  1357046: "outcome_unknown",
  1404170: "marketing_limit",
  1545041: "contact_cannot_receive",
  1893015: "marketing_stopped",
  1893016: "marketing_limit",
  1893043: "template_parameter_invalid",
  1893061: "tag_retired",
  1893063: "channel_restricted",
  2018001: "contact_unknown",
  2018008: "attachment_fetch_failed",
  2018014: "request_rejected",
  2018021: "phone_sending_unavailable",
  2018022: "phone_send_rate",
  2018024: "meta_unavailable",
  2018027: "phone_sending_unavailable",
  2018028: "app_not_approved",
  2018034: "message_empty",
  2018047: "attachment_refused",
  2018065: "news_not_approved",
  2018074: "attachment_expired",
  2018108: "contact_cannot_receive",
  2018109: "attachment_too_large",
  2018164: "routing_refused",
  2018171: "routing_refused",
  2018218: "profile_phone_account",
  2018234: "routing_refused",
  2018247: "profile_no_access",
  2018276: "human_agent_not_approved",
  2018278: "window_closed",
  2018294: "video_refused",
  2018300: "held_by_other_app",
  2018320: "request_rejected",
  2018321: "automated_flow_running",
  2018328: "request_rejected",
  2018336: "privacy_region",
  2018338: "tagged_too_often",
  2018344: "privacy_terms_not_accepted",
  2018352: "marketing_limit",
  2018354: "marketing_limit",
  2069030: "page_kind_unsupported",
  2446079: "user_rate",
  2534001: "thread_gone",
  2534013: "instagram_link_broken",
  2534014: "contact_unknown",
  2534015: "request_rejected",
  2534022: "window_closed",
  2534025: "private_reply_comment_gone",
  2534029: "instagram_blocked",
  2534037: "held_by_other_app",
  2534040: "page_send_rate",
  2534041: "instagram_access_off",
  2534068: "images_one_by_one",
  2534077: "instagram_link_broken",
};

/** Codes that say it alone. */
export const BY_CODE: Readonly<Record<number, FaultCode>> = {
  [-2]: "attachment_upload_timed_out",
  [-1]: "meta_internal_error",
  1: "meta_unavailable",
  2: "meta_unavailable",
  4: "app_rate",
  9: "marketing_limit",
  17: "user_rate",
  27: "routing_off",
  32: "page_send_rate",
  104: "app_secret_proof_invalid",
  341: "app_rate",
  368: "policy_block",
  506: "duplicate_post",
  546: "attachment_unsupported",
  551: "contact_cannot_receive",
  613: "page_send_rate",
  1200: "meta_unavailable",
  2022: "page_reported",
  9010: "profile_not_found",
  10303: "request_rejected",
  10900: "private_reply_used",
  10901: "private_reply_too_late",
  10903: "private_reply_too_late",
  36103: "instagram_not_eligible",
  80001: "page_send_rate",
  80002: "page_send_rate",
  80006: "page_send_rate",
  2018171: "routing_refused",
  2018218: "profile_phone_account",
  2018234: "routing_refused",
  2018247: "profile_no_access",
  2018300: "held_by_other_app",
  2018321: "automated_flow_running",
  2300052: "marketing_unavailable",
  9000001: "reply_target_gone",
};

/** Codes with many meanings: the text may tell which; otherwise the general entry stands. */
export const GENERIC: Readonly<Record<number, FaultCode>> = {
  3: "capability_missing",
  10: "permission_refused",
  100: "request_rejected",
  230: "page_permission_missing",
  283: "page_permission_missing",
};
