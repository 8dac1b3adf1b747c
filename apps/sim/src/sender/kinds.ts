/** Members that say whose an event is, not what it is. */
const AROUND = new Set(["sender", "recipient", "timestamp", "hop_context", "prior_message", "lead", "from"]);

function asRecord(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}

/**
 * What an event is about, as the switches name it: for messages the types of their attachments, `text` for a bare text,
 * `unsupported`, `deleted` or `empty`, and `echo` where it is one; else the event's member (`postback`, `reaction`…).
 */
export function kindsOf(event: Record<string, unknown>): string[] {
  if (event.message === undefined) return Object.keys(event).filter((name) => !AROUND.has(name));
  const message = asRecord(event.message);
  const attachments = Array.isArray(message.attachments) ? message.attachments : [];
  const kinds = attachments.map((one) => String(asRecord(one).type));
  if (kinds.length === 0 && message.text !== undefined) kinds.push("text");
  if (message.is_unsupported) kinds.push("unsupported");
  if (message.is_deleted) kinds.push("deleted");
  if (kinds.length === 0) kinds.push("empty");
  if (message.is_echo) kinds.push("echo");
  return kinds;
}
