import type { ChannelFacts } from "@firstline/core";
import type { Platform } from "../../adapters/channel.ts";
import { adapterFor } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import { type ChannelsModule, type Survey, wantedFields } from "../channels/index.ts";
import { appFacts, usageFacts, webhookFacts } from "./installation-facts.ts";
import { keptFacts, routingFacts } from "./kept-facts.ts";
import { readInstagram, readPage } from "./page-facts.ts";
import { readSubscriptions } from "./subscriptions.ts";

/** What our own record tells of a channel; everything that is to be read at Meta stays null. */
export async function knownFacts(
  deps: Deps,
  channels: ChannelsModule,
  workspaceId: string,
  channelId: string,
): Promise<ChannelFacts> {
  const channel = await channels.row(workspaceId, channelId);
  return {
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
    page: null,
    instagram: null,
    webhook: await webhookFacts(deps),
    app: await appFacts(deps, workspaceId, channelId),
    usage: await usageFacts(deps, channels, workspaceId, channelId),
  };
}

/** Reads everything a verdict on one channel needs. What cannot be read stays null: nothing is claimed about it. */
export async function gatherFacts(
  deps: Deps,
  channels: ChannelsModule,
  workspaceId: string,
  channelId: string,
): Promise<ChannelFacts> {
  const channel = await channels.row(workspaceId, channelId);
  const base = await knownFacts(deps, channels, workspaceId, channelId);
  if (channel.state === "disconnected") return base;
  const [token, survey, app, page] = await Promise.all([
    channels.checkTokens(workspaceId, channelId),
    channels.survey(workspaceId, channelId),
    readAppFields(deps, channel.platform),
    readPage(channels, workspaceId, channel),
  ]);
  return {
    ...base,
    token,
    ...pageFields(deps, channel.platform, token, survey),
    ...app,
    page: page.page,
    instagram: await readInstagram(channels, workspaceId, channel, page),
    routing: await routingFacts(deps, channels, workspaceId, channelId, survey),
    // The answers above told both.
    app: { ...base.app, skewMs: deps.graph.skewMs() },
    usage: await usageFacts(deps, channels, workspaceId, channelId),
  };
}

/** The fields wanted at the Page and those Meta has. */
export function pageFields(
  deps: Pick<Deps, "config">,
  platform: Platform,
  token: ChannelFacts["token"],
  survey: Survey,
): Pick<ChannelFacts, "pageSubscription"> {
  return {
    pageSubscription: survey.apps && {
      wanted: wantedFields(adapterFor(platform), token?.templatesAllowed ?? null),
      found: survey.apps.find((a) => a.id === deps.config.meta.appId)?.fields ?? [],
    },
  };
}

/** The fields wanted at the app and those Meta has, with the address it calls. */
export async function readAppFields(
  deps: Deps,
  platform: Platform,
): Promise<Pick<ChannelFacts, "appSubscription" | "callback">> {
  const adapter = adapterFor(platform);
  const { found } = deps.config.meta.appId ? await readSubscriptions(deps) : { found: null };
  if (!found) return { appSubscription: null, callback: null };
  const own = found.find((s) => s.object === adapter.object);
  return {
    appSubscription: { wanted: adapter.appFields, found: own?.fields ?? [] },
    callback: { registered: own?.callback ?? null, expected: `${deps.config.publicUrl}/webhooks/meta` },
  };
}
