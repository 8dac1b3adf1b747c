import { describe, expect, it } from "vitest";
import { channelEffect, classifyFault, type FaultCode, faultOf } from "../src/index.ts";

/**
 * Meta's documented and observed errors, row by row (error codes, 2026-06-25; Graph error guide; Instagram send page, 2026-06-24;
 * private replies, 2026-07-02; production bodies). What the row asks of a sender:
 * `repeat` after growing waits; `minutes` only after minutes; `once` more; `settle` whoever has it decides, never blindly again;
 * `never`; `customer` never, and the mark is on the contact; `control` after the thread came back;
 * `authorise` the channel anew; `pause` the whole Page.
 */
type Asks = "repeat" | "minutes" | "once" | "settle" | "never" | "customer" | "control" | "authorise" | "pause";
type Row = [code: number, subcode: number | null, message: string, expected: FaultCode, asks: Asks];

const WINDOW =
  "(#10) This message is sent outside of allowed window. Learn more about the new policy here: https://developers.facebook.com/docs/messenger-platform/policy-overview";
const TOO_MANY = (code: number) =>
  `(#${code}) There have been too many calls to this Page account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.`;
const TESTERS =
  "Cannot message users who are not admins, developers or testers of the app until pages_messaging permission is reviewed and the app is live.";

