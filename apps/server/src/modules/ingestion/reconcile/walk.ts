import { type FaultCode, retryDelayMs, waitDelayMs } from "@firstline/core";
import type { MessageEvent, RecordedMessages, RecordedThread } from "../../../adapters/channel.ts";
import { adapterFor } from "../../../adapters/index.ts";
import type { Deps } from "../../../deps.ts";
import type { ChannelsModule, RecordAnswer } from "../../channels/index.ts";
import type { ContactsModule } from "../../contacts/index.ts";
import type { ReceiveBatch } from "../../messages/index.ts";
import { comparedTo, noteProgress, type Run } from "./rows.ts";
import { writePart } from "./write.ts";

/** How far a run came. `later`: Meta puts it off, or its time here is over; it goes on from its cursor. */
export type Outcome =
  | { kind: "done" }
  | { kind: "later"; afterMs: number; fault: FaultCode | null }
  | { kind: "failed"; fault: FaultCode; error: string | null };

export interface WalkModules {
  channels: ChannelsModule;
  contacts: ContactsModule;
  receive: ReceiveBatch;
}

/** Threads of one answer; fewer where Meta finds that too much. */
const THREADS = 20;

/** How to ask: smaller after "reduce the amount of data", plainer after "nonexisting field". */
interface Asking {
  limit: number;
  plain: boolean;
}

/**
 * Walks Meta's record of a channel, the thread with the newest message first, until threads and messages are older than the
 * run's `from` (Messenger Platform, "Conversations", read 2026-11: no paging by time, cursors only, two calls per second). What
 * arrives at Meta meanwhile moves to the top, behind us: the next run begins before the start of this one.
 */
export async function walk(deps: Deps, modules: WalkModules, run: Run, stopAt: number): Promise<Outcome> {
  const adapter = adapterFor(run.platform);
  const asking: Asking = { limit: THREADS, plain: false };
  let after = run.cursor;
  for (;;) {
    const answer = await ask(deps, modules, run, asking, () =>
      adapter.buildConversationsRead(run.page_id, {
        limit: asking.limit,
        after,
        plain: asking.plain,
        ...(run.contact_external_id === null ? {} : { contactId: run.contact_external_id }),
      }),
    );
    if (answer.kind !== "answer") return outcomeOf(answer);
    const page = adapter.readConversations(answer.body, run.account_id);
    if (page === null) return unreadable();
    const fresh = page.threads.filter((thread) => isWithin(thread.updatedAt, run));
    for (const thread of fresh) {
      const outcome = await walkThread(deps, modules, run, asking, thread);
      if (outcome) return outcome;
    }
    await modules.contacts.nameParticipants(
      { workspaceId: run.workspace_id, channelId: run.channel_id },
      fresh.flatMap((thread) => thread.contact ?? []),
    );
    const next = fresh.length < page.threads.length ? null : page.next;
    await noteProgress(deps.db, run, { conversations: fresh.length, cursor: next });
    if (next === null) return { kind: "done" };
    after = next;
    if (Date.now() >= stopAt) return { kind: "later", afterMs: 0, fault: null };
  }
}

const isWithin = (at: number | null, run: Run) => at === null || at + 1_000 > run.from_at.getTime();

/** Reads one thread back to the run's `from`. The oldest second of a part waits for the next one, for its order is there. */
async function walkThread(
  deps: Deps,
  modules: WalkModules,
  run: Run,
  asking: Asking,
  { threadId, contact, messages: newest }: RecordedThread,
): Promise<Outcome | null> {
  if (contact === null) return null;
  const adapter = adapterFor(run.platform);
  // Without a pause before its start, a run also takes what comes while it is at it.
  const end = comparedTo(run).getTime();
  const until = end < run.started_at.getTime() ? end : Number.POSITIVE_INFINITY;
  let messages: RecordedMessages = newest;
  let waiting: MessageEvent[] = [];
  let newerAt: number | null = null;
  for (;;) {
    const events: MessageEvent[] = [...waiting, ...messages.events];
    const oldest = events.at(-1)?.at ?? null;
    // Beyond the 20 newest Meta names messages without telling them: there is nothing more to have.
    const cursor = messages.untold === 0 && isWithin(oldest, run) ? messages.next : null;
    const ready = cursor === null ? events.length : events.findIndex((event) => event.at === oldest);
    const part = events.slice(0, ready);
    waiting = events.slice(ready);
    if (part.length > 0) {
      const written = await writePart(deps, modules.receive, run, {
        contactId: contact.id,
        events: part,
        newerAt,
        until,
      });
      newerAt = written.oldestAt;
      await noteProgress(deps.db, run, { examined: written.examined });
    }
    if (cursor === null) return null;
    const answer = await ask(deps, modules, run, asking, () =>
      adapter.buildThreadRead(threadId, { after: cursor, plain: asking.plain }),
    );
    if (answer.kind === "refused" && isGone(answer)) messages = { events: [], untold: 0, next: null };
    else if (answer.kind !== "answer") return outcomeOf(answer);
    else {
      const read = adapter.readThread(answer.body, run.account_id, contact.id);
      if (read === null) return unreadable();
      messages = read;
    }
  }
}

/** Asks, and asks again in a way Meta takes where it says what is wrong with the question; a short wait is waited here. */
async function ask(
  deps: Deps,
  { channels }: WalkModules,
  run: Run,
  asking: Asking,
  build: () => Parameters<ChannelsModule["readRecord"]>[2],
): Promise<RecordAnswer> {
  for (let waits = 0; ; ) {
    const answer = await channels.readRecord(run.workspace_id, run.channel_id, build());
    if (answer.kind === "answer") return answer;
    const text = answer.error?.message ?? "";
    if (/reduce the amount of data/i.test(text) && asking.limit > 1) {
      asking.limit = Math.ceil(asking.limit / 4);
      continue;
    }
    if (/nonexisting field/i.test(text) && !asking.plain) {
      asking.plain = true;
      continue;
    }
    if (answer.kind === "refused" || ++waits > WAITS_HERE || answer.afterMs > LONGEST_WAIT_HERE_MS) return answer;
    await noteProgress(deps.db, run, {});
    await new Promise((resolve) => setTimeout(resolve, answer.afterMs));
  }
}
const WAITS_HERE = 2;
const LONGEST_WAIT_HERE_MS = 5_000;

/** "This message has been deleted": what Meta answers beyond its 20 newest (error codes, 2026-06-25). */
const isGone = (answer: RecordAnswer & { kind: "refused" }) =>
  answer.error?.code === 9_000_001 || answer.fault === "meta_object_not_found";

const outcomeOf = (answer: Exclude<RecordAnswer, { kind: "answer" }>): Outcome =>
  answer.kind === "later"
    ? { kind: "later", afterMs: answer.afterMs, fault: answer.fault }
    : { kind: "failed", fault: answer.fault, error: answer.error?.message ?? null };

const unreadable = (): Outcome => ({
  kind: "failed",
  fault: "unknown_meta_error",
  error: "The answer was no list of conversations.",
});

/** Wait before a run that Meta put off `tries` times goes on, ms; null: not worth it any more, the next one begins anew. */
export function putOffMs(outcome: { afterMs: number }, tries: number, random: number): number | null {
  const wait = tries <= 1 ? retryDelayMs(1, random) : waitDelayMs(tries - 1, random);
  return wait === null ? null : Math.max(outcome.afterMs, wait);
}
