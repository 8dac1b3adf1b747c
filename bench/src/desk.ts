import { Agent, request } from "node:http";
import type { Row } from "./acknowledge.ts";
import { API_KEY } from "./bodies.ts";
import { CONVERSATIONS, fill, MESSAGES, WORDS } from "./crowd.ts";
import type { Stage } from "./stage.ts";

const TIMES = 300;

/** An agent's desk over a million conversations and ten million messages: the list in every order and filter, opening, searching. */
export async function desk(stage: Stage, say: (s: string) => void): Promise<Row[]> {
  // Made by the server's first start: the workspace of the key.
  const first = await stage.server("web");
  await first.service.stop();
  const { rows } = await stage.pool.query<{ id: string }>("select id from workspace where name = 'Default'");
  const workspaceId = rows[0]!.id;
  await fill(stage.pool, workspaceId, say);
  const small = await stage.pool.query<{ id: string }>("select id from channel where external_id = '20002'");
  const ids = await stage.pool.query<{ id: string; n: string }>(
    "select v.id, substr(c.external_id, 10)::int as n from conversation v join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id where v.workspace_id = $1 and v.contact_id in (select id from contact where workspace_id = $1 order by random() limit 200) union all select id, 0 from (select id from conversation where workspace_id = $1 order by last_message_at desc limit 1) l",
    [workspaceId],
  );
  const server = await stage.server("web");
  const api = client(new URL(server.url).origin);

  const pages: string[] = [];
  let cursor: string | null = null;
  for (let n = 0; n < 40; n++) {
    const page: { nextCursor: string | null } = JSON.parse(
      (await api(`/conversations?status=open${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`)).body,
    );
    cursor = page.nextCursor;
    pages.push(`/conversations?status=open&cursor=${encodeURIComponent(cursor!)}`);
  }
  const any = <T>(list: readonly T[]) => list[Math.floor(Math.random() * list.length)]!;
  const number = () => Math.floor(Math.random() * CONVERSATIONS);
  const suites: Record<"list" | "open" | "search", Record<string, () => string[]>> = {
    list: {
      newest: () => ["/conversations?status=open"],
      "every status": () => ["/conversations"],
      "a later page": () => [any(pages)],
      "by window": () => ["/conversations?status=open&sort=window"],
      "one small channel": () => [`/conversations?channelId=${small.rows[0]!.id}`],
      unassigned: () => ["/conversations?status=open&assignee=none"],
      unread: () => ["/conversations?status=open&unread=true"],
      "ending soon": () => ["/conversations?status=open&endingSoon=true"],
      "needs a look": () => ["/conversations?needsLook=true"],
      counts: () => ["/conversations/counts"],
    },
    open: {
      "conversation and its newest messages": () => {
        const { id } = any(ids.rows);
        return [`/conversations/${id}`, `/conversations/${id}/messages`];
      },
    },
    search: {
      "order number": () => [`/conversations?q=AB${number() * 10 + 3}`],
      "a person's name": () => [`/conversations?q=${encodeURIComponent(`Wu ${number()}`)}`],
      "a word in one message of 200,000": () => [`/conversations?q=${WORDS.rare}`],
      "a word in one of 300": () => [`/conversations?q=${WORDS.frequent}`],
      "a word in every fourth": () => [`/conversations?q=${WORDS.common}`],
      "Chinese, two signs": () => [`/conversations?q=${encodeURIComponent("訂單")}`],
      "nothing found": () => ["/conversations?q=xylophonist"],
    },
  };
  const out: Row[] = [];
  const targets = { list: 25, open: 25, search: 150 };
  const names = { list: "inbox list", open: "conversation open", search: "search" };
  for (const part of ["list", "open", "search"] as const) {
    const all: number[] = [];
    for (const [name, make] of Object.entries(suites[part])) {
      const times: number[] = [];
      for (let n = 0; n < TIMES + 20; n++) {
        const t = performance.now();
        for (const { status } of await Promise.all(make().map(api)))
          if (status !== 200) throw new Error(`${name}: ${status}`);
        if (n >= 20) times.push(performance.now() - t);
      }
      say(`  ${names[part]}, ${name}: median ${q(times, 0.5)} ms, p99 ${q(times, 0.99)} ms`);
      all.push(...times);
    }
    const p99 = q(all, 0.99);
    out.push({
      what: `${names[part]}, ${CONVERSATIONS / 1e6} M conversations, ${MESSAGES / 1e6} M messages`,
      measured: `p99 ${p99} ms, median ${q(all, 0.5)} ms`,
      target: `p99 ≤ ${targets[part]} ms`,
      reached: p99 <= targets[part],
    });
  }
  await server.service.stop();
  return out;
}

function q(times: number[], p: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))]!.toFixed(1));
}

function client(origin: string) {
  const agent = new Agent({ keepAlive: true });
  return (path: string) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const r = request(
        `${origin}/api/v1${path}`,
        { agent, headers: { authorization: `Bearer ${API_KEY}` } },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (d) => parts.push(d));
          answer.on("end", () => resolve({ status: answer.statusCode!, body: Buffer.concat(parts).toString() }));
        },
      );
      r.on("error", reject);
      r.end();
    });
}
