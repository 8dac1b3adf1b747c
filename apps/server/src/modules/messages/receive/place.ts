import type { Deps } from "../../../deps.ts";
import type { Tx } from "../../../platform/db/pool.ts";
import { lockThreads } from "../../conversations/index.ts";
import type { FoldedThread } from "./folded.ts";
import * as statements from "./statements/index.ts";

export type PlacedThread = FoldedThread & { contactRow: string | null; conversationId: string | null };

/** Finds or makes contact and conversation of every thread that has a message; the others stay without if they have none. */
export async function place(
  tx: Tx,
  deps: Pick<Deps, "jobs">,
  folded: Map<string, FoldedThread>,
): Promise<Map<string, PlacedThread>> {
  const list = [...folded.values()];
  if (list.length === 0) return new Map();
  await lockThreads(
    tx,
    list.map((t) => ({ channelId: t.channelId, contactExternalId: t.contactId })),
  );
  const ids = await statements.findThreads(tx, list);
  const placed = list.map(
    (t, n): PlacedThread => ({ ...t, contactRow: ids[n]!.contactId, conversationId: ids[n]!.conversationId }),
  );

  const nameless = placed.filter((t, n) => t.inboundAt !== null && ids[n]!.askAgain);
  const strangers = placed.filter((t) => t.hasMessage && t.contactRow === null);
  if (strangers.length > 0) {
    const made = await statements.insertContacts(tx, strangers);
    strangers.forEach((t, n) => {
      t.contactRow = made[n]!;
    });
  }
  const unread = [...strangers.filter((t) => !t.isGuest), ...nameless];
  await deps.jobs.add(
    "contacts.profile",
    unread.map((t) => ({ data: { workspaceId: t.workspaceId, contactId: t.contactRow! } })),
    tx,
  );
  const threadless = placed.filter((t) => t.hasMessage && t.conversationId === null);
  if (threadless.length > 0) {
    const made = await statements.insertConversations(tx, threadless as (PlacedThread & { contactRow: string })[]);
    threadless.forEach((t, n) => {
      t.conversationId = made[n]!;
    });
  }
  return new Map([...folded.keys()].map((k, n) => [k, placed[n]!]));
}