/** Send API and attachments. */
const SENDING: Row[] = [
  [-1, null, "(#-1) Unexpected internal error", "meta_internal_error", "repeat"],
  [
    -2,
    null,
    "(#-2) Timed out while uploading message attachment; please try again later",
    "attachment_upload_timed_out",
    "settle",
  ],
  [1, null, "An unknown error occurred", "meta_unavailable", "repeat"],
  [1, 99, "An unknown error occurred", "app_not_approved", "never"],
  [1, 1357046, "Received invalid JSON reply", "outcome_unknown", "settle"],
  [2, null, "(#2) Service temporarily unavailable", "meta_unavailable", "repeat"],
  [2, null, "An unexpected error has occurred. Please retry your request later.", "meta_unavailable", "repeat"],
  [2, 2018344, "Service temporarily unavailable", "privacy_terms_not_accepted", "never"],
  [3, null, "(#3) Application does not have the capability to make this API call.", "capability_missing", "never"],
  [4, null, "(#4) Application request limit reached", "app_rate", "minutes"],
  [4, 2018022, "Too many send requests to phone numbers", "phone_send_rate", "minutes"],
  [4, 2018354, "Minimum delay between notifications", "marketing_limit", "customer"],
  [9, 2018352, "User is performing too many actions", "marketing_limit", "customer"],
  [10, null, "(#10) Application does not have permission for this action", "permission_refused", "never"],
  [10, 2018278, WINDOW, "window_closed", "never"],
  [10, null, WINDOW, "window_closed", "never"],
  [10, null, "(#10) This message is being sent outside the allowed window.", "window_closed", "never"],
  [10, null, "(#10) This message was sent outside of the allowed window.", "window_closed", "never"],
  [10, 2534022, "This message is sent outside of allowed window.", "window_closed", "never"],
  [
    10,
    2018065,
    "(#10) This message is sent outside of allowed window. You need News Messaging permission",
    "news_not_approved",
    "never",
  ],
  [10, 2018108, "They can't receive your messages right now.", "contact_cannot_receive", "customer"],
  [10, null, "This Person Cannot Receive Messages: try again later", "contact_cannot_receive", "customer"],
  [10, 1893063, "(#10) You are temporarily restricted from sending messages.", "channel_restricted", "pause"],
  [
    10,
    2018300,
    "(#10) Message failed to send because another app is controlling this thread now.",
    "held_by_other_app",
    "control",
  ],
  [10, 2018321, "The chat is currently controlled by Messenger", "automated_flow_running", "minutes"],
  [10, 2534077, "Cannot verify the connection between the IG account", "instagram_link_broken", "authorise"],
  [10, 2018336, "User thread impact", "privacy_region", "never"],
  [10, 1404170, "Marketing opt-in restricted", "marketing_limit", "customer"],
  [10, 1893015, "This person stopped the topic", "marketing_stopped", "customer"],
  [
    10,
    null,
    "(#10) This action was not submitted due to new privacy rules in Europe and Japan. See developer documentation for more info.",
    "privacy_region",
    "never",
  ],
  [17, null, "(#17) User request limit reached", "user_rate", "minutes"],
  [17, 2446079, "(#17) User request limit reached", "user_rate", "minutes"],
  [32, null, "(#32) Page request limit reached", "page_send_rate", "minutes"],
  [80001, null, TOO_MANY(80001), "page_send_rate", "minutes"],
  [80006, null, TOO_MANY(80006), "page_send_rate", "minutes"],
  [80002, null, TOO_MANY(80002), "page_send_rate", "minutes"],
  [613, null, "(#613) Calls to this api have exceeded the rate limit.", "page_send_rate", "minutes"],
  [613, 1893016, "Scope of service exceeded", "marketing_limit", "customer"],
  [
    613,
    2018338,
    "Warning! You are engaging in behavior that may be considered bothersome",
    "tagged_too_often",
    "customer",
  ],
  [613, 2534040, "Calls to this api have exceeded the rate limit.", "page_send_rate", "minutes"],
  [100, null, '(#100) Param recipient[id] must be a valid ID string (e.g., "123")', "request_rejected", "never"],
  [100, null, "(#100) param recipient must be non-empty", "request_rejected", "never"],
  [100, null, "Invalid fbid", "request_rejected", "never"],
  [100, null, "(#100) The parameter message[attachment][payload] is required", "request_rejected", "never"],
  [100, null, "(#100) Incorrect number of files uploaded. Must upload exactly one file.", "request_rejected", "never"],
  [100, null, "(#100) Invalid tag.", "request_rejected", "never"],
  [100, null, "(#100) Messaging type should be MESSAGE_TAG for tagged messages.", "request_rejected", "never"],
  [100, null, "(#100) calling app is not the thread owner", "held_by_other_app", "control"],
  [100, null, "(#100) Template cannot be found.", "template_not_found", "never"],
  [
    100,
    33,
    "Unsupported post request. Object with ID '1' does not exist, cannot be loaded due to missing permissions, or does not support this operation.",
    "meta_object_not_found",
    "never",
  ],
  [100, 2018001, "(#100) No matching user found", "contact_unknown", "customer"],
  [100, 2018008, "(#100) Failed to fetch the file from the url", "attachment_fetch_failed", "once"],
  [100, 2018014, "Cannot send both message and state at the same time.", "request_rejected", "never"],
  [100, 2018034, "Message cannot be empty", "message_empty", "never"],
  [100, 2018047, "(#100) Upload attachment failure.", "attachment_refused", "once"],
  [100, 2018074, "possible invalid ID or you do not own the attachment", "attachment_expired", "once"],
  [100, 2018109, "Attachment size exceeds allowable limit", "attachment_too_large", "never"],
  [100, 2018294, "Video upload timed out or video is corrupted", "video_refused", "once"],
  [100, 2018164, "Incorrect App ID", "routing_refused", "never"],
  [100, 2018320, "Invalid product id", "request_rejected", "never"],
  [100, 2018328, "product template below v8", "request_rejected", "never"],
  [
    100,
    2018276,
    "(#100) Cannot tag messages with 'HUMAN_AGENT' without prior approval.",
    "human_agent_not_approved",
    "never",
  ],
  [100, 1893061, "Invalid parameter", "tag_retired", "never"],
  [100, 1893043, "Special characters are not allowed", "template_parameter_invalid", "never"],
  [
    100,
    2534001,
    "(#100) The thread owner has archived or deleted this conversation, or the thread does not exist",
    "thread_gone",
    "never",
  ],
  [100, 2534013, "The page is not linked to an Instagram account", "instagram_link_broken", "authorise"],
  [100, 2534014, "No matching Instagram user", "contact_unknown", "customer"],
  [100, 2534015, "Invalid message data", "request_rejected", "never"],
  [100, 2534025, "The comment is invalid for a private reply", "private_reply_comment_gone", "never"],
  [100, 2534029, "The business is blocked from the Instagram messaging API", "instagram_blocked", "pause"],
  [100, 2534037, "The action is invalid since it's not the thread owner.", "held_by_other_app", "control"],
  [100, 2534068, "Sending multiple images is not available for this account.", "images_one_by_one", "never"],
  [200, null, "(#200) Permissions error", "permission_refused", "never"],
  [200, null, `(#200) ${TESTERS}`, "app_not_approved", "never"],
  [200, 2018028, TESTERS, "app_not_approved", "never"],
  [200, 2018027, "pages_messaging_phone_number", "phone_sending_unavailable", "never"],
  [200, 2018021, "Phone matching fee", "phone_sending_unavailable", "never"],
  [200, 1545041, "This person isn't available right now.", "contact_cannot_receive", "customer"],
  [
    200,
    2534041,
    "The account owner has disabled access to instagram direct messages.",
    "instagram_access_off",
    "authorise",
  ],
  [200, 2069030, "This endpoint is not supported in the New Pages Experience", "page_kind_unsupported", "never"],
  [
    230,
    null,
    "(#230) Requires pages_messaging permission to manage the object",
    "page_permission_missing",
    "authorise",
  ],
  [230, null, "User consent is required to access user profile", "profile_no_consent", "customer"],
  [341, null, "Application limit reached", "app_rate", "minutes"],
  [368, null, "Temporarily blocked for policies violations", "policy_block", "pause"],
  [506, null, "Duplicate post", "duplicate_post", "never"],
  [
    546,
    null,
    "(#546) The type of file you're trying to attach isn't allowed. Please try again with a different format",
    "attachment_unsupported",
    "never",
  ],
  [551, 1545041, "(#551) This person isn't available right now.", "contact_cannot_receive", "customer"],
  [551, null, "This person isn't receiving messages from you right now.", "contact_cannot_receive", "customer"],
  [1200, 2018024, "(#1200) Temporary send message failure. Please try again later.", "meta_unavailable", "repeat"],
  [2022, null, "Sending by API is disabled", "page_reported", "pause"],
  [10303, null, "Invalid account_linking_token", "request_rejected", "never"],
  [9010, null, "No matching Instagram user", "profile_not_found", "customer"],
  [36103, null, "This IG account is not eligible for API yet", "instagram_not_eligible", "never"],
  [100, 2018171, "Thread role cannot be set", "routing_refused", "never"],
  [100, 2018218, "No profile available for this user.", "profile_phone_account", "customer"],
  [100, 2018234, "Thread role cannot be read", "routing_refused", "never"],
  [100, 2018247, "Insufficient permission to access user profile", "profile_no_access", "customer"],
  [9000001, null, "This Message has been deleted by the user or the business.", "reply_target_gone", "never"],
  [2300052, null, "This person is not available right now.", "marketing_unavailable", "customer"],
];

