import type { Conversation, Template, TemplateList } from "@firstline/contracts";
import { sql } from "kysely";
import type { z } from "zod";
import { until } from "../api/support/until.ts";
import { BLUE, KEVIN, startWorld, surveyed, type World } from "../api/support/world.ts";
import { FakeClock, type Person } from "../harness/index.ts";

type List = z.infer<typeof TemplateList>;
type Problem = { code: string; errors?: { path: string; message: string }[]; templateStatus?: string };

/** A world with a Page whose templates are looked after, and short ways to do so. */
export async function startTemplates() {
  const w: World = await startWorld({ clock: new FakeClock(Date.now()) });
  const supervisor: Person = await w.asMember("supervisor", { name: "Suze" });
  const agent: Person = await w.asMember("agent", { name: "Ada" });
  const channelId = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json.id;
  await surveyed(w, channelId);
  const at = `/channels/${channelId}/templates`;
  let serial = 0;
  const t = {
    w,
    supervisor,
    agent,
    channelId,
    at,
    list: async (query: Record<string, string> = {}, headers = agent.headers) =>
      (await w.call<List>("GET", at, { headers, query })).json,
    refresh: () => t.list({ refresh: "true" }),
    create: (change: object = {}, headers = supervisor.headers) =>
      w.call<Template & Problem>("POST", at, { headers, body: { ...ORDER, name: `order_${++serial}`, ...change } }),
    clone: (change: object = {}) =>
      w.call<Template & Problem>("POST", `${at}/clone`, {
        headers: supervisor.headers,
        body: {
          ...{ name: `cloned_${++serial}`, language: "en", library: "order_shipped" },
          ...{ buttonUrls: ["https://shop.example/"], ...change },
        },
      }),
    remove: (id: string, headers = supervisor.headers) => w.call<Problem>("DELETE", `${at}/${id}`, { headers }),
    /** As Meta has it. */
    atMeta: async () => (await w.meta.get<{ data: AtMeta[] }>(`/pages/${BLUE}/templates`)).data,
    review: (name: string, status: string, reason?: string) =>
      w.meta.post(`/pages/${BLUE}/templates/${name}/review`, { status, ...(reason && { reason }) }),
    shows: (id: string, status: string) =>
      until(`template ${id} is ${status}`, async () =>
        (await t.list()).data.find((one) => one.id === id && one.status === status),
      ),
    /** Meta's words have arrived, nothing is being read from Meta because of them, and nothing will be by itself. */
    async settled() {
      await until("nothing is on its way and nothing is being read", async () => {
        if (!(await w.sim.idle(1))) return false;
        await sql`delete from pgboss.job where name = 'templates.sync' and state in ('created', 'retry') and start_after > now()`.execute(
          w.deps.db,
        );
        const { rows } = await sql`
          select from delivery where state = 'pending' union all
          select from pgboss.job where name = 'templates.sync' and state in ('created', 'retry', 'active')`.execute(
          w.deps.db,
        );
        return rows.length === 0;
      });
    },
    /** A customer who wrote, and the conversation. */
    async customer(hoursAgo = 0): Promise<{ customer: string; thread: Conversation }> {
      const { id } = await w.meta.post<{ id: string }>(`/pages/${BLUE}/customers`, { name: `Customer ${++serial}` });
      const thread = await w.customerWrites(BLUE, id, `question ${serial}`);
      if (hoursAgo > 0) {
        const long = new Date(Date.now() - hoursAgo * 3_600_000);
        await w.deps.db
          .updateTable("conversation")
          .set({ qualifying_at: long, last_inbound_at: long })
          .where("id", "=", thread.id)
          .execute();
      }
      return { customer: id, thread };
    },
  };
  return t;
}

export type Templates = Awaited<ReturnType<typeof startTemplates>>;

interface AtMeta {
  id: string;
  name: string;
  language: string;
  status: string;
  parameterFormat: string;
  components: { type: string; text?: string; example?: unknown; buttons?: unknown[] }[];
  libraryTemplateName: string | null;
}

export const ORDER = {
  language: "en",
  header: "Order {{1}}: good news",
  body: "Hi {{1}}, your order {{2}} is on its way to you today.",
  buttons: [{ kind: "url", text: "Track it", url: "https://shop.example/orders/{{1}}" }],
  examples: { "header.1": "5667", "body.1": "Ann", "body.2": "5667", "button.0": "5667" },
};
export const VALUES = { "header.1": "77", "body.1": "Ann", "body.2": "77", "button.0": "77?chat" };
export const READS = "Order 77: good news\nHi Ann, your order 77 is on its way to you today.";
