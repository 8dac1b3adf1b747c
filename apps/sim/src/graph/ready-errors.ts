import { type GraphError, graphError, GraphError as Init } from "./error.ts";

const POLICY = "https://developers.facebook.com/docs/messenger-platform/policy-overview";

/** The bodies of meta-sending §3.8, by a short name; the fault switch may name them by code and sub-code alone. */
export const ready = {
  windowClosed: () =>
    graphError(
      10,
      2018278,
      `(#10) This message is sent outside of allowed window. Learn more about the new policy here: ${POLICY}`,
    ),
  windowClosedInstagram: () => graphError(10, 2534022, "This message is sent outside of allowed window."),
  otherApp: () =>
    graphError(10, 2018300, "(#10) Message failed to send because another app is controlling this thread now."),
  notThreadOwner: () => graphError(100, 2534037, "(#100) The action is invalid since it's not the thread owner."),
  wrongApp: () => graphError(100, 2018164, "(#100) Incorrect App ID"),
  leadAd: () =>
    graphError(
      10,
      2018321,
      "(#10) The chat is currently controlled by Messenger while the user is in an automated question and answer flow. Please wait for the flow to finish.",
    ),
  humanAgentNotApproved: () =>
    graphError(100, 2018276, "(#100) Cannot tag messages with 'HUMAN_AGENT' without prior approval."),
  deadTag: () =>
    new Init({
      code: 100,
      subcode: 1893061,
      message: "Invalid parameter",
      isTransient: false,
      userTitle: "Message tag no longer supported",
      userMessage: "This message tag was retired. Use a utility message instead.",
    }),
  notAvailable: () => graphError(551, 1545041, "(#551) This person isn't available right now."),
  uploadFailure: () => graphError(100, 2018047, "(#100) Upload attachment failure."),
  noMatchingUser: () => graphError(100, 2018001, "(#100) No matching user found"),
  noMatchingInstagramUser: () => graphError(100, 2534014, "(#100) No matching Instagram user"),
  restricted: () => graphError(10, 1893063, "(#10) You are temporarily restricted from sending messages."),
  fetchFailed: () => graphError(100, 2018008, "(#100) Failed to fetch the file from the url"),
  attachmentId: () =>
    graphError(100, 2018074, "(#100) Possible invalid attachment ID or you do not own the attachment."),
  tooLarge: () => graphError(100, 2018109, "(#100) Attachment size exceeds allowable limit"),
  messageAndState: () => graphError(100, 2018014, "(#100) Cannot send both message and state at the same time."),
  emptyMessage: () => graphError(100, 2018034, "(#100) Message cannot be empty, must provide valid attachment or text"),
  bannedFile: () =>
    graphError(
      546,
      undefined,
      "(#546) The type of file you're trying to attach isn't allowed. Please try again with a different format",
    ),
  messageGone: () =>
    graphError(9000001, undefined, "(#9000001) This Message has been deleted by the user or the business."),
  instagramAccessOff: () =>
    graphError(200, 2534041, "The account owner has disabled access to instagram direct messages."),
  capability: () => graphError(3, undefined, "(#3) Application does not have the capability to make this API call."),
} satisfies Record<string, () => GraphError>;

const PASSWORD =
  "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.";

/** Texts by code and sub-code for errors only a fault switch causes. */
const TEXTS: Record<string, string> = {
  "-1": "(#-1) Unexpected internal error",
  "-2": "(#-2) Timed out while uploading message attachment; please try again later",
  "1": "An unknown error occurred",
  "2": "(#2) Service temporarily unavailable",
  "4": "(#4) Application request limit reached",
  "17": "(#17) User request limit reached",
  "190": "Invalid OAuth access token.",
  "190/460": PASSWORD,
  "200": "(#200) Permissions error",
  "200/1545041": "(#551) This person isn't available right now.",
  "10/2018108": "(#10) They can't receive your messages right now.",
  "230": "(#230) Requires pages_messaging permission to manage the object",
  "368": "(#368) The action attempted has been deemed abusive or is otherwise disallowed",
  "613": "(#613) Calls to this api have exceeded the rate limit.",
  "1200/2018024": "(#1200) Temporary send message failure. Please try again later.",
  "2022": "(#2022) Sending messages by API is temporarily disabled for this Page.",
  "80006":
    "(#80006) There have been too many calls to this Page account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.",
  "100/2018294": "(#100) Video upload timed out or video is corrupted",
  "10900": "(#10900) Activity already replied to",
};

export function textFor(code: number, subcode: number | undefined): string {
  for (const make of Object.values(ready)) {
    const { init } = make();
    if (init.code === code && init.subcode === subcode) return init.message;
  }
  return TEXTS[`${code}/${subcode}`] ?? TEXTS[String(code)] ?? `(#${code}) An error occurred`;
}