/** Private replies. */
const PRIVATE: Row[] = [
  [10900, null, "(#10900) Activity already replied to", "private_reply_used", "never"],
  [10901, null, "(#10901) Reply time expired", "private_reply_too_late", "never"],
  [10903, null, "(#10903) This user cant reply to this activity", "private_reply_too_late", "never"],
];

const ERROR = "Error validating access token:";
/** Tokens. */
const TOKENS: Row[] = [
  [190, null, "Invalid OAuth access token.", "token_invalid", "authorise"],
  [190, null, "Error: the access token has expired", "token_expired", "authorise"],
  [190, 458, `${ERROR} User 1 has not authorized application 2.`, "token_app_removed", "authorise"],
  [190, 459, `${ERROR} You cannot access the app till you log in`, "token_checkpoint", "authorise"],
  [
    190,
    460,
    `${ERROR} The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.`,
    "token_password_changed",
    "authorise",
  ],
  [190, 463, `${ERROR} Session has expired on Wednesday.`, "token_expired", "authorise"],
  [190, 464, `${ERROR} the user is not a confirmed user.`, "token_account_unconfirmed", "authorise"],
  [190, 467, `${ERROR} This may be because the user logged out`, "token_revoked", "authorise"],
  [190, 490, `${ERROR} The user is enrolled in a blocking, logged-in checkpoint`, "token_checkpoint", "authorise"],
  [190, 492, `${ERROR} the user has no suitable role on the Page`, "page_role_lost", "authorise"],
  [190, 2069032, "(#190) A Page access token is required", "page_permission_missing", "authorise"],
  [
    190,
    null,
    "The user must be an administrator, editor, or moderator of the page in order to impersonate it. If the page business requires Two Factor Authentication, the user also needs to enable Two Factor Authentication.",
    "page_two_factor_required",
    "authorise",
  ],
  [
    190,
    null,
    "Any of the pages_read_engagement, pages_manage_metadata, pages_read_user_content, pages_manage_ads, pages_show_list or pages_messaging permission(s) must be granted before impersonating a user's page.",
    "page_permission_missing",
    "authorise",
  ],
  [190, null, "This Page access token belongs to a Page that is not accessible.", "page_not_accessible", "authorise"],
  [102, null, "Session key invalid or no longer valid", "token_invalid", "authorise"],
  [102, 460, "the same sub-codes as 190", "token_password_changed", "authorise"],
  [104, null, "Incorrect signature", "app_secret_proof_invalid", "never"],
  [210, null, "(#210) User not visible", "permission_refused", "never"],
  [299, null, "(#299) A permission that was removed", "permission_refused", "never"],
  [100, null, "API calls from the server require an appsecret_proof argument", "app_secret_proof_missing", "never"],
  [100, null, "Invalid appsecret_proof provided in the API argument", "app_secret_proof_invalid", "never"],
];

