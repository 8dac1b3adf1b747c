import type { SelfTestFacts } from "@firstline/core";
import { sql } from "kysely";
import { adapterFor } from "../../../adapters/index.ts";
import type { Deps } from "../../../deps.ts";
import type { ChannelRow, ChannelsModule } from "../../channels/index.ts";

/** Reads the newest conversation of Meta's record and looks whether its newest message is here too. null: no answer. */
export async function tryRecord(
  deps: Pick<Deps, "db">,
  channels: Pick<ChannelsModule, "readRecord">,
  workspaceId: string,
  channel: Pick<ChannelRow, "id" | "platform" | "page_id" | "external_id">,
): Promise<SelfTestFacts["record"]> {
  const adapter = adapterFor(channel.platform);
  const answer = await channels.readRecord(
    workspaceId,
    channel.id,
    adapter.buildConversationsRead(channel.page_id, { limit: 1, plain: true }),
  );
  if (answer.kind === "later") return null;
  if (answer.kind === "refused") return { read: answer.fault, newest: null };
  const read = adapter.readConversations(answer.body, channel.external_id);
  if (!read) return null;
  const events = read.threads.flatMap((thread) => thread.messages.events);
  const newest = events.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))[0];
  if (!newest?.at) return { read: "ok", newest: null };
  const { rows } = await sql`
    select 1 from message where workspace_id = ${workspaceId} and channel_id = ${channel.id} and external_id = ${newest.mid}`.execute(
    deps.db,
  );
  return { read: "ok", newest: { at: newest.at, here: rows.length > 0 } };
}
