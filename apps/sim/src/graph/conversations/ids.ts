import { createHash } from "node:crypto";
import type { Sim } from "../../sim.ts";
import type { State, Thread } from "../../store/types.ts";

/** Ids as Meta's samples show them: `t_` and digits on Messenger, long base64 on Instagram (meta-receiving §4). */
const MESSENGER = /^t_\d+$/;
const INSTAGRAM = /^aWdfZAG06/;
const INSTAGRAM_PREFIX = "aWdfZAG06MTpJR01lc3NhZA2VUaHJlYWQ6";

const ids = new WeakMap<Thread, string>();
const known = new WeakMap<State, Map<string, Thread>>();

/** Always the same for the same Page and person, also after a restart or a reset. */
export function conversationId(thread: Thread): string {
  const existing = ids.get(thread);
  if (existing) return existing;
  const digest = createHash("sha256").update(`${thread.pageId}:${thread.customerId}`).digest();
  const id =
    thread.platform === "instagram"
      ? `${INSTAGRAM_PREFIX}${Buffer.concat([digest, digest.subarray(0, 16)]).toString("base64url")}`
      : `t_${1_000_000_000_000_000n + (digest.readBigUInt64BE() % 9_000_000_000_000_000n)}`;
  ids.set(thread, id);
  return id;
}

export function looksLikeConversation(id: string): boolean {
  return MESSENGER.test(id) || INSTAGRAM.test(id);
}

/** Message ids: `m_…`, or `aWdfZAG1f…` on Instagram: the same as in webhooks. */
export function looksLikeMessage(id: string): boolean {
  return id.startsWith("m_") || id.startsWith("aWdfZAG1f");
}

export function findConversation(sim: Sim, id: string): Thread | undefined {
  const { state } = sim.store;
  const index = known.get(state) ?? new Map<string, Thread>();
  known.set(state, index);
  if (!index.has(id)) for (const thread of Object.values(state.threads)) index.set(conversationId(thread), thread);
  return index.get(id);
}
