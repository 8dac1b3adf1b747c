import type { Channel, Reconciliation } from "@firstline/contracts";
import { sql } from "kysely";
import { until } from "../api/support/until.ts";
import { deliveryCounts } from "../api/support/webhooks.ts";
import { BLUE, BLUE_INSTAGRAM, KEVIN, startWorld, surveyed, type World } from "../api/support/world.ts";

export const ACCOUNT = { messenger: BLUE, instagram: BLUE_INSTAGRAM } as const;
export type PlatformName = keyof typeof ACCOUNT;

/** A world with both of the Page's channels connected. */
export async function connectedWorld(
  options: Parameters<typeof startWorld>[0] = {},
): Promise<World & { channels: Record<PlatformName, string> }> {
  const w = await startWorld(options);
  const token = await w.meta.pageToken(KEVIN, BLUE);
  const connect = async (platform: PlatformName) => {
    const { json, status } = await w.connect(platform, ACCOUNT[platform], token);
    if (status !== 201) throw new Error(`${platform}: ${status} ${JSON.stringify(json)}`);
    return (json as Channel).id;
  };
  const channels = { messenger: await connect("messenger"), instagram: await connect("instagram") };
  // Their own calls to Meta take no fault and no loss meant for a test.
  for (const id of Object.values(channels)) await surveyed(w, id);
  return { ...w, channels };
}

/** Everything Meta still delivers has arrived and is worked off. */
export async function settled(w: World): Promise<void> {
  await until("Meta has nothing left to deliver", async () => {
    await w.meta.post("/webhooks/flush");
    return (await w.meta.get<{ idle: boolean }>("/webhooks/idle?timeoutMs=500")).idle;
  });
  await until("what arrived is worked off", async () => !("pending" in (await deliveryCounts(w))));
}

export const customerPath = (customerId: string) => `/pages/${BLUE}/customers/${customerId}`;

let people = 0;
/** Somebody new on the phone. */
export async function newCustomer(w: World, platform: PlatformName, more: object = {}): Promise<string> {
  const { id } = await w.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, {
    name: `Person ${++people}`,
    platform,
    ...(platform === "instagram" ? { username: `person.${people}` } : {}),
    ...more,
  });
  return id;
}

/** A comparison on demand, watched to its end. */
export async function compareNow(
  w: World,
  channelId: string,
  body: object = {},
  timeoutMs?: number,
): Promise<Reconciliation> {
  const { json, status } = await w.call<Reconciliation>("POST", `/channels/${channelId}/reconciliations`, {
    headers: w.apiKey,
    body,
  });
  if (status !== 202) throw new Error(`${status} ${JSON.stringify(json)}`);
  return ended(w, json, timeoutMs);
}

export function ended(
  w: World,
  { id, channelId }: Pick<Reconciliation, "id" | "channelId">,
  timeoutMs?: number,
): Promise<Reconciliation> {
  const over = async () => {
    const run = (await comparisons(w, channelId)).find((one) => one.id === id);
    return run && run.state !== "running" && run;
  };
  return until("the comparison is over", over, timeoutMs);
}

export async function comparisons(w: World, channelId: string): Promise<Reconciliation[]> {
  const { json } = await w.call<{ data: Reconciliation[] }>("GET", `/channels/${channelId}/reconciliations`, {
    headers: w.apiKey,
  });
  return json.data;
}

export interface Shown {
  mid: string;
  direction: string;
  text: string | null;
}

/** What the phone shows of a conversation, oldest first. */
export async function onThePhone(w: World, customerId: string): Promise<Shown[]> {
  const { messages } = await w.meta.phone(BLUE, customerId);
  return messages.map((m) => ({
    mid: m.mid,
    direction: m.from === "customer" ? "inbound" : "outbound",
    text: m.text === "" ? null : m.text,
  }));
}

/** What the product shows of the same conversation, in its order. */
export async function inTheInbox(w: World, customerId: string): Promise<(Shown & { recovered: boolean })[]> {
  const { rows } = await sql<{ id: string }>`
    select v.id from conversation v join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id where c.external_id = ${customerId}`.execute(
    w.deps.db,
  );
  if (!rows[0]) return [];
  return (await w.messages(rows[0].id))
    .toReversed()
    .map((m) => ({ mid: m.externalId!, direction: m.direction, text: m.text, recovered: m.recovered }));
}
