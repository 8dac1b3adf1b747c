import type { Customer, Page, Platform } from "../../store/types.ts";
import { type Field, pick } from "../fields.ts";

interface Person {
  id: string;
  name: string;
  username: string | null;
  platform: Platform;
}

/** A deleted account keeps its place in the conversation, without its name. */
const DELETED_NAME = "Facebook User";

export function customerPerson(customer: Customer): Person {
  const { id, platform, username } = customer;
  return { id, platform, username, name: customer.kind === "deleted" ? DELETED_NAME : customer.name };
}

export function businessPerson(page: Page, platform: Platform): Person {
  const account = platform === "instagram" ? page.instagram : null;
  return {
    id: account?.id ?? page.id,
    platform,
    name: account?.name ?? page.name,
    username: account?.username ?? null,
  };
}

/**
 * Someone in a conversation: name and a made-up address on Messenger, the username on Instagram. The name is told for
 * every kind of account, also where the profile is not: Meta names it as the way out (meta-receiving §4, §5.1).
 */
export function showPerson(person: Person, field: Field | null): Record<string, unknown> {
  const defaults = person.platform === "instagram" ? "username,id" : "name,email,id";
  return pick(person.platform === "instagram" ? "IGUser" : "User", person.id, field?.children ?? null, defaults, {
    id: () => person.id,
    name: () => person.name,
    email: () => `${person.id}@facebook.com`,
    username: () => person.username ?? undefined,
  });
}
