import { setTimeout as pause } from "node:timers/promises";
import type { FaultCode } from "@firstline/core";
import type { GraphRequest, MessageEvent, RecordedMessages } from "../../../adapters/channel.ts";
import { adapterFor } from "../../../adapters/index.ts";
import type { ChannelRow, ChannelsModule, RecordAnswer } from "../../channels/index.ts";

/** One thread of Meta's record, newest first, as far back as it was read. */
export type RecordReading =
  /** Everything from `completeFrom` (ms) on is in `events`; `Infinity`: nothing is certain to be. */
  | { kind: "read"; events: MessageEvent[]; completeFrom: number }
  | { kind: "refused"; fault: FaultCode }
  /** Others read this channel's record now: its turn comes later. */
  | { kind: "busy"; afterMs: number };

type Channel = Pick<ChannelRow, "id" | "platform" | "page_id" | "external_id">;

/** Answers a thread is read in: beyond these nothing is certain. */
const MOST_PAGES = 20;
const WAITS_HERE = 2;
const LONGEST_WAIT_HERE_MS = 2_000;
const SECOND = 1_000;

/**
 * Reads one contact's thread in Meta's own record back to `since` (ms), in the channel's turns: newest first, by cursors alone
 * (Messenger Platform, "Conversations", read 2026-11). Beyond its 20 newest messages Meta names them without telling them.
 */
export async function readThread(
  channels: Pick<ChannelsModule, "readRecord">,
  workspaceId: string,
  channel: Channel,
  contactId: string,
  since: number,
): Promise<RecordReading> {
  const adapter = adapterFor(channel.platform);
  const ask = (build: (plain: boolean) => GraphRequest) => askRecord(channels, workspaceId, channel.id, build);
  const first = await ask((plain) => adapter.buildConversationsRead(channel.page_id, { limit: 1, contactId, plain }));
  if (first.kind !== "answer") return unreadOf(first);
  const page = adapter.readConversations(first.body, channel.external_id);
  if (page === null) return { kind: "refused", fault: "unknown_meta_error" };
  const thread = page.threads.find((one) => one.contact?.id === contactId);
  // Meta leaves out threads that lie in Requests for long: then nothing is known.
  if (!thread) return { kind: "read", events: [], completeFrom: Number.POSITIVE_INFINITY };

  const events = [...thread.messages.events];
  let messages: RecordedMessages = thread.messages;
  for (let pages = 1; ; pages++) {
    const oldest = events.at(-1)?.at ?? null;
    // The oldest second may go on in the next answer.
    const completeFrom = oldest === null ? Number.POSITIVE_INFINITY : oldest + SECOND;
    if (messages.untold === 0 && messages.next === null)
      return { kind: "read", events, completeFrom: Number.NEGATIVE_INFINITY };
    if (messages.untold > 0 || completeFrom <= since || pages === MOST_PAGES)
      return { kind: "read", events, completeFrom };
    const after = messages.next!;
    const answer = await ask((plain) => adapter.buildThreadRead(thread.threadId, { after, plain }));
    if (answer.kind !== "answer") return unreadOf(answer);
    const older = adapter.readThread(answer.body, channel.external_id, contactId);
    if (older === null) return { kind: "refused", fault: "unknown_meta_error" };
    messages = older;
    events.push(...older.events);
  }
}

/** Asks more plainly where a version of the API does not know a member; a short wait is waited here. */
async function askRecord(
  channels: Pick<ChannelsModule, "readRecord">,
  workspaceId: string,
  channelId: string,
  build: (plain: boolean) => GraphRequest,
): Promise<RecordAnswer> {
  let plain = false;
  for (let waits = 0; ; ) {
    const answer = await channels.readRecord(workspaceId, channelId, build(plain));
    if (answer.kind === "answer") return answer;
    if (!plain && /nonexisting field/i.test(answer.error?.message ?? "")) {
      plain = true;
      continue;
    }
    if (answer.kind === "refused" || ++waits > WAITS_HERE || answer.afterMs > LONGEST_WAIT_HERE_MS) return answer;
    await pause(answer.afterMs);
  }
}

/** A turn that would take long, without a word of Meta's, says nothing of the record. */
function unreadOf(answer: Exclude<RecordAnswer, { kind: "answer" }>): RecordReading {
  return answer.kind === "later" && answer.fault === "page_send_rate" && answer.error === null
    ? { kind: "busy", afterMs: answer.afterMs }
    : { kind: "refused", fault: answer.fault };
}
