import { row } from "./types.ts";

/** Attachments (meta-sending §3.3, §4.4). */
export const ATTACHMENTS = [
  row(
    [100, 2018008],
    "(#100) Failed to fetch the file from the url",
    "address unreachable, bad certificate or too slow",
    "text",
    "ERR, ASSET",
  ),
  row(
    [100, 2018047],
    "(#100) Upload attachment failure.",
    "type and file differ, file damaged, part without content type; rarely Meta itself",
    "body",
    "CNN",
  ),
  row(
    [100, 2018074],
    "(#100) Possible invalid attachment ID or you do not own the attachment.",
    "attachment_id older than 90 days, or another Page's",
    "text",
    "ERR, ASSET",
  ),
  row([100, 2018109], "(#100) Attachment size exceeds allowable limit", "too large", "text", "ERR"),
  row(
    [100, 2018294],
    "(#100) Video upload timed out or video is corrupted",
    "a video over 75 seconds or broken",
    "text",
    "ERR, ASSET",
  ),
  row(
    [100, 2534068],
    "(#100) Sending multiple images is not available for this account.",
    "Instagram: several images in one message not enabled yet",
    "ours",
    "CHG",
  ),
  row(
    546,
    "(#546) The type of file you're trying to attach isn't allowed. Please try again with a different format",
    "HTML behind the address, or a banned type",
    "text",
    "jgorset #221",
  ),
];
