import { decideReply } from "@firstline/core";
import type { Deps } from "../../deps.ts";
import type { ChannelsModule } from "../channels/index.ts";
import type { TeamModule } from "../team/index.ts";
import { type ConversationRow, replyFacts } from "./present.ts";

/**
 * Shows the customer that somebody types or has read, where the workspace wants it and Meta takes it now: outside the window it
 * refuses sender actions, and a refusal would be one more call for nothing. Best effort: nobody waits and nothing fails.
 */
export async function signalCustomer(
  deps: Pick<Deps, "clock" | "config">,
  modules: { channels: ChannelsModule; team: TeamModule },
  workspaceId: string,
  row: ConversationRow,
  action: "typing_on" | "typing_off" | "mark_seen",
): Promise<void> {
  const { typingShown, seenShown } = await modules.team.signals(workspaceId);
  if (!(action === "mark_seen" ? seenShown : typingShown)) return;
  const { state, verdicts } = decideReply(replyFacts(row, deps.config.meta, "person"), deps.clock());
  if (state === "blocked" || verdicts.find((v) => v.way === "sender_action")?.state !== "open") return;
  modules.channels.signalCustomer(workspaceId, row.channel_id, row.contact_external_id, action);
}
