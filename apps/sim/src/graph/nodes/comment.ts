import { type Auth, unsupported } from "../auth.ts";
import { type Call, fieldsParam } from "../call.ts";
import { pick } from "../fields.ts";
import { privateReplyFault } from "../send/private-reply.ts";

/**
 * A comment of the Page or of its Instagram account, with `can_reply_privately` (Graph API, Comment; meta-sending §2.6). Null
 * when the id is none of this Page's.
 */
export function commentNode(call: Call, auth: Auth, id: string): { answer: unknown } | null {
  const page = auth.kind === "page" ? call.sim.store.page(auth.token.pageId ?? "") : undefined;
  const comment = page?.comments?.find((one) => one.id === id && !one.removed);
  if (!page || !comment) return null;
  if (call.method !== "GET" || call.segments.length > 1) throw unsupported(call.method, id);
  const created = new Date(comment.at).toISOString().replace(/\.\d+Z$/, "+0000");
  if (comment.platform === "instagram") {
    const { name: username } = comment.from;
    return {
      answer: pick("IGComment", id, fieldsParam(call), "id,text,timestamp", {
        id: () => id,
        text: () => comment.text,
        timestamp: () => created,
        username: () => username,
        from: () => ({ id: comment.from.id, username }),
        media: () => ({ id: comment.postId }),
        parent_id: () => comment.parentId ?? undefined,
      }),
    };
  }
  return {
    answer: pick("Comment", id, fieldsParam(call), "created_time,from,message,id", {
      id: () => id,
      message: () => comment.text,
      created_time: () => created,
      from: () => comment.from,
      parent: () => (comment.parentId ? { id: comment.parentId } : undefined),
      can_reply_privately: () => privateReplyFault(call.sim, page, comment) === null,
      permalink_url: () => `https://www.facebook.com/${comment.postId}/?comment_id=${id.split("_").at(-1)}`,
    }),
  };
}