/** Page subscription. */
const SUBSCRIPTION: Row[] = [
  [100, null, "(#100) The parameter subscribed_fields is required.", "subscription_fields_missing", "never"],
  [
    200,
    null,
    "(#200) To subscribe to the feed field, one of these permissions is needed: pages_manage_metadata.",
    "subscription_permission_missing",
    "authorise",
  ],
  [283, null, "(#283) Requires manage_pages permission to manage the object", "page_permission_missing", "authorise"],
];

/** What is asked of a sender, by the catalogue's entry. */
function asks(code: FaultCode): Asks {
  const { retry, level } = faultOf(code);
  const effect = channelEffect(code);
  if (effect) return effect === "restricted" ? "pause" : "authorise";
  if (retry === "never") return level === "contact" ? "customer" : "never";
  const named: Partial<Record<typeof retry, Asks>> = {
    backoff: "repeat",
    after_wait: "minutes",
    once: "once",
    unknown_outcome: "settle",
    after_control: "control",
  };
  return named[retry] ?? "never";
}

const named = (rows: Row[]) => rows.map((row) => [`${row[0]}/${row[1] ?? "-"} ${row[2].slice(0, 60)}`, row] as const);

describe.each([
  ["sending and attachments", SENDING],
  ["private replies", PRIVATE],
  ["tokens", TOKENS],
  ["subscriptions", SUBSCRIPTION],
])("S12 Meta's table of errors: %s", (_table, rows) => {
  it.each(named(rows))(
    "%s is named, and repeated as the table asks",
    (_name, [code, subcode, message, expected, wish]) => {
      const base = { httpStatus: 400, code, subcode, message, isTransient: null, stage: "answered" as const };
      const fault = classifyFault(base);
      expect([fault, asks(fault)]).toEqual([expected, wish]);
      // The HTTP status is never what decides (observed: 400, 401, 403 and 5xx with the same bodies).
      for (const httpStatus of [200, 401, 403, 500, 503]) expect(classifyFault({ ...base, httpStatus })).toBe(fault);
      // Where numbers say it, Meta's translation of the text changes nothing.
      if (subcode !== null) expect(classifyFault({ ...base, message: "（#0）發生錯誤" })).toBe(fault);
    },
  );
});

describe("S12 numbers asked for and found nowhere", () => {
  it.each([
    [100, 2018007, "never"],
    [100, 2018012, "never"],
    [10, 1545052, "never"],
    [200, 1545052, "never"],
    [1, 77, "repeat"],
    [2, 77, "repeat"],
    [-1, 77, "repeat"],
    [-77, null, "never"],
  ] as [number, number | null, Asks][])("%s/%s is treated by its code alone", (code, subcode, wish) => {
    const fault = classifyFault({
      httpStatus: 400,
      code,
      subcode,
      message: "Something",
      isTransient: null,
      stage: "answered",
    });
    expect(asks(fault)).toBe(wish);
  });
});
