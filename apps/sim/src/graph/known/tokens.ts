import { row } from "./types.ts";

const ERROR = "Error validating access token:";

/** Tokens (meta-sending §3.4). */
export const TOKENS = [
  row(190, "Invalid OAuth access token.", "any dead or unknown token", "text", "ERR, GERR"),
  row(
    [190, 458],
    `${ERROR} User 100000000000101 has not authorized application 1517000000000111.`,
    "the person removed the app",
    "text",
    "GERR, CNN",
  ),
  row(
    [190, 459],
    `${ERROR} You cannot access the app till you log in to www.facebook.com and follow the instructions given.`,
    "checkpoint: the person logs in at facebook.com",
    "ours",
    "GERR",
    { data: { blame_field_specs: [], checkpoint_url: "https://www.facebook.com/checkpoint/" } },
  ),
  row(
    [190, 460],
    `${ERROR} The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.`,
    "password changed, or the session ended by Facebook",
    "body",
    "bootbot #154",
  ),
  row(
    [190, 463],
    `${ERROR} Session has expired on Wednesday, 14-Feb-18 18:00:00 PST. The current time is Thursday, 15-Feb-18 13:46:35 PST.`,
    "expired",
    "body",
    "Meta's sample via CNN",
  ),
  row(
    [190, 464],
    `${ERROR} Sessions for the user are not allowed because the user is not a confirmed user.`,
    "unconfirmed user",
    "ours",
    "GERR",
  ),
  row(
    [190, 467],
    `${ERROR} This may be because the user logged out or may be due to a system error.`,
    "revoked or logged out",
    "ours",
    "GERR",
  ),
  row(
    [190, 490],
    `${ERROR} The user is enrolled in a blocking, logged-in checkpoint`,
    "account security checkpoint",
    "ours",
    "TEXT",
  ),
  row(
    [190, 492],
    "The user must be an administrator, editor, or moderator of the page in order to impersonate it. If the page business requires Two Factor Authentication, the user also needs to enable Two Factor Authentication.",
    "no role on the Page, or two-factor demanded by its business",
    "text",
    "CNT",
  ),
  row(
    [190, 2069032],
    "(#190) A Page access token is required for this call for the new Pages experience.",
    "a user token where a Page token is needed",
    "ours",
    "TEXT",
    {
      userTitle: "User Access Token Is Not Supported",
      userMessage: "A Page access token is required for this call for the new Pages experience.",
    },
  ),
  row(
    190,
    "Any of the pages_read_engagement, pages_manage_metadata, pages_read_user_content, pages_manage_ads, pages_show_list or pages_messaging permission(s) must be granted before impersonating a user's page.",
    "scopes missing",
    "text",
    "CNT",
  ),
  row(
    190,
    "This Page access token belongs to a Page that is not accessible.",
    "the Page is gone or unpublished",
    "text",
    "CNT",
  ),
  row(102, "(#102) Session key invalid or no longer valid", "the session of the API", "ours", "GERR"),
  row(104, "An access token is required to request this resource.", "no token", "ours", "R"),
];
