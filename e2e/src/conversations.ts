import { expect } from "@playwright/test";
import type { World } from "./world.ts";

export interface Conversation {
  id: string;
  contact: { id: string; externalId: string; name: string; nameReason: string | null };
  unreadCount: number;
  heldBy: { kind: string; name: string | null } | null;
}

/** The conversation with a customer, by Meta's id, once it is there and the name has been looked up. */
export async function conversationWith(world: World, externalId: string): Promise<Conversation> {
  let found: Conversation | undefined;
  await expect
    .poll(async () => {
      const { data } = await world.api<{ data: Conversation[] }>("GET", "/api/v1/conversations?limit=100");
      found = data.find(({ contact }) => contact.externalId === externalId);
      return found !== undefined && found.contact.nameReason !== "pending";
    })
    .toBe(true);
  return found!;
}

/** Compares one conversation, or the whole channel, with Meta's record and waits for the end. */
export async function compareWithMeta(world: World, channelId: string, contactExternalId?: string): Promise<void> {
  const path = `/api/v1/channels/${channelId}/reconciliations`;
  const { id } = await world.api<{ id: string }>("POST", path, contactExternalId ? { contactExternalId } : {});
  await expect
    .poll(async () => {
      const { data } = await world.api<{ data: { id: string; state: string }[] }>("GET", path);
      return data.find((one) => one.id === id)?.state;
    })
    .toBe("done");
}
