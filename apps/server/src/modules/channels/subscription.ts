import { SubscribedApps } from "@firstline/meta-wire";
import { sql } from "kysely";
import { z } from "zod";
import type { ChannelAdapter, GraphRequest, Platform } from "../../adapters/channel.ts";
import { adapterFor } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import type { GraphAnswer } from "../../platform/graph/client.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import { allowsTemplates } from "./template-permission.ts";

const AppSubscriptions = z.looseObject({
  data: z.array(
    z.looseObject({
      object: z.string(),
      callback_url: z.string().optional(),
      active: z.boolean().optional(),
      fields: z.array(z.union([z.string(), z.looseObject({ name: z.string() })])).default([]),
    }),
  ),
});

const callbackUrl = (deps: Pick<Deps, "config">) => `${deps.config.publicUrl}/webhooks/meta`;

/** The fields at app level: all channels share them. */
export function appSubscription(deps: Pick<Deps, "config">, adapter: ChannelAdapter): GraphRequest {
  const { appId, verifyToken } = deps.config.meta;
  return {
    method: "POST",
    path: `/${appId}/subscriptions`,
    form: {
      object: adapter.object,
      callback_url: callbackUrl(deps),
      verify_token: verifyToken,
      fields: adapter.appFields.join(","),
      include_values: "true",
    },
  };
}

/** Meta may refuse the whole list for one field whose permission is missing. */
const TEMPLATE_FIELD = "message_template_status_update";

/** The fields an adapter wants on a Page, without those the token's permissions do not reach. null: not known. */
export function wantedFields(adapter: ChannelAdapter, templatesAllowed: boolean | null): string[] {
  return adapter.pageFields.filter((field) => field !== TEMPLATE_FIELD || templatesAllowed !== false);
}

/** The fields at Page level: a Page has one list, for Messenger and its Instagram account. */
export function pageSubscription(adapter: ChannelAdapter, pageId: string, scopes: readonly string[]): GraphRequest {
  const allowed = allowsTemplates(scopes);
  const fields = new Set([...wantedFields(adapterFor("messenger"), allowed), ...wantedFields(adapter, allowed)]);
  return {
    method: "POST",
    path: `/${pageId}/subscribed_apps`,
    form: { subscribed_fields: [...fields].join(",") },
  };
}

/** What was found at Meta. `unknown`: it could not be read, could not be mended, or is another installation's. */
export type SubscriptionState = "intact" | "remade" | "unknown";

/**
 * Looks whether Meta still delivers for a channel, at both levels, and subscribes again where it does not: after an hour of
 * failing deliveries Meta drops the Page (Messenger webhooks, "Webhooks Disabled"). A callback address that is not ours is
 * left alone: another installation may live by it, and the channel's health says so.
 */
export async function keepSubscribed(
  deps: Deps,
  call: (request: GraphRequest) => Promise<GraphAnswer | null>,
  channel: { workspaceId: string; channelId: string; platform: Platform; pageId: string; scopes: readonly string[] },
): Promise<SubscriptionState> {
  if (!deps.config.meta.appId) return "unknown";
  const adapter = adapterFor(channel.platform);
  const levels = [
    {
      missing: async () => appMissing(deps, adapter),
      mend: () => deps.graph.callAsApp(appSubscription(deps, adapter)),
    },
    {
      missing: async () => pageMissing(deps, call, adapter, channel),
      mend: () => call(pageSubscription(adapter, channel.pageId, channel.scopes)),
    },
  ];
  let remade = false;
  for (const { missing, mend } of levels) {
    const before = await missing();
    if (before === null) return "unknown";
    if (before.length === 0) continue;
    const answer = await mend();
    if (answer?.kind !== "answer" || answer.error || (await missing())?.length !== 0) return "unknown";
    deps.log.warn(
      { channelId: channel.channelId, missing: before },
      "Meta had dropped a subscription; it is made again",
    );
    remade = true;
  }
  if (!remade) return "intact";
  await deps.db.transaction().execute(async (tx) => {
    await sql`update channel set resubscribed_at = ${new Date(deps.clock())} where workspace_id = ${channel.workspaceId} and id = ${channel.channelId}`.execute(
      tx,
    );
    await writeEvents(tx, [
      {
        workspaceId: channel.workspaceId,
        type: "channel.updated",
        conversationId: null,
        subjectId: channel.channelId,
      },
    ]);
  });
  return "remade";
}

/** Fields of ours that are not there; null: nobody can tell, or it is not ours to mend. */
async function appMissing(deps: Deps, adapter: ChannelAdapter): Promise<string[] | null> {
  const answer = await deps.graph.callAsApp({ method: "GET", path: `/${deps.config.meta.appId}/subscriptions` });
  if (answer.kind === "no_answer" || answer.error) return null;
  const read = AppSubscriptions.safeParse(answer.body);
  if (!read.success) return null;
  const found = read.data.data.find((one) => one.object === adapter.object);
  if (found?.callback_url !== undefined && found.callback_url !== callbackUrl(deps)) return null;
  if (!found || found.active === false) return [...adapter.appFields];
  const have = new Set(found.fields.map((one) => (typeof one === "string" ? one : one.name)));
  return adapter.appFields.filter((field) => !have.has(field));
}

async function pageMissing(
  deps: Deps,
  call: (request: GraphRequest) => Promise<GraphAnswer | null>,
  adapter: ChannelAdapter,
  { pageId, scopes }: { pageId: string; scopes: readonly string[] },
): Promise<string[] | null> {
  const answer = await call({
    method: "GET",
    path: `/${pageId}/subscribed_apps`,
    query: { fields: "id,name,subscribed_fields" },
  });
  if (answer?.kind !== "answer" || answer.error) return null;
  const read = SubscribedApps.safeParse(answer.body);
  if (!read.success) return null;
  const have = read.data.data.find((one) => one.id === deps.config.meta.appId)?.subscribed_fields ?? [];
  // For the linked Instagram account any field of the Page will do.
  if (adapter.platform === "instagram" && have.length > 0) return [];
  return wantedFields(adapter, allowsTemplates(scopes)).filter((field) => !have.includes(field));
}
