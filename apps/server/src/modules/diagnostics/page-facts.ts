import type { ChannelFacts } from "@firstline/core";
import { GraphPage } from "@firstline/meta-wire";
import { adapterFor } from "../../adapters/index.ts";
import type { ChannelRow, ChannelsModule } from "../channels/index.ts";

/** The Page behind a channel's access and, for Instagram, the account the Page names. null: could not be read. */
export interface PageFacts {
  page: ChannelFacts["page"];
  linked: { id: string; name: string | null } | null;
}

/** `GET /me` with the Page's token: what it opens, whatever we believe it to be (Graph API, "Page", v26.0, read 2026-11). */
export async function readPage(
  channels: Pick<ChannelsModule, "call">,
  workspaceId: string,
  channel: Pick<ChannelRow, "id" | "page_id">,
): Promise<PageFacts> {
  const answer = await channels.call(workspaceId, channel.id, {
    method: "GET",
    path: "/me",
    query: { fields: "id,name,is_published,instagram_business_account{id,username}" },
  });
  if (answer?.kind !== "answer" || answer.error) return { page: null, linked: null };
  const read = GraphPage.safeParse(answer.body);
  if (!read.success) return { page: null, linked: null };
  const { id, name, instagram_business_account: account } = read.data;
  const published = (answer.body as { is_published?: unknown }).is_published;
  return {
    page: { id, expectedId: channel.page_id, name, published: typeof published === "boolean" ? published : null },
    linked: account ? { id: account.id, name: account.username ?? null } : null,
  };
}

/**
 * The Instagram account behind a channel: which one the Page names, and whether its conversations can be read. The switch for
 * connected tools (200/2534041) and the demand for two-factor login (10/2534077) show only then.
 */
export async function readInstagram(
  channels: Pick<ChannelsModule, "readRecord">,
  workspaceId: string,
  channel: Pick<ChannelRow, "id" | "platform" | "page_id" | "external_id">,
  { page, linked }: PageFacts,
): Promise<ChannelFacts["instagram"]> {
  if (channel.platform !== "instagram" || page === null) return null;
  const request = adapterFor("instagram").buildConversationsRead(channel.page_id, { limit: 1, plain: true });
  const answer = await channels.readRecord(workspaceId, channel.id, {
    ...request,
    query: { ...request.query, fields: "id" },
  });
  return {
    accountId: channel.external_id,
    linked,
    access: answer.kind === "answer" ? "ok" : answer.kind === "refused" ? answer.fault : null,
  };
}
