import type { Activity, ActivityList, Conversation, Problem } from "@firstline/contracts";
import type { z } from "zod";
import { until } from "../api/support/until.ts";
import { BLUE, BLUE_INSTAGRAM, KEVIN, profiled, startWorld, surveyed, type World } from "../api/support/world.ts";
import { FakeClock, type Person } from "../harness/index.ts";

export const SALES_BOT = "1900000000000777";
export const PAGE_INBOX = "263902037430900";
export const OWN = "1517000000000111";

type Refusal = Pick<Problem, "code" | "fix" | "detail"> & { metaCode?: number };

/** A world with both channels of the Page connected, one agent, and a customer of its own for every test. */
export interface ControlWorld extends World {
  agent: Person;
  channelId: Record<"messenger" | "instagram", string>;
  /** A new customer who has written once and whose name is known. */
  newThread(platform?: "messenger" | "instagram"): Promise<Thread>;
}

export interface Thread {
  id: string;
  customer: string;
  /** The control API of the local Meta, of this customer. */
  on<T>(path: string, body?: unknown): Promise<T>;
  /** What the customer says, once it is here. */
  says(text: string): Promise<Conversation>;
  now(): Promise<Conversation>;
  act(
    action: string,
    more?: object,
    headers?: Record<string, string>,
  ): Promise<{ status: number; json: Conversation & Refusal }>;
  lines(): Promise<Activity[]>;
  /** Waits until the conversation is held by a kind of holder; null: by nobody. */
  heldBy(kind: NonNullable<Conversation["heldBy"]>["kind"] | null): Promise<Conversation>;
}

export async function startControlWorld(): Promise<ControlWorld> {
  const world = await startWorld({ clock: new FakeClock(Date.now()) });
  const agent = await world.asMember("agent", { name: "Ada" });
  const connect = async (platform: "messenger" | "instagram", id: string) =>
    (await world.connect(platform, id, await world.meta.pageToken(KEVIN, BLUE))).json.id;
  const channelId = {
    messenger: await connect("messenger", BLUE),
    instagram: await connect("instagram", BLUE_INSTAGRAM),
  };
  for (const id of Object.values(channelId)) await surveyed(world, id);
  let serial = 0;

  async function newThread(platform: "messenger" | "instagram" = "messenger"): Promise<Thread> {
    const { id: customer } = await world.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, {
      name: `Customer ${++serial}`,
      platform,
    });
    const says = (text: string) => world.customerWrites(BLUE, customer, text);
    const first = await says(`question ${serial}`);
    await profiled(world, first);
    const { id } = first;
    const now = async () =>
      (await world.call<Conversation>("GET", `/conversations/${id}`, { headers: agent.headers })).json;
    return {
      id,
      customer,
      says,
      now,
      on: (path, body) => world.meta.post(`/pages/${BLUE}/customers/${customer}${path}`, body),
      act: (action, more = {}, headers = agent.headers) =>
        world.call("POST", `/conversations/${id}/control`, { headers, body: { action, ...more } }),
      lines: async () =>
        (
          await world.call<z.infer<typeof ActivityList>>("GET", `/conversations/${id}/activity`, {
            headers: agent.headers,
          })
        ).json.data,
      heldBy: (kind) =>
        until(`held by ${kind}`, async () => {
          const conversation = await now();
          return (conversation.heldBy?.kind ?? null) === kind && conversation;
        }),
    };
  }

  return Object.assign(world, { agent, channelId, newThread });
}

/** Waits until nothing of Meta's is on its way, and nothing is asked of it because of what came. */
export const quiet = (w: World) =>
  until("nothing is on its way", async () => {
    if (!(await w.sim.idle(1))) return false;
    const { rows } = await w.deps.database.pool.query(`
      select from delivery where state = 'pending' union all select from reconciliation where state = 'running' union all
      select from pgboss.job where (name = 'contacts.profile' or name like 'reconcile.%') and state in ('created', 'retry', 'active')`);
    return rows.length === 0;
  });

/** Puts the Page back to how it begins: no other app, no routing, no switch. */
export async function resetPage(w: World): Promise<void> {
  await w.meta.clearFaults();
  for (const platform of ["messenger", "instagram"] as const)
    await w.meta.put(`/pages/${BLUE}/routing`, { platform, enabled: false });
  await w.meta.patch(`/pages/${BLUE}/apps/${OWN}`, { takeoverAllowed: true });
}
export const routeTo = (w: World, defaultAppId: string, platform: "messenger" | "instagram" = "messenger") =>
  w.meta.put(`/pages/${BLUE}/routing`, { platform, enabled: true, defaultAppId });
