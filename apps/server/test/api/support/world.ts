import type { Channel, Conversation, ConversationList, Message, MessageList } from "@firstline/contracts";
import {
  type Answer,
  createTestApp,
  type DepsOptions,
  startTestSim,
  type TestApp,
  type TestSim,
} from "../../harness/index.ts";
import { type Contract, withContract } from "./contract.ts";
import { until } from "./until.ts";
import { deliveryCounts } from "./webhooks.ts";

/** The Pages, people and customers of the simulator's sample world that tests use. */
export const BLUE = "108123450000001";
export const BLUE_INSTAGRAM = "17841400000009001";
export const TEA = "108123450000002";
export const KEVIN = "100000000000101";
export const MEI = "100000000000102";
export const TOMAS = "100000000000103";
export const DESK = "122100000000104";
export const ANN = "7400000000000001";
export const ROSA = "6400000000000001";

/** The control API of the local Meta. */
export interface Control {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  patch<T>(path: string, body: unknown): Promise<T>;
  faults(changes: Record<string, unknown>): Promise<void>;
  clearFaults(): Promise<void>;
  /** A fresh Page token of a person. */
  pageToken(userId: string, pageId: string): Promise<string>;
  /** What a customer's phone shows. */
  phone(pageId: string, customerId: string): Promise<Phone>;
}
export interface Phone {
  messages: {
    mid: string;
    from: "customer" | "page";
    text: string | null;
    tag: string | null;
    mark: string | null;
    metadata: string | null;
    replyTo: string | null;
    attachments: { type: string; url: string; name: string | null; contentType: string | null; size: number | null }[];
  }[];
  pageTyping: boolean;
  pageSeenAt: string | null;
  window: { state: string };
}

