import type { ChannelFacts } from "@firstline/core";
import { adapterFor } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import { type ChannelsModule, wantedFields } from "../channels/index.ts";
import { keptFacts, routingFacts } from "./kept-facts.ts";
import { readSubscriptions } from "./subscriptions.ts";

/** Reads everything a verdict on one channel needs. What cannot be read stays null: nothing is claimed about it. */
export async function gatherFacts(
  deps: Deps,
  channels: ChannelsModule,
  workspaceId: string,
  channelId: string,
): Promise<ChannelFacts> {
  const channel = await channels.row(workspaceId, channelId);
  const base: ChannelFacts = {
    platform: channel.platform,
    state: channel.state,
    stateFault: channel.state_fault,
    stateSince: channel.state_since.getTime(),
    connectedAt: channel.created_at.getTime(),
    token: null,
    pageSubscription: null,
    appSubscription: null,
    callback: null,
    lastEventAt: channel.last_event_at?.getTime() ?? null,
    humanAgentApproved: deps.config.meta.humanAgentApproved && channel.human_agent_refused_at === null,
    ...(await keptFacts(deps, workspaceId, channelId)),
    routing: null,
  };
  if (channel.state === "disconnected") return base;
  const adapter = adapterFor(channel.platform);
  const [token, survey, app] = await Promise.all([
    channels.checkTokens(workspaceId, channelId),
    channels.survey(workspaceId, channelId),
    readAppFields(deps, adapter.object),
  ]);
  return {
    ...base,
    token,
    pageSubscription: survey.apps && {
      wanted: wantedFields(adapter, token?.templatesAllowed ?? null),
      found: survey.apps.find((a) => a.id === deps.config.meta.appId)?.fields ?? [],
    },
    appSubscription: app && { wanted: adapter.appFields, found: app.fields },
    routing: await routingFacts(deps, channels, workspaceId, channelId, survey),
    callback: app && { registered: app.callback, expected: `${deps.config.publicUrl}/webhooks/meta` },
  };
}

async function readAppFields(
  deps: Deps,
  object: string,
): Promise<{ fields: string[]; callback: string | null } | null> {
  if (!deps.config.meta.appId) return null;
  const { found } = await readSubscriptions(deps);
  if (!found) return null;
  const own = found.find((s) => s.object === object);
  return { fields: own?.fields ?? [], callback: own?.callback ?? null };
}
