import type { Page, Platform, Thread } from "../../store/types.ts";
import { type Auth, requirePageToken, unsupported } from "../auth.ts";
import { type Call, fieldsParam, param, refuseUnknown } from "../call.ts";
import { GraphError } from "../error.ts";
import { parseFields, refuseUnknownFields } from "../fields.ts";
import { asList } from "../params.ts";
import { ready } from "../ready-errors.ts";
import { openConversations } from "./access.ts";
import {
  CONVERSATION_DEFAULT,
  CONVERSATION_FIELDS,
  type Conversation,
  folderOf,
  messagesEdge,
  showConversation,
  updatedAt,
} from "./conversation.ts";
import { conversationId, findConversation, looksLikeConversation, looksLikeMessage } from "./ids.ts";
import { showMessage } from "./message.ts";
import { page as paged } from "./paging.ts";
import { isListed, isTold } from "./readable.ts";

/**
 * `GET /{page}/conversations`: newest first, both platforms, by cursor (Messenger Platform, Conversations; Graph API, Page
 * conversations; meta-receiving §4).
 */
export function conversationList(call: Call, auth: Auth, page: Page): unknown {
  refuseUnknown(call, ["platform", "user_id", "folder", "tags"]);
  const platform = platformOf(call);
  openConversations(call, auth, page, platform);
  const person = param(call, "user_id");
  const folder = param(call, "folder")?.toLowerCase();
  const tags = asList(call.values.tags).map((tag) => tag.toLowerCase());
  const fields = parseFields(fieldsParam(call)?.trim() || CONVERSATION_DEFAULT);
  refuseUnknownFields("UnifiedThread", fields, CONVERSATION_FIELDS);
  const found = Object.values(call.sim.store.state.threads)
    .filter((thread) => thread.pageId === page.id && thread.platform === platform && isListed(call.sim, thread))
    .filter((thread) => person === undefined || thread.customerId === person)
    .flatMap((thread) => whole(call, page, thread))
    .filter((one) => folder === undefined || folder === folderOf(one))
    .filter((one) => tags.every((tag) => tag === folderOf(one)))
    .sort((a, b) => updatedAt(b.thread) - updatedAt(a.thread));
  const limit = param(call, "limit");
  const request = {
    path: `${page.id}/conversations`,
    params: {
      platform,
      user_id: person,
      folder,
      tags: tags.length > 0 ? tags.join(",") : undefined,
      fields: fieldsParam(call),
    },
    limit: limit === undefined ? undefined : Number(limit),
    after: param(call, "after"),
    before: param(call, "before"),
    timeOf: (one: Conversation) => updatedAt(one.thread),
    idOf: (one: Conversation) => conversationId(one.thread),
  };
  return paged(call, found, request, (one) => showConversation(call, one, fields));
}

function platformOf(call: Call): Platform {
  const platform = (param(call, "platform") ?? "messenger").toLowerCase();
  if (platform === "messenger" || platform === "instagram") return platform;
  throw new GraphError({ code: 100, message: "(#100) Param platform must be one of {MESSENGER, INSTAGRAM}" });
}

function whole(call: Call, page: Page, thread: Thread): Conversation[] {
  const customer = call.sim.store.customer(thread.customerId);
  return customer ? [{ page, customer, thread }] : [];
}

/** Conversations and messages by id. `null`: the id is neither, someone else may know it. */
export function conversationNode(call: Call, auth: Auth, id: string): { answer: unknown } | null {
  const conversation = looksLikeConversation(id);
  if (!conversation && !looksLikeMessage(id)) return null;
  if (call.method !== "GET") throw unsupported(call.method, id);
  const page = requirePageToken(call.sim, auth);
  const message = conversation ? undefined : call.sim.store.message(id);
  const thread = conversation ? findConversation(call.sim, id) : message?.thread;
  const [one] = thread && thread.pageId === page.id ? whole(call, page, thread) : [];
  if (!one || !isListed(call.sim, one.thread)) throw unsupported("GET", id);
  openConversations(call, auth, page, one.thread.platform);
  const edge = call.segments[1];
  if (conversation && edge === "messages") return { answer: messagesEdge(call, one) };
  if (edge !== undefined) {
    const type = conversation ? "UnifiedThread" : "Message";
    throw new GraphError({
      code: 100,
      message: `(#100) Tried accessing nonexisting field (${edge}) on node type (${type})`,
    });
  }
  refuseUnknown(call, []);
  if (!message) return { answer: showConversation(call, one, fieldsParam(call)) };
  // Unsent, or older than what Meta still tells of: the same answer (Send API error codes, 2026-06-25).
  if (!isTold(call.sim, one.thread, message.message)) throw ready.messageGone();
  return { answer: showMessage(call.sim, page, one.customer, one.thread, message.message, fieldsParam(call)) };
}
