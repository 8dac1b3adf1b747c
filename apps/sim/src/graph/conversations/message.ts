import type { Sim } from "../../sim.ts";
import type { Customer, Message, Page, Thread } from "../../store/types.ts";
import { type Field, pick, type Resolver } from "../fields.ts";
import { attachmentsOf, sharesOf } from "./attachments.ts";
import { businessPerson, customerPerson, showPerson } from "./people.ts";
import { isTold } from "./readable.ts";

export const MESSAGE_DEFAULT = "id,created_time";
/** Fields of a message (Graph API, Message; meta-receiving §4). */
export const MESSAGE_FIELDS = [
  "id",
  "created_time",
  "from",
  "to",
  "message",
  "attachments",
  "shares",
  "sticker",
  "story",
  "reactions",
  "tags",
  "is_unsupported",
  "reply_to",
] as const; // prettier-ignore

/** `2022-07-12T19:11:07+0000`: seconds, no colon in the offset (Graph API, Message). */
export function graphTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}+0000`;
}

/** A message as Graph tells it: no app id, metadata, referral or payload (meta-receiving §4, "Reconcile recipe"). */
export function showMessage(
  sim: Sim,
  page: Page,
  customer: Customer,
  thread: Thread,
  message: Message,
  requested: Field[] | string | undefined,
): Record<string, unknown> {
  const fields = messageFields(sim, page, customer, thread, message);
  const shown = pick("Message", message.mid, requested, MESSAGE_DEFAULT, fields);
  if (isTold(sim, thread, message)) return shown;
  // Older than what Meta tells in detail: the id is listed, the rest is not.
  return { ...(shown.created_time !== undefined && { created_time: shown.created_time }), id: message.mid };
}

function messageFields(
  sim: Sim,
  page: Page,
  customer: Customer,
  thread: Thread,
  message: Message,
): Record<(typeof MESSAGE_FIELDS)[number], Resolver> {
  const { platform } = thread;
  const [business, person] = [businessPerson(page, platform), customerPerson(customer)];
  const [from, to] = message.from === "page" ? [business, person] : [person, business];
  const silent = message.unsupported || message.empty;
  return {
    id: () => message.mid,
    created_time: () => graphTime(message.at),
    from: (field) => showPerson(from, field),
    to: (field) => ({ data: [showPerson(to, field)] }),
    message: () => (silent ? "" : (message.text ?? "")),
    attachments: (field) => (silent ? undefined : attachmentsOf(sim, message, field)),
    shares: (field) => (silent ? undefined : sharesOf(message, platform, field)),
    sticker: () => message.attachments.find((one) => one.type === "sticker")?.url,
    story: () => storyOf(message),
    reactions: () => reactionsOf(message, business, person),
    tags: () => ({ data: tagsOf(thread, message).map((name) => ({ name })) }),
    is_unsupported: () => (message.unsupported ? true : undefined),
    reply_to: () =>
      message.replyTo
        ? { mid: message.replyTo, is_self_reply: sim.store.message(message.replyTo)?.message.from === message.from }
        : undefined,
  };
}

/** `mention` and `reply_to`, each with link and id: as public clients read it from live answers. */
function storyOf(message: Message) {
  const mention = message.attachments.find((one) => one.type === "story_mention");
  if (message.storyReply) return { reply_to: { link: message.storyReply.url, id: message.storyReply.id } };
  if (mention) return { mention: { link: mention.payload?.url ?? mention.url, id: mention.payload?.id } };
  return undefined;
}

function reactionsOf(
  message: Message,
  business: ReturnType<typeof businessPerson>,
  person: ReturnType<typeof customerPerson>,
) {
  if (message.reactions.length === 0) return undefined;
  const names = new Set(message.reactions.map(({ reaction }) => reaction));
  const data = [...names].map((reaction) => ({
    reaction,
    users: message.reactions
      .filter((one) => one.reaction === reaction)
      .map(({ by }) => showPerson(by === "page" ? business : person, null)),
  }));
  return { data };
}

function tagsOf(thread: Thread, message: Message): string[] {
  const seen = message.from === "page" || (thread.pageSeenAt !== null && thread.pageSeenAt >= message.at);
  return ["inbox", ...(seen ? ["read"] : []), ...(message.from === "page" ? ["sent"] : []), "source:chat"];
}
