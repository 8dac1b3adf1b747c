import { type ChannelFacts, classifyFault, type FaultCode } from "@firstline/core";
import { DebugToken } from "@firstline/meta-wire";
import { sql } from "kysely";
import { z } from "zod";
import { adapterFor } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import { type ChannelsModule, missingScopes } from "../channels/index.ts";
import { keptFacts, routingFacts } from "./kept-facts.ts";

const AppSubscriptions = z.looseObject({
  data: z.array(
    z.looseObject({
      object: z.string(),
      callback_url: z.string().optional(),
      fields: z.array(z.union([z.string(), z.looseObject({ name: z.string() })])).default([]),
    }),
  ),
});

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
    readToken(deps, channels, workspaceId, channelId, channel),
    channels.survey(workspaceId, channelId),
    readAppFields(deps, adapter.object),
  ]);
  return {
    ...base,
    token,
    pageSubscription: survey.apps && {
      wanted: adapter.pageFields,
      found: survey.apps.find((a) => a.id === deps.config.meta.appId)?.fields ?? [],
    },
    appSubscription: app && { wanted: adapter.appFields, found: app.fields },
    routing: await routingFacts(deps, channels, workspaceId, channelId, survey),
    callback: app && { registered: app.callback, expected: `${deps.config.publicUrl}/webhooks/meta` },
  };
}

async function readToken(
  deps: Deps,
  channels: ChannelsModule,
  workspaceId: string,
  channelId: string,
  channel: { platform: ChannelFacts["platform"]; page_id: string; external_id: string },
): Promise<ChannelFacts["token"]> {
  const token = await channels.token(workspaceId, channelId);
  if (!token) return null;
  const answer = await deps.graph.callAsApp({
    method: "GET",
    path: "/debug_token",
    query: { input_token: token.secret.reveal() },
  });
  if (answer.kind === "no_answer" || answer.error) return null;
  const read = DebugToken.safeParse(answer.body);
  if (!read.success) return null;
  const { data } = read.data;
  const ms = (seconds: number | null) => (seconds ? seconds * 1000 : null);
  const fault: FaultCode | null = data.is_valid
    ? null
    : classifyFault({
        httpStatus: 400,
        code: data.error?.code ?? 190,
        subcode: data.error?.subcode ?? null,
        message: data.error?.message ?? null,
        isTransient: null,
        stage: "answered",
      });
  if (data.is_valid)
    await sql`update authorizer set proved_at = now() where workspace_id = ${workspaceId} and channel_id = ${channelId} and id = ${token.authorizerId}`.execute(
      deps.db,
    );
  else if (fault) await channels.bury(workspaceId, channelId, token.authorizerId, fault);
  return {
    valid: data.is_valid,
    fault,
    checkedAt: deps.clock(),
    expiresAt: ms(data.expires_at),
    dataAccessExpiresAt: ms(data.data_access_expires_at),
    missingPermissions: data.is_valid
      ? missingScopes(data, channel.platform, [channel.page_id, channel.external_id])
      : null,
  };
}

async function readAppFields(
  deps: Deps,
  object: string,
): Promise<{ fields: string[]; callback: string | null } | null> {
  if (!deps.config.meta.appId) return null;
  const answer = await deps.graph.callAsApp({ method: "GET", path: `/${deps.config.meta.appId}/subscriptions` });
  if (answer.kind === "no_answer" || answer.error) return null;
  const read = AppSubscriptions.safeParse(answer.body);
  if (!read.success) return null;
  const found = read.data.data.find((s) => s.object === object);
  return {
    fields: found?.fields.map((f) => (typeof f === "string" ? f : f.name)) ?? [],
    callback: found?.callback_url ?? null,
  };
}
