import { asString } from "../params.ts";
import { bad, object, onlyKeys } from "./checks.ts";

/** Whom a send names: a person of this Page, who ticked the checkbox plugin, or who commented or posted. */
export interface Recipient {
  recipientId: string;
  userRef: string | null;
  commentId: string | null;
  postId: string | null;
}

const WAYS = ["id", "user_ref", "comment_id", "post_id", "phone_number", "name", "notification_messages_token"];

/** `recipient`: exactly one of `id`, `user_ref`, `comment_id`, `post_id` (Send API reference, v25). */
export function readRecipient(value: unknown): Recipient {
  const recipient = object(value, "recipient");
  if (!recipient || Object.keys(recipient).length === 0) throw bad("param recipient must be non-empty.");
  onlyKeys(recipient, WAYS, "recipient");
  const [key = "", ...more] = Object.keys(recipient);
  if (!["id", "user_ref", "comment_id", "post_id"].includes(key))
    throw bad(`recipient by ${key} is not part of the local Meta.`);
  if (more.length > 0) throw bad("Param recipient must name exactly one recipient.");
  const id = asString(recipient[key]);
  if (!id || (key === "id" && !/^\d+$/.test(id)))
    throw bad(`Param recipient[${key}] must be a valid ID string (e.g., "123")`);
  return {
    recipientId: key === "id" ? id : "",
    userRef: key === "user_ref" ? id : null,
    commentId: key === "comment_id" ? id : null,
    postId: key === "post_id" ? id : null,
  };
}
