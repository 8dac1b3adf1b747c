import { openUntil } from "../graph/send/policy.ts";
import { HUMAN_AGENT_MS } from "../graph/send/ways.ts";
import { PAGE_INBOX_APP_ID } from "../sender/events.ts";
import type { Sim } from "../sim.ts";
import { attachmentUrl, avatarUrl } from "../store/media-url.ts";
import type { Customer, Message, Thread } from "../store/types.ts";

import { controlView } from "./routing-view.ts";

const iso = (at: number | null | undefined) => (at ? new Date(at).toISOString() : null);

function messageView(sim: Sim, message: Message) {
  return {
    mid: message.mid,
    from: message.from,
    at: iso(message.at),
    text: message.text ?? null,
    attachments: message.attachments.map((attachment) => ({
      type: attachment.type,
      url: attachmentUrl(sim, attachment) ?? null,
      name: attachment.name ?? null,
      contentType: attachment.contentType ?? null,
      size: attachment.size ?? null,
      title: attachment.title ?? null,
      template: attachment.template ?? null,
      payload: attachment.payload ?? null,
    })),
    quickReplies: message.quickReplies ?? [],
    postback: message.postback ?? null,
    replyTo: message.replyTo ?? null,
    appId: message.appId ?? null,
    aiGenerated: message.aiGenerated ?? false,
    sentBy: message.from === "customer" ? "customer" : message.appId === PAGE_INBOX_APP_ID ? "page_inbox" : "app",
    metadata: message.metadata ?? null,
    tag: message.tag ?? null,
    mark: message.from === "page" ? (message.readAt ? "read" : message.deliveredAt ? "delivered" : "sent") : null,
    deliveredAt: iso(message.deliveredAt),
    readAt: iso(message.readAt),
    reactions: message.reactions,
    edits: message.edits,
    removed: message.removed ?? false,
    unsupported: message.unsupported ?? false,
    empty: message.empty ?? false,
    storyReply: message.storyReply ?? null,
    referral: message.referral ?? null,
    notice: message.notice ?? false,
    privateReplyTo: message.privateReplyTo ?? null,
    utility: message.utility ?? null,
  };
}

/** What the customer's phone shows, and what Meta's clock says about the conversation. */
export function threadView(sim: Sim, customer: Customer, thread: Thread) {
  const now = sim.now();
  const page = sim.store.page(thread.pageId);
  const open = openUntil(sim, thread);
  const human = thread.lastActionAt === null ? null : thread.lastActionAt + HUMAN_AGENT_MS;
  return {
    page: { id: thread.pageId, name: page?.name ?? "", avatar: avatarUrl(sim, thread.pageId) },
    customer: {
      id: customer.id,
      name: customer.name,
      platform: customer.platform,
      kind: customer.kind,
      blocked: customer.blocked,
      blockedAs: customer.blockedAs ?? "551",
      avatar: avatarUrl(sim, customer.id),
    },
    platform: thread.platform,
    messages: thread.messages.map((message) => messageView(sim, message)),
    control: page ? controlView(sim, page, thread) : null,
    leadAd: thread.leadAd ? { adTitle: thread.leadAd.adTitle, interrupt: thread.leadAd.interrupt } : null,
    pageTyping: thread.pageTypingUntil > now,
    pageTypingUntil: thread.pageTypingUntil > now ? iso(thread.pageTypingUntil) : null,
    customerTyping: thread.customerTypingUntil > now,
    pageSeenAt: iso(thread.pageSeenAt),
    customerReadAt: iso(thread.customerReadAt),
    window: {
      lastActionAt: iso(thread.lastActionAt),
      state: now < (open ?? 0) ? "open" : now < (human ?? 0) ? "human_agent" : "closed",
      openUntil: iso(open),
      humanAgentUntil: iso(human),
      adMessageAt: iso(thread.adMessageAt),
    },
  };
}