export function controlOf(url: string): Control {
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/_sim${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const json = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(json)}`);
    return json as never;
  };
  return {
    get: (path) => send("GET", path),
    post: (path, body = {}) => send("POST", path, body),
    put: (path, body) => send("PUT", path, body),
    patch: (path, body) => send("PATCH", path, body),
    faults: async (changes) => void (await send("PUT", "/faults", changes)),
    clearFaults: async () => void (await send("DELETE", "/faults")),
    async pageToken(userId, pageId) {
      const { pages } = (await send("POST", `/users/${userId}/token`, {})) as {
        pages: { id: string; accessToken: string }[];
      };
      return pages.find((p) => p.id === pageId)!.accessToken;
    },
    phone: (pageId, customerId) => send("GET", `/pages/${pageId}/customers/${customerId}/thread`),
  };
}

export interface World extends TestApp {
  contract: Contract;
  sim: TestSim;
  meta: Control;
  connect(platform: Channel["platform"], externalId: string, accessToken: string): Promise<Answer<Channel>>;
  /** A customer writes on the phone; resolves once the conversation shows it. */
  customerWrites(pageId: string, customerId: string, text: string): Promise<Conversation>;
  conversationOf(customerId: string): Promise<Conversation | undefined>;
  messages(conversationId: string): Promise<Message[]>;
  message(conversationId: string, messageId: string): Promise<Message>;
  /** Writes a reply as the given person, else as the API key. */
  reply(
    conversationId: string,
    body: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer<Message>>;
  /** Waits until a message is in one of the states. */
  becomes(message: { id: string; conversationId: string }, ...states: Message["state"][]): Promise<Message>;
}

/** The whole server, listening and at work, beside a local Meta with the sample world; every API answer is judged. */
export async function startWorld(
  options: Omit<DepsOptions, "graphUrl"> & { world?: "sample" | "empty" } = {},
): Promise<World> {
  const sim = await startTestSim(options.world ?? "sample");
  const made = await createTestApp({ clock: "real", ...options, graphUrl: sim.url });
  // Meta calls back to where the server really listens, which is known only now.
  made.deps.config.publicUrl = await made.listen();
  await made.start();
  const t = await withContract(made);
  const meta = controlOf(sim.url);
  let serial = 0;
  const close = async () => {
    await made.close();
    await sim.close();
  };

  const world: World = {
    ...t,
    sim,
    meta,
    close,
    [Symbol.asyncDispose]: close,
    connect: (platform, externalId, accessToken) =>
      t.call<Channel>("POST", "/channels", { headers: t.apiKey, body: { platform, externalId, accessToken } }),
    async customerWrites(pageId, customerId, text) {
      const { mid } = await meta.post<{ mid: string }>(`/pages/${pageId}/customers/${customerId}/messages`, { text });
      return until(`“${text}” of ${customerId} arrives`, async () => {
        const row = await t.deps.db
          .selectFrom("message")
          .select(["conversation_id", "workspace_id"])
          .where("external_id", "=", mid)
          .executeTakeFirst();
        return (
          row &&
          (await t.call<Conversation>("GET", `/conversations/${row.conversation_id}`, { headers: t.apiKey })).json
        );
      });
    },
    async conversationOf(customerId) {
      const { json } = await t.call<{ data: Conversation[] }>("GET", "/conversations", {
        headers: t.apiKey,
        query: { q: customerId, limit: "5" },
      });
      return (json as ReturnType<typeof ConversationList.parse>).data.find((c) => c.contact.externalId === customerId);
    },
    async messages(conversationId) {
      const { json } = await t.call<ReturnType<typeof MessageList.parse>>(
        "GET",
        `/conversations/${conversationId}/messages`,
        { headers: t.apiKey, query: { limit: "100" } },
      );
      return json.data;
    },
    async message(conversationId, messageId) {
      const found = (await world.messages(conversationId)).find((m) => m.id === messageId);
      if (!found) throw new Error(`message ${messageId} is gone`);
      return found;
    },
    reply: (conversationId, body, headers = t.apiKey) =>
      t.call<Message>("POST", `/conversations/${conversationId}/messages`, {
        headers,
        body: { clientId: `c-${++serial}`, ...body },
      }),
    becomes(message, ...states) {
      let last: Message | undefined;
      return until(`message becomes ${states.join(" or ")}`, async () => {
        last = await world.message(message.conversationId, message.id);
        return states.includes(last.state) && last;
      }).catch((error) => {
        throw new Error(`${(error as Error).message}; it is ${JSON.stringify(last)}`, { cause: error });
      });
    },
  };
  return world;
}

/**
 * As the fault `delayMs` longer than any test: what Meta has to tell stays there until the delay is taken away, so that an echo
 * surely comes after what the test waits for.
 */
export const HELD_BACK_MS = 600_000;

/** Waits until everything Meta has to tell is here and worked off. */
export async function workedOff(w: Pick<World, "sim" | "deps">): Promise<void> {
  await until("Meta has told everything", () => w.sim.idle());
  await until("every delivery is worked off", async () => !("pending" in (await deliveryCounts(w))));
}

/** Waits for the survey and the self-test that follow connecting, so that they take no fault meant for another call. */
export const surveyed = (w: World, channelId: string) =>
  until("the Page is surveyed and the self-test is done", async () => {
    const { rows } = await w.deps.database.pool.query(
      `select from channel c where c.id = $1 and c.surveyed_at is not null
        and not exists (select from self_test s where s.channel_id = c.id and s.finished_at is null)
        and not exists (select from pgboss.job j where j.name = 'channels.survey' and j.state in ('created', 'retry', 'active') and j.data->>'channelId' = c.id::text)`,
      [channelId],
    );
    return rows.length > 0;
  });

/** Waits for the profile that a customer's first message has asked for, so that it takes no fault and no refusal meant for another call. */
export const profiled = (w: World, { contact }: Conversation) =>
  until("the profile is asked for", async () => {
    const { rows } = await w.deps.database.pool.query(
      `select from pgboss.job where name = 'contacts.profile' and data->>'contactId' = $1 and state in ('created', 'retry', 'active')`,
      [contact.id],
    );
    return rows.length === 0;
  });
