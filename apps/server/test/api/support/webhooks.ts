import { signSha256 } from "@firstline/meta-wire";
import { sql } from "kysely";
import { META_APP, type TestApp } from "../../harness/index.ts";

/** Bodies of webhooks as Meta sends them, and the post that carries them. Times are milliseconds. */

type Element = Record<string, unknown>;

export const pageBody = (pageId: string, ...messaging: Element[]) => ({
  object: "page",
  entry: [{ id: pageId, time: Number(messaging[0]?.timestamp ?? 0) + 40, messaging }],
});
export const instagramBody = (accountId: string, ...messaging: Element[]) => ({
  object: "instagram",
  entry: [{ id: accountId, time: Number(messaging[0]?.timestamp ?? 0) + 40, messaging }],
});

/** One side of a thread: the account and the customer. */
export interface Thread {
  account: string;
  customer: string;
}

const from = ({ account, customer }: Thread, at: number, members: Element): Element => ({
  sender: { id: customer },
  recipient: { id: account },
  timestamp: at,
  ...members,
});
const to = ({ account, customer }: Thread, at: number, members: Element): Element => ({
  sender: { id: account },
  recipient: { id: customer },
  timestamp: at,
  ...members,
});

export const wrote = (t: Thread, at: number, mid: string, text: string | null, more: Element = {}) =>
  from(t, at, { message: { mid, ...(text === null ? {} : { text }), ...more } });
export const echoed = (t: Thread, at: number, mid: string, text: string, more: Element = {}) =>
  to(t, at, { message: { mid, text, is_echo: true, ...more } });
export const reacted = (t: Thread, at: number, mid: string, emoji: string | null) =>
  from(t, at, {
    reaction: { mid, action: emoji ? "react" : "unreact", ...(emoji ? { reaction: "other", emoji } : {}) },
  });
export const edited = (t: Thread, at: number, mid: string, text: string, edition: number) =>
  from(t, at, { message_edit: { mid, text, num_edit: edition } });
export const unsent = (t: Thread, at: number, mid: string) => from(t, at, { message: { mid, is_deleted: true } });
export const delivered = (t: Thread, at: number, watermark: number) => from(t, at, { delivery: { watermark } });
export const read = (t: Thread, at: number, watermark: number) => from(t, at, { read: { watermark } });
export const seen = (t: Thread, at: number, mid: string) => from(t, at, { read: { mid } });
export const referred = (t: Thread, at: number, referral: Element) => from(t, at, { referral });

/** Posts a body signed with the app's secret, unless told otherwise. */
export function post(t: TestApp, body: unknown, options: { headers?: Record<string, string>; secret?: string } = {}) {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  return t.inject({
    method: "POST",
    url: "/webhooks/meta",
    headers: {
      "content-type": "application/json",
      "x-hub-signature-256": signSha256(options.secret ?? META_APP.secret, bytes),
      ...options.headers,
    },
    payload: bytes,
  });
}

/** How many deliveries are stored, by state. */
export async function deliveryCounts(t: Pick<TestApp, "deps">): Promise<Record<string, number>> {
  const { rows } = await sql<{
    state: string;
    n: number;
  }>`select state, count(*) as n from delivery group by state`.execute(t.deps.db);
  return Object.fromEntries(rows.map((r) => [r.state, r.n]));
}
