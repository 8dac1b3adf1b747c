import type { Attachment, Message, Owner, SendMessage, UploadVerdict } from "@firstline/contracts";
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, api } from "./api.ts";
import { putMessage } from "./cache/messages.ts";
import { now } from "./clock.ts";
import { lineBack } from "./live.ts";
import { useMe } from "./session.ts";

export interface Outgoing {
  body: SendMessage;
  /** The bubble that stands in the thread until the server's own row replaces it. */
  bubble: Message;
}

/** What was sent from this page and not taken by the server yet, so that it can be sent again under the same key. */
const outgoing = new Map<string, Outgoing>();

interface Draft {
  text?: string;
  sticker?: SendMessage["sticker"];
  /** `text` is what the customer reads of it. */
  template?: NonNullable<Message["template"]> & { parameters: Record<string, string> };
  /** One file, or images that go together. */
  files?: UploadVerdict[];
  replyTo?: Message | null;
}

const attachmentOf = (file: UploadVerdict): Attachment => ({
  id: file.id,
  kind: file.kind,
  url: file.url,
  name: file.name,
  contentType: file.contentType,
  size: file.size,
  width: null,
  height: null,
  state: "stored",
  type: null,
  title: null,
  link: null,
  repairs: file.repairs,
  notes: file.notes,
});

export function outgoingOf(
  conversationId: string,
  memberId: string | null,
  name: string | null,
  draft: Draft,
): Outgoing {
  const clientId = crypto.randomUUID();
  const at = new Date(now()).toISOString();
  const answered = draft.replyTo?.externalId ?? null;
  return {
    body: {
      clientId,
      // A template goes alone: its text is made at Meta.
      ...(draft.text && !draft.template ? { text: draft.text } : {}),
      ...(draft.template ? { template: { id: draft.template.id, parameters: draft.template.parameters } } : {}),
      ...(draft.sticker ? { sticker: draft.sticker } : {}),
      ...(draft.files?.length ? { attachmentIds: draft.files.map((file) => file.id) } : {}),
      ...(answered ? { replyTo: answered } : {}),
    },
    bubble: {
      id: clientId,
      conversationId,
      clientId,
      direction: "outbound",
      kind: draft.files?.[0]?.kind ?? (draft.sticker ? "sticker" : draft.template ? "template" : "text"),
      text: draft.text ?? null,
      attachments: (draft.files ?? []).map(attachmentOf),
      source: { kind: "agent", appId: null, name, memberId },
      way: null,
      state: "queued",
      externalId: null,
      sentAt: at,
      arrivedAt: at,
      details: [],
      recovered: false,
      standby: false,
      incomplete: false,
      editedAt: null,
      deletedAt: null,
      reactions: [],
      replyTo:
        answered && draft.replyTo
          ? { externalId: answered, messageId: draft.replyTo.id, text: draft.replyTo.text }
          : null,
      payload: null,
      failure: null,
      check: null,
      waitsForControl: false,
      template: draft.template
        ? { id: draft.template.id, name: draft.template.name, language: draft.template.language }
        : null,
      commentId: null,
    },
  };
}

function failed(bubble: Message, error: unknown): Message {
  const problem = error instanceof ApiProblem ? error.problem : null;
  return {
    ...bubble,
    state: "failed",
    failure: {
      code: null,
      subcode: null,
      fault: problem?.code ?? "unexpected",
      title: problem?.title ?? "",
      explain: problem?.detail ?? "",
      fix: problem?.fix ?? "",
      owner: (problem?.owner ?? "operator") as Owner,
      traceId: null,
      raw: error instanceof ApiProblem ? null : String(error),
    },
  };
}

/** Puts the bubble into the thread. Called at once, before the request, so that writing never waits. */
function show(client: QueryClient, { bubble, body }: Outgoing): void {
  outgoing.set(body.clientId, { bubble, body });
  putMessage(client, bubble);
}

/** Hands a reply to the server, again and again while that cannot be reached or is overloaded: after growing waits, or once the line is back. */
async function hand(conversationId: string, { body }: Outgoing): Promise<Message> {
  for (let tries = 0; ; tries++) {
    try {
      return await api.post("Message", `/conversations/${conversationId}/messages`, body);
    } catch (error) {
      if (!(error instanceof ApiProblem && error.passing)) throw error;
      await lineBack(Math.min(800 * 2 ** tries, 15_000));
    }
  }
}

/**
 * Sends one wire message after the other, per conversation in the order they were written. Without a connection they
 * wait and go out by themselves; the client id makes a repeat harmless.
 */
export function useSend(conversationId: string) {
  const client = useQueryClient();
  const { me, memberId } = useMe();
  const mutation = useMutation({
    mutationKey: ["send", conversationId],
    scope: { id: `send:${conversationId}` },
    mutationFn: (out: Outgoing) => hand(conversationId, out),
    onSuccess: (message, out) => {
      outgoing.delete(out.body.clientId);
      putMessage(client, message);
    },
    onError: (error, out) => putMessage(client, failed(out.bubble, error)),
  });
  return {
    send: (draft: Draft) => {
      const out = outgoingOf(conversationId, memberId, me?.member?.name ?? null, draft);
      show(client, out);
      mutation.mutate(out);
    },
    /** Sends again what the server had refused or never got. False: not written on this page. */
    again: (clientId: string): boolean => {
      const out = outgoing.get(clientId);
      if (!out) return false;
      const bubble = { ...out.bubble, state: "queued" as const, failure: null };
      putMessage(client, bubble);
      mutation.mutate({ ...out, bubble });
      return true;
    },
  };
}

export const forget = (clientId: string): void => {
  outgoing.delete(clientId);
};
