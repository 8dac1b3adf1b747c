import { expect } from "@playwright/test";
import { BLUE_HARBOUR } from "./sim-control.ts";
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

/**
 * A comment under a post of Blue Harbour, or what becomes of one (`verb`, `commentId`); its id. The server has it then: the list of
 * comments hears of nothing and asks again only now and then.
 */
export async function comment(world: World, body: Record<string, unknown>): Promise<string> {
  const { commentId } = await world.sim.call<{ commentId: string }>("POST", `/pages/${BLUE_HARBOUR}/comments`, body);
  await expect
    .poll(async () => {
      const path = `/api/v1/comments?externalId=${encodeURIComponent(commentId)}`;
      const { data } = await world.api<{ data: { text: string | null; removedAt: string | null }[] }>("GET", path);
      return body.verb === "remove" ? data[0]?.removedAt : data[0]?.text === body.text;
    })
    .toBeTruthy();
  return commentId;
}
