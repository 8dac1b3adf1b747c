import type { Channel } from "@firstline/contracts";

/** Where people of the Page answer at Meta: Business Suite, or its stand-in on the local Meta with the conversation open. */
export function businessSuite(
  channel: Channel | undefined,
  contactExternalId: string,
  localMeta: string | null,
): string | null {
  if (!channel) return null;
  if (!localMeta) return "https://business.facebook.com/latest/inbox";
  // It names a conversation by its Page; of an Instagram account only the account is known here.
  const place = channel.platform === "messenger" ? `#${channel.externalId}/${contactExternalId}` : "";
  return new URL(`/business${place}`, localMeta).href;
}
